"""Two systems on the same documents: their counts side by side, and how much they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.averages import over_documents, over_types, side_by_side, terms
from glose.evaluate.counts import Tally
from glose.evaluate.joint import Array
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.sums import ratios, split
from glose.evaluate.units import Jackknife, Read, Units

#: Rows of a cluster are summed in steps of one of so many, so that their order does not show.
_STEPS = 2**30


@dataclass(frozen=True, slots=True)
class Paired:
    """Units of which each row holds the numbers of system a, then those of system b.

    `read` gives the figures of one system, F1 last.
    """

    units: Units
    read: Read

    def f1(self, sums: Array) -> tuple[Array, Array]:
        """Return F1 of both systems of sums, ... x columns; NaN where it is undefined."""
        half = sums.shape[-1] // 2
        return self.read(sums[..., :half])[2], self.read(sums[..., half:])[2]

    @property
    def same(self) -> bool:
        """Whether the two systems have the same numbers in every unit."""
        half = self.units.rows.shape[1] // 2
        return np.array_equal(self.units.rows[:, :half], self.units.rows[:, half:])

    def difference(self, sums: Array) -> Sequence[Array]:
        """Return F1 of b minus F1 of a, as the one figure; what is undefined counts as 0.

        Of systems that are the same it is 0, also where sums that are drawn differ by rounding.
        """
        if self.same:
            return [np.zeros(sums.shape[:-1])]
        a, b = self.f1(sums)
        return [np.nan_to_num(b) - np.nan_to_num(a)]

    @property
    def turned(self) -> Paired:
        """The same two systems, the other one first."""
        half = self.units.rows.shape[1] // 2
        rows = np.roll(self.units.rows, half, axis=1)
        return Paired(Units.merged(rows, self.units.times, self.units.number), self.read)

    @property
    def settled(self) -> bool:
        """Whether the systems stand in the order in which samples of them are drawn.

        One of a pair and its `turned` does (both, where they are the same), whichever system was
        named first: so what is sampled of a and b is what is sampled of b and a.
        """
        own, other = self.units, self.turned.units
        return _sorted(own) <= _sorted(other)

    @property
    def found(self) -> tuple[float | None, float | None]:
        """F1 of both systems on all units, `None` where it is undefined."""
        a, b = (float(f1[0]) for f1 in self.f1(self.units.total[None]))
        return (None if np.isnan(a) else a), (None if np.isnan(b) else b)

    @property
    def gap(self) -> float:
        """F1 of b minus F1 of a on all units."""
        return float(self.difference(self.units.total[None])[0][0])

    def jackknife(self) -> Jackknife:
        """Return what leaving out one unit at a time tells of the difference."""
        values, times = self.units.without(self.difference)
        return Jackknife.of(values[0], times)

    @property
    def record(self) -> tuple[int, int, int]:
        """In how many units b is better, as good and worse.

        To give nothing where there is nothing is right: it counts as 1.
        """
        a, b = (np.nan_to_num(f1, nan=1.0) for f1 in self.f1(self.units.rows))
        apart = np.where(np.isclose(a, b, rtol=0, atol=1e-12), 0, np.sign(b - a))
        wins, ties, losses = (int(self.units.times[apart == sign].sum()) for sign in (1, 0, -1))
        ties += self.units.number - wins - ties - losses
        return wins, ties, losses


def _sorted(units: Units) -> tuple[list[list[float]], list[float]]:
    return units.rows.tolist(), units.times.tolist()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the documents of a system become rows of numbers, and sums of them figures.

    `averaging` is `None` for micro figures; `types` are wanted for a mean over types. The figures
    are those of all types or `of` one (of a group of types, where the mean is one over types).
    """

    metric: Metric
    averaging: Averaging | None = None
    types: tuple[str, ...] = ()
    of: str | None = None

    def rows(self, tallies: Sequence[Tally]) -> Array:
        """Return the numbers of each document, documents x columns."""
        width = self.metric.statistic.width
        if self.averaging is not None and self.averaging.over == "types":
            flat = [side_by_side(tally, self.types, width) for tally in tallies]
            return np.array(flat, dtype=np.float64)
        none = (0.0,) * width
        each = np.array([tally.get(self.of, none) for tally in tallies], dtype=np.float64)
        if self.averaging is not None:
            return terms(self.metric, self.averaging, each)
        return ratios(self.metric, each)

    @property
    def read(self) -> Read:
        """What gives the figures of sums of rows."""
        if self.averaging is None:
            return lambda sums: self.metric.figures(split(sums))
        if self.averaging.over == "types":
            return over_types(self.metric, self.averaging, self.types, self.of)
        return over_documents(self.averaging)


def gathered(rows: Array, clusters: Sequence[str]) -> Array:
    """Return the sum of the rows of each cluster, in the order of their names."""
    whole = np.rint(rows * _STEPS) / _STEPS
    found: NDArray[np.int64]
    groups, found = np.unique(np.array(clusters), return_inverse=True)
    sums = np.zeros((len(groups), rows.shape[1]))
    np.add.at(sums, found, whole)
    return sums
