"""Significance: whether one system is better than another on the same documents, or had luck.

Two systems are compared by the counts of each document side by side, so every test is paired. As
in the bootstrap only distinct pairs of rows matter (units.py); the law is that of documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

from glose.corpus.errors import GloseError
from glose.evaluate import buckets, notes
from glose.evaluate.counts import Tally
from glose.evaluate.entries import Entry
from glose.evaluate.intervals import Sampling, limits
from glose.evaluate.joint import Array
from glose.evaluate.laws import quantile
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.paired import Paired, Reading, gathered
from glose.evaluate.plan import Options, Plan
from glose.evaluate.results import Average, Bounds, Comparison, Difference
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.signature import Print, extended
from glose.evaluate.sources import Progress, Source, Work, documents, opened
from glose.evaluate.swaps import Test, p_value
from glose.evaluate.units import Units
from glose.evaluate.unpaired import Unpaired
from glose.evaluate.work import spread

#: The chance with which a difference that can be detected is found.
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Contrast:
    """How two systems are compared: by which average, and by which test."""

    average: Average = "micro"
    test: Test = "randomisation"


def compare(
    gold: Path,
    predicted: Sequence[Path],
    *,
    contrast: Contrast | None = None,
    options: Options | None = None,
    progress: Progress = lambda _: None,
) -> Comparison:
    """Return how each two systems differ in each metric that all of them can be scored by.

    The p values of one metric are corrected for the number of pairs (Holm 1979). Without
    predictions `gold` is a file of counts. Raises `GloseError` for whatever cannot be scored.
    """
    contrast = contrast or Contrast()
    beside = gather(gold, predicted, options or Options(), contrast.average, progress)
    found: list[Difference] = []
    for name in beside.having(contrast.average):
        found += differences(beside, METRICS[name], contrast)
    hashes = dict(zip(beside.names, map(str, beside.prints[1:]), strict=True))
    return Comparison(
        beside.signature({"compared": contrast.average, "test": contrast.test}),
        str(beside.prints[0]),
        beside.documents,
        hashes,
        tuple(found),
        tuple(beside.notes(contrast.average)),
    )


@dataclass(slots=True)
class Beside:
    """The counts of all systems side by side: a tally for each document, by statistic.

    `tallies[statistic][system]` are as long as `clusters`, the names of what is resampled.
    """

    names: tuple[str, ...]
    metrics: tuple[str, ...]
    options: Options
    told: tuple[str, ...]
    prints: list[Print]
    tallies: dict[str, list[list[Tally]]]
    unpaired: Unpaired
    types: bool = False
    clusters: list[str] = field(default_factory=list)
    alone: int = 0

    @classmethod
    def none(cls, source: Source, metrics: tuple[str, ...], *, types: bool = False) -> Beside:
        """Return the counts of no documents; with `types` those of types will be kept."""
        statistics = {METRICS[name].statistic.name for name in metrics}
        return cls(
            source.names, metrics, source.options, source.notes,
            [Print() for _ in range(len(source.names) + 1)],
            {name: [[] for _ in source.names] for name in statistics},
            Unpaired.none(len(source.names)), types,
        )  # fmt: skip

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.clusters)

    def add(self, entry: Entry) -> None:
        """Add a document."""
        for total, each in zip(self.prints, entry.prints, strict=True):
            if each is not None:
                total.merge(each)
        field_ = self.options.cluster
        self.clusters.append(entry.cluster(field_) if field_ else entry.id)
        self.alone += bool(field_ and field_ not in entry.fields)
        for name, systems in self.tallies.items():
            for kept, tallies in zip(systems, entry.tallies, strict=True):
                tally = tallies[name]
                kept.append(tally if self.types else {None: tally[None]})

    def merge(self, other: Beside) -> None:
        """Add the documents of another."""
        for total, each in zip(self.prints, other.prints, strict=True):
            total.merge(each)
        for name, systems in other.tallies.items():
            for kept, tallies in zip(self.tallies[name], systems, strict=True):
                kept.extend(tallies)
        self.unpaired.merge(other.unpaired)
        self.clusters += other.clusters
        self.alone += other.alone

    def signature(self, fields: Mapping[str, object]) -> str:
        """Return the signature of what is said of the systems, with further fields."""
        made = self.options.signature(str(self.prints[0]), self.documents, self.metrics)
        return extended(made, fields.items())

    def having(self, average: Average) -> tuple[str, ...]:
        """Return the metrics that have an average; raise `GloseError` if none has."""
        names = tuple(name for name in self.metrics if average in averages(METRICS[name]))
        if not names:
            there = {each: None for name in self.metrics for each in averages(METRICS[name])}
            what = f"no average {average!r} (there are: {', '.join(there)})"
            raise GloseError(f"{', '.join(self.metrics)}: {what}")
        return names

    def notes(self, average: Average = "micro") -> Iterator[str]:
        """Yield what somebody who reads the figures should know first."""
        yield from self.told
        yield from notes.unpaired(self.unpaired, self.names, self.options)
        lacking = [name for name in self.metrics if average not in averages(METRICS[name])]
        if lacking:
            yield f"no average {average!r} of {', '.join(lacking)}; not compared"
        if self.options.cluster:
            yield from notes.clustered(len(set(self.clusters)), self.alone, self.options)
        else:
            yield from notes.few(self.documents, self.options)

    def rows(self, metric: Metric, average: Average) -> tuple[list[Array], Reading]:
        """Return the rows of the units of each system, and how they are read."""
        averaging = averages(metric)[average]
        systems = self.tallies[metric.statistic.name]
        types = {name for each in systems for tally in each for name in tally if name is not None}
        reading = Reading(metric, averaging, tuple(sorted(types)))
        rows = [reading.rows(each) for each in systems]
        if self.options.cluster:
            rows = [gathered(each, self.clusters) for each in rows]
        return rows, reading

    def pairs(self, metric: Metric, average: Average) -> Iterator[tuple[str, str, Paired]]:
        """Yield each two systems, in their order, with their rows side by side."""
        rows, reading = self.rows(metric, average)
        for one, other in combinations(range(len(self.names)), 2):
            units = Units.each(np.hstack([rows[one], rows[other]]))
            yield self.names[one], self.names[other], Paired(units, reading.read)


def averages(metric: Metric) -> Mapping[str, Averaging | None]:
    """Return the averages of a metric by name; micro is none of several figures."""
    return {"micro": None, **{each.name: each for each in metric.averages}}


def gather(
    gold: Path,
    predicted: Sequence[Path],
    options: Options,
    average: Average = "micro",
    progress: Progress = lambda _: None,
) -> Beside:
    """Return the counts of systems side by side; raise `GloseError` for what cannot be scored."""
    buckets.check_cluster(options.cluster)
    source = opened(gold, predicted, options)
    _refuse_few(gold, predicted, source)
    plan = source.plan(shared=True)
    none = partial(
        Beside.none, replace(source, work=()), plan.metrics[0], types=average != "micro"
    )
    beside, alone = none(), len(source.work) == 1
    count = partial(_counted, plan=plan, none=none)
    # What shows the progress stays in this process.
    count = partial(count, progress=progress) if alone else count
    for found in spread(count, source.work, options.jobs):
        beside.merge(found)
        progress(0 if alone else found.documents)
    refuse_nothing(beside.documents, gold, source.options)
    return beside


def _refuse_few(gold: Path, predicted: Sequence[Path], source: Source) -> None:
    """Raise `GloseError` where there are no two systems, or one stands twice."""
    if len(source.names) < 2:
        raise GloseError(
            f"{gold}: one system ({', '.join(source.names)}); expected two or more (glose "
            "evaluate merge puts saved counts side by side)"
        )
    seen: set[Path] = set()
    for path in predicted:
        if path.resolve() in seen:
            raise GloseError(f"{path}: this system is named twice; name two that differ")
        seen.add(path.resolve())


def _counted(
    work: Work, plan: Plan, none: Callable[[], Beside], progress: Progress = lambda _: None
) -> Beside:
    """Return the counts of one part of the work, added to `none`."""
    found = none()
    for entry in documents(work, plan, found.unpaired):
        found.add(entry)
        progress(1)
    return found


def differences(beside: Beside, metric: Metric, contrast: Contrast) -> list[Difference]:
    """Return how each two systems differ in the F1 of a metric, in the order of systems."""
    found = [
        _difference(metric, a, b, paired, contrast, beside.options.sampling)
        for a, b, paired in beside.pairs(metric, contrast.average)
    ]
    corrected = holm([difference.p for difference in found])
    return [replace(d, holm=p) for d, p in zip(found, corrected, strict=True)]


def _difference(
    metric: Metric, a: str, b: str, paired: Paired, contrast: Contrast, sampling: Sampling
) -> Difference:
    f1_a, f1_b = paired.found
    wins, ties, losses = paired.record
    found = Difference(
        metric.name, a, b, f1_a, f1_b, None, None, None, None, wins, ties, losses,
        contrast.average,
    )  # fmt: skip
    if f1_a is None or f1_b is None:
        return found
    found = replace(found, difference=f1_b - f1_a)
    if not sampling.samples:
        return found
    # Samples are drawn of the two in one order, so that a and b, and b and a, have the same.
    drawn = paired if paired.settled else paired.turned
    p, test = p_value(drawn, contrast.test, sampling)
    found = replace(found, p=p, holm=p, test=test)
    if not paired.units.enough:
        return found
    limited = limits(drawn.units, drawn.difference, sampling)
    jackknife = paired.jackknife()
    moving = jackknife.spread > 0
    return replace(
        found,
        interval=limited.bounds[0] if drawn is paired else mirrored(limited.bounds[0]),
        method=limited.method,
        effect=paired.gap / jackknife.spread if moving else None,
        detectable=detectable(jackknife.error, 1 - sampling.level) if moving else None,
    )


def mirrored(bounds: Bounds) -> Bounds:
    """Return the interval of a difference taken the other way round."""
    # Not `-0.0`, which is written otherwise than 0.
    return bounds and (0.0 - bounds[1], 0.0 - bounds[0])


def detectable(error: float, alpha: float, power: float = POWER) -> float:
    """Return the least difference that is found with this power, by its standard error.

    Where the difference is normal and tested two-sided at `alpha` (Card et al. 2020).
    """
    return (quantile(1 - alpha / 2) + quantile(power)) * error


def holm(values: Iterable[float | None]) -> list[float | None]:
    """Return p values corrected for their number (Holm 1979); `None` stays and does not count.

    >>> holm([0.01, 0.04, None])
    [0.02, 0.04, None]
    """
    values = list(values)
    defined = sorted((p, number) for number, p in enumerate(values) if p is not None)
    corrected: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, number) in enumerate(defined):
        highest = max(highest, min(1.0, p * (len(defined) - rank)))
        corrected[number] = highest
    return corrected
