"""Cells of WebAnno TSV 3: annotations that are stacked, numbered and escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

#: A cell without annotation, and an annotation without a value.
NONE, BARE = "_", "*"
BASE, ROLE = "BT_", "ROLE_"

_STACKED = re.compile(r"(?:\\.|[^\\|])*", re.DOTALL)
_NUMBERED = re.compile(r"((?:\\.|[^\\])*?)\[(\d{1,9}(?:_\d{1,9})?)\]", re.DOTALL)
_CHAINED = re.compile(r"((?:\\.|[^\\])*?)->(\d{1,9})-(\d{1,9})", re.DOTALL)
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_SPECIAL = re.compile(r"->|[\\\[\]|_;*\t\n]")
_NAMES = {"\t": "\\t", "\n": "\\n"}
_MEANT = {"t": "\t", "n": "\n", "r": "\n"}


class Cell(NamedTuple):
    """One annotation of a cell: its value, its number if it has one, and its chain."""

    value: str | None
    number: str
    chain: str


def cells(text: str) -> Iterator[Cell]:
    r"""Yield the annotations of a cell.

    >>> list(cells("person[1]|*[2]"))
    [Cell(value='person', number='1', chain=''), Cell(value=None, number='2', chain='')]
    >>> list(cells("_"))
    []
    """
    if text in (NONE, ""):
        return
    at = 0
    while at <= len(text):
        found = _STACKED.match(text, at)
        part = found[0] if found else ""
        at += max(len(part), 0) + 1
        yield _cell(part)


def _cell(text: str) -> Cell:
    number = chain = ""
    if numbered := _NUMBERED.fullmatch(text):
        text, number = numbered[1], numbered[2]
    if chained := _CHAINED.fullmatch(text):
        text, chain = chained[1], chained[2]
    return Cell(None if text in (BARE, NONE, "") else unescaped(text), number, chain)


def unescaped(text: str) -> str:
    """Return what an escaped text says."""
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text)


def escaped(text: str) -> str:
    r"""Return a text with what has a meaning in a cell behind a backslash.

    >>> escaped("a_b")
    'a\\_b'
    """
    return _SPECIAL.sub(lambda found: _NAMES.get(found[0], f"\\{found[0]}"), text)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the header: `#T_SP=NAME|feature|…`, `#T_RL=…|BT_OTHER` or `#T_CH=…`."""

    kind: str
    name: str
    features: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(len(self.features), 1)

    @property
    def short(self) -> str:
        """Its name without what it is in."""
        return self.name.rpartition(".")[2]

    @property
    def base(self) -> str:
        """The layer that a relation connects."""
        found = (f for f in self.features if f.startswith(BASE))
        return next(found, "").removeprefix(BASE)
