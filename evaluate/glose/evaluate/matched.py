"""The alignment of spans of many pairs of documents at once, in columns of numbers.

What matching.py does with the spans of one document is done here with those of a thousand: only
groups of several spans that overlap and are not the same are looked at one by one.
"""

from __future__ import annotations

import numpy as np

from glose.evaluate.keyed import Cells, joined, ordered, ranks
from glose.evaluate.lexicon import Mask
from glose.evaluate.listings import Rows, Whole
from glose.evaluate.matching import chosen
from glose.evaluate.projection import Span
from glose.evaluate.stacked import Spans, Stack, equals, groups


def matched(stack: Stack) -> Rows:
    """Return the rows of many documents, as `counts.aligned` has that of one."""
    sides = stack.spans(0), stack.spans(1)
    same = equal(*sides)
    left = [spans.only(~which) for spans, which in zip(sides, same, strict=True)]
    typed = _same_place(*left)
    rest, others = (
        spans.only(np.delete(np.arange(len(spans.start)), which))
        for spans, which in zip(left, typed, strict=True)
    )
    golds, guesses = _overlapping(rest, others, stack)
    return stack.rows(
        [
            sides[0].cells(same[0]),
            golds[0],
            left[0].cells(typed[0]),
            *golds[1:],
            left[1].cells(typed[1]),
            *guesses[1:],
        ]
    )


def equal(gold: Spans, predicted: Spans) -> tuple[Mask, Mask]:
    """Tell of the spans of each side which are the same; a duplicate is so once for each other."""
    _, number = equals(gold, predicted)
    size = len(gold.start)
    most = int(number.max(initial=-1)) + 1
    own = number[:size], number[size:]
    times = np.minimum(*(np.bincount(numbers, minlength=most) for numbers in own))
    one, other = (ranks(numbers) < times[numbers] for numbers in own)
    return one, other


def _same_place(gold: Spans, predicted: Spans) -> tuple[Whole, Whole]:
    """Return the spans of each side at one place, paired by the order of their types."""
    _, number = equals(gold, predicted, typed=False)
    size = len(gold.start)
    keys, others = (
        numbers * (len(number) + 1) + ranks(numbers, types)
        for numbers, types in ((number[:size], gold.type), (number[size:], predicted.type))
    )
    _, one, other = np.intersect1d(keys, others, assume_unique=True, return_indices=True)
    return one, other


def _overlapping(gold: Spans, predicted: Spans, stack: Stack) -> tuple[list[Cells], list[Cells]]:
    """Return the spans of each side that overlap one of the other in pairs, and the rest.

    First those that are paired with one of the same type, then of another, then with none.
    """
    both = Spans(*joined(gold, predicted))
    side = np.repeat([0, 1], [len(gold.start), len(predicted.start)])
    order = ordered(both.start, both.end)
    both, side = both.only(order), side[order]
    partner = _partners(both, side, stack.names)
    paired = partner >= 0
    same = paired & (both.type == both.type[partner])
    ways = same, paired & ~same, ~paired
    one, other = ([both.cells(way & (side == number)) for way in ways] for number in (0, 1))
    return one, other


def _partners(both: Spans, side: Whole, names: list[str]) -> Whole:
    """Return for each span, in the order of the text, the one that it is paired with, or -1."""
    partner = np.full(len(side), -1)
    firsts, sizes = groups(both)
    guesses = np.add.reduceat(side, firsts) if len(firsts) else firsts
    two = firsts[(sizes == 2) & (guesses == 1)]
    partner[two], partner[two + 1] = two + 1, two
    several = (sizes > 2) & (guesses > 0) & (guesses < sizes)
    for first, size in zip(firsts[several].tolist(), sizes[several].tolist(), strict=True):
        where = slice(first, first + size)
        for one, other in _best(both.only(where), side[where].tolist(), names):
            partner[first + one], partner[first + other] = first + other, first + one
    return partner


def _best(spans: Spans, side: list[int], names: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of a group, gold first, by their places in it."""
    columns = (column.tolist() for column in (spans.type, spans.start, spans.end))
    found: list[tuple[Span, int, int]] = sorted(
        ((names[name], ((start, end),)), which, place)
        for place, (name, start, end, which) in enumerate(zip(*columns, side, strict=True))
    )
    gold, predicted = ([each for each in found if each[1] == number] for number in (0, 1))
    pairs = chosen([each[0] for each in gold], [each[0] for each in predicted])
    return [(gold[g][2], predicted[p][2]) for g, p in pairs]
