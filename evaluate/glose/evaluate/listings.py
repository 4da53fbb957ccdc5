"""Listings: counts that are made of lists of items, of one pair of documents or of many at once.

A program that counts millions of items document by document spends most of its time on making the
tables of each. Here the types of all items are laid one after another, and counted in one go.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import prod
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Row: TypeAlias = tuple[float, ...]
Tally: TypeAlias = dict[str | None, Row]
Whole: TypeAlias = NDArray[np.int64]


class Listed(NamedTuple):
    """What counts in a pair of documents: for each list the type of each of its items.

    `all` is the row of all items, or `None` where it is the sum of the rows of the types.
    """

    lists: Sequence[Sequence[str]]
    all: Row | None = None


class Rows(NamedTuple):
    """The rows of some documents: types x documents x columns, and documents x columns."""

    types: Sequence[str]
    by_type: Whole
    all: Whole

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.all)

    def tallies(self) -> Iterator[Tally]:
        """Yield the rows of each document, without types that it does not have."""
        blocks = [
            (name, block.tolist()) for name, block in zip(self.types, self.by_type, strict=True)
        ]
        for number, row in enumerate(self.all.tolist()):
            tally: Tally = {
                name: tuple(rows[number]) for name, rows in blocks if any(rows[number])
            }
            tally[None] = tuple(row)
            yield tally


#: What a whole number of 64 bits stays below.
_WHOLE = 2**63


@dataclass(frozen=True, slots=True)
class Listing:
    """How to count what is listed: `columns` has for each column the number of its list.

    A column of `None` is of what has no type: only the row of all items counts it.
    """

    listed: Callable[[Any, Any], Listed]
    columns: tuple[int | None, ...]

    def __call__(self, gold: Any, predicted: Any) -> Tally:  # noqa: ANN401  # each its own
        """Return the counts of one pair of documents."""
        return tallied(self.listed(gold, predicted), self.columns)


def tallied(found: Listed, columns: Sequence[int | None]) -> Tally:
    """Return the counts of what is listed in one pair of documents.

    >>> tallied(Listed((["PER"], ["PER", "ORG"])), (0, 1, 0))[None]
    (1, 2, 1)
    """
    # The last number of a row is that of a list that there is not.
    size = len(found.lists) + 1
    places = [-1 if n is None else n for n in columns]
    rows: dict[str, list[int]] = defaultdict(lambda: [0] * size)
    for number, names in enumerate(found.lists):
        for name in names:
            rows[name][number] += 1
    tally: Tally = {name: tuple([row[n] for n in places]) for name, row in rows.items()}
    sizes = [*map(len, found.lists), 0]
    tally[None] = found.all or tuple(sizes[n] for n in places)
    return tally


@dataclass(slots=True)
class Batch:
    """The lists of some pairs of documents, one after another."""

    listing: Listing
    lists: list[list[str]] = field(default_factory=list)
    sizes: list[list[int]] = field(default_factory=list)
    all: list[Row] = field(default_factory=list)

    def add(self, gold: Any, predicted: Any) -> None:  # noqa: ANN401  # what the listing takes
        """Add a pair of documents."""
        found = self.listing.listed(gold, predicted)
        if not self.lists:
            self.lists = [[] for _ in found.lists]
            self.sizes = [[] for _ in found.lists]
        for names, sizes, more in zip(self.lists, self.sizes, found.lists, strict=True):
            names.extend(more)
            sizes.append(len(more))
        if found.all is not None:
            self.all.append(found.all)

    def taken(self) -> Rows:
        """Return the rows of the documents that were added, and begin anew."""
        rows = self._rows()
        self.lists, self.sizes, self.all = [], [], []
        return rows

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.sizes[0]) if self.sizes else 0

    def _rows(self) -> Rows:
        types = sorted(set(chain.from_iterable(self.lists)))
        number = {name: place for place, name in enumerate(types)}
        counted = (
            _counted(np.fromiter(map(number.__getitem__, names), np.int64, len(names)), sizes)
            for names, sizes in zip(self.lists, self.sizes, strict=True)
        )
        shape = len(types), len(self)
        lists = [*(_shaped(cells, shape) for cells in counted), np.zeros(shape, np.int64)]
        places = [-1 if n is None else n for n in self.listing.columns]
        by_type = np.stack([lists[n] for n in places], axis=-1)
        if self.all:
            return Rows(types, by_type, np.array(self.all, dtype=np.int64))
        whole = np.array([*self.sizes, [0] * len(self)], dtype=np.int64)
        return Rows(types, by_type, whole[places].T)


def distinct(rows: Whole) -> Iterator[tuple[Row, int]]:
    """Yield the distinct rows of a table of numbers from 0, with how often each occurs.

    >>> sorted(distinct(np.array([[1, 2], [0, 0], [1, 2]])))
    [((0, 0), 1), ((1, 2), 2)]
    """
    sizes = [int(most) + 1 for most in rows.max(axis=0, initial=0)]
    if prod(sizes) >= _WHOLE:
        yield from Counter(map(tuple, rows.tolist())).items()
        return
    keys = np.zeros(len(rows), dtype=np.int64)
    for column, size in zip(rows.T, sizes, strict=True):
        keys = keys * size + column
    _, first, times = np.unique(keys, return_index=True, return_counts=True)
    yield from zip(map(tuple, rows[first].tolist()), times.tolist(), strict=True)


def _counted(types: Whole, sizes: Sequence[int]) -> Whole:
    """Return for each item the number of its cell in a table of types x documents."""
    cells: Whole = types * len(sizes) + np.repeat(np.arange(len(sizes)), sizes)
    return cells


def _shaped(cells: Whole, shape: tuple[int, int]) -> Whole:
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
