"""The order of what comes from two sides."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def woven(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T]:
    """Return all that either side has, each once.

    The order is that of the side that changed something, of ours if both did; what only the other
    side has stands before what it stands before there.

    >>> woven("abc", "abcx", "aybcz")
    ['a', 'y', 'b', 'c', 'x', 'z']
    """
    first, second = (theirs, ours) if list(ours) == list(base) else (ours, theirs)
    known = set(first)
    before: dict[T, list[T]] = {}
    waiting: list[T] = []
    for item in second:
        if item in known:
            before[item] = waiting
            waiting = []
        else:
            waiting.append(item)
    found: list[T] = []
    for item in first:
        found += [*before.get(item, ()), item]
    return found + waiting
