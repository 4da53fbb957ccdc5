"""Times and numbers found in a text: a span, a mention type and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glose.corpus.document import Value


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
