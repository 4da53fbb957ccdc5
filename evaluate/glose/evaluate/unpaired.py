"""Unpaired documents: how many of gold a system lacks, and how many it has that gold has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Unpaired:
    """For each system, in their order, the documents that it lacks and those that are `extra`."""

    missing: list[int]
    extra: list[int]

    @classmethod
    def none(cls, systems: int) -> Unpaired:
        """Return that each of so many systems has just the documents of gold."""
        return cls([0] * systems, [0] * systems)

    def add(self, missing: Sequence[int], extra: Sequence[int]) -> None:
        """Add numbers of documents, one for each system, or none where nothing is known."""
        for mine, theirs in ((self.missing, missing), (self.extra, extra)):
            for system, number in enumerate(theirs):
                mine[system] += number

    def merge(self, other: Unpaired) -> None:
        """Add the documents of another."""
        self.add(other.missing, other.extra)
