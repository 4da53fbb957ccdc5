"""Alignments are one to one, complete, and the same in any order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate import matching, overlaps
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


#: The ways a group is aligned, by what stands in for the sizes that choose among them.
WAYS = {
    "small": {"SMALL": 10**6},
    "large": {"SMALL": 0},
    "too large": {"PAIRS": 0},
}
ways = pytest.mark.parametrize("way", WAYS)


@contextmanager
def aligned(way: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, size in WAYS[way].items():
            patch.setattr(matching, name, size)
        yield


def aims(pairs: list[tuple[Span, Span]]) -> tuple[int, int, Fraction]:
    """Return how many pairs have one type, how many there are, and the sum of their Dice."""
    same = sum(one[0] == other[0] for one, other in pairs)
    return same, len(pairs), sum((dice(*pair) for pair in pairs), Fraction())


def dice(one: Span, other: Span) -> Fraction:
    places = [{n for start, end in s[1] for n in range(start, end)} for s in (one, other)]
    return Fraction(2 * len(places[0] & places[1]), len(places[0]) + len(places[1]))


def best(gold: list[Span], predicted: list[Span]) -> tuple[int, int, Fraction]:
    """Return the best that any choice of pairs that overlap reaches."""
    few, many = sorted((gold, predicted), key=len)
    choices = (
        [pair for pair in zip(some, others, strict=True) if dice(*pair)]
        for some in combinations(few, len(few))
        for others in permutations(many, len(few))
    )
    return max(map(aims, choices))


few = st.lists(items, max_size=4)


@pytest.mark.parametrize("way", ["small", "large"])
@given(few, few)
def test_no_alignment_of_what_overlaps_is_better(
    way: str, gold: list[Span], predicted: list[Span]
) -> None:
    with aligned(way):
        found = matching.spans(gold, predicted)
    gold = [one for one, _ in found.moved + found.both] + found.missed
    predicted = [other for _, other in found.moved + found.both] + found.spurious
    assert aims(found.moved + found.both) == best(gold, predicted)


@given(bags, bags)
def test_small_and_large_groups_reach_the_same(gold: list[Span], predicted: list[Span]) -> None:
    reached = []
    for way in ("small", "large"):
        with aligned(way):
            found = matching.spans(gold, predicted)
        reached.append(aims(found.moved + found.both))
    assert reached[0] == reached[1]


@ways
@given(bags, bags, st.randoms())
def test_nor_does_the_order_matter_in_a_group_of_any_size(
    way: str, gold: list[Span], predicted: list[Span], chance: random.Random
) -> None:
    with aligned(way):
        found = matching.spans(gold, predicted)
        again = matching.spans(
            chance.sample(gold, k=len(gold)), chance.sample(predicted, k=len(predicted))
        )
    assert all(
        sorted(getattr(found, name)) == sorted(getattr(again, name)) for name in Matched.__slots__
    )


@ways
def test_spans_equally_good_are_chosen_in_any_order_alike(way: str) -> None:
    """Either type may take the one prediction; which does decides the figures by type."""
    gold = [span("PER 0-10"), span("ORG 5-15"), span("LOC 2-12")]
    with aligned(way):
        found = [
            matching.spans(list(order), [span("X 3-12"), span("X 4-11")]).missed
            for order in permutations(gold)
        ]
    assert found == [found[0]] * 6


def nested(size: int, name: str) -> list[Span]:
    return [(name, ((n, 9 * size - n - (name != "PER")),)) for n in range(size)]


def chain(size: int, shift: int) -> list[Span]:
    return [("PER", ((10 * n + shift, 10 * n + shift + 9),)) for n in range(size)]


@pytest.mark.parametrize(
    ("gold", "predicted", "found"),
    [
        pytest.param(nested(60, "PER"), nested(60, "ORG"), {"both": 60}, id="60 nested"),
        pytest.param(nested(800, "PER"), nested(800, "ORG"), {"both": 800}, id="800 nested"),
        pytest.param(chain(2_000, 0), chain(2_000, 5), {"moved": 2_000}, id="a chain of 2,000"),
        pytest.param(chain(20_000, 0), chain(20_000, 5), {"moved": 20_000}, id="one of 20,000"),
    ],
)
def test_large_groups(gold: list[Span], predicted: list[Span], found: dict[str, int]) -> None:
    """Below and above the sizes up to which a group is aligned at its best."""
    assert shape(matching.spans(gold, predicted)) == found


def test_spans_apart_are_no_assignment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "assign", None)
    monkeypatch.setattr(matching, "assign_sparse", None)
    gold = [("PER", ((10 * n, 10 * n + 5),)) for n in range(2_000)]
    predicted = [("PER", ((10 * n + 1, 10 * n + 6),)) for n in range(2_000)]
    assert shape(matching.spans(gold, predicted)) == {"moved": 2_000}


def test_fifty_nested_spans_need_no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "assign_sparse", None)
    assert shape(matching.spans(nested(50, "PER"), nested(50, "ORG"))) == {"both": 50}


def test_what_is_too_large_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """5,000 nested spans are 25 million pairs."""
    monkeypatch.setattr(overlaps, "shared", None)
    assert shape(matching.spans(nested(5_000, "PER"), nested(5_000, "ORG"))) == {"both": 5_000}


@pytest.mark.parametrize("others", [100, 3_000])
def test_a_close_call_is_decided(others: int) -> None:
    """2 x 9,999 of 19,999 is a little more than 2 x 9,998 of 19,998, in a group of any size."""
    predicted = [("PER", ((0, 9_998),)), ("PER", ((0, 9_999),))]
    predicted += [("PER", ((n, n + 2),)) for n in range(others)]
    found = matching.spans([("PER", ((0, 10_000),))], predicted)
    assert [other[1] for _, other in found.moved] == [((0, 9_999),)]


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
