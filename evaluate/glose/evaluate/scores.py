"""Scoring: what the sums of counts of a table say, over all items, by type and by bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from glose.evaluate.averages import Means
from glose.evaluate.counts import Cell, Numbers, Shared, Table
from glose.evaluate.figures import value
from glose.evaluate.intervals import Sampling, bounded, enough, resampled
from glose.evaluate.metric import Metric
from glose.evaluate.results import Score
from glose.evaluate.sums import reduced, split, summed


def scores(table: Table, metrics: Sequence[Metric], sampling: Sampling) -> Iterator[Score]:
    """Yield the scores of metrics that read one statistic: micro, averages, by type, by bucket."""
    means = Means(table, metrics[0].statistic, sampling)
    cells: list[Cell] = [(name, None) for name in table.types]
    cells += [(None, bucket) for bucket in table.buckets]
    for metric in metrics:
        yield _score(table, metric, (None, None), sampling)
        for averaging in metric.averages:
            yield means.score(metric, averaging)
        for cell in cells:
            yield _score(table, metric, cell, sampling)


def _score(table: Table, metric: Metric, cell: Cell, sampling: Sampling) -> Score:
    rows = table.distinct(cell)
    total = summed(rows, metric.statistic)
    shares = metric.shares(total)
    documents = table.documents[cell[1]]
    found = metric.figures([Shared(*map(np.asarray, share)) for share in shares])
    interval = None
    if sampling.samples and enough(rows):
        sums = resampled(reduced(rows, metric), documents, sampling)
        interval = bounded(found, metric.figures(split(sums)), sampling.level, "bootstrap")
    precision, recall, f1 = map(value, found)
    # Figures that are joined from several ratios have no numerators and denominators.
    four = Shared(None, None, None, None) if metric.join else Shared(*map(float, shares[0]))
    return Score(
        metric.name, "micro", cell[0], precision, recall, f1,
        four.correct_precision, four.correct_recall, four.gold, four.predicted,
        _told(metric.counts(total)), interval, cell[1], documents,
        {name: value(np.asarray(x)) for name, x in metric.extras(total).items()},
    )  # fmt: skip


def _told(counts: Mapping[str, Numbers]) -> dict[str, float]:
    return {name: float(count) for name, count in counts.items()}
