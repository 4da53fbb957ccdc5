"""Shapes: parts of documents that a metric counts alike, wherever they are, whatever their types.

Many metrics count a document as the sum of its parts, and a part by nothing but which of its
bounds come first and which of its types are the same. All parts of one shape are then counted
once, by the metric itself, as if each were a document of its own. The parts are in regions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np

from glose.corpus.document import Document
from glose.evaluate import listings
from glose.evaluate.counts import Row, Statistic
from glose.evaluate.listings import Whole
from glose.evaluate.projection import View

Key = TypeVar("Key", bound=Hashable)

#: The documents of gold and of the prediction that a key stands for.
Made: TypeAlias = tuple[Document, Document]

#: So many spans are held in shapes, in about 10 MB; then they are learned anew.
HELD = 50_000


@cache
def name(number: int) -> str:
    """Return a name for a type of a shape, which stands among others as the number does."""
    return f"{number:06}"


class Rows(NamedTuple):
    """What is counted in shapes: one row each for all items, and those of all their types."""

    all: Whole
    types: Whole


@dataclass(slots=True)
class Shapes(Generic[Key]):
    """The shapes that were met, by number, with what statistics count in them.

    `made` gives the documents of a key. The rows of the types of a shape stand one after another,
    from `firsts[number]` on.
    """

    made: Callable[[Key], Made]
    numbers: dict[Key, int] = field(default_factory=dict)
    firsts: list[int] = field(default_factory=lambda: [0])
    spans: int = 0
    _rows: dict[str, Rows] = field(default_factory=dict)
    _views: dict[Key, tuple[View, View]] = field(default_factory=dict)

    def number(self, key: Key, types: int, spans: int) -> int:
        """Return the number of a shape by its key; it has so many types and spans."""
        number = self.numbers.setdefault(key, len(self.numbers))
        if number + 1 == len(self.firsts):
            self.firsts.append(self.firsts[-1] + types)
            self.spans += spans
        return number

    def rows(self, statistic: Statistic) -> Rows:
        """Return what a statistic counts in all shapes; what is new is counted now."""
        none = np.zeros((0, statistic.width), dtype=np.int64)
        known = self._rows.get(statistic.name, Rows(none, none))
        first = len(known.all)
        # The names of types are not those of the corpus, but all of them are known.
        plain = replace(statistic, known=None)
        new = [
            _counted(self._viewed(key), self.firsts[number + 1] - self.firsts[number], plain)
            for number, key in enumerate([*self.numbers][first:], first)
        ]
        if new:
            of_types = chain.from_iterable(types for _, types in new)
            found = [row for row, _ in new], list(of_types)
            known = Rows(*(np.concatenate(each) for each in zip(known, found, strict=True)))
            self._rows[statistic.name] = known
        return known

    def _viewed(self, key: Key) -> tuple[View, View]:
        """Return the documents of a key, made once for all statistics."""
        if key not in self._views:
            gold, predicted = self.made(key)
            self._views[key] = View(gold), View(predicted)
        return self._views[key]

    def settle(self) -> None:
        """Let go of the documents of shapes: all statistics have counted them."""
        self._views = {}


def _counted(views: tuple[View, View], types: int, statistic: Statistic) -> tuple[Row, list[Row]]:
    """Return the row of all items of a shape, and the rows of its types."""
    tally: Mapping[str | None, Row] = statistic.tally(*views)
    none = (0,) * statistic.width
    return tally[None], [tally.get(name(number), none) for number in range(types)]


class Met(NamedTuple):
    """Which shapes were met where: documents with shapes, and documents with types and rows."""

    documents: Whole
    shapes: Whole
    type_documents: Whole
    types: Whole
    rows: Whole

    def joined(self, other: Met) -> Met:
        """Return these shapes and others."""
        return Met(*map(np.concatenate, zip(self, other, strict=True)))

    def counted(
        self, known: Rows, names: Sequence[str], documents: int, without: Collection[int]
    ) -> listings.Rows:
        """Return the rows of documents, of which some are left out; types go by these names."""
        shape, width = (len(names), documents), known.all.shape[1]
        cells = self.types * documents + self.type_documents
        by_type = np.zeros((*shape, width), dtype=np.int64)
        whole = np.zeros((documents, width), dtype=np.int64)
        for column in range(width):
            by_type[..., column] = _sums(cells, known.types[self.rows, column], shape)
            whole[:, column] = _sums(self.documents, known.all[self.shapes, column], shape[1:])
        there = np.flatnonzero(by_type.any(axis=(1, 2)))
        kept = np.delete(np.arange(documents), [*without])
        found = [names[number] for number in there.tolist()]
        return listings.Rows(found, by_type[there][:, kept], whole[kept])


def _sums(cells: Whole, amounts: Whole, shape: tuple[int, ...]) -> Whole:
    """Return a table of the sums of amounts in its cells."""
    size = int(np.prod(shape))
    sums = np.bincount(cells, weights=amounts, minlength=size)
    found: Whole = sums.reshape(shape).astype(np.int64)
    return found
