"""Units: what is resampled, documents or clusters of them, as distinct rows of numbers.

A figure is a function of the sum of the rows of all units: P, R and F1 of numerators and
denominators, a mean over types of the counts of all types, a mean over documents of its terms.
So whatever is done with units (samples, jackknife, swaps) is done on rows and sums, and units
with equal rows are done at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from glose.evaluate.distinct import combined
from glose.evaluate.joint import Array

#: From sums, ... x columns, to figures, each an array of what stands before the columns.
Read: TypeAlias = Callable[[Array], Sequence[Array]]

#: How many sums are read at a time, so that memory stays small.
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Units:
    """Distinct rows, sorted, with how many units have each; `number` counts all units.

    `rows` is rows x columns, `times` as long. The units that no row stands for have zeros.
    """

    rows: Array
    times: Array
    number: int

    @classmethod
    def of(cls, rows: Mapping[tuple[float, ...], int], number: int) -> Units:
        """Return units from distinct rows with their numbers, in any order."""
        ordered = sorted(rows)
        width = len(ordered[0]) if ordered else 0
        values = np.array(ordered, dtype=np.float64).reshape(len(ordered), width)
        return cls(values, np.array([rows[row] for row in ordered], dtype=np.float64), number)

    @classmethod
    def each(cls, rows: Array) -> Units:
        """Return units from one row each."""
        return cls.merged(rows, np.ones(len(rows)), len(rows))

    @classmethod
    def merged(cls, rows: Array, times: Array, number: int) -> Units:
        """Return units from rows, not all distinct, with how many units have each."""
        return cls(*combined(rows, times), number)

    @property
    def total(self) -> Array:
        """The sum of the rows of all units."""
        # Not `@`: for tables of this size BLAS starts threads that cost more than they save.
        total: Array = np.einsum("k,kc->c", self.times, self.rows)
        return total

    @property
    def counts(self) -> dict[tuple[float, ...], int]:
        """The distinct rows with how many units have each."""
        rows = map(tuple, self.rows.tolist())
        return dict(zip(rows, map(int, self.times.tolist()), strict=True))

    @property
    def enough(self) -> bool:
        """Whether at least two units have items: of one there is nothing to resample."""
        return bool(self.times[self.rows.any(axis=1)].sum() > 1)

    def law(self) -> Law:
        """Return the normal law of the sum of as many units drawn with replacement."""
        total = self.total
        products = np.einsum("kc,kd->cd", self.rows * self.times[:, None], self.rows)
        return Law(total, products - np.outer(total, total) / self.number)

    def without(self, read: Read) -> tuple[list[Array], Array]:
        """Return each figure of all units but one, for each distinct one, and their numbers.

        The units that have zeros come last; leaving one out changes nothing.
        """
        total = self.total
        found = [read(total - rows) for rows in self._batches()]
        found.append(read(total[None]))
        figures = [np.concatenate(each) for each in zip(*found, strict=True)]
        return figures, np.append(self.times, self.number - self.times.sum())

    def _batches(self) -> Iterator[Array]:
        for start in range(0, len(self.rows), _BATCH):
            yield self.rows[start : start + _BATCH]


@dataclass(frozen=True, slots=True)
class Law:
    """The normal law of a resampled sum: its mean, and the covariance of its columns."""

    total: Array
    spread: Array


@dataclass(frozen=True, slots=True)
class Jackknife:
    """What leaving out one unit at a time tells of a figure (Quenouille 1956, Tukey 1958).

    `influence` is, for each distinct row, how much the figure falls without such a unit, around
    the mean of that; `times` how many units it stands for. A unit without which the figure is
    undefined is left out.
    """

    influence: Array
    times: Array

    @classmethod
    def of(cls, values: Array, times: Array) -> Jackknife:
        """Return the jackknife of the values of a figure without each unit."""
        some = ~np.isnan(values) & (times > 0)
        values, times = values[some], times[some]
        mean = float(np.sum(values * times) / max(times.sum(), 1))
        return cls(mean - values, times)

    @property
    def number(self) -> int:
        """How many units were left out in turn."""
        return int(self.times.sum())

    @property
    def error(self) -> float:
        """The standard error of the figure."""
        if self.number < 2:
            return float("nan")
        squares = float(np.sum(self.times * self.influence**2))
        return float(np.sqrt(squares * (self.number - 1) / self.number))

    @property
    def spread(self) -> float:
        """The standard deviation of the share that one unit has in the figure (pseudo-values)."""
        return self.error * float(np.sqrt(self.number))

    @property
    def acceleration(self) -> float:
        """How fast the standard error changes with the figure (Efron 1987, formula 6.6)."""
        squares = float(np.sum(self.times * self.influence**2))
        cubes = float(np.sum(self.times * self.influence**3))
        return cubes / (6 * squares**1.5) if squares > 0 else 0.0
