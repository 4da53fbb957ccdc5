"""Scoring: what the sums of counts of a table say, over all items, by type and by bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from glose.evaluate.averages import Means, interval
from glose.evaluate.counts import Numbers, Shared, Table
from glose.evaluate.figures import Figures, value
from glose.evaluate.grouped import Cell
from glose.evaluate.intervals import Sampling, limits
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric
from glose.evaluate.results import Bounds, Interval, Score
from glose.evaluate.sums import reduced, split, summed
from glose.evaluate.units import Units


def scores(table: Table, metrics: Sequence[Metric], sampling: Sampling) -> Iterator[Score]:
    """Yield the scores of metrics that read one statistic: micro, averages, by type, by bucket."""
    means = Means(table, metrics[0].statistic, sampling)
    cells: list[Cell] = [(name, None) for name in table.types]
    cells += [(None, bucket) for bucket in table.buckets]
    for metric in metrics:
        yield _score(table, metric, (None, None), sampling)
        for averaging in metric.averages:
            yield means.score(metric, averaging)
            if averaging.by_type:
                yield from (means.score(metric, averaging, name) for name in table.types)
        for cell in cells:
            yield _score(table, metric, cell, sampling)


def _score(table: Table, metric: Metric, cell: Cell, sampling: Sampling) -> Score:
    total = summed(table.distinct(cell), metric.statistic)
    shares = metric.shares(total)
    found = metric.figures([Shared(*map(np.asarray, share)) for share in shares])
    extras = metric.extras(total)
    precision, recall, f1 = map(value, found)
    # Figures that are joined from several ratios have no numerators and denominators.
    four = Shared(None, None, None, None) if metric.others else Shared(*map(float, shares[0]))
    return Score(
        metric.name, "micro", cell[0], precision, recall, f1,
        four.correct_precision, four.correct_recall, four.gold, four.predicted,
        _told(metric.counts(total)), _interval(table, metric, cell, sampling, list(extras)),
        cell[1], table.documents[cell[1]],
        {name: value(np.asarray(x)) for name, x in extras.items()},
    )  # fmt: skip


def _interval(
    table: Table, metric: Metric, cell: Cell, sampling: Sampling, extras: Sequence[str]
) -> Interval | None:
    rows, number = table.units(cell)
    if not sampling.samples or not rows:
        return None

    def figures(sums: Array) -> Figures:
        return metric.figures(split(sums))

    units = Units.of(rows, number)
    if not units.enough:
        return None
    found = limits(Units.of(reduced(rows, metric), number), figures, sampling)
    return interval(found, sampling, _further(metric, units, extras, sampling))


def _further(
    metric: Metric, units: Units, names: Sequence[str], sampling: Sampling
) -> dict[str, Bounds]:
    """Return the intervals of the further figures of a metric, by their names."""
    if not names:
        return {}

    def extras(sums: Array) -> list[Array]:
        given = metric.extras(metric.statistic.columns(*np.moveaxis(sums, -1, 0)))
        return [np.broadcast_to(given[name], sums.shape[:-1]) for name in names]

    return dict(zip(names, limits(units, extras, sampling).bounds, strict=True))


def _told(counts: Mapping[str, Numbers]) -> dict[str, float]:
    return {name: float(count) for name, count in counts.items()}
