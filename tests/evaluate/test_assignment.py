"""assign gives the best pairs, one to one."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.assignment import EXACT, assign, assign_sparse

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


def sparse(weights: list[list[int]]) -> dict[tuple[int, int], int]:
    return {(r, c): w for r, row in enumerate(weights) for c, w in enumerate(row) if w}


@given(tables)
def test_a_sparse_table_gives_as_much(weights: list[list[int]]) -> None:
    pairs = assign_sparse(sparse(weights)) if sparse(weights) else []
    assert worth(weights, pairs) == best(weights)


@given(tables.filter(sparse), st.randoms())
def test_the_order_of_a_sparse_table_does_not_matter(
    weights: list[list[int]], chance: random.Random
) -> None:
    cells = list(sparse(weights).items())
    assert assign_sparse(dict(chance.sample(cells, len(cells)))) == assign_sparse(dict(cells))


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        pytest.param({(7, 9): 1}, [(7, 9)], id="rows and columns keep their numbers"),
        pytest.param({(0, 1): 5, (2, 1): 6}, [(2, 1)], id="a row may stay alone"),
        pytest.param({(0, 5): 5, (0, 1): 6}, [(0, 1)], id="and a column"),
        pytest.param({(0, 0): 9, (0, 1): 8, (1, 0): 8}, [(0, 1), (1, 0)], id="the best may part"),
    ],
)
def test_assign_sparse(weights: dict[tuple[int, int], int], pairs: list[tuple[int, int]]) -> None:
    assert assign_sparse(weights) == pairs


def test_weights_that_floats_would_round_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be added exactly"):
        assign_sparse({(0, 0): EXACT // 2})


def test_whole_numbers_of_any_size_are_exact() -> None:
    """One in 10^400, which no float holds, decides."""
    huge = 10**400
    assert assign([[huge, huge], [huge, huge + 1]]) == [(0, 0), (1, 1)]
    assert assign([[huge, huge + 1], [huge, huge]]) == [(0, 1), (1, 0)]
