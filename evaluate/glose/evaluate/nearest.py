"""Pairs of spans that overlap, found in one pass over the text.

For groups of spans too large for the best assignment: quick, the same in any order of the items,
and good where gold and prediction run side by side, but not the best in general.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from math import inf

from glose.evaluate.overlaps import Group, parts
from glose.evaluate.projection import Span


def nearest(gold: Sequence[Span], predicted: Sequence[Span]) -> list[tuple[int, int]]:
    """Return pairs of spans that overlap, by their numbers: first within each type, then the rest.

    In the order of the text each span takes, where it begins, the open span of the other side
    whose end is nearest to its own, and stays open if there is none. Of two spans that overlap
    one is always taken, so there are at least half as many pairs as there could be. About
    n log n steps.

    >>> nearest([("PER", ((0, 9),))], [("PER", ((2, 4),)), ("PER", ((2, 8),)), ("ORG", ((0, 9),))])
    [(0, 0)]
    """
    found: list[tuple[int, int]] = []
    typed: dict[str, Group] = defaultdict(lambda: ([], []))
    for side, spans in enumerate((gold, predicted)):
        for number, (name, _) in enumerate(spans):
            typed[name][side].append(number)
    for rows, columns in typed.values():
        found += _among(rows, columns, gold, predicted)
    taken, used = {g for g, _ in found}, {p for _, p in found}
    rows = [g for g in range(len(gold)) if g not in taken]
    columns = [p for p in range(len(predicted)) if p not in used]
    return found + _among(rows, columns, gold, predicted)


def _among(
    rows: list[int], columns: list[int], gold: Sequence[Span], predicted: Sequence[Span]
) -> list[tuple[int, int]]:
    """Return the pairs of one pass over some of the spans."""
    opened: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    taken: dict[tuple[int, int], int] = {}
    for start, end, side, number in parts(
        [gold[g][1] for g in rows], [predicted[p][1] for p in columns]
    ):
        others = opened[1 - side]
        del others[: bisect_right(others, (start, inf))]
        if (side, number) in taken:
            continue
        partner = _closest(others, end, 1 - side, taken)
        if partner is None:
            insort(opened[side], (end, number))
        else:
            taken[side, number], taken[1 - side, partner] = partner, number
    return [(rows[g], columns[p]) for (side, g), p in taken.items() if side == 0]


def _closest(
    others: list[tuple[int, int]], end: int, side: int, taken: dict[tuple[int, int], int]
) -> int | None:
    """Take out and return the open span that ends nearest; other pieces of a taken one go too."""
    while others:
        place = bisect_left(others, (end, -1))
        near = others[max(0, place - 1) : place + 1]
        chosen = min(near, key=lambda other: (abs(other[0] - end), other))
        del others[bisect_left(others, chosen)]
        if (side, chosen[1]) not in taken:
            return chosen[1]
    return None
