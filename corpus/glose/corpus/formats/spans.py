"""Spans of a text, from the pairs that a reader found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import TypedDict

from glose.corpus.document import Pair, covered
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.rulers import MisplacedError, Ruler

#: What the record can have as an id.
_ID = re.compile(r"[A-Za-z][\w.:-]*")


class Span(TypedDict):
    """The fields that every span has, of a mention as of a trigger."""

    start: int
    end: int
    fragments: tuple[Pair, ...]
    text: str


def span(text: str, pairs: Iterable[Pair]) -> Span:
    """Return the span of some pieces, in any order; those that touch or overlap are one.

    >>> span("au pied du mur", [(8, 10), (0, 2)])["fragments"]
    ((0, 2), (8, 10))
    """
    pieces: list[Pair] = []
    for start, end in sorted(pairs):
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = pieces[-1][0], max(end, pieces[-1][1])
        else:
            pieces.append((start, end))
    start, end = pieces[0][0], pieces[-1][1]
    fragments = tuple(pieces) if len(pieces) > 1 else ()
    return Span(
        start=start, end=end, fragments=fragments, text=covered(text, start, end, fragments)
    )


def placed(ruler: Ruler, pair: Pair, words: str | None = None, whose: str = "") -> Pair:
    """Return a span in code points of the text, from the offsets of a source.

    Raises `MalformedError`, with whose span it is, where it is none or covers other words.
    """
    try:
        return ruler.span(*pair, words)
    except MisplacedError as error:
        raise MalformedError(f"{whose}: {error}" if whose else str(error)) from error


class Names:
    """Ids of the record for items that a source calls something else, or nothing.

    An id that the record can have, and that is free, is kept; any other becomes the letter and a
    number.

    >>> names = Names()
    >>> names.new("T1", "m"), names.new("17", "m"), names.new("T1", "m")
    ('T1', 'm1', 'm2')
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)
        self._counts = {letter: count(1) for letter in "gmervctp"}

    def new(self, wanted: str | None, letter: str) -> str:
        """Return an id that no other item has."""
        if wanted and wanted not in self._taken and _ID.fullmatch(wanted):
            name = wanted
        else:
            free = (f"{letter}{number}" for number in self._counts[letter])
            name = next(name for name in free if name not in self._taken)
        self._taken.add(name)
        return name


def runs(tokens: Sequence[Pair], numbers: Iterable[int]) -> list[Pair]:
    """Return the pieces that some tokens are, one for each run of neighbours.

    >>> runs([(0, 2), (3, 5), (6, 8)], [1, 0])
    [(0, 5)]
    """
    return [(tokens[a][0], tokens[b - 1][1]) for a, b in neighbours(numbers)]


def neighbours(numbers: Iterable[int]) -> list[Pair]:
    """Return the ranges, half-open, that some numbers are.

    >>> neighbours([7, 1, 2])
    [(1, 3), (7, 8)]
    """
    found: list[Pair] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number:
            found[-1] = found[-1][0], number + 1
        else:
            found.append((number, number + 1))
    return found
