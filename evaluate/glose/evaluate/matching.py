"""Which gold item and which predicted item are one: the closed set of matchings.

Each is independent of the order of the items on either side, and one to one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import lcm
from operator import itemgetter

from glose.evaluate import overlaps
from glose.evaluate.assignment import EXACT, assign, assign_sparse
from glose.evaluate.nearest import nearest
from glose.evaluate.overlaps import length
from glose.evaluate.projection import Filler, Pieces, Span

_PLACE = itemgetter(1)

#: Up to so many gold times predicted spans a group of overlapping ones is assigned here, not by
#: scipy, which has to be imported first.
SMALL = 2_500

#: Up to so many overlapping pairs, and so many of them times the spans of the side that has fewer
#: (the steps of the worst case), a group is assigned at its best, in a few seconds: 700 spans
#: nested in 700, a chain of 15,000. Above, it goes in the order of the text (nearest.py).
PAIRS = 500_000
STEPS = 500_000_000


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
    Groups of overlapping spans above `PAIRS` or `STEPS` go in the order of the text (nearest.py).
    """
    equal, missed, spurious = _equal(gold, predicted)
    typed: list[tuple[Span, Span]] = []
    moved: list[tuple[Span, Span]] = []
    both: list[tuple[Span, Span]] = []
    if missed and spurious:
        typed, missed, spurious = _same_place(missed, spurious)
    if missed and spurious:
        pairs, missed, spurious = overlapping(sorted(missed), sorted(spurious))
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
    """Return pairs of spans at the same place, by the order of their types, and what is left."""
    common = set(map(_PLACE, gold)).intersection(map(_PLACE, predicted))
    if not common:
        return [], gold, predicted
    missed, spurious = [span for span in gold if span[1] not in common], list[Span]()
    places: dict[Pieces, list[Span]] = defaultdict(list)
    for span in sorted(predicted, reverse=True):
        (places[span[1]] if span[1] in common else spurious).append(span)
    pairs = []
    for span in sorted(span for span in gold if span[1] in common):
        if places[span[1]]:
            pairs.append((span, places[span[1]].pop()))
        else:
            missed.append(span)
    return pairs, missed, [*spurious, *chain.from_iterable(places.values())]


def overlapping(
    gold: list[Span], predicted: list[Span]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Return the best pairs of spans that overlap, and what is left: the third step of `spans`.

    Of lists in the same order the same pairs are taken.
    """
    pairs = chosen(gold, predicted)
    taken, used = {g for g, _ in pairs}, {p for _, p in pairs}
    return (
        [(gold[g], predicted[p]) for g, p in pairs],
        [span for g, span in enumerate(gold) if g not in taken],
        [span for p, span in enumerate(predicted) if p not in used],
    )


def chosen(gold: list[Span], predicted: list[Span]) -> list[tuple[int, int]]:
    """Return the best pairs of spans that overlap, by their places in lists in the same order."""
    groups = overlaps.groups([span[1] for span in gold], [span[1] for span in predicted])
    return [
        (rows[g], columns[p])
        for rows, columns in groups
        for g, p in _best([gold[g] for g in rows], [predicted[p] for p in columns])
    ]


def _best(gold: list[Span], predicted: list[Span]) -> list[tuple[int, int]]:
    """Return the pairs of one group, by number, in the way that its size allows."""
    if len(gold) == len(predicted) == 1:
        return [(0, 0)]
    of_gold, of_predicted = [span[1] for span in gold], [span[1] for span in predicted]
    side, pairs = min(len(gold), len(predicted)), overlaps.count(of_gold, of_predicted)
    if pairs > PAIRS or pairs * side > STEPS:
        return nearest(gold, predicted)
    table = overlaps.shared(of_gold, of_predicted)
    if len(gold) * len(predicted) > SMALL:
        return assign_sparse(_weights(gold, predicted, table, EXACT // (8 * (side + 1) ** 2)))
    weights = _weights(gold, predicted, table, None)
    columns = range(len(predicted))
    return assign([[weights.get((g, p), 0) for p in columns] for g in range(len(gold))])


def _weights(
    gold: list[Span], predicted: list[Span], table: dict[tuple[int, int], int], most: int | None
) -> dict[tuple[int, int], int]:
    """Return a whole number for each pair, of which the greatest sum fulfils the three aims.

    The overlap counts in parts of a scale: the least of which every Dice of the group is a
    multiple, so that nothing is rounded, or `most` if that is less. Two alignments differ by paths
    that alternate between them; along a path of n pairs the overlap changes by at most n scales,
    and the number of pairs by at most one. So n scales and one are more than any overlap, and
    twice that is more than any overlap and pair: the aims cannot be mixed up.
    """
    wanted, found = [length(span[1]) for span in gold], [length(span[1]) for span in predicted]
    scale = _scale({wanted[g] + found[p] for g, p in table}, most)
    pair = min(len(gold), len(predicted)) * scale + 1
    weights = {}
    for (g, p), share in table.items():
        total = wanted[g] + found[p]
        dice = (4 * share * scale + total) // (2 * total)
        same = gold[g][0] == predicted[p][0]
        weights[g, p] = min(dice, scale) + (3 * pair if same else pair)
    return weights


def _scale(totals: set[int], most: int | None) -> int:
    """Return the least common multiple of some numbers, or `most` where it is greater."""
    scale = 1
    for total in totals:
        scale = lcm(scale, total)
        if most is not None and scale > most:
            return most
    return scale


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
