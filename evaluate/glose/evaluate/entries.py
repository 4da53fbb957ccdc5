"""Entries: the counts of one document, which are all that is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from glose.evaluate import buckets
from glose.evaluate.alignment import Part
from glose.evaluate.counts import Tally
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Plan
from glose.evaluate.projection import View
from glose.evaluate.signature import Print


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


def entries(part: Part, plan: Plan) -> Iterator[Entry]:
    """Yield the entries of a part of the work; raise `InputError` as `pairs` does."""
    statistics = [plan.statistics(system) for system in range(len(plan.metrics))]
    for pair in pairs(part, plan.lists(), plan.reads()):
        gold = View(pair.gold, plan.cut)
        tallies = []
        for predicted, wanted in zip(pair.predicted, statistics, strict=True):
            guess = View(predicted, plan.cut)
            tallies.append({name: each.tally(gold, guess) for name, each in wanted.items()})
        fields = buckets.said(pair.gold, plan.fields, plan.splits)
        prints = tuple(None if line is None else Print.of(line) for line in pair.lines)
        yield Entry(pair.gold.id, fields, prints, tuple(tallies))


def add_prints(prints: Sequence[Print], pair: Pair) -> None:
    """Add a pair of documents to the fingerprints of gold and systems."""
    for total, line in zip(prints, pair.lines, strict=True):
        if line is not None:
            total.add(line)
