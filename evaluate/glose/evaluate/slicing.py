"""Slices: the scores of items that have a trait, of whatever metric, with intervals.

What an item adds to the counts is what `attribution` credits it with, so the slices of a trait add
up to the score of all. Precision is that of predicted items with the trait, recall that of gold
items with it. Intervals resample documents, as for all items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from glose.corpus.document import Document
from glose.evaluate import buckets, inventory, traits
from glose.evaluate.alignment import parts
from glose.evaluate.annotations import Layer
from glose.evaluate.attribution import Credits, Sides, credited, layer
from glose.evaluate.counts import Shared, Statistic, Table, Tally
from glose.evaluate.grouped import Clusters
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import pairs
from glose.evaluate.plan import Options, Plan
from glose.evaluate.projection import cut
from glose.evaluate.protocols import abridged
from glose.evaluate.results import Bucket, Evaluation, Score
from glose.evaluate.scores import scores
from glose.evaluate.traits import Beside, Trained


def sliced(
    found: Evaluation, gold: Path, predicted: Sequence[Path], by: Sequence[str], options: Options,
    train: Path | None = None,
) -> Evaluation:  # fmt: skip
    """Return an evaluation with the scores of items by traits, after all others.

    Metrics without single items have none, which a note says. The documents are read again.
    """
    plan = Plan(tuple(system.metrics for system in found.systems), depth=options.depth)
    slices = _Slices(plan, tuple(by), options, gold, train)
    for part in parts(gold, predicted, options.policy(gold)):
        for pair in pairs(part, plan.lists()):
            slices.add(pair.gold, pair.predicted)
    systems = tuple(
        replace(system, scores=(*system.scores, *slices.scores(number)))
        for number, system in enumerate(found.systems)
    )
    notes = (*found.notes, *slices.notes())
    return replace(found, systems=systems, notes=notes)


@dataclass(slots=True)
class _Slices:
    """The counts of each metric by each trait, for each system."""

    plan: Plan
    by: tuple[str, ...]
    options: Options
    gold: Path
    train: Path | None
    tables: dict[tuple[int, str, str], Table] = field(default_factory=dict)
    documents: dict[tuple[int, str, str], dict[str, int]] = field(default_factory=dict)
    layers: dict[str, Layer] = field(init=False)
    statistics: Mapping[str, Statistic] = field(init=False)
    trained: Trained | None = field(init=False)
    splits: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        names = dict.fromkeys(name for each in self.plan.metrics for name in each)
        found = ((name, layer(METRICS[name])) for name in names)
        self.layers = {name: kind for name, kind in found if kind}
        there = {METRICS[name].statistic for name in self.layers}
        policy = self.options.policy(self.gold)
        types = inventory.types(self.gold, there, cut(self.options.depth), policy.wanted)
        self.statistics = {each.name: each.of(types) for each in there}
        layers = tuple(dict.fromkeys(self.layers.values()))
        self.trained = Trained.of(self.train, layers, self.plan.cut) if self.train else None
        self.splits = buckets.splits(self.gold) if self.options.cluster == "split" else {}

    def notes(self) -> Iterator[str]:
        """Say which metrics have no slices, of any trait or of one."""
        names = dict.fromkeys(name for each in self.plan.metrics for name in each)
        left = [name for name in names if name not in self.layers]
        if left:
            yield f"{', '.join(left)}: not of single items; not by {', '.join(self.by)}"
        for trait in self.by:
            there = {
                name for (_, name, by), n in self.documents.items() if by == trait and _some(n)
            }
            none = [name for name in self.layers if name not in there]
            if none:
                yield f"{', '.join(abridged(none))}: no item has a {trait}"

    def add(self, gold: Document, predicted: Sequence[Document]) -> None:
        """Add a document."""
        cluster = self._cluster(gold)
        for system, guess in enumerate(predicted):
            sides: dict[Layer, Sides] = {}
            for name in self.plan.metrics[system]:
                kind = self.layers.get(name)
                if kind is None:
                    continue
                if kind not in sides:
                    sides[kind] = Sides.of(gold, guess, kind, self.plan.cut)
                metric = METRICS[name]
                statistic = self.statistics[metric.statistic.name]
                given = credited(metric, sides[kind], statistic)
                for trait in self.by:
                    rows = _rows(self._values(gold, sides[kind], trait), given)
                    self._take((system, name, trait), rows, cluster)

    def _cluster(self, gold: Document) -> str | None:
        by = self.options.cluster
        if by is None:
            return None
        value = buckets.said(gold, [by], self.splits).get(by)
        return f"#{gold.id}" if value is None else f"={value}"

    def _values(self, gold: Document, sides: Sides, trait: str) -> tuple[list[str], list[str]]:
        golds, guesses = (
            list(traits.values(Beside(gold, items, self.trained), trait))
            for items in (sides.gold, sides.predicted)
        )
        return golds, guesses

    def _take(self, key: tuple[int, str, str], rows: Tally, cluster: str | None) -> None:
        table = self.tables.get(key)
        if table is None:
            clusters = Clusters() if self.options.cluster else None
            table = self.tables[key] = Table(clusters=clusters)
            self.documents[key] = defaultdict(int)
        total = tuple(map(sum, zip(*rows.values(), strict=True))) or (0.0,) * 4
        table.add({**rows, None: total}, (), cluster)
        for value in rows:
            self.documents[key][value or buckets.NONE] += 1

    def scores(self, system: int) -> Iterator[Score]:
        """Yield the scores of a system by trait."""
        for (number, name, trait), table in self.tables.items():
            if number != system or not _some(self.documents[number, name, trait]):
                continue
            for each in scores(table, [_plain(METRICS[name])], self.options.sampling):
                if each.average == "micro" and each.type is not None:
                    documents = self.documents[number, name, trait][each.type]
                    bucket = Bucket(trait, each.type)
                    yield replace(each, type=None, bucket=bucket, documents=documents)


def _some(documents: Iterable[str]) -> bool:
    """Tell whether any item has a value, by the values that occur."""
    return any(value != buckets.NONE for value in documents)


def _rows(values: tuple[Sequence[str], Sequence[str]], given: Credits) -> Tally:
    """Return the counts of a document by the value of a trait, as `Shared`."""
    rows: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for value, credit in zip(values[1], given.predicted, strict=True):
        rows[value][0] += credit.correct
        rows[value][1] += credit.counted
    for value, credit in zip(values[0], given.gold, strict=True):
        rows[value][2] += credit.correct
        rows[value][3] += credit.counted
    return {value: tuple(row) for value, row in rows.items()}


def _plain(metric: Metric) -> Metric:
    """Return a metric of the same name that reads numerators and denominators."""

    def nothing(_: object, __: object) -> Tally:
        return {}

    statistic = Statistic(f"{metric.name} by trait", (), Shared, lambda *_: [], nothing)
    return Metric(metric.name, statistic, _same, averages=(), undefined=metric.undefined)


def _same(n: Shared) -> Shared:
    return n
