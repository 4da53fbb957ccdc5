"""Alpha-u, worked by hand; tests/evaluate/parity compares it with dkpro-statistics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.agreement.unitising import apart, distance, expected, gaps
from glose.evaluate.agreement.units import Unit

near = pytest.approx
Pairs = list[tuple[int, int]]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param([], [], 0, id="nothing"),
        pytest.param([(2, 5)], [(2, 5)], 0, id="equal"),
        pytest.param([(2, 4)], [(3, 5)], 1 + 1, id="both ends are one apart"),
        pytest.param([(2, 8)], [(3, 5)], 1 + 9, id="one inside of the other"),
        pytest.param([(2, 5)], [], 9, id="a unit in a gap: its length squared"),
        pytest.param([(0, 2)], [(2, 4)], 4 + 4, id="to touch is not to overlap"),
        pytest.param([(0, 6)], [(0, 2), (4, 6)], 16 + 16, id="a unit and two: each pair counts"),
        pytest.param([(0, 2), (2, 4)], [(0, 4)], 4 + 4, id="two that touch and one"),
    ],
)
def test_distance(one: Pairs, other: Pairs, found: int) -> None:
    assert distance(one, other, 10) == found
    assert distance(other, one, 10) == found


def test_gaps_are_not_empty() -> None:
    assert gaps([(0, 2), (2, 4), (6, 10)], 10) == [(4, 6)]
    assert gaps([], 10) == [(0, 10)]


def test_what_is_expected_of_one_unit_each() -> None:
    """2-4 and 3-5 of 10. Gaps of 2, 6, 3 and 5 have 1 + 5 + 2 + 4 = 12 places for a unit of 2.

    Each unit: (2 - 1) x (2 x 8 - 3 x 4 + 2) / 3 = 2, and 2 squared x 12 = 48. There are
    20 x 19 - 2 x 2 = 376 ways; so 2 x 10 x (50 + 50) / 376. Alpha-u is 1 - 2 / 5.319 = 0.624.
    """
    chance = expected([[(2, 4)], [(3, 5)]], 10)
    assert chance == near(2000 / 376)
    assert 1 - distance([(2, 4)], [(3, 5)], 10) / chance == near(0.624)


def test_no_unit_has_nothing_to_expect() -> None:
    assert expected([[], []], 10) == 0


def test_units_that_overlap_another_of_their_type_are_left_out() -> None:
    """The first stays; of those that begin together, which come longest first, the longest."""
    units = [Unit(0, 6, "A"), Unit(0, 4, "A"), Unit(2, 3, "B"), Unit(5, 8, "A"), Unit(6, 7, "A")]
    assert apart(units) == ({"A": [(0, 6), (6, 7)], "B": [(2, 3)]}, 2)


_units = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), max_size=5).map(
    lambda steps: [
        (sum(map(sum, steps[:n])) + step[0], sum(map(sum, steps[: n + 1])))
        for n, step in enumerate(steps)
    ]
)


@given(_units, _units)
def test_distance_is_that_of_all_pairs(one: Pairs, other: Pairs) -> None:
    """The sweep finds what comparing everything with everything finds."""
    size, total = 60, 0
    for mine, theirs in ((one, other), (other, one)):
        total += sum(
            (end - start) ** 2
            for start, end in mine
            for begin, until in gaps(theirs, size)
            if begin <= start and end <= until
        )
    total += sum((a - c) ** 2 + (b - d) ** 2 for a, b in one for c, d in other if a < d and c < b)
    assert distance(one, other, size) == total


@given(st.lists(_units, min_size=2, max_size=3))
def test_expected_is_positive_where_there_are_units(layers: list[Pairs]) -> None:
    assert (expected(layers, 60) > 0) is any(layers)
