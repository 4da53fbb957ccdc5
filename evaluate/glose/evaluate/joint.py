"""The counts of all types of a document together, as a macro average needs them.

A macro average is resampled with all its types at once, since they stand in the same documents.
While there are few distinct rows they are kept as they are. Beyond `LIMIT` only their sum and the
sums of their products are: a resampled sum of so many documents is normal, and these are all that
its law depends on. So memory does not grow with the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

#: How many distinct rows are kept one by one.
LIMIT = 2000

Numbered: TypeAlias = tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(slots=True)
class Joint:
    """The counts of each document by type, as distinct rows or, beyond `LIMIT`, as moments."""

    documents: int = 0
    rows: Counter[Numbered] = field(default_factory=Counter)
    moments: Moments | None = None

    def add(self, tally: Mapping[str | None, tuple[float, ...]]) -> None:
        """Add the counts of one document."""
        self.documents += 1
        self.rows[tuple(sorted((n, row) for n, row in tally.items() if n is not None))] += 1
        self._settle()

    def merge(self, other: Joint) -> None:
        """Add the documents of another."""
        self.documents += other.documents
        self.rows.update(other.rows)
        if other.moments is not None:
            self.moments = self.moments or Moments()
            self.moments.merge(other.moments)
        self._settle()

    def _settle(self) -> None:
        if len(self.rows) > LIMIT:
            self.moments = self.moments or Moments()
            self._pour(self.moments)

    def _pour(self, moments: Moments) -> None:
        moments.add(self.rows)
        self.rows = Counter()

    def settled(self) -> Moments | None:
        """Return the moments of all documents, or `None` while there are few distinct rows."""
        if self.moments is not None and self.rows:
            self._pour(self.moments)
        return self.moments


@dataclass(slots=True)
class Moments:
    """The sum of rows, and the sum of the products of each two of their numbers.

    `places` says which position a number of a type has. Counts are whole, so the sums are exact
    and the order of the documents does not show.
    """

    places: dict[tuple[str, int], int] = field(default_factory=dict)
    total: Array = field(default_factory=lambda: np.zeros(0))
    products: Array = field(default_factory=lambda: np.zeros((0, 0)))

    def add(self, rows: Mapping[Numbered, int]) -> None:
        """Add rows, each as often as it occurs."""
        self._grow((name, column) for row in rows for name, r in row for column in range(len(r)))
        dense = np.zeros((len(rows), len(self.places)))
        for number, row in enumerate(rows):
            for name, counts in row:
                start = self.places[name, 0]
                dense[number, start : start + len(counts)] = counts
        times = np.fromiter(rows.values(), dtype=np.float64, count=len(rows))
        self.total += times @ dense
        self.products += dense.T @ (dense * times[:, None])

    def merge(self, other: Moments) -> None:
        """Add the rows of another."""
        self._grow(other.places)
        where = [self.places[place] for place in other.places]
        self.total[where] += other.total
        self.products[np.ix_(where, where)] += other.products

    def _grow(self, places: Iterable[tuple[str, int]]) -> None:
        for place in places:
            self.places.setdefault(place, len(self.places))
        more = len(self.places) - len(self.total)
        self.total = np.pad(self.total, (0, more))
        self.products = np.pad(self.products, ((0, more), (0, more)))
