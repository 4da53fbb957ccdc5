"""Power: how many documents it takes to tell two systems apart.

The difference of two systems on n documents is about normal, with a standard error that falls as
the root of n. So what one document adds to it (its jackknife pseudo-value) says how many are
needed (Lachin 1981, Card et al. 2020). Two systems that were compared on few documents differ by
a number that is itself not sure; how many are needed is told with an interval for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, isfinite, log2, sqrt
from pathlib import Path

import numpy as np

from glose.evaluate.intervals import Sampling, resampled
from glose.evaluate.joint import Array
from glose.evaluate.laws import NORMAL, quantile
from glose.evaluate.metrics import METRICS
from glose.evaluate.paired import Paired
from glose.evaluate.plan import Options
from glose.evaluate.results import Average, Plain
from glose.evaluate.significance import POWER, gather
from glose.evaluate.sources import Progress
from glose.evaluate.units import Units

#: At how many times the units that there are the power is told, beside at what is needed.
_TIMES = (1, 2, 5, 10)

#: Up to so many times as many units their power is had by drawing them.
_FAR = 1000


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be shown: a difference, found with this power by a two-sided test at `alpha`.

    Without a `difference` it is the one that the systems show now.
    """

    power: float = POWER
    alpha: float = 0.05
    difference: float | None = None
    average: Average = "micro"

    def units(self, spread: Array, difference: Array) -> Array:
        """Return how many units are needed, infinitely many where there is no difference."""
        away = quantile(1 - self.alpha / 2) + quantile(self.power)
        with np.errstate(divide="ignore"):
            return np.square(away * spread / np.maximum(difference, 0.0))

    @property
    def least(self) -> int:
        """The fewest units on which a test of swaps can find anything: of n there are 2^n ways."""
        return ceil(1 + log2(1 / self.alpha))

    def reached(self, spread: float, difference: float, units: int) -> float:
        """Return the power of so many units, by the normal law."""
        if spread == 0:
            return float(difference > 0)
        away, edge = difference * sqrt(units) / spread, quantile(1 - self.alpha / 2)
        return NORMAL.cdf(away - edge) + NORMAL.cdf(-away - edge)


@dataclass(frozen=True, slots=True)
class Point:
    """The power of so many units: by the normal law, and of pairs of units that are drawn."""

    units: int
    normal: float
    resampled: float

    def plain(self) -> Plain:
        """Return the point for a JSON encoder."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Need:
    """How many units, documents or clusters, tell system b from a in the F1 of one metric.

    `difference` is what they show on the `units` that there are, `assumed` what is to be shown,
    `spread` the standard deviation of one unit's share in it. `needed` units show it, `more` than
    there are; `interval` is where `needed` lies, without an end if there may be no difference.
    All are `None` where the systems do not differ, or one has no F1.
    """

    metric: str
    average: Average
    a: str
    b: str
    units: int
    difference: float | None
    assumed: float | None
    spread: float | None
    needed: int | None
    more: int | None
    interval: tuple[int, int | None] | None
    curve: tuple[Point, ...] = ()

    def plain(self) -> Plain:
        """Return the need for a JSON encoder."""
        shown: Plain = {name: getattr(self, name) for name in self.__slots__}
        return {**shown, "curve": [point.plain() for point in self.curve]}


@dataclass(frozen=True, slots=True)
class Power:
    """What it takes to tell each two systems apart in each metric."""

    signature: str
    gold: str
    documents: int
    cluster: str | None
    goal: Goal
    needs: tuple[Need, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return it for a JSON encoder."""
        return {
            "signature": self.signature,
            "gold": self.gold,
            "documents": self.documents,
            "cluster": self.cluster,
            "power": self.goal.power,
            "alpha": self.goal.alpha,
            "notes": list(self.notes),
            "needs": [need.plain() for need in self.needs],
        }


