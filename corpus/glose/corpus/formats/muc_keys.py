"""The answer keys of MUC-3 and MUC-4: numbered slots, and what fills them.

A fill is `? "A" / "B": "C"`: optional, with alternatives, and about the fill of another slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from glose.corpus.formats.rejects import MalformedError

_SLOT = re.compile(r"\s*\d+\.\s+([A-Z]+(?: [A-Z]+)*: [A-Z]+(?: [A-Z]+)*)(?:\s{2,}(.*)|\s*)$")
#: A string with escapes, a sign, or anything else up to one.
_PIECE = re.compile(r'\s*("(?:[^"\\]|\\.)+"|[/:()?]|[^"/:()?]+)\s*')
_NAME = re.compile(r"\s*0\.\s+MESSAGE: ID\s")
#: What stands for nothing: no fill, and a slot that does not apply.
NOTHING = ("", "-", "*")
ID = "MESSAGE: ID"


class Line(NamedTuple):
    """A line of a slot: where it stands, and what it has."""

    number: int
    content: str


@dataclass(slots=True)
class Frame:
    """A template as it stands in a key: the lines of each slot."""

    number: int
    slots: dict[str, list[Line]] = field(default_factory=dict)

    def first(self, slot: str) -> str:
        """Return the first line of a slot, "" if there is none."""
        return self.slots[slot][0].content if self.slots.get(slot) else ""

    @property
    def message(self) -> str:
        """Which document it is of, without who made the key."""
        return self.first(ID).partition("(")[0].strip()


class Fill(NamedTuple):
    """What fills a slot: the alternatives, and those of the fill of another slot it is about."""

    optional: bool
    names: tuple[str, ...]
    about: tuple[str, ...] = ()


def is_key(head: bytes) -> bool:
    """Whether bytes are those of a key: the first line that is no comment is the first slot."""
    for line in head.decode("utf-8", "replace").splitlines():
        if line.strip() and not line.lstrip().startswith(";"):
            return bool(_NAME.match(line))
    return False


def frames(lines: Iterable[tuple[int, str]]) -> Iterator[Frame]:
    """Yield the templates of the lines of a key; raise `MalformedError` where a line is none."""
    frame: Frame | None = None
    slot = ""
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith(";"):
            continue
        found = _SLOT.match(line.expandtabs())
        if found and found[1] == ID:
            if frame is not None:
                yield frame
            frame = Frame(number)
        if frame is None or not (found or line[:1].isspace()):
            raise MalformedError(f"line {number}: no slot ({line[:40]!r}); expected '0. {ID}' …")
        slot = found[1] if found else slot
        content = (found[2] or "") if found else line
        frame.slots.setdefault(slot, []).append(Line(number, content.strip()))
    if frame is not None:
        yield frame


def fill(content: str, *, related: bool) -> Fill:
    """Return what a line of a slot says; `related` slots may be about the fill of another.

    Raises `MalformedError` where a quotation mark is missing.

    >>> fill('? "FRENTE" / "FN"', related=True)
    Fill(optional=True, names=('FRENTE', 'FN'), about=())
    >>> fill('REPORTED AS FACT: "FMLN"', related=True)
    Fill(optional=False, names=('REPORTED AS FACT',), about=('FMLN',))
    >>> fill("(- 29 MAR 89) / (28 MAR 89 - 29 MAR 89)", related=False).names
    ('- 29 MAR 89', '28 MAR 89 - 29 MAR 89')
    >>> fill('(POSSIBLE / ACQUITTED): ("ARMY" / "FORCES")', related=True)
    Fill(optional=False, names=('POSSIBLE', 'ACQUITTED'), about=('ARMY', 'FORCES'))
    """
    optional = content.startswith("?")
    pieces = list(_pieces(content.removeprefix("?").strip()))
    cut = _colon(pieces) if related else None
    about = () if cut is None else tuple(_names(pieces[cut + 1 :]))
    return Fill(optional, tuple(_names(pieces[:cut])), tuple(n for n in about if n not in NOTHING))


def _pieces(content: str) -> Iterator[str]:
    at = 0
    while at < len(content):
        found = _PIECE.match(content, at)
        if found is None:
            raise MalformedError(f"a quotation mark too few or too many in {content[:60]!r}")
        yield found[0]
        at = found.end()


def _colon(pieces: list[str]) -> int | None:
    """Return where the last colon is that stands in no parenthesis, or `None`."""
    depth, place = 0, None
    for number, piece in enumerate(pieces):
        depth += (piece.strip() == "(") - (piece.strip() == ")")
        if piece.strip() == ":" and not depth:
            place = number
    return place


def _names(pieces: list[str]) -> Iterator[str]:
    """Yield the alternatives, each as its string or as it is written."""
    depth = 0
    held: list[str] = []
    for piece in [*pieces, "/"]:
        sign = piece.strip()
        depth += (sign == "(") - (sign == ")")
        if sign == "/" and not depth:
            yield from _alternative(held)
            held = []
        else:
            held.append(piece)


def _alternative(pieces: list[str]) -> Iterator[str]:
    """Yield what stands between two strokes; of what is in parentheses all alternatives."""
    if len(pieces) > 2 and pieces[0].strip() == "(" and _closed(pieces) == len(pieces) - 1:
        yield from _names(pieces[1:-1])
        return
    written = "".join(pieces).strip()
    quoted = len(pieces) == 1 and written.startswith('"')
    yield re.sub(r"\\(.)", r"\1", written[1:-1]).strip() if quoted else written


def _closed(pieces: list[str]) -> int:
    """Return where the parenthesis that is first is closed."""
    depth = 0
    for number, piece in enumerate(pieces):
        depth += (piece.strip() == "(") - (piece.strip() == ")")
        if not depth:
            return number
    return len(pieces)
