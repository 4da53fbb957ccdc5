"""Alignments are one to one, complete, and the same in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import matching
from glose.evaluate.matching import Matched
from glose.evaluate.projection import Filler, Span


def span(written: str) -> Span:
    """Return the span that `PER 0-3+5-8` writes."""
    name, places = written.split()
    pieces = (place.split("-") for place in places.split("+"))
    return name, tuple((int(start), int(end)) for start, end in pieces)


def shape(found: Matched) -> dict[str, int]:
    sizes = {name: len(getattr(found, name)) for name in Matched.__slots__}
    return {name: size for name, size in sizes.items() if size}


def written(found: Span) -> str:
    return f"{found[0]} {'+'.join(f'{a}-{b}' for a, b in found[1])}"


pieces = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
discontinuous = st.tuples(pieces, st.integers(1, 3), st.integers(1, 3)).map(
    lambda p: (p[0], (p[0][1] + p[1], p[0][1] + p[1] + p[2]))
)
items = st.tuples(
    st.sampled_from(("PER", "ORG", "LOC")), pieces.map(lambda p: (p,)) | discontinuous
)
bags = st.lists(items, max_size=8)


@pytest.mark.parametrize(
    ("gold", "predicted", "found"),
    [
        pytest.param([], [], {}, id="nothing on either side"),
        pytest.param([], ["PER 0-3"], {"spurious": 1}, id="nothing in gold"),
        pytest.param(["PER 0-3"], [], {"missed": 1}, id="nothing predicted"),
        pytest.param(["PER 0-3"], ["PER 0-3"], {"equal": 1}, id="type and span"),
        pytest.param(["PER 0-3"], ["ORG 0-3"], {"typed": 1}, id="same span, other type"),
        pytest.param(["PER 0-3"], ["PER 1-4"], {"moved": 1}, id="overlap, same type"),
        pytest.param(["PER 0-3"], ["ORG 1-4"], {"both": 1}, id="overlap, other type"),
        pytest.param(
            ["PER 0-3"], ["PER 3-6"], {"missed": 1, "spurious": 1}, id="touching is no overlap"
        ),
        pytest.param(
            ["PER 0-3"],
            ["PER 0-3", "PER 0-3"],
            {"equal": 1, "spurious": 1},
            id="a duplicate is spurious",
        ),
        pytest.param(
            ["PER 0-3", "PER 0-3"], ["PER 0-3", "PER 0-3"], {"equal": 2}, id="duplicates on both"
        ),
        pytest.param(
            ["PER 0-3", "PER 0-3"],
            ["PER 0-3"],
            {"equal": 1, "missed": 1},
            id="a duplicate in gold is missed",
        ),
        pytest.param(
            ["PER 0-9"],
            ["PER 0-4", "PER 0-9"],
            {"equal": 1, "spurious": 1},
            id="what is equal goes before what overlaps, wherever it stands",
        ),
        pytest.param(
            ["PER 0-4", "PER 5-9"],
            ["PER 0-9"],
            {"moved": 1, "missed": 1},
            id="a merged span pairs with one of the two",
        ),
        pytest.param(
            ["PER 0-9"],
            ["PER 0-4", "PER 5-9"],
            {"moved": 1, "spurious": 1},
            id="of a split span one part pairs",
        ),
        pytest.param(
            ["PER 0-6", "ORG 4-9"],
            ["ORG 0-5", "PER 5-9"],
            {"moved": 2},
            id="crossing pairs keep their types",
        ),
        pytest.param(
            ["PER 0-9", "PER 3-5"],
            ["PER 0-9", "PER 2-5"],
            {"equal": 1, "moved": 1},
            id="nested spans",
        ),
        pytest.param(
            ["PER 0-3+6-9"], ["PER 0-3+6-9"], {"equal": 1}, id="discontinuous, all fragments"
        ),
        pytest.param(["PER 0-3+6-9"], ["PER 0-9"], {"moved": 1}, id="its outer bounds only"),
        pytest.param(
            ["PER 0-3+6-9"], ["PER 3-6"], {"missed": 1, "spurious": 1}, id="in its gap only"
        ),
        pytest.param(
            ["PER 0-4", "PER 4-8"],
            ["PER 2-5", "PER 5-6"],
            {"moved": 2},
            id="as many pairs as can be, not the closest first",
        ),
    ],
)
def test_spans(gold: list[str], predicted: list[str], found: dict[str, int]) -> None:
    assert shape(matching.spans([*map(span, gold)], [*map(span, predicted)])) == found


def test_the_greatest_overlap_pairs_when_all_else_is_equal() -> None:
    found = matching.spans([span("PER 0-10")], [span("PER 0-4"), span("PER 3-10")])
    assert [written(other) for _, other in found.moved] == ["PER 3-10"]


@given(bags, bags)
def test_every_gold_span_stands_in_one_place(gold: list[Span], predicted: list[Span]) -> None:
    found = matching.spans(gold, predicted)
    paired = [one for pairs in (found.typed, found.moved, found.both) for one, _ in pairs]
    assert sorted([*found.equal, *paired, *found.missed]) == sorted(gold)


@given(bags, bags)
def test_every_predicted_span_stands_in_one_place(gold: list[Span], predicted: list[Span]) -> None:
    found = matching.spans(gold, predicted)
    paired = [other for pairs in (found.typed, found.moved, found.both) for _, other in pairs]
    assert sorted([*found.equal, *paired, *found.spurious]) == sorted(predicted)


@given(bags, bags, st.randoms())
def test_the_order_of_items_does_not_matter(
    gold: list[Span], predicted: list[Span], chance: random.Random
) -> None:
    found = matching.spans(gold, predicted)
    again = matching.spans(
        chance.sample(gold, k=len(gold)), chance.sample(predicted, k=len(predicted))
    )
    assert all(
        sorted(getattr(found, name)) == sorted(getattr(again, name)) for name in Matched.__slots__
    )


@given(bags, bags)
def test_swapping_the_sides_swaps_missed_and_spurious(
    gold: list[Span], predicted: list[Span]
) -> None:
    found, turned = matching.spans(gold, predicted), matching.spans(predicted, gold)
    sizes = shape(found)
    sizes["missed"], sizes["spurious"] = sizes.get("spurious", 0), sizes.get("missed", 0)
    assert shape(turned) == {name: size for name, size in sizes.items() if size}


@given(bags)
def test_a_perfect_prediction_is_all_equal(gold: list[Span]) -> None:
    assert shape(matching.spans(gold, gold)) == ({"equal": len(gold)} if gold else {})


ATTACK = Filler("ATTACK", ((0, 3),), "Actor")


@pytest.mark.parametrize(
    ("predicted", "sizes"),
    [
        pytest.param([ATTACK], (1, 0, 0, 0), id="equal"),
        pytest.param([ATTACK, ATTACK], (1, 0, 0, 0), id="a duplicate vanishes"),
        pytest.param([ATTACK._replace(role="Place")], (0, 1, 0, 0), id="another role"),
        pytest.param([ATTACK._replace(event="AID")], (0, 0, 1, 1), id="another event"),
        pytest.param([ATTACK._replace(what="Paris")], (0, 0, 1, 1), id="a string is no span"),
        pytest.param(
            [ATTACK, ATTACK._replace(role="Place")], (1, 0, 0, 1), id="a second role is spurious"
        ),
    ],
)
def test_fillers(predicted: list[Filler], sizes: tuple[int, ...]) -> None:
    found = matching.fillers([ATTACK], predicted)
    assert tuple(len(getattr(found, n)) for n in found.__slots__) == sizes
