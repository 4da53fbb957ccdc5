"""Scoring: precision, recall and F1 from sums of counts; the only place that divides.

What is not defined is NaN in arrays and `None` in values: precision if nothing was predicted,
recall if nothing is in gold, F1 if both are so. If only one of the two is so, F1 is 0: something
was wanted or given, and nothing of it was right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from glose.evaluate.counts import Cell, Numbers, Row, Shared, Statistic, Table
from glose.evaluate.intervals import Sampling, bounds, enough, resampled, resampled_types
from glose.evaluate.joint import Array
from glose.evaluate.metrics import Metric
from glose.evaluate.results import Interval, Score


class Figures(NamedTuple):
    """Precision, recall and F1, as arrays of one shape; NaN where not defined."""

    precision: Array
    recall: Array
    f1: Array


def figures(ratio: Shared) -> Figures:
    """Return what follows from numerators and denominators of one shape."""
    precision = _divide(ratio.correct_precision, ratio.predicted)
    recall = _divide(ratio.correct_recall, ratio.gold)
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.where(p + r > 0, 2 * p * r / np.where(p + r > 0, p + r, 1), 0.0)
    neither = np.isnan(precision) & np.isnan(recall)
    return Figures(precision, recall, np.where(neither, np.nan, f1))


def _divide(numerator: Numbers, denominator: Numbers) -> Array:
    some = np.asarray(denominator) > 0
    quotient = np.asarray(numerator) / np.where(some, denominator, 1)
    return np.where(some, quotient, np.nan)


def average(values: Figures) -> Figures:
    """Return the mean over the last axis of what is defined; NaN where nothing is."""
    return Figures(*(_mean(value) for value in values))


def _mean(values: Array) -> Array:
    some = ~np.isnan(values)
    return _divide(np.where(some, values, 0.0).sum(axis=-1), some.sum(axis=-1))


def scores(table: Table, metrics: Sequence[Metric], sampling: Sampling) -> Iterator[Score]:
    """Yield the scores of metrics that read one statistic: micro, macro, by type, by bucket."""
    macro = _Macro(table, metrics[0].statistic, sampling)
    cells: list[Cell] = [(name, None) for name in table.types]
    cells += [(None, bucket) for bucket in table.buckets]
    for metric in metrics:
        yield _score(table, metric, (None, None), sampling)
        yield macro.score(metric)
        for cell in cells:
            yield _score(table, metric, cell, sampling)


def _score(table: Table, metric: Metric, cell: Cell, sampling: Sampling) -> Score:
    rows = table.distinct(cell)
    total = _total(rows, metric.statistic)
    ratio = metric.ratio(total)
    documents = table.documents[cell[1]]
    counts = {name: float(value) for name, value in metric.counts(total).items()}
    found = figures(Shared(*map(np.asarray, ratio)))
    interval = None
    if sampling.samples and enough(rows):
        sums = resampled(reduced(rows, metric), documents, sampling)
        interval = _interval(found, figures(Shared(*sums.T)), sampling.level, "bootstrap")
    precision, recall, f1 = map(_value, found)
    return Score(
        metric.name, "micro", cell[0], precision, recall, f1,
        float(ratio.correct_precision), float(ratio.correct_recall),
        float(ratio.gold), float(ratio.predicted), counts, interval, cell[1], documents,
    )  # fmt: skip


def _total(rows: Mapping[Row, int], statistic: Statistic) -> Numbers:
    width = statistic.width
    total = [0.0] * width
    for row, times in rows.items():
        for column, count in enumerate(row):
            total[column] += count * times
    return statistic.columns(*total)


def reduced(rows: Mapping[Row, int], metric: Metric) -> Counter[Row]:
    """Return the distinct numerators and denominators of a metric with their documents."""
    columns = metric.statistic.columns(*np.array(list(rows), dtype=np.float64).T)
    ratios = np.stack(np.broadcast_arrays(*metric.ratio(columns)), axis=-1)
    found: Counter[Row] = Counter()
    for ratio, times in zip(ratios.tolist(), rows.values(), strict=True):
        found[tuple(ratio)] += times
    return found


class _Macro:
    """The mean over types; the samples are drawn once for all metrics of a statistic."""

    def __init__(self, table: Table, statistic: Statistic, sampling: Sampling) -> None:
        self.table, self.statistic, self.sampling = table, statistic, sampling
        self.samples: Array | None = None
        if sampling.samples and enough(table.distinct((None, None))):
            width = statistic.width
            self.samples = resampled_types(table.joint, table.types, width, sampling)

    def score(self, metric: Metric) -> Score:
        rows = [self.table.distinct((name, None)) for name in self.table.types]
        totals = np.array([_total(each, self.statistic) for each in rows])
        found = average(self._figures(metric, totals))
        interval = None
        if self.samples is not None:
            drawn = average(self._figures(metric, self.samples))
            method = "bootstrap" if self.table.joint.moments is None else "bootstrap-normal"
            interval = _interval(found, drawn, self.sampling.level, method)
        p, r, f1 = map(_value, found)
        none = (None, None, None, None)
        return Score(
            metric.name,
            "macro",
            None,
            p,
            r,
            f1,
            *none,
            {},
            interval,
            None,
            self.table.documents[None],
        )

    def _figures(self, metric: Metric, totals: Array) -> Figures:
        if not totals.size:
            return Figures(np.zeros(0), np.zeros(0), np.zeros(0))
        columns = self.statistic.columns(*np.moveaxis(totals, -1, 0))
        return figures(metric.ratio(columns))


def _interval(found: Figures, drawn: Figures, level: float, method: str) -> Interval:
    limits = (
        None if np.isnan(value) else bounds(values, level)
        for value, values in zip(found, drawn, strict=True)
    )
    return Interval(level, method, *limits)


def _value(array: Array) -> float | None:
    value = float(array)
    return None if np.isnan(value) else value
