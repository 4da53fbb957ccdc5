"""Scoring: what the sums of counts of a table say, over all items, by type and by bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from glose.evaluate.averages import Means, interval
from glose.evaluate.counts import Numbers, Shared, Statistic, Table
from glose.evaluate.figures import value
from glose.evaluate.grouped import Cell
from glose.evaluate.intervals import Drawn, Sampling, drawn, limits
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric
from glose.evaluate.results import Bounds, Interval, Score
from glose.evaluate.sums import ratios, split, summed
from glose.evaluate.units import Units


@dataclass(frozen=True)
class _Sum:
    """What there is in a cell: the sum of its rows, and the rows of what is resampled."""

    cell: Cell
    total: Numbers
    units: Units | None
    documents: int
    sampling: Sampling

    @classmethod
    def of(cls, table: Table, cell: Cell, statistic: Statistic, sampling: Sampling) -> _Sum:
        """Return the sum of a cell; without units if no interval can be had."""
        units = table.units(cell)
        enough = sampling.samples and units.times.sum() > 1
        total = summed(table.distinct(cell), statistic)
        return cls(cell, total, units if enough else None, table.documents[cell[1]], sampling)

    @cached_property
    def drawn(self) -> Drawn | None:
        """Samples of all columns, drawn once for all metrics."""
        if self.units is None or self.sampling.method == "jackknife":
            return None
        return drawn(self.units, self.sampling)


def scores(table: Table, metrics: Sequence[Metric], sampling: Sampling) -> Iterator[Score]:
    """Yield the scores of metrics that read one statistic: micro, averages, by type, by bucket.

    Of a statistic that is finished over the corpus there is the micro figure only.
    """
    statistic = metrics[0].statistic
    if statistic.finish and table.whole is not None:
        total = statistic.columns(*statistic.finish(table.whole))
        found = _Sum((None, None), total, None, table.documents[None], sampling)
        yield from (_score(found, metric) for metric in metrics)
        return
    means = Means(table, statistic, sampling)
    cells: list[Cell] = [(None, None)]
    cells += [(name, None) for name in table.types]
    cells += [(None, bucket) for bucket in table.buckets]
    whole, *parts = (_Sum.of(table, cell, statistic, sampling) for cell in cells)
    for metric in metrics:
        yield _score(whole, metric)
        yield from means.of(metric)
        for part in parts:
            yield _score(part, metric)


def _score(each: _Sum, metric: Metric) -> Score:
    shares = metric.shares(each.total)
    found = metric.figures([Shared(*map(np.asarray, share)) for share in shares])
    extras = metric.extras(each.total)
    precision, recall, f1 = map(value, found)
    # Figures that are joined from several ratios have no numerators and denominators.
    four = Shared(None, None, None, None) if metric.others else Shared(*map(float, shares[0]))
    return Score(
        metric.name, "micro", each.cell[0], precision, recall, f1,
        four.correct_precision, four.correct_recall, four.gold, four.predicted,
        _told(metric.counts(each.total)), _interval(each, metric, list(extras)),
        each.cell[1], each.documents,
        {name: value(np.asarray(x)) for name, x in extras.items()},
    )  # fmt: skip


def _interval(each: _Sum, metric: Metric, extras: Sequence[str]) -> Interval | None:
    units = each.units
    if units is None:
        return None
    reduced = Units.merged(ratios(metric, units.rows), units.times, units.number)
    found = limits(reduced, lambda sums: metric.figures(split(sums)), each.sampling)
    return interval(found, each.sampling, _further(metric, each, units, extras))


def _further(metric: Metric, each: _Sum, units: Units, names: Sequence[str]) -> dict[str, Bounds]:
    """Return the intervals of the further figures of a metric, by their names."""
    if not names:
        return {}

    def extras(sums: Array) -> list[Array]:
        given = metric.extras(metric.statistic.columns(*np.moveaxis(sums, -1, 0)))
        return [np.broadcast_to(given[name], sums.shape[:-1]) for name in names]

    found = limits(units, extras, each.sampling, each.drawn)
    return dict(zip(names, found.bounds, strict=True))


def _told(counts: Mapping[str, Numbers]) -> dict[str, float]:
    return {name: float(count) for name, count in counts.items()}
