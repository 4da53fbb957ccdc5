"""Sums of rows of counts, and the rows that a metric needs of them."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from math import fsum

import numpy as np

from glose.evaluate.counts import Numbers, Row, Shared, Statistic
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric


def summed(rows: Mapping[Row, int], statistic: Statistic) -> Numbers:
    """Return the sum of rows, each as often as it occurs, as columns of the statistic.

    It is rounded once, so the order of the rows does not show.
    """
    if not rows:
        return statistic.columns(*[0.0] * statistic.width)
    times = list(rows.values())
    return statistic.columns(
        *(fsum(map(operator.mul, column, times)) for column in zip(*rows, strict=True))
    )


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
