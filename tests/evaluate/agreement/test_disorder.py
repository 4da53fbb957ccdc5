"""The best alignment, worked by hand and against all alignments that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.evaluate.agreement import disorder
from glose.evaluate.agreement.disorder import Placed, align, dissimilarity, position

near = pytest.approx

A, LATE, OTHER = (0, 4, "A"), (4, 8, "A"), (0, 4, "B")


@pytest.mark.parametrize(
    ("one", "other", "place", "found"),
    [
        pytest.param(A, A, 0, 0, id="equal"),
        pytest.param(A, OTHER, 0, 1, id="another type"),
        pytest.param(A, LATE, 1, 3, id="side by side"),
        pytest.param(A, (0, 2, "A"), (2 / 6) ** 2, 3 * (2 / 6) ** 2, id="half of it"),
    ],
)
def test_dissimilarity(one: Placed, other: Placed, place: float, found: float) -> None:
    assert position(one, other) == near(place)
    assert dissimilarity(one, other) == near(found)


@pytest.mark.parametrize(
    ("layers", "value"),
    [
        pytest.param([[A], [A]], 0, id="equal"),
        pytest.param([[A], [OTHER]], 1, id="a pair with other types costs 1, of 1 unit a layer"),
        pytest.param([[A], []], 2, id="a unit alone costs 1, of half a unit a layer"),
        pytest.param([[A], [(40, 44, "A")]], 2, id="too far: 2 alone cost less"),
        pytest.param([[A, (6, 8, "A")], [A, (6, 8, "B")]], 0.5, id="0 and 1, of 2 units a layer"),
        pytest.param([[A], [A], []], 1, id="(0 + 1 + 1) / 3, of 2/3 units a layer"),
        pytest.param([[A], [A], [OTHER]], 2 / 3, id="(0 + 1 + 1) / 3, of 1 unit a layer"),
        pytest.param([[A, A], [A]], 2 / 3, id="one of two is alone, of 3/2 units a layer"),
    ],
)
def test_disorder(layers: Sequence[Sequence[Placed]], value: float) -> None:
    assert align(layers).disorder == near(value)


@pytest.mark.parametrize(
    ("layers", "value", "alone"),
    [
        pytest.param([[A], [A]], 0, 0, id="equal"),
        pytest.param([[A], [OTHER]], 1, 1, id="other types"),
        pytest.param([[A, LATE], [OTHER]], 1, 1, id="what is alone does not count"),
        pytest.param([[A, LATE], [A]], 0, 1 / 2, id="unless it is to: one of two"),
        pytest.param([[A], []], 0, 0, id="nothing is together"),
    ],
)
def test_categories(layers: Sequence[Sequence[Placed]], value: float, alone: float) -> None:
    found = align(layers)
    assert found.categories() == near(value)
    assert found.categories(alone=True) == near(alone)


def partitions(
    layers: Sequence[Sequence[Placed]],
) -> Iterator[list[list[tuple[int, Placed]]]]:
    """Yield all alignments: groups of units with the numbers of their layers."""
    units = [(number, unit) for number, layer in enumerate(layers) for unit in layer]

    def grown(
        rest: list[tuple[int, Placed]], groups: list[list[tuple[int, Placed]]]
    ) -> Iterator[list[list[tuple[int, Placed]]]]:
        if not rest:
            yield groups
            return
        first, *others = rest
        yield from grown(others, [*groups, [first]])
        for n, group in enumerate(groups):
            if all(number != first[0] for number, _ in group):
                yield from grown(others, [*groups[:n], [*group, first], *groups[n + 1 :]])

    yield from grown(units, [])


def cost(group: list[tuple[int, Placed]], layers: int) -> float:
    twos = layers * (layers - 1) / 2
    apart = sum(dissimilarity(one[1], other[1]) for one, other in combinations(group, 2))
    return (apart + twos - len(group) * (len(group) - 1) / 2) / twos


_unit = st.tuples(st.integers(0, 12), st.integers(1, 5), st.sampled_from("AB")).map(
    lambda u: (float(u[0]), float(u[0] + u[1]), u[2])
)
_layer = st.lists(_unit, max_size=3, unique=True).map(sorted)
_layers = st.lists(_layer, min_size=2, max_size=3).filter(any)


@given(_layers)
@settings(max_examples=150, deadline=None)
def test_no_alignment_has_less_disorder(layers: list[list[Placed]]) -> None:
    least = min(sum(cost(group, len(layers)) for group in each) for each in partitions(layers))
    assert align(layers).total == near(least)


@given(_layers)
@settings(max_examples=100, deadline=None)
def test_an_integer_program_finds_the_same(layers: list[list[Placed]]) -> None:
    found = align(layers).total
    most, disorder.MOST = disorder.MOST, 0
    try:
        assert align(layers).total == near(found)
    finally:
        disorder.MOST = most


def test_four_layers_of_many_units_are_aligned_in_time() -> None:
    """4 x 2,000 units that lie close: components, not tuples of everything."""
    layers = [
        [(3.0 * n + shift, 3.0 * n + shift + 2, "AB"[n % 2]) for n in range(2000)]
        for shift in (0.0, 0.5, 1.0, 0.25)
    ]
    found = align(layers)
    assert len(found.groups) == 2000
    assert {len(group) for group in found.groups} == {4}
