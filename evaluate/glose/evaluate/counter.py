"""The counter of one system: it counts many pairs of documents at once where that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glose.evaluate.clustered import Clustered, Gathered, gathering
from glose.evaluate.counts import BATCH, Statistic, Table
from glose.evaluate.listings import Batch, Listing
from glose.evaluate.projection import Cut, Project, View
from glose.evaluate.regions import Regions


@dataclass(slots=True)
class Counter:
    """The statistics of a system, by name, with the tables of what they count.

    Pairs are settled by the thousand: by regions what is local, by lists what is listed, by
    clusters what is clustered. Whatever else there is, and what does not suit a pair, is counted
    as the pair comes.
    """

    statistics: Mapping[str, Statistic]
    tables: Mapping[str, Table]
    cut: Cut = str
    pairs: int = 0
    regions: Regions = field(init=False)
    batches: dict[str, Batch] = field(init=False)
    gathered: dict[Project, Gathered] = field(init=False)

    def __post_init__(self) -> None:
        """Find out what the statistics ask for."""
        kinds = {each.local: None for each in self.statistics.values() if each.local}
        self.regions = Regions(tuple(kinds), self.cut)
        self.batches = {
            name: Batch(each.count)
            for name, each in self.statistics.items()
            if isinstance(each.count, Listing)
        }
        self.gathered = gathering(self.statistics)

    def add(self, gold: View, predicted: View) -> None:
        """Add a pair of documents."""
        regions = self.regions
        barred = regions.add(gold.document, predicted.document) if regions.kinds else ()
        for project, gathered in self.gathered.items():
            gathered.add(gold.items(project), predicted.items(project))
        for name, each in self.statistics.items():
            if each.local and each.local not in barred:
                continue
            batch = self.batches.get(name)
            if batch is not None:
                batch.add(gold.items(each.project), predicted.items(each.project))
            elif not isinstance(each.count, Clustered):
                self.tables[name].add(each.tally(gold, predicted))
        self.pairs += 1
        if self.pairs == BATCH:
            self.settle()

    def settle(self) -> None:
        """Put into the tables what is waiting."""
        self.pairs = 0
        for name, batch in self.batches.items():
            if len(batch):
                self.tables[name].extend(batch.taken())
        for gathered in self.gathered.values():
            if len(gathered):
                for name, counted in gathered.taken():
                    self.tables[name].append(counted)
        if not len(self.regions):
            return
        self.regions.settle()
        for name, each in self.statistics.items():
            if each.local:
                rows = self.regions.rows(each, each.local)
                if len(rows):
                    self.tables[name].extend(rows)
        self.regions.clear()
