"""Which spans of one side share code points with which of the other.

Everything here is a sweep over sorted pieces: it takes n log n steps and one for each pair that
overlaps, and a discontinuous span takes part with each of its pieces. Spans are known by their
place in the lists given. An empty piece shares nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from glose.evaluate.projection import Pieces

#: Start and end of a piece, its side (0 for gold, 1 for predicted) and the number of its span.
Part: TypeAlias = tuple[int, int, int, int]

#: Numbers of gold spans and of predicted ones.
Group: TypeAlias = tuple[list[int], list[int]]


def parts(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> list[Part]:
    """Return the pieces of both sides, in the order of the text."""
    return sorted(
        (start, end, side, number)
        for side, spans in enumerate((gold, predicted))
        for number, pieces in enumerate(spans)
        for start, end in pieces
        if start < end
    )


def groups(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> Iterator[Group]:
    """Yield the groups of spans that overlap one another, directly or by others of the group.

    Only spans of two sides are joined, and a group has spans of both. Pairs are not listed on the
    way: what a span meets is from then on one, so even a million nested spans take n log n steps.
    """
    for wanted, found in _stretches(gold, predicted):
        if len(wanted) == len(found) == 1:
            if _overlap(gold[wanted[0]], predicted[found[0]]):
                yield wanted, found
        else:
            for rows, columns in _joined([gold[g] for g in wanted], [predicted[p] for p in found]):
                yield [wanted[row] for row in rows], [found[column] for column in columns]


def _stretches(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> Iterator[Group]:
    """Yield the spans of each stretch of text that outer bounds cover, if both sides have some."""
    size = len(gold)
    bounds = [(span[0][0], span[-1][1], number) for number, span in enumerate(gold) if span]
    bounds += [(s[0][0], s[-1][1], number) for number, s in enumerate(predicted, size) if s]
    bounds.sort()
    until, members = 0, list[int]()
    for start, end, member in bounds:
        if start < until:
            members.append(member)
            if end > until:
                until = end
        else:
            if len(members) > 1:
                yield from _sides(members, size)
            until, members = end, [member]
    if len(members) > 1:
        yield from _sides(members, size)


def _sides(members: list[int], size: int) -> Iterator[Group]:
    """Yield the members of one stretch by side, each in order, if both sides have some."""
    members.sort()
    if members[0] < size <= members[-1]:
        cut = bisect_left(members, size)
        yield members[:cut], [member - size for member in members[cut:]]


def _overlap(one: Pieces, other: Pieces) -> bool:
    """Tell whether two spans share a code point."""
    return any(max(a[0], b[0]) < min(a[1], b[1]) for a in one for b in other)


def _joined(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> Iterator[Group]:
    """Yield the groups of spans of one stretch."""
    above = list(range(len(gold) + len(predicted)))
    opened: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, number in parts(gold, predicted):
        member = number + side * len(gold)
        met = [other for other in opened[1 - side] if other[0] > start]
        for _, other in met:
            above[_top(above, other)] = _top(above, member)
        opened[1 - side][:] = [max(met)] if met else []
        opened[side].append((end, member))
    found: dict[int, Group] = defaultdict(lambda: ([], []))
    for member in range(len(above)):
        side = int(member >= len(gold))
        found[_top(above, member)][side].append(member - side * len(gold))
    return (group for group in found.values() if all(group))


def _top(above: list[int], member: int) -> int:
    while above[member] != member:
        above[member] = above[above[member]]
        member = above[member]
    return member


def count(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> int:
    """Return how many pairs of pieces overlap, without listing them; n log n steps."""
    places = [piece for span in predicted for piece in span if piece[0] < piece[1]]
    starts, ends = sorted(start for start, _ in places), sorted(end for _, end in places)
    return sum(
        bisect_left(starts, end) - bisect_right(ends, start)
        for span in gold
        for start, end in span
        if start < end
    )


def shared(gold: Sequence[Pieces], predicted: Sequence[Pieces]) -> dict[tuple[int, int], int]:
    """Return how many code points each two spans share that share some, by their numbers."""
    table: dict[tuple[int, int], int] = defaultdict(int)
    opened: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, number in parts(gold, predicted):
        met = [other for other in opened[1 - side] if other[0] > start]
        for until, other in met:
            pair = (other, number) if side else (number, other)
            table[pair] += min(end, until) - start
        opened[1 - side][:] = met
        opened[side].append((end, number))
    return dict(table)


def length(span: Pieces) -> int:
    """Return how many code points a span covers."""
    return sum(end - start for start, end in span)
