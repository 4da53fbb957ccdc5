"""Which gold item and which predicted item are one: the closed set of matchings.

Each is independent of the order of the items on either side, and one to one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from glose.evaluate.assignment import assign
from glose.evaluate.projection import Filler, Pieces, Span


@dataclass(frozen=True, slots=True)
class Matched:
    """Spans of gold and of a prediction, set side by side; each stands in exactly one place.

    `equal` are the same in type and span. `typed` are pairs (gold, predicted) with the same span
    and another type, `moved` with another span that overlaps and the same type, `both` with
    another span that overlaps and another type. The rest is `missed` or `spurious`.
    """

    equal: list[Span]
    typed: list[tuple[Span, Span]]
    moved: list[tuple[Span, Span]]
    both: list[tuple[Span, Span]]
    missed: list[Span]
    spurious: list[Span]


def spans(gold: Sequence[Span], predicted: Sequence[Span]) -> Matched:
    """Return the one-to-one alignment of two bags of spans; a duplicate matches nothing twice.

    In three steps: first what is equal; of the rest what has the same span; of the rest what
    overlaps by at least one code point, so that as many pairs as possible have the same type, then
    as many as possible are pairs at all, then the overlap (Dice, in code points) is greatest.
    """
    equal, missed, spurious = _equal(gold, predicted)
    typed: list[tuple[Span, Span]] = []
    moved: list[tuple[Span, Span]] = []
    both: list[tuple[Span, Span]] = []
    if missed and spurious:
        typed, missed, spurious = _same_place(sorted(missed), sorted(spurious))
    if missed and spurious:
        pairs, missed, spurious = _overlapping(sorted(missed), sorted(spurious))
        for pair in pairs:
            (moved if pair[0][0] == pair[1][0] else both).append(pair)
    return Matched(equal, typed, moved, both, missed, spurious)


def _equal(
    gold: Sequence[Span], predicted: Sequence[Span]
) -> tuple[list[Span], list[Span], list[Span]]:
    wanted, found = set(gold), set(predicted)
    if len(wanted) == len(gold) and len(found) == len(predicted):
        equal = wanted & found
        return list(equal), list(wanted - equal), list(found - equal)
    golds, guesses = Counter(gold), Counter(predicted)
    shared = golds & guesses
    left = (golds - shared).elements(), (guesses - shared).elements()
    return list(shared.elements()), list(left[0]), list(left[1])


def _same_place(
    gold: list[Span], predicted: list[Span]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    places: dict[Pieces, list[Span]] = defaultdict(list)
    for span in reversed(predicted):
        places[span[1]].append(span)
    pairs, missed = [], []
    for span in gold:
        if places.get(span[1]):
            pairs.append((span, places[span[1]].pop()))
        else:
            missed.append(span)
    return pairs, missed, list(chain.from_iterable(places.values()))


def _overlapping(
    gold: list[Span], predicted: list[Span]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    table = _shares(gold, predicted)
    chosen = [pair for part in _components(table) for pair in _best(part, gold, predicted, table)]
    taken, used = {g for g, _ in chosen}, {p for _, p in chosen}
    return (
        [(gold[g], predicted[p]) for g, p in chosen],
        [span for g, span in enumerate(gold) if g not in taken],
        [span for p, span in enumerate(predicted) if p not in used],
    )


def _shares(gold: list[Span], predicted: list[Span]) -> dict[tuple[int, int], int]:
    """Return how many code points each two spans share that share some, by their numbers."""
    table = {}
    for g, (_, one) in enumerate(gold):
        start, end = one[0][0], one[-1][1]
        for p, (_, other) in enumerate(predicted):
            if other[0][0] < end and start < other[-1][1] and (size := overlap(one, other)):
                table[g, p] = size
    return table


def _components(pairs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield groups of pairs that share no row and no column with one another."""
    groups: list[tuple[set[int], set[int], list[tuple[int, int]]]] = []
    for row, column in pairs:
        joined = ({row}, {column}, [(row, column)])
        apart = []
        for group in groups:
            if row in group[0] or column in group[1]:
                joined = (joined[0] | group[0], joined[1] | group[1], joined[2] + group[2])
            else:
                apart.append(group)
        groups = [*apart, joined]
    for _, _, members in groups:
        yield sorted(members)


def _best(
    members: list[tuple[int, int]],
    gold: list[Span],
    predicted: list[Span],
    table: dict[tuple[int, int], int],
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one component that the three aims choose, in that order of weight."""
    if len(members) == 1:
        yield members[0]
        return
    rows, columns = sorted({g for g, _ in members}), sorted({p for _, p in members})
    unit = min(len(rows), len(columns)) + 1.0
    weights = [[0.0] * len(columns) for _ in rows]
    for g, p in members:
        one, other = gold[g], predicted[p]
        dice = 2 * table[g, p] / (length(one[1]) + length(other[1]))
        same = unit * unit * (one[0] == other[0])
        weights[rows.index(g)][columns.index(p)] = same + unit + dice
    for row, column in assign(weights):
        yield rows[row], columns[column]


def overlap(one: Pieces, other: Pieces) -> int:
    """Return how many code points two spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def length(span: Pieces) -> int:
    """Return how many code points a span covers."""
    return sum(end - start for start, end in span)


@dataclass(frozen=True, slots=True)
class Attached:
    """Arguments of gold and of a prediction, each once, set side by side.

    `renamed` are pairs (gold, predicted) of the same event type and filler with another role.
    """

    equal: list[Filler]
    renamed: list[tuple[Filler, Filler]]
    missed: list[Filler]
    spurious: list[Filler]


def fillers(gold: Iterable[Filler], predicted: Iterable[Filler]) -> Attached:
    """Return the alignment of two sets of arguments: first what is equal, then what fills."""
    wanted, found = set(gold), set(predicted)
    equal = wanted & found
    places: dict[object, list[Filler]] = defaultdict(list)
    for filler in sorted(found - equal, key=repr, reverse=True):
        places[filler[:2]].append(filler)
    renamed, missed = [], []
    for filler in sorted(wanted - equal, key=repr):
        if places.get(filler[:2]):
            renamed.append((filler, places[filler[:2]].pop()))
        else:
            missed.append(filler)
    spurious = list(chain.from_iterable(places.values()))
    return Attached(sorted(equal, key=repr), renamed, missed, spurious)
