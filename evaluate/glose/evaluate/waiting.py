"""Spans that wait for a partner, for matchings that go through a list and take what is free."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from glose.corpus.document import Pair

#: Spans by number, in order; a number may have several spans (pieces).
Numbered: TypeAlias = Sequence[tuple[Pair, int]]

#: Up to so many spans it is quicker to look at each.
FEW = 8


def waiting_for(spans: Numbered) -> Waiting | Few:
    """Return spans by number that wait, in the way that is quickest for so many."""
    return Few(spans) if len(spans) <= FEW else Waiting(spans)


class Few:
    """A few spans by number, as `Waiting` has many."""

    def __init__(self, spans: Numbered) -> None:
        self.spans = list(spans)

    def __contains__(self, number: int) -> bool:
        """Tell whether a span has not been taken."""
        return any(number == each for _, each in self.spans)

    def count(self, start: int, end: int) -> int:
        """Return how many spans share something with a range; each piece counts."""
        return sum(first < end and start < last for (first, last), _ in self.spans)

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the spans that share something with a range, in order."""
        met = (number for (first, last), number in self.spans if first < end and start < last)
        return iter(dict.fromkeys(met))

    def take(self, number: int) -> None:
        """Take a span out, with all its pieces."""
        self.spans = [each for each in self.spans if each[1] != number]


class Waiting:
    """Spans by number, of which those that overlap another are found without asking all.

    A tree over the numbers has at each node the starts and the ends of its spans, sorted. Those
    that end before a range are among those that start before its end, so two places in sorted
    lists tell how many overlap it, and the first of them is found in about log² n steps.
    """

    def __init__(self, spans: Numbered) -> None:
        self.pieces: dict[int, list[Pair]] = {}
        for piece, number in spans:
            self.pieces.setdefault(number, []).append(piece)
        self.size = 1 << max(0, max(self.pieces, default=0)).bit_length()
        self.starts: dict[int, list[int]] = {}
        self.ends: dict[int, list[int]] = {}
        for number, pieces in self.pieces.items():
            for node in self._above(number):
                self.starts.setdefault(node, []).extend(start for start, _ in pieces)
                self.ends.setdefault(node, []).extend(end for _, end in pieces)
        for bounds in (*self.starts.values(), *self.ends.values()):
            bounds.sort()

    def _above(self, number: int) -> Iterator[int]:
        """Yield the nodes that hold a number, from its leaf to the root."""
        node = self.size + number
        while node:
            yield node
            node //= 2

    def __contains__(self, number: int) -> bool:
        """Tell whether a span has not been taken."""
        return number in self.pieces

    def count(self, start: int, end: int, node: int = 1) -> int:
        """Return how many spans share something with a range; each piece counts."""
        starts = self.starts.get(node)
        return bisect_left(starts, end) - bisect_right(self.ends[node], start) if starts else 0

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the spans that share something with a range, in order."""
        nodes = [1]
        while nodes:
            node = nodes.pop()
            if self.count(start, end, node) > 0:
                if node >= self.size:
                    yield node - self.size
                else:
                    nodes += (2 * node + 1, 2 * node)

    def take(self, number: int) -> None:
        """Take a span out, with all its pieces."""
        for start, end in self.pieces.pop(number):
            for node in self._above(number):
                starts, ends = self.starts[node], self.ends[node]
                del starts[bisect_left(starts, start)], ends[bisect_left(ends, end)]
