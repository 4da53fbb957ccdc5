"""assign gives the best pairs, one to one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.assignment import assign

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def worth(weights: list[list[int]], pairs: list[tuple[int, int]]) -> int:
    return sum(weights[row][column] for row, column in pairs)


def best(weights: list[list[int]]) -> int:
    height, width = len(weights), len(weights[0])
    if height > width:
        return best([[row[column] for row in weights] for column in range(width)])
    orders = permutations(range(width), height)
    return max(worth(weights, list(enumerate(columns))) for columns in orders)


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        pytest.param([], [], id="nothing to pair"),
        pytest.param([[0]], [], id="what is worth nothing is no pair"),
        pytest.param([[5]], [(0, 0)], id="one with one"),
        pytest.param([[9, 8], [8, 1]], [(0, 1), (1, 0)], id="the best pair may have to part"),
        pytest.param([[1, 2, 3]], [(0, 2)], id="more columns than rows"),
        pytest.param([[1], [2], [3]], [(2, 0)], id="more rows than columns"),
    ],
)
def test_assign(weights: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    assert assign(weights) == pairs


@given(tables)
def test_no_other_pairs_are_worth_more(weights: list[list[int]]) -> None:
    assert worth(weights, assign(weights)) == best(weights)


@given(tables)
def test_pairs_are_one_to_one(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
