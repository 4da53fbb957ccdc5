"""The counts of all types of a document together, as a macro average needs them.

A macro average is resampled with all its types at once, since they stand in the same documents.
While there are few distinct rows they are kept as they are. Beyond `LIMIT` only their sum and the
sums of their products are: a resampled sum of so many documents is normal, and these are all that
its law depends on. So memory does not grow with the corpus, unless all rows are wanted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.listings import Rows, Whole

Array: TypeAlias = NDArray[np.float64]

#: How many distinct rows are kept one by one.
LIMIT = 2000

#: Moments are of counts in steps of one of so many: then they add up without rounding, in any
#: order. A share of a mention (as in B3) is rounded, by which no standard error changes visibly.
_STEPS = 1024

Counts: TypeAlias = tuple[float, ...]
Numbered: TypeAlias = tuple[tuple[str | None, Counts], ...]


@dataclass(slots=True)
class Joint:
    """The counts of each document by type, as distinct rows or, beyond `LIMIT`, as moments.

    `waiting` are rows that are still to be added to the moments. With `all` there are none: every
    row is kept, since the jackknife asks for each. `blocks` are rows of which it is not told yet
    which are the same.
    """

    documents: int = 0
    moments: Moments | None = None
    waiting: list[Mapping[str | None, Counts]] = field(default_factory=list)
    all: bool = False
    blocks: list[Rows] = field(default_factory=list)
    _rows: Counter[Numbered] = field(default_factory=Counter)

    @property
    def rows(self) -> Counter[Numbered]:
        """The distinct rows, with how many documents have each; none beyond `LIMIT`."""
        if self.blocks:
            self._weigh()
        return self._rows

    @property
    def _full(self) -> bool:
        return len(self._rows) > LIMIT and not self.all

    def add(self, tally: Mapping[str | None, Counts]) -> None:
        """Add the counts of one document."""
        self.documents += 1
        if self.moments is None:
            # A type of which nothing is counted is as one that there is not.
            rows = (row for row in tally.items() if row[0] is not None and any(row[1]))
            self._rows[tuple(sorted(rows))] += 1
            if self._full:
                self._settle()
        else:
            self.waiting.append(tally)
            if len(self.waiting) > LIMIT:
                self._pour(self.moments)

    def extend(self, rows: Rows) -> None:
        """Add the counts of many documents."""
        self.documents += len(rows)
        if self.moments is None:
            self.blocks.append(rows)
            if sum(map(len, self.blocks)) > LIMIT:
                self._weigh()
        else:
            self.moments.extend(rows)

    def _weigh(self) -> None:
        """Tell the rows of the blocks apart, unless there are so many that moments are kept."""
        blocks, self.blocks = self.blocks, []
        found = Apart(blocks)
        if len(found.times) > LIMIT and not self.all:
            moments = self._settle()
            for block in blocks:
                moments.extend(block)
            return
        for row, times in found.rows():
            self._rows[row] += times
        if self._full:
            self._settle()

    def skip(self, documents: int) -> None:
        """Add documents of which nothing has a type."""
        self.documents += documents
        if self.moments is None:
            self._rows[()] += documents

    def merge(self, other: Joint) -> None:
        """Add the documents of another."""
        self.documents += other.documents
        self.rows.update(other.rows)
        if other.moments is not None or self._full or self.moments is not None:
            moments = self._settle()
            other_moments = other.settled()
            if other_moments is not None:
                moments.merge(other_moments)

    def settled(self) -> Moments | None:
        """Return the moments of all documents, or `None` while there are few distinct rows."""
        if self.blocks:
            self._weigh()
        if self.moments is not None:
            self._pour(self.moments)
        return self.moments

    def _settle(self) -> Moments:
        self.moments = self.moments or Moments()
        self.moments.add([(dict(row), times) for row, times in self._rows.items()])
        self._rows = Counter()
        return self.moments

    def _pour(self, moments: Moments) -> None:
        moments.add([(tally, 1) for tally in self.waiting])
        self.waiting = []


class Apart:
    """Which rows of some blocks are the same: the bytes of each, with how often it occurs.

    >>> block = Rows(["PER"], np.array([[[1], [2], [1]]]), np.array([[1], [2], [1]]))
    >>> list(Apart([block]).rows())
    [((('PER', (1,)),), 2), ((('PER', (2,)),), 1)]
    """

    def __init__(self, blocks: Sequence[Rows]) -> None:
        self.types = sorted(set().union(*(block.types for block in blocks)))
        self.width = blocks[0].all.shape[1]
        table = np.concatenate([_laid(block, self.types) for block in blocks])
        size = table.shape[1] * table.itemsize
        # A row of no types is no bytes.
        same = table.view(f"V{size}").ravel().tolist() if size else [b""] * len(table)
        self.times = Counter[bytes](same)

    def rows(self) -> Iterator[tuple[Numbered, int]]:
        """Yield each row, without types that it does not have."""
        for content, times in self.times.items():
            numbers = np.frombuffer(content, dtype=np.int64).reshape(-1, self.width).tolist()
            found = zip(self.types, map(tuple, numbers), strict=True)
            yield tuple(each for each in found if any(each[1])), times


def _laid(block: Rows, types: Sequence[str]) -> Whole:
    """Return the rows of a block for some types, side by side: a line for each document."""
    place = {name: number for number, name in enumerate(types)}
    table = np.zeros((len(block), len(types), block.all.shape[1]), dtype=np.int64)
    table[:, [place[name] for name in block.types]] = block.by_type.transpose(1, 0, 2)
    return table.reshape(len(block), -1)


@dataclass(slots=True)
class Moments:
    """The sum of rows, and the sum of the products of each two of their numbers.

    `starts` says from which position on the numbers of a type stand. Counts are taken in whole
    steps, so the sums are exact and the order of the documents does not show.
    """

    width: int = 0
    starts: dict[str, int] = field(default_factory=dict)
    total: Array = field(default_factory=lambda: np.zeros(0))
    products: Array = field(default_factory=lambda: np.zeros((0, 0)))

    def add(self, rows: Sequence[tuple[Mapping[str | None, Counts], int]]) -> None:
        """Add the counts of documents, each as often as it occurs."""
        places: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[Counts]] = defaultdict(list)
        for number, (row, _) in enumerate(rows):
            for name, each in row.items():
                if name is not None:
                    places[name].append(number)
                    counts[name].append(each)
        self._grow({name: len(each[0]) for name, each in counts.items()})
        dense = np.zeros((len(rows), len(self.total)))
        for name, given in counts.items():
            start, size = self.starts[name], len(given) * self.width
            flat = np.fromiter(chain.from_iterable(given), dtype=np.float64, count=size)
            dense[places[name], start : start + self.width] = flat.reshape(-1, self.width)
        self._pour(dense, np.array([times for _, times in rows], dtype=np.float64))

    def extend(self, rows: Rows) -> None:
        """Add the counts of many documents."""
        self._grow(dict.fromkeys(rows.types, int(rows.all.shape[1])))
        dense = np.zeros((len(rows), len(self.total)))
        for name, block in zip(rows.types, rows.by_type, strict=True):
            start = self.starts[name]
            dense[:, start : start + self.width] = block
        self._pour(dense, np.ones(len(rows)))

    def _pour(self, rows: Array, times: Array) -> None:
        rows = np.rint(rows * _STEPS) / _STEPS
        self.total += np.einsum("i,ij->j", times, rows)
        self.products += _products(rows, times)

    def merge(self, other: Moments) -> None:
        """Add the rows of another."""
        self._grow(dict.fromkeys(other.starts, other.width))
        where = self.places(list(other.starts))
        self.total[where] += other.total
        self.products[np.ix_(where, where)] += other.products

    def places(self, types: Sequence[str]) -> list[int]:
        """Return the positions of the numbers of some types, in their order."""
        return [self.starts[name] + column for name in types for column in range(self.width)]

    def _grow(self, widths: Mapping[str, int]) -> None:
        for name, width in widths.items():
            self.width = width
            self.starts.setdefault(name, len(self.starts) * width)
        more = len(self.starts) * self.width - len(self.total)
        self.total = np.pad(self.total, (0, more))
        self.products = np.pad(self.products, ((0, more), (0, more)))


def _products(rows: Array, times: Array) -> Array:
    """Return the sum of the products of each two columns, each row as often as it occurs."""
    products: Array
    if (times == 1).all():
        # Of one table with itself BLAS makes half the products, and starts no threads.
        products = rows.T @ rows
    else:
        products = np.einsum("ij,ik->jk", rows * times[:, None], rows)
    return products
