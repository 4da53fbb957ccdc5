"""Pairwise F1: each two layers scored against one another, by the metrics of any protocol.

Which of two layers is taken for gold changes precision and recall, but not F1. It needs no chance
agreement: where there are no units that both leave out, kappa comes near to F1 (Hripcsak and
Rothschild 2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from glose.evaluate.agreement.columns import (
    Columns,
    Figure,
    Key,
    Reading,
    Row,
    Two,
    mean,
    over,
    pairs,
)
from glose.evaluate.agreement.layers import Shared
from glose.evaluate.counts import Shared as Numerators
from glose.evaluate.counts import Statistic
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric


@dataclass(frozen=True, slots=True)
class Pairwise:
    """F1 of each two layers by metrics that read one statistic.

    The layers after the first `people` are systems, which are compared with each annotator.
    """

    statistic: Statistic
    metrics: tuple[Metric, ...]
    people: int
    systems: int = 0

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that must have been annotated."""
        return self.statistic.lists

    def row(self, shared: Shared) -> Row:
        """Return the counts of each two annotators, and of each with each system."""
        row: Row = {}
        for one, other in [*pairs(range(self.people)), *self._beside()]:
            mine, theirs = shared.views[one], shared.views[other]
            if mine is not None and theirs is not None:
                for name, counts in self.statistic.tally(mine, theirs).items():
                    for column, count in enumerate(counts):
                        if count:
                            row[(one, other), name, column] = count
        return row

    def _beside(self) -> list[Two]:
        last = self.people + self.systems
        return [(one, other) for other in range(self.people, last) for one in range(self.people)]

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield F1 of each two annotators, of one and of all, by type, and of each system."""
        for metric in self.metrics:
            of = {two: self._f1(columns, metric, two, None) for two in pairs(people)}
            yield from over(metric.name, "f1", of, people, whole=True)
            human = mean(list(of.values()))
            for name in self._types(columns, people):
                typed = {two: self._f1(columns, metric, two, name) for two in pairs(people)}
                yield from over(metric.name, "f1", typed, people, name, whole=True)
            for system in range(self.people, self.people + self.systems):
                own = mean([self._f1(columns, metric, (one, system), None) for one in people])
                yield Reading(metric.name, "f1", "system", (system,), None, own)
                share = partial(_share, own, human)
                yield Reading(metric.name, "f1", "relative", (system,), None, share)

    def _types(self, columns: Columns, people: Sequence[int]) -> list[str]:
        found = {name for two in pairs(people) for name in columns.named(two)}
        return sorted(str(name) for name in found if name is not None)

    def _f1(self, columns: Columns, metric: Metric, two: Two, type_: str | None) -> Figure:
        keys: list[Key] = [(two, type_, column) for column in range(self.statistic.width)]
        given = columns.many(keys)

        def read(sums: Array) -> Array:
            numbers = np.moveaxis(given(sums), -1, 0)
            shares = metric.shares(self.statistic.columns(*numbers))
            shaped = [Numerators(*np.broadcast_arrays(*x, numbers[0])[:4]) for x in shares]
            return metric.figures(shaped).f1

        return read


def _share(part: Figure, whole: Figure, sums: Array) -> Array:
    """Return a figure as a share of another."""
    under = whole(sums)
    found: Array = np.where(under > 0, part(sums) / np.where(under > 0, under, 1), np.nan)
    return found
