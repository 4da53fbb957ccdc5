"""Spans that wait for a partner, for matchings that go through a list and take what is free."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from glose.corpus.document import Pair

_TAKEN = -1

#: Up to so many spans it is quicker to look at each.
FEW = 8


def waiting_for(spans: Sequence[tuple[Pair, int]]) -> Waiting | Few:
    """Return spans by number that wait, in the way that is quickest for so many."""
    return Few(spans) if len(spans) <= FEW else Waiting(spans)


class Few:
    """A few spans by number, as `Waiting` has many."""

    def __init__(self, spans: Iterable[tuple[Pair, int]]) -> None:
        self.spans = sorted(spans)

    def __contains__(self, number: int) -> bool:
        """Tell whether a span has not been taken."""
        return any(number == each for _, each in self.spans)

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the spans that share something with a range, by their starts."""
        return (number for (first, last), number in self.spans if first < end and start < last)

    def take(self, number: int) -> None:
        """Take a span out, with all its pieces."""
        self.spans = [each for each in self.spans if each[1] != number]


class Waiting:
    """Spans by number, of which those that overlap another are found without asking all.

    They stand in the order of their starts, under a tree of the greatest ends, so that asking
    takes about log n steps for each span that is found. A number may have several spans (pieces).
    """

    def __init__(self, spans: Iterable[tuple[Pair, int]]) -> None:
        ordered = sorted((start, end, number) for (start, end), number in spans)
        self.starts = [start for start, _, _ in ordered]
        self.numbers = [number for _, _, number in ordered]
        self.places: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(self.numbers):
            self.places[number].append(place)
        self.size = 1 << max(0, len(ordered) - 1).bit_length()
        self.ends = [_TAKEN] * self.size + [end for _, end, _ in ordered]
        self.ends += [_TAKEN] * (2 * self.size - len(self.ends))
        for node in range(self.size - 1, 0, -1):
            self.ends[node] = max(self.ends[2 * node], self.ends[2 * node + 1])

    def __contains__(self, number: int) -> bool:
        """Tell whether a span has not been taken."""
        return number in self.places

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the spans that share something with a range, by their starts."""
        stop = bisect_left(self.starts, end)
        nodes = [(1, 0, self.size)]
        while nodes:
            node, first, width = nodes.pop()
            if first >= stop or self.ends[node] <= start:
                continue
            if width == 1:
                yield self.numbers[first]
            else:
                half = width // 2
                nodes.append((2 * node + 1, first + half, half))
                nodes.append((2 * node, first, half))

    def take(self, number: int) -> None:
        """Take a span out, with all its pieces."""
        for place in self.places.pop(number):
            node = place + self.size
            self.ends[node] = _TAKEN
            while node > 1:
                node //= 2
                self.ends[node] = max(self.ends[2 * node], self.ends[2 * node + 1])
