"""The counter of one system: it counts many pairs of documents at once where that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glose.corpus.document import Document
from glose.evaluate.clustered import Clustered, Gathered, gathering
from glose.evaluate.counts import BATCH, Local, Statistic, Table
from glose.evaluate.listings import Batch, Listing
from glose.evaluate.projection import Cut, Project, View
from glose.evaluate.regions import Regions
from glose.evaluate.roster import Roster
from glose.evaluate.stacked import Stack, Stacked
from glose.evaluate.staged import Stage, Staged

#: Texts wait until they have so many code points, some 100 MB while they are looked at.
LETTERS = 1 << 24

#: What is on the roster of a pair of which nobody asks for the mentions.
_NONE = Document(), Document()


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
    letters: int = 0
    mentions: bool = field(init=False)
    roster: Roster = field(init=False)
    regions: Regions = field(init=False)
    batches: dict[str, Batch] = field(init=False)
    gathered: dict[Project, Gathered] = field(init=False)
    stacks: list[Stack] = field(init=False)
    stage: Stage | None = field(init=False)

    def __post_init__(self) -> None:
        """Find out what the statistics ask for."""
        self.roster = Roster(self.cut)
        local = [each for each in self.statistics.values() if each.local]
        known = [each.known for each in local if each.known is not None]
        kinds = dict.fromkeys(each.local for each in local if each.local)
        self.regions = Regions(tuple(kinds), self.roster, frozenset().union(*known))
        self.batches = {
            name: Batch(each.count)
            for name, each in self.statistics.items()
            if isinstance(each.count, Listing)
        }
        self.gathered = gathering(self.statistics)
        in_columns = [
            each for each in self.statistics.values() if isinstance(each.count, Stacked | Staged)
        ]
        self.mentions = bool(local) or any("mentions" in each.lists for each in in_columns)
        self._begin()

    def _begin(self) -> None:
        """Begin with an empty roster."""
        self.letters = 0
        counts = [each.count for each in self.statistics.values()]
        asked = dict.fromkeys(each.words for each in counts if isinstance(each, Stacked))
        self.roster = Roster(self.cut, pieces=bool(self.regions.kinds) or False in asked)
        self.regions.clear(self.roster)
        self.stacks = [Stack(self.roster, words=words) for words in asked]
        staged = [each for each in self.statistics.values() if isinstance(each.count, Staged)]
        events = any("events" in each.lists for each in staged)
        words = any(isinstance(each.count, Staged) and each.count.words for each in staged)
        self.stage = Stage(self.roster, events=events, words=words) if staged else None

    def add(self, gold: View, predicted: View) -> None:
        """Add a pair of documents."""
        sides = gold.document, predicted.document
        self.roster.add(*(sides if self.mentions else _NONE))
        barred: frozenset[Local] = frozenset()
        if self.regions.kinds:
            barred = self.regions.add(*sides)
        for project, gathered in self.gathered.items():
            gathered.add(gold.items(project), predicted.items(project))
        stacked = {stack.words for stack in self.stacks if stack.add(gold.document)}
        if self.stage is not None:
            self.stage.add(*sides)
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
        self.letters += len(gold.document.text or "")
        if len(self.roster) == BATCH or self.letters > LETTERS:
            self.settle()

    def settle(self) -> None:
        """Put into the tables what is waiting."""
        for name, batch in self.batches.items():
            if len(batch):
                self.tables[name].extend(batch.taken())
        for gathered in self.gathered.values():
            if len(gathered):
                for name, counted in gathered.taken():
                    self.tables[name].append(counted)
        if len(self.roster):
            self._settle_columns()
        self._begin()

    def _settle_columns(self) -> None:
        stacks = {stack.words: stack for stack in self.stacks if len(stack)}
        if self.regions.kinds:
            self.regions.settle()
        for name, each in self.statistics.items():
            if isinstance(each.count, Stacked) and each.count.words in stacks:
                self.tables[name].extend(each.count.taken(stacks[each.count.words]))
            if isinstance(each.count, Staged) and self.stage is not None:
                self.tables[name].extend(each.count.rows(self.stage, each.known))
            if each.local is not None and len(rows := self.regions.rows(each, each.local)):
                self.tables[name].extend(rows)
