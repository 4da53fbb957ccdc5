"""Sums of rows of counts, and the rows that a metric needs of them."""

from __future__ import annotations

from math import fsum

import numpy as np

from glose.evaluate.counts import Numbers, Shared, Statistic
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric
from glose.evaluate.units import Units


def summed(units: Units, statistic: Statistic) -> Numbers:
    """Return the sum of the rows of units as columns of the statistic, each rounded once."""
    if not len(units.rows):
        return statistic.columns(*[0.0] * statistic.width)
    return statistic.columns(*weighted(units.rows, units.times))


def weighted(rows: Array, times: Array) -> list[float]:
    """Return the sum of each column of rows that occur some times.

    It is rounded once, so the order of the rows does not show.
    """
    return [fsum(column) for column in (rows * times[:, None]).T.tolist()]


def ratios(metric: Metric, rows: Array) -> Array:
    """Return the numerators and denominators of a metric in rows of its statistic.

    A row has four numbers for each ratio of the metric.
    """
    columns = metric.statistic.columns(*rows.T)
    numbers = [number for share in metric.shares(columns) for number in share]
    return np.stack(np.broadcast_arrays(*numbers, rows[:, 0])[:-1], axis=-1)


def split(sums: Array) -> list[Shared]:
    """Return the numerators and denominators of each ratio from rows of `ratios`."""
    return [Shared(*sums.T[start : start + 4]) for start in range(0, sums.shape[-1], 4)]
