"""Sums of numbers by group, rounded once: what `math.fsum` gives, of many groups at a time."""

from __future__ import annotations

from math import frexp, fsum, ldexp

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.joint import Array
from glose.evaluate.listings import Whole

#: The bits of the significand of a float.
_BITS = 53


def totals(values: Array, groups: Whole, number: int) -> Array:
    """Return the sum of the values of each group, exact but for one rounding.

    The groups are 0 to `number` - 1; values are at least 0.

    >>> totals(np.array([0.1] * 10), np.zeros(10, dtype=np.int64), 1).tolist()
    [1.0]
    """
    some = values[values > 0]
    if not len(some):
        return np.zeros(number)
    # Each value is cut in two: the high parts are whole steps, so few that their sum is exact,
    # and so is that of the low parts if all of their steps are within the bits of one float.
    step = ldexp(1.0, frexp(float(some.sum()))[1] + 1 - _BITS)
    # Of the smallest numbers that there are a step would be 0.
    if not step or len(some) * step > ldexp(1.0, frexp(float(some.min()))[1]):
        return _one_by_one(values, groups, number)
    high = np.rint(values / step) * step
    low: Array = values - high
    return in_turn(high, groups, number) + in_turn(low, groups, number)


def in_turn(values: Array, groups: Whole, number: int) -> Array:
    """Return the sum of the values of each group, added one after another as they stand."""
    # Of no values at all numpy makes whole numbers.
    return np.bincount(groups, values, number).astype(np.float64)


def _one_by_one(values: Array, groups: Whole, number: int) -> Array:
    order: NDArray[np.intp] = np.argsort(groups, kind="stable")
    ends = np.cumsum(np.bincount(groups, minlength=number))[:-1]
    return np.array([fsum(part) for part in np.split(values[order], ends)])
