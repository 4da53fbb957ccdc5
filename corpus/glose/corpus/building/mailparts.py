"""Messages of mail: headers decoded, the parts that are read, and what is left of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from glose.corpus.building import charset
from glose.corpus.building.rejections import RejectError

#: How deep parts may stand in each other.
DEEPEST = 50

_ENCODED = re.compile(r"=\?[^?]+\?[bqBQ]\?")


@dataclass(slots=True)
class Body:
    """The parts of a message that are its text, with their numbers, and names of the others."""

    parts: list[tuple[str, Message]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def header(message: Message, name: str) -> str:
    """Return a header on one line, decoded; `""` if there is none."""
    return next(headers(message, name), "")


def headers(message: Message, name: str) -> Iterator[str]:
    """Yield the headers of a name."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            yield " ".join(_decoded(str(value)).split())


def _decoded(value: str) -> str:
    """Return a header without its encodings; bytes that are none in it are read by their looks."""
    if not value.isascii():
        value = _read(value.encode("utf-8", "surrogateescape"))
    if not _ENCODED.search(value):
        return value
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    found = (part if isinstance(part, str) else _read(part, code) for part, code in parts)
    return "".join(found) or value


def _read(data: bytes, encoding: str | None = None) -> str:
    try:
        return charset.decode(data, encoding)[0]
    except RejectError:
        return data.decode("utf-8", "replace")


def body(message: Message) -> Body:
    """Return the parts of a message that are its text: of alternatives the plainest."""
    found = Body()
    _walk(message, "1", found, 0)
    return found


def _walk(part: Message, number: str, found: Body, depth: int) -> None:
    if depth > DEEPEST:
        raise RejectError(f"parts stand more than {DEEPEST} deep; expected a message")
    kind = part.get_content_type()
    inside = part.get_payload()
    if isinstance(inside, list) and kind.startswith("multipart/"):
        parts = [(f"{number}.{n}" if depth else str(n), p) for n, p in enumerate(inside, 1)]
        if kind == "multipart/alternative":
            _alternative(parts, found, depth)
        else:
            for name, one in parts:
                _walk(one, name, found, depth + 1)
    elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
        found.parts.append((number, part))
    else:
        found.left.append(f"attachment {kind}")


def _alternative(parts: list[tuple[str, Message]], found: Body, depth: int) -> None:
    """Take the plain text of alternatives, else the first that has a text."""
    tried = [Body() for _ in parts]
    for (number, part), one in zip(parts, tried, strict=True):
        _walk(part, number, one, depth + 1)
    fitting = [one for one in tried if any(text(part).strip() for _, part in one.parts)]
    plain = [
        one
        for one in fitting
        if all(part.get_content_type() == "text/plain" for _, part in one.parts)
    ]
    chosen = next(iter(plain or fitting), None)
    if chosen is not None:
        found.parts += chosen.parts
    for one in tried:
        found.left += one.left


def text(part: Message) -> str:
    """Return the text of a part, in the charset that it states if that fits."""
    data = part.get_payload(decode=True)
    return charset.decode(data, _charset(part))[0] if isinstance(data, bytes) and data else ""


def _charset(part: Message) -> str | None:
    try:
        stated = part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        return None
    return stated if stated and stated not in {"us-ascii", "ascii", "unknown-8bit"} else None


def is_flowed(part: Message) -> tuple[bool, bool]:
    """Return whether lines flow (RFC 3676), and whether the blank at their ends goes."""
    flowed = str(part.get_param("format", "") or "").lower() == "flowed"
    return flowed, str(part.get_param("delsp", "") or "").lower() == "yes"


def unflowed(written: str, *, delete: bool) -> str:
    r"""Return a flowed text with the lines joined that a blank at their end lets flow on.

    >>> unflowed("Un deux \ntrois.\n> a \n> b\n-- \nX", delete=False)
    'Un deux trois.\n> a b\n-- \nX'
    """
    joined: list[str] = []
    open_ = -1  # how deep the quotation is that flows on
    for line in written.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        words = line[quotes:].removeprefix(" ")
        if quotes == open_ and words != "-- ":
            joined[-1] += words
        else:
            joined.append(">" * quotes + (" " if quotes else "") + words)
        flows = words.endswith(" ") and words != "-- "
        open_ = quotes if flows else -1
        if flows and delete:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)
