"""What the first bytes of a JSON file tell of its shape, though they end anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHITE = " \t\r\n"
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]+")


def keys(head: bytes) -> dict[str, str]:
    r"""Return the keys of the first JSON object, each with the first character of its value.

    The object stands at the beginning or in a list there; `""` is a value that was cut off.

    >>> keys(b'[{"id": 1, "data": {"text": "a"}, "annot')
    {'id': '1', 'data': '{'}
    >>> keys(b"a\tb")
    {}
    """
    text = head.decode("utf-8", "replace").lstrip("\ufeff" + _WHITE)
    if text.startswith("["):
        text = text[1:].lstrip(_WHITE)
    return dict(_members(text)) if text.startswith("{") else {}


def is_list(head: bytes) -> bool:
    """Whether a file begins as a JSON list."""
    return head.decode("utf-8", "replace").lstrip("\ufeff" + _WHITE).startswith("[")


def _members(text: str) -> Iterator[tuple[str, str]]:
    at = 1
    while True:
        at = _blank(text, at)
        name = _STRING.match(text, at)
        if name is None:
            return
        at = _blank(text, name.end())
        if text[at : at + 1] != ":":
            return
        at = _blank(text, at + 1)
        yield name[1], text[at : at + 1]
        at = _blank(text, _after(text, at))
        if text[at : at + 1] != ",":
            return
        at += 1


def _blank(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


def _after(text: str, at: int) -> int:
    """Return where a value ends; the end of the text if it is cut off."""
    depth = 0
    while at < len(text):
        string = _STRING.match(text, at)
        if text[at] in "[{":
            depth += 1
            at += 1
        elif text[at] in "]}":
            depth -= 1
            at += 1
        elif string:
            at = string.end()
        elif text[at] in ",: \t\r\n":
            at += 1
        else:
            found = _SCALAR.match(text, at)
            at = found.end() if found and text[at] != '"' else len(text)
        if depth == 0:
            return at
    return at
