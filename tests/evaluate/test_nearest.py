"""The pass over the text pairs what overlaps, within a type first, leaving no pair over."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import overlaps
from glose.evaluate.nearest import nearest
from glose.evaluate.projection import Span

piece = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1]))
gapped = st.lists(st.integers(0, 20), min_size=4, max_size=4, unique=True).map(
    lambda places: tuple(zip(sorted(places)[::2], sorted(places)[1::2], strict=True))
)
sides = st.lists(
    st.tuples(st.sampled_from(("PER", "ORG")), piece.map(lambda p: (p,)) | gapped), max_size=9
)


def overlapping(gold: list[Span], predicted: list[Span]) -> set[tuple[int, int]]:
    return set(overlaps.shared([s[1] for s in gold], [s[1] for s in predicted]))


@pytest.mark.parametrize(
    ("predicted", "pairs"),
    [
        pytest.param([], [], id="nothing to pair with"),
        pytest.param([("PER", ((9, 12),))], [], id="touching is no overlap"),
        pytest.param(
            [("ORG", ((0, 9),)), ("PER", ((8, 12),))], [(0, 1)], id="the type goes first"
        ),
        pytest.param([("ORG", ((5, 9),))], [(0, 0)], id="another type if there is none"),
        pytest.param(
            [("PER", ((0, 2),)), ("PER", ((0, 8),))], [(0, 1)], id="of open spans the nearest end"
        ),
        pytest.param([("PER", ((0, 1), (3, 8)))], [(0, 0)], id="a later piece"),
    ],
)
def test_nearest(predicted: list[Span], pairs: list[tuple[int, int]]) -> None:
    assert nearest([("PER", ((2, 9),))], predicted) == pairs


@given(sides, sides)
def test_pairs_overlap_and_are_one_to_one(gold: list[Span], predicted: list[Span]) -> None:
    pairs = nearest(gold, predicted)
    assert set(pairs) <= overlapping(gold, predicted)
    assert len({g for g, _ in pairs}) == len({p for _, p in pairs}) == len(pairs)


@given(sides, sides)
def test_no_two_spans_that_overlap_are_left_over(gold: list[Span], predicted: list[Span]) -> None:
    pairs = nearest(gold, predicted)
    taken, used = {g for g, _ in pairs}, {p for _, p in pairs}
    assert all(g in taken or p in used for g, p in overlapping(gold, predicted))


@given(sides, sides)
def test_nor_are_two_of_a_type_paired_elsewhere_with_another(
    gold: list[Span], predicted: list[Span]
) -> None:
    pairs = [(g, p) for g, p in nearest(gold, predicted) if gold[g][0] == predicted[p][0]]
    taken, used = {g for g, _ in pairs}, {p for _, p in pairs}
    left = product(set(range(len(gold))) - taken, set(range(len(predicted))) - used)
    typed = {(g, p) for g, p in left if gold[g][0] == predicted[p][0]}
    assert not typed & overlapping(gold, predicted)


@given(sides, sides, st.randoms())
def test_sorted_spans_give_the_same_pairs_whatever_the_order(
    gold: list[Span], predicted: list[Span], chance: random.Random
) -> None:
    shuffled = (
        sorted(chance.sample(gold, len(gold))),
        sorted(chance.sample(predicted, len(predicted))),
    )
    assert nearest(*shuffled) == nearest(sorted(gold), sorted(predicted))
