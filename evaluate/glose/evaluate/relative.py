"""Scores relative to human agreement: beside each figure that of people, and the share of it.

People are scored by the same metric on the same documents. The share is a quotient of two figures
that are read off the same resampled documents, so its interval knows that a document that is hard
for people is mostly hard for a system. docs/metrics/agreement.md has the formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.corpus.errors import GloseError
from glose.evaluate import averages, buckets, counts
from glose.evaluate.counts import Tally
from glose.evaluate.figures import Figures, divide, value
from glose.evaluate.humans import Counted, Crowd, Pairing, counted, crowd
from glose.evaluate.intervals import Limits, Sampling, limits
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.paired import Reading, gathered
from glose.evaluate.plan import Options
from glose.evaluate.results import Bucket, Evaluation, Interval, Measured, Score, System
from glose.evaluate.signature import extended
from glose.evaluate.units import Read, Units

#: What makes figures of those of several layers.
Joined: TypeAlias = Callable[[Sequence[Figures]], Figures]

#: What makes an interval of the bounds of three figures.
Around: TypeAlias = Callable[[Limits, Sampling], Interval]

#: What a score is of: metric, average, type and bucket.
Key: TypeAlias = tuple[str, str, str | None, Bucket | None]


def beside_humans(
    found: Evaluation, gold: Path, predicted: Sequence[Path], humans: Sequence[Path], *,
    options: Options | None = None, called: Sequence[str] = (),
) -> Evaluation:  # fmt: skip
    """Return an evaluation with the figures of people beside those of the systems, and shares.

    One layer of people is scored against gold; of several the mean over each two of them is taken.
    The documents are read again. People are `called` by their files if nothing else is said.
    Raises `GloseError` where they cannot be scored as the systems were.
    """
    options = options or Options()
    if not predicted:
        raise GloseError(f"{gold}: counts cannot be set beside people; name the corpus")
    there = crowd(found, gold, predicted, humans, options, called)
    beside = _Beside(there, counted(there, options.jobs), options.sampling)
    systems = tuple(
        replace(system, scores=tuple(beside.scores(system, number)))
        for number, system in enumerate(found.systems, start=1)
    )
    hashes = dict(zip(there.names, map(str, beside.counts.prints), strict=True))
    fields = {"humans": "+".join(hashes.values()), "human-documents": len(beside.counts.ids)}
    return replace(
        found, systems=systems, humans=hashes, notes=(*found.notes, *beside.notes(found)),
        signature=extended(found.signature, fields.items()),
    )  # fmt: skip


class _Side(NamedTuple):
    """What each unit adds for one layer, units x columns, and how sums of it are read."""

    rows: Array
    read: Read


@dataclass(slots=True)
class _Beside:
    """The counts of people and systems; `known` are figures of people that were read already."""

    crowd: Crowd
    counts: Counted
    sampling: Sampling
    known: dict[Key, tuple[Measured, list[_Side]]] = field(default_factory=dict)

    def scores(self, system: System, number: int) -> Iterator[Score]:
        """Yield the scores of a system with what people have, where they can be scored."""
        metrics = self.crowd.plan.metrics[number - 1]
        for score in system.scores:
            items = score.bucket is not None and score.bucket.by in buckets.ITEMS
            yield score if items or score.metric not in metrics else self._beside(score, number)

    def _beside(self, score: Score, number: int) -> Score:
        key: Key = (score.metric, score.average, score.type, score.bucket)
        if key not in self.known:
            sides = [self._side(key, pairing) for pairing in self.crowd.between]
            self.known[key] = self._measured(sides, _mean, averages.interval), sides
        human, sides = self.known[key]
        own = self._side(key, (0, number))
        return replace(score, human=human, share=self._measured([own, *sides], _share, _around))

    def _side(self, key: Key, pairing: Pairing) -> _Side:
        name, average, type_, bucket = key
        metric = METRICS[name]
        averaging = next((each for each in metric.averages if each.name == average), None)
        tallies = self.counts.tallies[pairing][metric.statistic.name]
        if metric.statistic.finish:
            return _whole(metric, tallies)
        types: set[str] = set()
        if averaging is not None and averaging.over == "types":
            types = {each for tally in tallies if tally for each in tally if each is not None}
        reading = Reading(metric, averaging, tuple(sorted(types)), type_)
        there = [number for number, tally in enumerate(tallies) if tally is not None]
        some = reading.rows([tally for tally in tallies if tally is not None])
        rows = np.zeros((len(tallies), some.shape[-1]))
        rows[there] = some
        return _Side(self._units(rows, bucket), reading.read)

    def _units(self, rows: Array, bucket: Bucket | None) -> Array:
        """Return the rows of documents of a bucket, or the sums of those of each cluster."""
        by = self.crowd.plan.cluster
        kept = [
            number
            for number, said in enumerate(self.counts.fields)
            if bucket is None or said.get(bucket.by, buckets.NONE) == bucket.value
        ]
        if by is None:
            return rows[kept]
        of = [self.counts.fields[number].get(by) for number in kept]
        clusters = [
            f"#{self.counts.ids[number]}" if value is None else f"={value}"
            for number, value in zip(kept, of, strict=True)
        ]
        return gathered(rows[kept], clusters)

    def _measured(self, sides: Sequence[_Side], joined: Joined, around: Around) -> Measured:
        ends = np.cumsum([0, *(side.rows.shape[1] for side in sides)])
        parts = [slice(*each) for each in pairwise(ends)]

        def read(sums: Array) -> Figures:
            found = zip(sides, parts, strict=True)
            return joined([Figures(*side.read(sums[..., part])) for side, part in found])

        rows = np.hstack([side.rows for side in sides])
        some = rows[rows.any(axis=1)]
        units = Units.merged(some, np.ones(len(some)), len(rows))
        precision, recall, f1 = (value(each[0]) for each in read(units.total[None]))
        interval = None
        if self.sampling.samples and units.enough:
            interval = around(limits(units, read, self.sampling), self.sampling)
        return Measured(precision, recall, f1, interval)

    def notes(self, found: Evaluation) -> Iterator[str]:
        """Yield what somebody who reads the figures of people should know first."""
        yield from self.crowd.notes
        number, every = len(self.counts.ids), self.crowd.documents
        if number < every:
            who = "people have" if len(self.crowd.people) > 1 else f"{self.crowd.names[0]} has"
            yield f"{who} {number} of {every} documents; human figures and shares are of these"
        scores = [score for system in found.systems for score in system.scores]
        if any(score.bucket and score.bucket.by in buckets.ITEMS for score in scores):
            yield "no human figures by what single items are"


def _whole(metric: Metric, tallies: Sequence[Tally | None]) -> _Side:
    """Return the figures of a corpus that is more than its documents: one unit."""
    sums: dict[str, float] = {}
    for tally in filter(None, tallies):
        counts.gathered(sums, {name: row[0] for name, row in tally.items() if name is not None})
    finish = metric.statistic.finish
    reading = Reading(metric)
    return _Side(reading.rows([{None: finish(sums)}] if finish else []), reading.read)


def _mean(parts: Sequence[Figures]) -> Figures:
    """Return the mean of figures; those that are undefined are left out."""
    found = []
    for each in zip(*parts, strict=True):
        values = np.stack(each)
        some = ~np.isnan(values)
        number = some.sum(axis=0)
        total = np.where(some, values, 0.0).sum(axis=0)
        found.append(np.where(number > 0, total / np.maximum(number, 1), np.nan))
    return Figures(*found)


def _share(parts: Sequence[Figures]) -> Figures:
    """Return the figures of the first as a share of the mean of the others."""
    own, *others = parts
    return Figures(*map(divide, own, _mean(others)))


def _around(found: Limits, sampling: Sampling) -> Interval:
    """Return the interval of shares: not below 0, but a system may be above people."""
    precision, recall, f1 = (b and (max(0.0, b[0]), max(0.0, b[1])) for b in found.bounds)
    return Interval(sampling.level, found.method, precision, recall, f1)
