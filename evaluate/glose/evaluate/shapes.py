"""Shapes: regions of text that a metric counts alike, wherever they are and whatever their types.

A *region* is a stretch of text that spans of gold or of a prediction cover without a gap. Many
metrics count a document as the sum of its regions, and a region by nothing but which of its bounds
come first and which of its types are the same. All regions of one shape are then counted once, by
the metric itself, as if each were a document of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.corpus.document import Document, Mention
from glose.evaluate.counts import Row, Statistic
from glose.evaluate.listings import Whole
from glose.evaluate.projection import View

#: A span of a region: its start and end, and the number of its type.
Spot: TypeAlias = tuple[int, int, int]

#: Spans of a side may be so many: as many ids stand in the same order in a hash table.
MOST = 4096
_FIRST_ID = 0x4000

#: So many spans are held in shapes, in about 20 MB; then they are learned anew.
HELD = 100_000


class Shape(NamedTuple):
    """The spans of both sides, by bounds and types that are numbered from 0 on."""

    gold: tuple[Spot, ...]
    predicted: tuple[Spot, ...]


#: A key has the spans of a shape, each as its side, start, end and type: numbers of so many bytes.
FIELDS, _BYTES = 4, 8


def shape(key: bytes) -> Shape:
    """Return the shape that a key stands for: rows of `FIELDS` whole numbers.

    >>> shape(np.array([[0, 0, 2, 1], [1, 0, 1, 0]]).tobytes())
    Shape(gold=((0, 2, 1),), predicted=((0, 1, 0),))
    """
    rows = np.frombuffer(key, dtype=np.int64).reshape(-1, FIELDS).tolist()
    gold, predicted = (
        tuple((start, end, name) for side, start, end, name in rows if side == wanted)
        for wanted in (0, 1)
    )
    return Shape(gold, predicted)


def documented(side: Sequence[Spot]) -> Document:
    """Return one side of a shape as a document, with ids in the order of its spans.

    That is also their order in a hash table, where an id of one letter has the place of its code.
    """
    mentions = [
        Mention(id=chr(_FIRST_ID + number), type=_name(name), start=start, end=end)
        for number, (start, end, name) in enumerate(side)
    ]
    size = max((end for _, end, _ in side), default=0)
    return Document(text="x" * size, mentions=tuple(mentions))


def _name(number: int) -> str:
    """Return a name that stands among others as the number does."""
    return f"{number:06}"


class Rows(NamedTuple):
    """What is counted in shapes: one row each for all items, and those of all their types."""

    all: Whole
    types: Whole


@dataclass(slots=True)
class Shapes:
    """The shapes that were met, by number, with what statistics count in them.

    The rows of the types of a shape stand one after another, from `firsts[number]` on.
    """

    numbers: dict[bytes, int] = field(default_factory=dict)
    firsts: list[int] = field(default_factory=lambda: [0])
    spans: int = 0
    _rows: dict[str, Rows] = field(default_factory=dict)

    def number(self, key: bytes, types: int) -> int:
        """Return the number of a shape by its key; it has so many types."""
        number = self.numbers.setdefault(key, len(self.numbers))
        if number + 1 == len(self.firsts):
            self.firsts.append(self.firsts[-1] + types)
            self.spans += len(key) // (FIELDS * _BYTES)
        return number

    def rows(self, statistic: Statistic) -> Rows:
        """Return what a statistic counts in all shapes; what is new is counted now."""
        none = np.zeros((0, statistic.width), dtype=np.int64)
        known = self._rows.get(statistic.name, Rows(none, none))
        new = [_counted(shape(key), statistic) for key in [*self.numbers][len(known.all) :]]
        if new:
            of_types = chain.from_iterable(types for _, types in new)
            found = [row for row, _ in new], list(of_types)
            known = Rows(*(np.concatenate(each) for each in zip(known, found, strict=True)))
            self._rows[statistic.name] = known
        return known


def _counted(found: Shape, statistic: Statistic) -> tuple[Row, list[Row]]:
    """Return the row of all items of a shape, and the rows of its types."""
    gold, predicted = map(documented, found)
    tally: Mapping[str | None, Row] = statistic.tally(View(gold), View(predicted))
    none = (0,) * statistic.width
    types = 1 + max(spot[2] for side in found for spot in side)
    return tally[None], [tally.get(_name(number), none) for number in range(types)]
