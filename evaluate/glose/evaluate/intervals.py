"""Intervals: where a figure lies, from the distinct rows of counts of documents or clusters.

Documents with equal rows cannot be told apart, so drawing N documents with replacement is drawing
how often each distinct row comes up from a multinomial law: the same law, in milliseconds. A
document is drawn as a whole, since the sentences of one document are not independent (Efron 1979).
docs/metrics/statistics.md has the formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias
from zlib import crc32

import numpy as np

from glose.evaluate.joint import Array
from glose.evaluate.laws import NORMAL, quantile, student
from glose.evaluate.results import Bounds
from glose.evaluate.units import Jackknife, Law, Read, Units

#: How an interval is made: percentiles of resampled figures, the same with bias and acceleration
#: corrected, or the standard error of the jackknife around the figure.
Method: TypeAlias = Literal["percentile", "bca", "jackknife"]

#: Resampled sums, and whether they are of the normal law.
Drawn: TypeAlias = tuple[Array, bool]

#: How many rows of weights are drawn at a time, so that memory stays small.
_BATCH = 100

#: Up to so many distinct rows the numbers of a sample are drawn one by one.
_FEW = 50

#: So skewed may a sum be that is still drawn from the normal law. It moves a bound of 95 % by
#: 0.05 standard errors; that 1,000 samples are no more moves it by 0.08.
_SKEWED = 0.1


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many samples are drawn, the level of the interval, the seed, and how it is made.

    0 samples: no intervals.
    """

    samples: int = 1000
    level: float = 0.95
    seed: int = 1
    method: Method = "percentile"

    def generator(self, name: str) -> np.random.Generator:
        """Return the random numbers for one purpose: the same for every figure.

        So equal rows give equal intervals, whatever the figure that they are of is called.
        """
        return np.random.default_rng([self.seed, crc32(name.encode())])

    @property
    def tail(self) -> float:
        """The probability outside of the interval, on each side."""
        return (1 - self.level) / 2


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of some figures, how they came about, and the figures; NaN if undefined."""

    bounds: tuple[Bounds, ...]
    method: str
    figures: tuple[float, ...]


def limits(
    units: Units | Law, read: Read, sampling: Sampling, given: Drawn | None = None
) -> Limits:
    """Return the interval of each figure that `read` gives of sums of the rows of units.

    What is undefined has none. Of a law there are only percentiles. The samples may be `given`,
    where several figures are read off the same units.
    """
    found = tuple(float(each[0]) for each in read(units.total[None]))
    if sampling.method == "jackknife" and isinstance(units, Units):
        values, times = units.without(read)
        around = zip(found, values, strict=True)
        ends = tuple(_around(f, v, times, sampling) for f, v in around)
        return Limits(ends, "jackknife", found)
    sums, normal = given or drawn(units, sampling)
    samples = read(sums)
    if sampling.method == "bca" and isinstance(units, Units):
        values, times = units.without(read)
        three = zip(found, samples, values, strict=True)
        ends = tuple(_corrected(f, d, v, times, sampling) for f, d, v in three)
        return Limits(ends, "bca", found)
    each = zip(found, samples, strict=True)
    plain = (None if np.isnan(f) else bounds(d, sampling.level) for f, d in each)
    return Limits(tuple(plain), "bootstrap-normal" if normal else "bootstrap", found)


def bounds(values: Array, level: float) -> Bounds:
    """Return the percentiles that hold the middle `level` of the values that are defined."""
    tail = (1 - level) / 2
    return _between(values, tail, 1 - tail)


def _between(values: Array, low: float, high: float) -> Bounds:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    lower, upper = np.quantile(defined, [low, high])
    return float(lower), float(upper)


def _corrected(
    found: float, drawn: Array, without: Array, times: Array, sampling: Sampling
) -> Bounds:
    """Return the bounds of BCa (Efron 1987): percentiles moved by bias and acceleration."""
    drawn = drawn[~np.isnan(drawn)]
    if np.isnan(found) or not len(drawn):
        return None
    # Of samples that give just the figure, half count as below it.
    same = np.isclose(drawn, found, rtol=0, atol=1e-12)
    below = float(((drawn < found) & ~same).sum() + same.sum() / 2) / len(drawn)
    least = 0.5 / len(drawn)
    bias = quantile(min(max(below, least), 1 - least))
    acceleration = Jackknife.of(without, times).acceleration
    low, high = (
        _moved(bias, acceleration, quantile(tail)) for tail in (sampling.tail, 1 - sampling.tail)
    )
    return _between(drawn, low, high)


def _moved(bias: float, acceleration: float, z: float) -> float:
    """Return the percentile that takes the place of that of z."""
    left = 1 - acceleration * (bias + z)
    # So far out the correction has no meaning any more; the outermost sample is taken.
    return NORMAL.cdf(bias + (bias + z) / left) if left > 0 else float(z > 0)


def _around(found: float, without: Array, times: Array, sampling: Sampling) -> Bounds:
    """Return a figure give or take Student's t times the standard error of the jackknife."""
    jackknife = Jackknife.of(without, times)
    if np.isnan(found) or jackknife.number < 2:
        return None
    half = student(1 - sampling.tail, jackknife.number - 1) * jackknife.error
    return found - half, found + half


def drawn(units: Units | Law, sampling: Sampling) -> Drawn:
    """Return resampled sums, samples x columns, and whether they are of the normal law."""
    if isinstance(units, Law):
        return _normal(units, sampling), True
    if len(units.rows) > _FEW and _even(units):
        return _normal(units.law(), sampling), True
    return resampled(units, sampling), False


def _even(units: Units) -> bool:
    """Tell whether no resampled sum of a column is skewed by more than does not show."""
    share = units.times / units.number
    mean = np.einsum("k,kc->c", share, units.rows)
    apart = units.rows - mean
    none = 1 - share.sum()
    squared = apart * apart
    squares = np.einsum("k,kc->c", share, squared) + none * mean**2
    cubes = np.einsum("k,kc->c", share, squared * apart) - none * mean**3
    some = squares > 0
    skew = np.abs(cubes[some]) / squares[some] ** 1.5 / np.sqrt(units.number)
    return bool((skew < _SKEWED).all())


def resampled(units: Units, sampling: Sampling, size: int | None = None) -> Array:
    """Return sums of the rows of units drawn with replacement: samples x columns.

    As many are drawn as there are, or `size`.
    """
    number = units.number if size is None else size
    chances = np.append(units.times, units.number - units.times.sum()) / units.number
    generator = sampling.generator("documents")
    sums = np.empty((sampling.samples, units.rows.shape[1]))
    for start in range(0, sampling.samples, _BATCH):
        batch = min(_BATCH, sampling.samples - start)
        weights = generator.multinomial(number, chances, size=batch)
        sums[start : start + batch] = np.einsum("sk,kc->sc", weights[:, :-1], units.rows)
    return sums


def _normal(law: Law, sampling: Sampling) -> Array:
    # A covariance is symmetric with eigenvalues of at least 0, but for rounding.
    values, vectors = np.linalg.eigh(law.spread)
    generator = sampling.generator("normal")
    noise = generator.standard_normal((sampling.samples, len(values)))
    moved = (noise * np.sqrt(values.clip(0))) @ vectors.T
    sums: Array = np.maximum(law.total + moved, 0.0)
    return sums
