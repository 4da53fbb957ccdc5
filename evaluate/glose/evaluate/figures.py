"""Figures: precision, recall and F1 from sums of counts; the only module that divides.

What is not defined is NaN in arrays and `None` in values: precision if nothing was predicted,
recall if nothing is in gold, F1 if both are so. If only one of the two is so and the other is 0,
F1 is 0: something was wanted or given, and nothing of it was right. If the other is not 0, what is
right on one side stands in another type or bucket on the other, and F1 is undefined too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from glose.evaluate.counts import Numbers, Shared
from glose.evaluate.joint import Array


class Figures(NamedTuple):
    """Precision, recall and F1, as arrays of one shape; NaN where not defined."""

    precision: Array
    recall: Array
    f1: Array


def figures(ratio: Shared) -> Figures:
    """Return what follows from numerators and denominators of one shape."""
    precision = divide(ratio.correct_precision, ratio.predicted)
    recall = divide(ratio.correct_recall, ratio.gold)
    return Figures(precision, recall, harmonic(precision, recall))


def divide(numerator: Numbers, denominator: Numbers) -> Array:
    """Return quotients, NaN where the denominator is not positive."""
    some = np.asarray(denominator) > 0
    quotient = np.asarray(numerator) / np.where(some, denominator, 1)
    return np.where(some, quotient, np.nan)


def harmonic(precision: Array, recall: Array) -> Array:
    """Return F1 of precision and recall: NaN where both are, or one is and the other is not 0."""
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.where(p + r > 0, 2 * p * r / np.where(p + r > 0, p + r, 1), 0.0)
    lacking = np.isnan(precision).astype(int) + np.isnan(recall)
    return np.where((lacking == 2) | ((lacking == 1) & (p + r > 0)), np.nan, f1)


def mean(parts: Sequence[Figures]) -> Figures:
    """Return the mean of some figures, each by itself; what is undefined counts as 0.

    What none of them defines is undefined.
    """
    return Figures(*(_mean(np.stack(each)) for each in zip(*parts, strict=True)))


def _mean(values: Array) -> Array:
    empty = np.isnan(values).all(axis=0)
    found: Array = np.where(empty, np.nan, np.nan_to_num(values).mean(axis=0))
    return found


def value(array: Array) -> float | None:
    """Return a figure as a number, `None` where it is undefined."""
    number = float(array)
    return None if np.isnan(number) else number
