"""Tests of the difference of two systems on the same units: swaps of their results, or samples."""

from __future__ import annotations

from math import comb
from sys import float_info
from typing import Literal, TypeAlias

import numpy as np

from glose.evaluate.intervals import Sampling, drawn
from glose.evaluate.joint import Array
from glose.evaluate.paired import Paired
from glose.evaluate.units import Units

#: How a p value is had: from some of the ways to swap results, from all, or from samples.
Test: TypeAlias = Literal["randomisation", "permutation", "bootstrap"]

#: Whether a difference in either direction counts, or only that b is worse.
Tail: TypeAlias = Literal["both", "worse"]

#: All ways to swap are gone through if that takes at most so many numbers: some seconds.
WAYS = 2**24

_BATCH = 100

#: Rounding must not make a difference that is as great look smaller.
_SLACK = 1e-12


def p_value(
    paired: Paired, test: Test, sampling: Sampling, tail: Tail = "both"
) -> tuple[float, Test]:
    """Return a p value, and the test that it is of.

    Where there are too many ways to swap results for `permutation`, it is a sample of them.
    """
    if test == "bootstrap":
        return bootstrapped(paired, sampling, tail), test
    if test == "permutation" and (p := permuted(paired, tail)) is not None:
        return p, test
    return randomised(paired, sampling, tail), "randomisation"


def randomised(paired: Paired, sampling: Sampling, tail: Tail = "both") -> float:
    """Return the p value of approximate randomisation over units.

    In each sample every unit's two results are swapped or not, with equal chance; p is the share
    of samples, the real one among them, whose difference is as great: (c + 1) / (n + 1)
    (Noreen 1989). Of n units with equal results, a binomial number is swapped.
    """
    apart, times = _apart(paired)
    generator = sampling.generator("randomisation")
    count = 0
    for start in range(0, sampling.samples, _BATCH):
        size = min(_BATCH, sampling.samples - start)
        swapped = generator.binomial(times.astype(np.int64), 0.5, size=(size, len(times)))
        moved = np.einsum("sk,kc->sc", swapped, apart)
        count += int(_as_great(paired, moved, tail).sum())
    return (count + 1) / (sampling.samples + 1)


def permuted(paired: Paired, tail: Tail = "both") -> float | None:
    """Return the p value of all ways to swap the results of units; `None` if they are too many.

    It is the share of ways whose difference is as great, exactly (Fisher 1935, Pitman 1937). Of n
    units with equal results it matters only how many are swapped, and ways that come to the same
    sums are one.
    """
    apart, times = _apart(paired)
    moved, chances, work = np.zeros((1, apart.shape[1])), np.ones(1), 0
    for step, number in zip(apart, times.astype(int).tolist(), strict=True):
        work += len(moved) * (number + 1) * len(step)
        if work > WAYS:
            return None
        swapped = np.arange(number + 1)
        shares = np.array([comb(number, each) / 2**number for each in range(number + 1)])
        moved = (moved[:, None] + swapped[:, None] * step).reshape(-1, len(step))
        chances = (chances[:, None] * shares).reshape(-1)
        moved, chances = _merged(moved, chances)
    # Of very many units even the real one of the ways may have too small a chance for a float.
    found = float(chances[_as_great(paired, moved, tail)].sum())
    return min(1.0, max(float_info.min, found))


def _merged(moved: Array, chances: Array) -> tuple[Array, Array]:
    """Return the ways that differ in their sums, each with the chance of all that have these."""
    if len(moved) < _BATCH:
        return moved, chances
    found, where = np.unique(moved, axis=0, return_inverse=True)
    return found, np.asarray(np.bincount(where.reshape(-1), weights=chances), dtype=np.float64)


def bootstrapped(paired: Paired, sampling: Sampling, tail: Tail = "both") -> float:
    """Return the p value of the paired bootstrap.

    Units are drawn with replacement; p is the share of samples, the real one among them, whose
    difference departs from the real one by as much as that does from 0 (Efron and Tibshirani 1993,
    section 16.4; so does sacrebleu).
    """
    sums, _ = drawn(paired.units, sampling)
    apart = paired.difference(sums)[0] - paired.gap
    count = int(_extreme(apart, paired.gap, tail).sum())
    return (count + 1) / (sampling.samples + 1)


def _apart(paired: Paired) -> tuple[Array, Array]:
    """Return by how much b differs from a in the units in which it does, and their numbers."""
    half = paired.units.rows.shape[1] // 2
    apart = paired.units.rows[:, half:] - paired.units.rows[:, :half]
    moving = np.abs(apart).sum(axis=1) > 0
    units = Units.merged(apart[moving], paired.units.times[moving], paired.units.number)
    return units.rows, units.times


def _as_great(paired: Paired, moved: Array, tail: Tail) -> Array:
    """Tell of which swaps the difference is as great as the real one, or as low."""
    sums = paired.units.total + np.concatenate([moved, -moved], axis=1)
    return _extreme(paired.difference(sums)[0], paired.gap, tail)


def _extreme(gaps: Array, real: float, tail: Tail) -> Array:
    if tail == "worse":
        return np.asarray(gaps <= real + _SLACK)
    return np.asarray(np.abs(gaps) >= abs(real) - _SLACK)
