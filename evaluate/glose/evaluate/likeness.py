"""Which mentions of two sides are the same where their spans need not be equal.

A mention counts as found by its head, or by a part of it that holds its head, as in CorefUD (CRAC
2022 and 2023). Equal spans are always the same mention; of the rest each takes at most one, so
that the sum of what they share, as a share of the gold mention, is greatest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from glose.evaluate.chains import Chain, Place
from glose.evaluate.heaviest import heaviest
from glose.evaluate.nearest import nearest
from glose.evaluate.overlaps import count, length, shared
from glose.evaluate.projection import Pieces, Span

#: Whether a gold mention and a predicted one may be the same.
Alike: TypeAlias = Callable[[Place, Place], bool]

#: How many pairs of spans that overlap are gone through one by one.
LIMIT = 500_000


def same_head(gold: Place, predicted: Place) -> bool:
    """Tell whether two mentions have the same head."""
    return bool(gold.head) and gold.head == predicted.head


def part_with_head(gold: Place, predicted: Place) -> bool:
    """Tell whether a predicted mention is a part of the gold one that holds its head."""
    return bool(gold.head) and within(gold.head, predicted) and within(predicted.pieces, gold)


def within(pieces: Pieces, mention: Place) -> bool:
    """Tell whether each of some pieces lies in one of the pieces of a mention."""
    return all(any(a <= start and end <= b for a, b in mention.pieces) for start, end in pieces)


def renamed(gold: Sequence[Chain], predicted: Sequence[Chain], alike: Alike) -> list[list[Pieces]]:
    """Return the predicted clusters with each mention called as the gold one that it is."""
    wanted = {mention.pieces: mention for cluster in gold for mention in cluster}
    given = {mention.pieces: mention for cluster in predicted for mention in cluster}
    left = [mention for pieces, mention in wanted.items() if pieces not in given]
    rest = [mention for pieces, mention in given.items() if pieces not in wanted]
    names = aligned(left, rest, alike)
    return [[names.get(m.pieces, m.pieces) for m in cluster] for cluster in predicted]


def aligned(
    gold: Iterable[Place], predicted: Iterable[Place], alike: Alike
) -> dict[Pieces, Pieces]:
    """Return the gold mention that each predicted one stands for, where there is one."""
    left, rest = sorted(gold), sorted(predicted)
    common = overlapping(
        [(str(m.head), m.pieces) for m in left], [(str(m.head), m.pieces) for m in rest]
    )
    weights: Mapping[tuple[int, int], float] = {
        (i, j): points / length(left[i].pieces)
        for (i, j), points in sorted(common.items())
        if alike(left[i], rest[j])
    }
    return {rest[j].pieces: left[i].pieces for i, j in heaviest(weights)}


def overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> dict[tuple[int, int], int]:
    """Return how many code points each two spans share that may be paired, by their numbers.

    That is all that overlap; of more than `LIMIT` pairs, as nests of hundreds of spans have
    them, only one for each span, first among spans of one type (nearest.py).
    """
    sides = [[pieces for _, pieces in side] for side in (gold, predicted)]
    if count(*sides) <= LIMIT:
        return shared(*sides)
    return {(i, j): common(gold[i][1], predicted[j][1]) for i, j in nearest(gold, predicted)}


def common(one: Pieces, other: Pieces) -> int:
    """Return how many code points two spans share.

    >>> common(((0, 4), (6, 9)), ((2, 7),))
    3
    """
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
