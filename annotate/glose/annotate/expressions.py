"""Times and numbers found in a text: a span, a mention type and what it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from glose.corpus.document import Pair, Value


@dataclass(frozen=True, slots=True)
class Expression:
    """A span of a text, half-open in code points, with its mention type and its value."""

    start: int
    end: int
    type: str
    value: Value

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")


def longest(found: Iterable[Expression]) -> list[Expression]:
    """Return expressions that do not overlap, in the order of the text.

    Of two that overlap the one that starts first stays, and of those the longer one; of two on
    the same span, the one that came first.
    """
    kept: list[Expression] = []
    for expression in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


class Spans:
    """Spans in the order of the text, none of which overlap, to ask what they touch."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._pairs = list(pairs)
        self._starts = [start for start, _ in self._pairs]

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of them shares a character with a span.

        >>> Spans([(0, 3), (5, 8)]).touch(3, 5), Spans([(0, 3), (5, 8)]).touch(3, 6)
        (False, True)
        """
        before = bisect_left(self._starts, end)
        return before > 0 and self._pairs[before - 1][1] > start
