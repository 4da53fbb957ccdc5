"""Spans by their bounds: which one begins and ends nearest to another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from glose.corpus.document import Pair


class Closest:
    """Spans by number, in the order of their starts and in that of their ends."""

    def __init__(self, spans: Sequence[tuple[Pair, int]]) -> None:
        self.spans = {number: span for span, number in spans}
        self.by_start = sorted((start, number) for (start, _), number in spans)
        self.by_end = sorted((end, number) for (_, end), number in spans)

    def take(self, number: int) -> None:
        """Take a span out."""
        start, end = self.spans.pop(number)
        del self.by_start[bisect_left(self.by_start, (start, number))]
        del self.by_end[bisect_left(self.by_end, (end, number))]

    def nearest(self, start: int, end: int, fits: Callable[[int], bool]) -> int | None:
        """Return the number of the span that fits whose bounds are nearest, of equals the first.

        Near is what has the least sum of differences. The search goes outward from both bounds
        and ends where one of them alone is farther away than what was found.
        """
        best: tuple[int, int] | None = None
        both = zip(outward(self.by_start, start), outward(self.by_end, end), strict=True)
        for one, other in both:
            if best is not None and max(one[0], other[0]) > best[0]:
                break
            for _, number in (one, other):
                span = self.spans[number]
                found = abs(span[0] - start) + abs(span[1] - end), number
                if (best is None or found < best) and fits(number):
                    best = found
        return best and best[1]


def outward(ordered: Sequence[tuple[int, int]], place: int) -> Iterator[tuple[int, int]]:
    """Yield how far each value is from a place, with its number; the nearest come first.

    >>> list(outward([(1, 0), (4, 1), (9, 2)], 5))
    [(1, 1), (4, 0), (4, 2)]
    """
    right = bisect_left(ordered, (place,))
    left = right - 1
    while left >= 0 or right < len(ordered):
        before = place - ordered[left][0] if left >= 0 else None
        after = ordered[right][0] - place if right < len(ordered) else None
        if after is None or (before is not None and before <= after):
            yield place - ordered[left][0], ordered[left][1]
            left -= 1
        else:
            yield after, ordered[right][1]
            right += 1
