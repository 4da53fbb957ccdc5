"""The values of JSON and JSON Lines, each with its place, as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from glose.corpus.building import charset
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Lost
from glose.corpus.building.rejections import RejectError

#: The longest line of JSON Lines, in bytes.
LONGEST = 1 << 26

_decode = msgspec.json.Decoder().decode


def whole(content: Content) -> Any:  # noqa: ANN401  # whatever the file holds
    """Return the value of a file; raise `RejectError` with line and column if it is no JSON."""
    return decoded(charset.decode(content.data())[0])


def decoded(text: str) -> Any:  # noqa: ANN401  # whatever the text holds
    """Return the value of a text; raise `RejectError` with its place if it is no JSON."""
    try:
        return _decode(text)
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError) as error:
        raise RejectError(_reason(text, error)) from error


def _reason(text: str, error: Exception) -> str:
    """Return why a text is no JSON, with line and column where that can be told."""
    try:
        json.loads(text)
    except json.JSONDecodeError as found:
        where = f"line {found.lineno}, column" if "\n" in text.strip() else "column"
        return f"no JSON: {found.msg} in {where} {found.colno}"
    except (RecursionError, ValueError):
        pass
    return "no JSON: too deep" if isinstance(error, RecursionError) else f"no JSON: {error}"


def lines(content: Content) -> Iterator[tuple[int, Any] | Lost]:
    """Yield the values of the lines of a file with their numbers, blank lines left out."""
    with content.stream() as stream:
        number = 0
        while line := stream.readline(LONGEST):
            number += 1
            if len(line) == LONGEST and not line.endswith(b"\n"):
                raise RejectError(
                    f"line {number} has more than {LONGEST} bytes; expected JSON Lines"
                )
            if not line.strip():
                continue
            try:
                yield number, decoded(_utf8(line.rstrip(b"\r\n")))
            except RejectError as error:
                yield Lost(f"line {number}", str(error))


def _utf8(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RejectError(f"byte {error.start} is not UTF-8; expected JSON in UTF-8") from error


def records(content: Content) -> Iterator[tuple[str, int | None, Any] | Lost]:
    """Yield the values of a file, each with what it is (`item`, `line`) and its number.

    An array is its items, an object is itself, and more than one value are lines.
    """
    if content.suffix in {".jsonl", ".ndjson", ".ldjson"} or _has_lines(content.head):
        for found in lines(content):
            yield found if isinstance(found, Lost) else ("line", *found)
        return
    value = whole(content)
    if not isinstance(value, list):
        yield "object", None, value
        return
    for number, item in enumerate(value, start=1):
        yield "item", number, item


def _has_lines(head: bytes) -> bool:
    """Say if the first line is an object by itself, and another one follows."""
    first, _, rest = charset.legible(head).lstrip().partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(_decode(first), dict)
    except (msgspec.MsgspecError, RecursionError):
        return False