def power(
    gold: Path,
    predicted: Sequence[Path],
    *,
    goal: Goal | None = None,
    options: Options | None = None,
    progress: Progress = lambda _: None,
) -> Power:
    """Return how many documents (or clusters of them) it takes to tell each two systems apart.

    Without predictions `gold` is a file of counts. Raises `GloseError` for what cannot be scored.
    """
    goal = goal or Goal()
    beside = gather(gold, predicted, options or Options(), goal.average, progress)
    needs = tuple(
        need(paired, goal, beside.options.sampling, (name, a, b))
        for name in beside.having(goal.average)
        for a, b, paired in beside.pairs(METRICS[name], goal.average)
    )
    signature = beside.signature({
        "compared": goal.average, "power": goal.power, "alpha": goal.alpha,
        "difference": "found" if goal.difference is None else goal.difference,
    })  # fmt: skip
    return Power(
        signature, str(beside.prints[0]), beside.documents, beside.options.cluster, goal, needs,
        tuple(beside.notes(goal.average)),
    )  # fmt: skip


def need(paired: Paired, goal: Goal, sampling: Sampling, names: tuple[str, str, str]) -> Need:
    """Return how many units tell two systems apart; `names` are of the metric, a and b."""
    metric, a, b = names
    number = paired.units.number
    none = Need(metric, goal.average, a, b, number, None, None, None, None, None, None)
    if None in paired.found:
        return none
    gap = paired.gap
    shares = Shares.of(paired)
    assumed = abs(gap) if goal.difference is None else goal.difference
    # Of one unit nothing is known of how much units differ.
    spread = shares.spread if isfinite(shares.spread) else None
    found = replace(none, difference=gap, assumed=assumed, spread=spread)
    if not assumed or not spread:
        return found
    exact = float(goal.units(np.array(spread), np.array(assumed)))
    needed = max(goal.least, ceil(exact))
    return replace(
        found,
        needed=needed,
        more=max(0, needed - number),
        interval=between(shares, goal, sampling) if sampling.samples else None,
        curve=tuple(_curve(shares, goal, sampling, needed)),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """The units of two systems, with the share of each in their difference.

    Its rows end in that share, around their mean, and its square. `sign` makes the difference
    positive.
    """

    paired: Paired
    units: Units
    sign: float
    spread: float

    @classmethod
    def of(cls, paired: Paired) -> Shares:
        """Return the shares of units: their influence, by leaving each out."""
        values, _ = paired.units.without(paired.difference)
        share = (paired.units.number - 1) * (paired.gap - values[0][:-1])[:, None]
        rows = np.hstack([paired.units.rows, share, share**2])
        units = Units(rows, paired.units.times, paired.units.number)
        sign = -1.0 if paired.gap < 0 else 1.0
        return cls(paired, units, sign, paired.jackknife().spread)

    def drawn(self, sampling: Sampling, size: int) -> tuple[Array, Array]:
        """Return the difference in samples of so many units, and the spread of shares in each."""
        sums = resampled(self.units, sampling, size)
        gaps = self.sign * self.paired.difference(sums[:, :-2])[0]
        squares = sums[:, -1] - sums[:, -2] ** 2 / size
        return gaps, np.sqrt(np.maximum(squares, 0.0) / max(1, size - 1))


def between(shares: Shares, goal: Goal, sampling: Sampling) -> tuple[int, int | None]:
    """Return where the number that is needed lies, by drawing the units that there are."""
    gaps, spreads = shares.drawn(sampling, shares.units.number)
    assumed = gaps if goal.difference is None else np.full_like(gaps, goal.difference)
    tails = [sampling.tail, 1 - sampling.tail]
    # A sample in which nothing differs tells nothing.
    needed = goal.units(spreads[spreads > 0], assumed[spreads > 0])
    if not len(needed):
        return goal.least, None
    low, high = np.quantile(needed, tails, method="inverted_cdf")
    first = max(goal.least, ceil(low)) if isfinite(low) else shares.units.number
    return first, max(goal.least, ceil(high)) if isfinite(high) else None


def _curve(shares: Shares, goal: Goal, sampling: Sampling, needed: int) -> Iterator[Point]:
    """Yield the power of some numbers of units, with that of the number that is needed."""
    number = shares.units.number
    found = abs(shares.paired.gap)
    assumed = found if goal.difference is None else goal.difference
    sizes = {number * times for times in _TIMES} | {needed}
    for size in sorted(size for size in sizes if size <= _FAR * number):
        gaps, spreads = shares.drawn(sampling, size)
        away = (gaps - found + assumed) * sqrt(size)
        rejected = away > quantile(1 - goal.alpha / 2) * spreads
        share = float(rejected.mean()) if len(rejected) else float("nan")
        yield Point(size, goal.reached(shares.spread, assumed, size), share)
