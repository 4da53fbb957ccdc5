"""The roster of the mentions of some pairs of documents: columns that all who count them share.

They are taken off the documents as these come; no document is held.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from glose.corpus.document import Document
from glose.evaluate.listings import Whole
from glose.evaluate.projection import Cut

_FRAGMENTS = attrgetter("fragments")


class Column(NamedTuple):
    """The mentions of one side, in the order of documents and records, by their outer bounds.

    `type` is the place of a type in the names of all types.
    """

    document: Whole
    type: Whole
    start: Whole
    end: Whole


@dataclass(slots=True)
class Side:
    """The mentions of one side as they come; `sizes` has how many each document has."""

    sizes: list[int] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Add the mentions of a document."""
        mentions = document.mentions
        self.sizes.append(len(mentions))
        self.types += [m.type for m in mentions]
        self.starts += [m.start for m in mentions]
        self.ends += [m.end for m in mentions]
        self.ids += [m.id for m in mentions]


class Roster:
    """The mentions of some pairs of documents: of the sides 0 is gold, 1 what is predicted.

    `pieced` are the numbers of the pairs in which a mention has several pieces, if those are asked
    for by `pieces`.
    """

    def __init__(self, cut: Cut = str, *, pieces: bool = True) -> None:
        self.cut, self.pieces = cut, pieces
        self.sides = Side(), Side()
        self.pieced: set[int] = set()

    def __len__(self) -> int:
        """Return how many pairs of documents there are."""
        return len(self.sides[0].sizes)

    def add(self, gold: Document, predicted: Document) -> None:
        """Add a pair of documents."""
        if self.pieces and any(map(_FRAGMENTS, (*gold.mentions, *predicted.mentions))):
            self.pieced.add(len(self))
        self.sides[0].add(gold)
        self.sides[1].add(predicted)

    @cached_property
    def names(self) -> list[str]:
        """The names of all types, cut, in their order; read when all pairs are there."""
        types = {*self.sides[0].types, *self.sides[1].types}
        return sorted({self.cut(name) for name in types})

    @cached_property
    def columns(self) -> tuple[Column, Column]:
        """The mentions of both sides; read when all pairs are there."""
        place = {name: number for number, name in enumerate(self.names)}
        types = {name for side in self.sides for name in side.types}
        ranks = {name: place[self.cut(name)] for name in types}
        one, other = (_column(side, ranks) for side in self.sides)
        return one, other


def _column(side: Side, ranks: dict[str, int]) -> Column:
    types = np.fromiter(map(ranks.__getitem__, side.types), np.int64, len(side.types))
    start, end = (np.array(each, dtype=np.int64) for each in (side.starts, side.ends))
    return Column(np.repeat(np.arange(len(side.sizes)), side.sizes), types, start, end)
