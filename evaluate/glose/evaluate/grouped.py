"""The counts of clusters of documents: stories, sources, authors.

Documents of one cluster are not independent, so it is clusters that are resampled: the counts of a
cluster are summed first (Cameron, Gelbach and Miller 2008; Saravanan, Berman and Sober 2020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from glose.evaluate.joint import Counts, Numbered
from glose.evaluate.results import Bucket

#: Which documents and which items a sum is over: a type, a bucket, or `None` for all.
Cell: TypeAlias = tuple[str | None, Bucket | None]

#: Sums are in steps of one of so many, so that the order of documents does not show in them.
_STEPS = 2**30


@dataclass(slots=True)
class Clusters:
    """For each cell the sum of each cluster; for each cluster the rows of its documents.

    `members` are the clusters that have documents in a bucket, or (`None`) at all. With `types`
    the rows of each type are kept too, for means over documents by type.
    """

    sums: dict[Cell, dict[str, Counts]] = field(default_factory=dict)
    members: dict[Bucket | None, set[str]] = field(default_factory=dict)
    rows: dict[str, dict[str | None, Counter[Counts]]] = field(default_factory=dict)
    types: bool = False

    def add(self, cluster: str, tally: Mapping[Cell, Counts]) -> None:
        """Add the counts of one document."""
        for cell, row in tally.items():
            self.members.setdefault(cell[1], set()).add(cluster)
            self._add(cell, cluster, tuple(round(count * _STEPS) / _STEPS for count in row))
        rows = self.rows.setdefault(cluster, {})
        for (name, bucket), row in tally.items():
            if bucket is None and (name is None or self.types):
                rows.setdefault(name, Counter())[row] += 1

    def merge(self, other: Clusters) -> None:
        """Add the documents of others."""
        for cell, sums in other.sums.items():
            for cluster, row in sums.items():
                self._add(cell, cluster, row)
        for bucket, members in other.members.items():
            self.members.setdefault(bucket, set()).update(members)
        for cluster, types in other.rows.items():
            mine = self.rows.setdefault(cluster, {})
            for name, rows in types.items():
                mine.setdefault(name, Counter()).update(rows)

    def _add(self, cell: Cell, cluster: str, row: Counts) -> None:
        sums = self.sums.setdefault(cell, {})
        there = sums.get(cluster)
        sums[cluster] = tuple(map(sum, zip(there, row, strict=True))) if there else row

    def distinct(self, cell: Cell) -> Mapping[Counts, int]:
        """Return the sums of a cell with how many clusters have each, zeros left out."""
        return Counter(row for row in self.sums.get(cell, {}).values() if any(row))

    def number(self, bucket: Bucket | None) -> int:
        """Return how many clusters have documents in a bucket."""
        return len(self.members.get(bucket, ()))

    def documents(self, name: str | None, width: int) -> Iterator[Mapping[Counts, int]]:
        """Yield for each cluster the rows of its documents, of all items or of a type.

        A document without the type has zeros.
        """
        for types in self.rows.values():
            rows = Counter(types.get(name, {}))
            rows[(0.0,) * width] += types[None].total() - rows.total()
            yield rows

    def joint(self) -> Mapping[Numbered, int]:
        """Return the sums of all types of a cluster together, with how many clusters have them."""
        found: dict[str, list[tuple[str | None, Counts]]] = {name: [] for name in self.rows}
        for (name, bucket), sums in self.sums.items():
            if name is not None and bucket is None:
                for cluster, row in sums.items():
                    found[cluster].append((name, row))
        return Counter(tuple(sorted(rows)) for rows in found.values())
