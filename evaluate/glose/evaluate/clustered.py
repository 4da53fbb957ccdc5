"""Counting clusters: statistics that are sums over what clusters share, of many documents at once.

Statistics that look at the same clusters have one contingency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from glose.evaluate.clusters import Sides
from glose.evaluate.contingency import Contingency, contingency
from glose.evaluate.counts import Statistic
from glose.evaluate.joint import Array
from glose.evaluate.listings import Tally, Whole
from glose.evaluate.projection import Project

#: Columns of numbers, of which each has one for each document.
Columns: TypeAlias = Sequence[Whole | Array]

#: From what a projection gives of two documents to their clusters.
Clustering: TypeAlias = Callable[[Any, Any], Sides]


@dataclass(frozen=True, slots=True)
class Clustered:
    """How to count clusters: which those of two documents are, and the columns of their sums.

    Without `singletons` clusters of one mention are left out first.
    """

    sides: Clustering
    sums: Callable[[Contingency], Columns]
    singletons: bool = True

    def __call__(self, gold: Any, predicted: Any) -> Tally:  # noqa: ANN401  # each its own
        """Return the counts of one pair of documents."""
        found = contingency([self.sides(gold, predicted)], singletons=self.singletons)
        return {None: tuple(column.item() for column in self.sums(found))}


@dataclass(slots=True)
class Gathered:
    """The clusters of some pairs of documents, and by name what is counted of them."""

    counts: Mapping[str, Clustered]
    pairs: dict[Clustering, list[Sides]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin without documents."""
        self.pairs = {count.sides: [] for count in self.counts.values()}

    def __len__(self) -> int:
        """Return how many documents there are."""
        return max(map(len, self.pairs.values()))

    def add(self, gold: Any, predicted: Any) -> None:  # noqa: ANN401  # what the projection gives
        """Add a pair of documents."""
        for sides, pairs in self.pairs.items():
            pairs.append(sides(gold, predicted))

    def taken(self) -> Iterator[tuple[str, Columns]]:
        """Yield for each name the columns of what is counted, and begin anew."""
        made: list[tuple[list[Sides], bool, Contingency]] = []
        for name, count in self.counts.items():
            wanted = self.pairs[count.sides], count.singletons
            found = next((each[2] for each in made if each[:2] == wanted), None)
            if found is None:
                found = contingency(wanted[0], singletons=wanted[1])
                made.append((*wanted, found))
            yield name, count.sums(found)
        for pairs in self.pairs.values():
            pairs.clear()


def gathering(statistics: Mapping[str, Statistic]) -> dict[Project, Gathered]:
    """Return what gathers the clusters that statistics count, by projection."""
    counts: dict[Project, dict[str, Clustered]] = defaultdict(dict)
    for name, each in statistics.items():
        if isinstance(each.count, Clustered):
            counts[each.project][name] = each.count
    return {project: Gathered(found) for project, found in counts.items()}
