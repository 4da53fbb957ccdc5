"""The counter of one system: it counts many pairs of documents at once where that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glose.evaluate.clustered import Clustered, Gathered, gathering
from glose.evaluate.counts import BATCH, Local, Statistic, Table
from glose.evaluate.listings import Batch, Listing, Rows
from glose.evaluate.projection import Cut, Project, View
from glose.evaluate.regions import Regions
from glose.evaluate.stacked import Stack, Stacked
from glose.evaluate.staged import Stage, Staged

#: Texts wait until they have so many code points, some 100 MB while they are looked at.
LETTERS = 1 << 24


@dataclass(slots=True)
class Counter:
    """The statistics of a system, by name, with the tables of what they count.

    Pairs are settled by the thousand, or when their texts are long: what is local by regions, what
    is listed by lists or in columns, what is staged in columns, what is clustered by clusters.
    Whatever else there is, and what does not suit a pair, is counted as the pair comes.
    """

    statistics: Mapping[str, Statistic]
    tables: Mapping[str, Table]
    cut: Cut = str
    pairs: int = 0
    letters: int = 0
    regions: Regions = field(init=False)
    batches: dict[str, Batch] = field(init=False)
    gathered: dict[Project, Gathered] = field(init=False)
    stacks: dict[bool, Stack] = field(init=False)
    stage: Stage | None = field(init=False)

    def __post_init__(self) -> None:
        """Find out what the statistics ask for."""
        local = [each for each in self.statistics.values() if each.local]
        known = [each.known for each in local if each.known is not None]
        kinds = dict.fromkeys(each.local for each in local if each.local)
        self.regions = Regions(tuple(kinds), self.cut, frozenset().union(*known))
        self.batches = {
            name: Batch(each.count)
            for name, each in self.statistics.items()
            if isinstance(each.count, Listing)
        }
        counts = [each.count for each in self.statistics.values()]
        asked = dict.fromkeys(each.words for each in counts if isinstance(each, Stacked))
        self.stacks = {words: Stack(self.cut, words=words) for words in asked}
        staged = [each for each in self.statistics.values() if isinstance(each.count, Staged)]
        lists = frozenset[str]().union(*(each.lists for each in staged))
        words = any(isinstance(each.count, Staged) and each.count.words for each in staged)
        self.stage = Stage(self.cut, lists, words=words) if staged else None
        self.gathered = gathering(self.statistics)

    def add(self, gold: View, predicted: View) -> None:
        """Add a pair of documents."""
        barred: frozenset[Local] = frozenset()
        if self.regions.kinds:
            barred = self.regions.add(gold.document, predicted.document)
        for project, gathered in self.gathered.items():
            gathered.add(gold.items(project), predicted.items(project))
        sides = gold.document, predicted.document
        stacked = {words for words, stack in self.stacks.items() if stack.add(*sides)}
        if self.stage is not None:
            self.stage.add(gold.document, predicted.document)
        for name, each in self.statistics.items():
            if each.local and each.local not in barred:
                continue
            if isinstance(each.count, Stacked) and each.count.words in stacked:
                continue
            batch = self.batches.get(name)
            if batch is not None:
                batch.add(gold.items(each.project), predicted.items(each.project))
            elif not isinstance(each.count, Clustered | Staged):
                self.tables[name].add(each.tally(gold, predicted))
        self.pairs += 1
        self.letters += len(gold.document.text or "")
        if self.pairs == BATCH or self.letters > LETTERS:
            self.settle()

    def settle(self) -> None:
        """Put into the tables what is waiting."""
        self.pairs = self.letters = 0
        for name, batch in self.batches.items():
            if len(batch):
                self.tables[name].extend(batch.taken())
        for gathered in self.gathered.values():
            if len(gathered):
                for name, counted in gathered.taken():
                    self.tables[name].append(counted)
        for stack in self.stacks.values():
            if len(stack):
                self._settle_stack(stack)
        if self.stage is not None and len(self.stage):
            self._settle_stage(self.stage)
        self._settle_local()

    def _settle_stack(self, stack: Stack) -> None:
        for name, each in self.statistics.items():
            if isinstance(each.count, Stacked) and each.count.words is stack.words:
                self.tables[name].extend(each.count.taken(stack))
        stack.clear()

    def _settle_stage(self, stage: Stage) -> None:
        for name, each in self.statistics.items():
            if isinstance(each.count, Staged):
                self.tables[name].extend(each.count.rows(stage, each.known))
        stage.clear()

    def _settle_local(self) -> None:
        if len(self.regions):
            self.regions.settle()
        for name, each in self.statistics.items():
            rows = self._rows(each)
            if rows is not None and len(rows):
                self.tables[name].extend(rows)
        self.regions.clear()

    def _rows(self, statistic: Statistic) -> Rows | None:
        """Return the rows of a statistic that is local, of the pairs that suit it."""
        if statistic.local is None or not len(self.regions):
            return None
        return self.regions.rows(statistic, statistic.local)
