"""Means of the figures of types or of documents, with their intervals."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from glose.evaluate.counts import Row, Shared, Statistic, Table
from glose.evaluate.figures import Figures, divide, harmonic, value
from glose.evaluate.intervals import Sampling, bounded, enough, resampled, resampled_types
from glose.evaluate.joint import Array
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.results import Score
from glose.evaluate.sums import reduced, split, summed


class _Terms(NamedTuple):
    """For precision, recall and F1 what is to be added up, and the weight of it."""

    values: Figures
    weights: Figures


class Means:
    """The means of one statistic; samples are drawn once for all metrics that read it."""

    def __init__(self, table: Table, statistic: Statistic, sampling: Sampling) -> None:
        self.table, self.statistic, self.sampling = table, statistic, sampling
        self.sampled = bool(sampling.samples) and enough(table.distinct((None, None)))
        self.samples: Array | None = None

    def score(self, metric: Metric, averaging: Averaging) -> Score:
        """Return the mean of a metric."""
        over = self._types if averaging.over == "types" else self._documents
        found, drawn, method = over(metric, averaging)
        interval = drawn and bounded(found, drawn, self.sampling.level, method)
        precision, recall, f1 = map(value, found)
        return Score(
            metric.name, averaging.name, None, precision, recall, f1, None, None, None, None, {},
            interval, None, self.table.documents[None],
        )  # fmt: skip

    def _types(self, metric: Metric, averaging: Averaging) -> tuple[Figures, Figures | None, str]:
        table = self.table
        rows = [table.distinct((name, None)) for name in table.types]
        totals = np.array([summed(each, self.statistic) for each in rows])
        found = self._mean_of_types(metric, averaging, totals)
        if not self.sampled:
            return found, None, ""
        if self.samples is None:
            width = self.statistic.width
            self.samples = resampled_types(table.joint, table.types, width, self.sampling)
        drawn = self._mean_of_types(metric, averaging, self.samples)
        return found, drawn, "bootstrap" if table.joint.moments is None else "bootstrap-normal"

    def _mean_of_types(self, metric: Metric, averaging: Averaging, totals: Array) -> Figures:
        if not totals.size:
            return Figures(*(np.array(np.nan),) * 3)
        shares = metric.shares(self.statistic.columns(*np.moveaxis(totals, -1, 0)))
        terms = _terms(metric.figures(shares), shares[0], averaging)
        sums = [Figures(*(each.sum(axis=-1) for each in part)) for part in terms]
        return _mean(_Terms(*sums), averaging)

    def _documents(
        self, metric: Metric, averaging: Averaging
    ) -> tuple[Figures, Figures | None, str]:
        rows = dict(self.table.distinct((None, None)))
        documents = self.table.documents[None]
        rows[(0.0,) * self.statistic.width] = documents - sum(rows.values())
        ordered = reduced(rows, metric)
        shares = split(np.array(list(ordered), dtype=np.float64))
        terms = _terms(metric.figures(shares), shares[0], averaging)
        flat = np.stack([*terms.values, *terms.weights], axis=-1)
        kept: Counter[Row] = Counter()
        for row, times in zip(flat.tolist(), ordered.values(), strict=True):
            kept[tuple(row)] += times
        total = sum(times * np.array(row) for row, times in kept.items())
        found = _mean(_parted(np.asarray(total)), averaging)
        if not self.sampled:
            return found, None, ""
        drawn = resampled(kept, documents, self.sampling)
        return found, _mean(_parted(drawn), averaging), "bootstrap"


def _parted(sums: Array) -> _Terms:
    columns = np.moveaxis(sums, -1, 0)
    return _Terms(Figures(*columns[:3]), Figures(*columns[3:]))


def _terms(found: Figures, share: Shared, averaging: Averaging) -> _Terms:
    """Return each figure with its weight; what is undefined has none, or counts as a number."""
    values, weights = [], []
    weight = np.asarray(share.gold, dtype=np.float64) if averaging.weighted else 1.0
    for each in found:
        empty = np.isnan(each)
        instead = 0.0 if averaging.undefined is None else averaging.undefined
        kept = ~empty if averaging.undefined is None else np.ones_like(empty)
        weights.append(kept * weight)
        values.append(np.where(empty, instead, each) * weights[-1])
    return _Terms(Figures(*values), Figures(*weights))


def _mean(sums: _Terms, averaging: Averaging) -> Figures:
    precision, recall, f1 = (divide(v, w) for v, w in zip(*sums, strict=True))
    return Figures(precision, recall, harmonic(precision, recall) if averaging.of_means else f1)
