"""Entries: the counts of one document, which are all that is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glose.evaluate import buckets
from glose.evaluate.alignment import Part
from glose.evaluate.clustered import Clustered, Gathered, gathering
from glose.evaluate.counts import BATCH, Statistic, Tally
from glose.evaluate.pairing import Pair, located, pairs
from glose.evaluate.plan import Plan
from glose.evaluate.projection import Cut, DocumentError, Project, View
from glose.evaluate.signature import Print
from glose.evaluate.unpaired import Unpaired


@dataclass(frozen=True, slots=True)
class Entry:
    """The counts of one document, for each system by statistic.

    `fields` are what the document can be told apart by, `prints` the fingerprints of its line in
    gold and of each system, `None` where a system has no such document.
    """

    id: str
    fields: Mapping[str, str]
    prints: tuple[Print | None, ...]
    tallies: tuple[Mapping[str, Tally], ...]

    def cluster(self, field: str) -> str:
        """Return the cluster that the document is in; without a value it is one by itself."""
        value = self.fields.get(field)
        return f"#{self.id}" if value is None else f"={value}"


def entries(part: Part, plan: Plan, unpaired: Unpaired) -> Iterator[Entry]:
    """Yield the entries of a part of the work; raise `InputError` as `pairs` does.

    Clusters are counted for some documents at once, which are held until then as their counts.
    What has no counterpart is added to `unpaired`.
    """
    statistics = [plan.statistics(system) for system in range(len(plan.metrics))]
    gathered = [gathering(wanted) for wanted in statistics]
    waiting: list[Entry] = []
    for pair in pairs(part, plan.lists(), plan.reads(), unpaired):
        try:
            tallies = tuple(_tallies(pair, statistics, gathered, plan.cut))
        except DocumentError as error:
            raise located(error, pair, part) from error
        fields = buckets.said(pair.gold, plan.fields, plan.splits)
        prints = tuple(None if line is None else Print.of(line.content) for line in pair.lines)
        waiting.append(Entry(pair.gold.id, fields, prints, tallies))
        if len(waiting) == BATCH or not any(gathered):
            yield from _settled(waiting, gathered)
            waiting = []
    yield from _settled(waiting, gathered)


def _tallies(
    pair: Pair,
    statistics: Sequence[Mapping[str, Statistic]],
    gathered: Sequence[Mapping[Project, Gathered]],
    cut: Cut,
) -> Iterator[dict[str, Tally]]:
    """Yield what each system of a pair counts; clusters are only gathered."""
    gold = View(pair.gold, cut)
    for predicted, wanted, clusters in zip(pair.predicted, statistics, gathered, strict=True):
        guess = View(predicted, cut)
        for project, each in clusters.items():
            each.add(gold.items(project), guess.items(project))
        yield {name: _tally(each, gold, guess) for name, each in wanted.items()}


def _tally(statistic: Statistic, gold: View, predicted: View) -> Tally:
    """Return the counts of a pair of documents, none yet of what is gathered."""
    return {} if isinstance(statistic.count, Clustered) else statistic.tally(gold, predicted)


def _settled(
    waiting: Sequence[Entry], gathered: Sequence[Mapping[Project, Gathered]]
) -> Sequence[Entry]:
    """Return entries with the counts of what was gathered."""
    for system, clusters in enumerate(gathered):
        for each in clusters.values():
            for name, columns in each.taken() if len(each) else ():
                rows = zip(*(column.tolist() for column in columns), strict=True)
                for entry, row in zip(waiting, rows, strict=True):
                    entry.tallies[system][name][None] = row
    return waiting


def add_prints(prints: Sequence[Print], pair: Pair) -> None:
    """Add a pair of documents to the fingerprints of gold and systems."""
    for total, line in zip(prints, pair.lines, strict=True):
        if line is not None:
            total.add(line.content)
