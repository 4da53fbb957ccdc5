"""Means of the figures of types or of documents, with their intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from glose.evaluate.counts import Row, Shared, Statistic, Table
from glose.evaluate.figures import Figures, divide, harmonic, value
from glose.evaluate.intervals import Drawn, Limits, Sampling, drawn, limits
from glose.evaluate.joint import Array
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.results import Bounds, Interval, Score
from glose.evaluate.sums import summed, weighted
from glose.evaluate.units import Law, Read, Units


class _Terms(NamedTuple):
    """For precision, recall and F1 what is to be added up, and the weight of it."""

    values: Figures
    weights: Figures


class Means:
    """The means of one statistic; the units are the same for all metrics that read it."""

    def __init__(self, table: Table, statistic: Statistic, sampling: Sampling) -> None:
        self.table, self.statistic, self.sampling = table, statistic, sampling
        units = table.units((None, None))
        self.sampled = bool(sampling.samples) and bool(units.times.sum() > 1)
        self.types: Units | Law | None = None
        self.drawn: Drawn | None = None

    def of(self, metric: Metric) -> Iterator[Score]:
        """Yield all means of a metric, after each over all those by type or by group of types."""
        types = self.table.types
        groups = dict.fromkeys(map(metric.group, types)) if metric.group else {}
        for averaging in metric.averages:
            yield self.score(metric, averaging)
            names = types if averaging.by_type else [name for name in groups if name is not None]
            yield from (self.score(metric, averaging, name) for name in names)

    def score(self, metric: Metric, averaging: Averaging, type_: str | None = None) -> Score:
        """Return the mean of a metric; one over documents may be that of a type.

        One over types may be that of a group of them.
        """
        units: Units | Law | None
        if averaging.over == "types":
            read = over_types(metric, averaging, self.table.types, type_)
            total, units = self._total(), self.of_types() if self.sampled else None
            extras, bounds = self._whole(metric, averaging, type_, units)
        else:
            read = over_documents(averaging)
            units, total = self._documents(metric, averaging, type_)
            extras, bounds = self._each(metric, averaging, type_)
        precision, recall, f1 = (value(each[0]) for each in read(total[None]))
        around = None
        if self._resampled(units, None if averaging.over == "types" else type_):
            given = self._drawn() if averaging.over == "types" else None
            found = limits(units, read, self.sampling, given)
            around = interval(found, self.sampling, bounds)
        return Score(
            metric.name, averaging.name, type_, precision, recall, f1, None, None, None, None, {},
            around, None, self.table.documents[None], extras,
        )  # fmt: skip

    def _resampled(self, units: Units | Law | None, type_: str | None) -> TypeGuard[Units | Law]:
        if not self.sampled or units is None:
            return False
        return type_ is None or self.table.units((type_, None)).enough

    def _whole(
        self, metric: Metric, averaging: Averaging, group: str | None, units: Units | Law | None
    ) -> tuple[dict[str, float | None], dict[str, Bounds]]:
        """Return the figures of all types of a group at once, and their bounds."""
        parts = metric.parts(self.table.types, group)
        whole = averaging.whole
        if whole is None or not parts:
            return {}, {}

        def figures(sums: Array) -> Mapping[str, Array]:
            each = sums.reshape(*sums.shape[:-1], len(self.table.types), -1)[..., parts, :]
            return whole(self.statistic.columns(*np.moveaxis(each, -1, 0)))

        found = {name: value(each[0]) for name, each in figures(self._total()[None]).items()}
        if units is None:
            return found, {}
        bounded = limits(
            units, lambda sums: list(figures(sums).values()), self.sampling, self._drawn()
        )
        return found, dict(zip(found, bounded.bounds, strict=True))

    def _each(
        self, metric: Metric, averaging: Averaging, type_: str | None
    ) -> tuple[dict[str, float | None], dict[str, Bounds]]:
        """Return the further figures of a mean over documents, and their bounds."""
        found = self._spread(metric, averaging, type_) if averaging.spread else {}
        if averaging.each is None:
            return found, {}
        rows = self._rows(type_)
        columns = self.statistic.columns(*rows.rows.T)
        given = averaging.each(columns, len(metric.parts(self.table.types, type_)))
        # A column of ones counts the documents, also where some are left out.
        values = np.stack([*given.values(), np.ones(len(rows.rows))], axis=-1)
        units, total = self._added(rows, values, type_)

        def figures(sums: Array) -> list[Array]:
            return [divide(x, sums[..., -1]) for x in np.moveaxis(sums, -1, 0)[:-1]]

        found |= dict(zip(given, map(value, figures(total)), strict=True))
        if not self._resampled(units, type_):
            return found, {}
        return found, dict(zip(given, limits(units, figures, self.sampling).bounds, strict=True))

    def _spread(
        self, metric: Metric, averaging: Averaging, type_: str | None
    ) -> dict[str, float | None]:
        """Return the standard deviation of each figure over the documents that define it."""
        rows = self._rows(type_)
        each = terms(metric, averaging, rows.rows)
        found, times = {}, rows.times
        for name, values, weights in zip(Figures._fields, *_parted(each), strict=True):
            figures, counted = np.nan_to_num(divide(values, weights)), weights * times
            mean = divide((figures * counted).sum(), counted.sum())
            squares = (counted * (figures - mean) ** 2).sum()
            found[f"{name}_std"] = value(np.sqrt(divide(squares, counted.sum())))
        return found

    def _rows(self, type_: str | None) -> Units:
        """Return the distinct rows of all documents, also of those that have zeros."""
        found = self.table.distinct((type_, None))
        width = self.statistic.width
        rows = np.vstack([found.rows.reshape(-1, width), np.zeros(width)])
        number = self.table.documents[None]
        return Units(rows, np.append(found.times, number - found.times.sum()), number)

    def _total(self) -> Array:
        cells = (self.table.distinct((name, None)) for name in self.table.types)
        return np.array([n for rows in cells for n in summed(rows, self.statistic)])

    def of_types(self) -> Units | Law:
        """Return the counts of all types side by side, for each unit."""
        if self.types is None:
            self.types = self._joint()
        return self.types

    def _drawn(self) -> Drawn | None:
        """Return samples of the counts of all types, drawn once for all metrics."""
        if self.drawn is None and self.sampling.method != "jackknife":
            self.drawn = drawn(self.of_types(), self.sampling)
        return self.drawn

    def _joint(self) -> Units | Law:
        table, width = self.table, self.statistic.width
        if table.clusters is not None:
            rows, number = table.clusters.joint(), table.clusters.number(None)
        else:
            moments, number = table.joint.settled(), table.joint.documents
            if moments is not None:
                where = moments.places(table.types)
                mean = moments.total[where]
                spread = moments.products[np.ix_(where, where)] - np.outer(mean, mean) / number
                return Law(self._total(), spread)
            rows = table.joint.rows
        flat: Counter[Row] = Counter()
        for row, times in rows.items():
            flat[side_by_side(dict(row), table.types, width)] += times
        return Units.of(flat, number)

    def _documents(
        self, metric: Metric, averaging: Averaging, type_: str | None
    ) -> tuple[Units, Array]:
        """Return what each unit adds to a mean over documents, with its weights; and their sum."""
        rows = self._rows(type_)
        return self._added(rows, terms(metric, averaging, rows.rows), type_)

    def _added(self, rows: Units, added: Array, type_: str | None) -> tuple[Units, Array]:
        """Return units from what the rows of documents add, and the sum of it."""
        table, total = self.table, np.array(weighted(added, rows.times))
        if table.clusters is None:
            return Units.merged(added, rows.times, rows.number), total
        known = dict(zip(map(tuple, rows.rows.tolist()), added, strict=True))
        clusters = table.clusters.documents(type_, self.statistic.width)
        sums = [
            weighted(np.array([known[row] for row in each]), np.array([*each.values()]))
            for each in clusters
        ]
        number = table.clusters.number(None)
        return Units.merged(np.array(sums), np.ones(len(sums)), number), total


def side_by_side(tally: Mapping[str | None, Row], types: Sequence[str], width: int) -> Row:
    """Return the counts of a unit for each of these types, one after the other."""
    zeros = (0.0,) * width
    return tuple(x for name in types for x in tally.get(name, zeros))


def over_types(
    metric: Metric, averaging: Averaging, types: Sequence[str], group: str | None = None
) -> Read:
    """Return what gives the mean over types of sums of rows that are `side_by_side`.

    It may be that of one group of the types.
    """
    parts = metric.parts(types, group)

    def read(sums: Array) -> Figures:
        if not parts:
            # A plain mean of nothing is undefined; weights that add up to 0 are as they ever are.
            none = averaging.undefined if averaging.weighted else None
            return Figures(*(np.full(sums.shape[:-1], none, dtype=np.float64) for _ in range(3)))
        each = sums.reshape(*sums.shape[:-1], len(types), -1)[..., parts, :]
        shares = _shares(metric, each)
        added = _terms(metric.figures(shares), shares[0], averaging)
        # A type that is on neither side is none: it is there for another system, or not drawn.
        there = each.any(axis=-1)
        return _mean(
            _Terms(*(Figures(*((x * there).sum(axis=-1) for x in part)) for part in added)),
            averaging,
        )

    return read


def over_documents(averaging: Averaging) -> Read:
    """Return what gives the mean over documents of sums of their `terms`."""
    return lambda sums: _mean(_parted(sums), averaging)


def terms(metric: Metric, averaging: Averaging, rows: Array) -> Array:
    """Return what documents with these counts add to a mean, rows x 6: figures, then weights."""
    shares = _shares(metric, rows)
    found = metric.defined(shares) if averaging.both else metric.figures(shares)
    added = _terms(found, shares[0], averaging)
    return np.stack([*added.values, *added.weights], axis=-1)


def _shares(metric: Metric, rows: Array) -> tuple[Shared, ...]:
    """Return numerators and denominators of rows, ... x columns, each of their shape."""
    shares = metric.shares(metric.statistic.columns(*np.moveaxis(rows, -1, 0)))
    return tuple(Shared(*np.broadcast_arrays(*share, rows[..., 0])[:4]) for share in shares)


def interval(
    found: Limits, sampling: Sampling, extras: Mapping[str, Bounds] | None = None
) -> Interval:
    """Return the intervals of precision, recall and F1, which are shares."""
    precision, recall, f1 = map(_share, found.bounds, found.figures)
    return Interval(sampling.level, found.method, precision, recall, f1, extras or {})


def _share(bounds: Bounds, figure: float) -> Bounds:
    """Return bounds without what a share cannot be: the jackknife knows nothing of 0 and 1.

    Of some programs the figures themselves go beyond 1.
    """
    most = np.inf if figure > 1 else 1.0
    return bounds and (max(0.0, bounds[0]), max(min(most, bounds[1]), min(bounds)))


def _parted(sums: Array) -> _Terms:
    columns = np.moveaxis(sums, -1, 0)
    return _Terms(Figures(*columns[:3]), Figures(*columns[3:]))


def _terms(found: Figures, share: Shared, averaging: Averaging) -> _Terms:
    """Return each figure with its weight; what is undefined has none, or counts as a number."""
    values, weights = [], []
    gold: Array = np.asarray(share.gold, dtype=np.float64)
    weight = gold if averaging.weighted else np.ones_like(gold)
    one = np.isnan(found.precision) | np.isnan(found.recall)
    for each in found:
        empty = one if averaging.both and each is found.f1 else np.isnan(each)
        instead = 0.0 if averaging.undefined is None else averaging.undefined
        kept = ~empty if averaging.undefined is None else np.ones_like(empty)
        weights.append(kept * weight)
        values.append(np.where(empty, instead, each) * weights[-1])
    return _Terms(Figures(*values), Figures(*weights))


def _mean(sums: _Terms, averaging: Averaging) -> Figures:
    precision, recall, f1 = (divide(v, w) for v, w in zip(*sums, strict=True))
    if averaging.undefined is not None:  # weights may add up to 0
        precision, recall, f1 = (
            np.nan_to_num(each, nan=averaging.undefined) for each in (precision, recall, f1)
        )
    return Figures(precision, recall, harmonic(precision, recall) if averaging.of_means else f1)
