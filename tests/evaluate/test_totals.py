"""Sums of many groups at once are those of each group by itself, to the last bit."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.totals import in_turn, totals

shares = st.builds(lambda n, size: n * n / (n + size), st.integers(0, 40), st.integers(1, 60))
wild = st.floats(min_value=0, max_value=1e300, allow_subnormal=True)


def grouped(items: list[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([x for _, x in items]), np.array([n for n, _ in items], dtype=np.int64)


@pytest.mark.parametrize("values", [shares, wild], ids=["shares", "of any size"])
def test_each_sum_is_rounded_once(values: st.SearchStrategy[float]) -> None:
    @given(st.lists(st.tuples(st.integers(0, 3), values), max_size=40))
    def check(items: list[tuple[int, float]]) -> None:
        wanted = [fsum(x for n, x in items if n == group) for group in range(4)]
        assert totals(*grouped(items), 4).tolist() == wanted

    check()


def test_halves_are_rounded_to_even() -> None:
    items = [(0, 1.0), (0, 2.0**-53), (1, 1.0), (1, 2.0**-53), (1, 2.0**-80)]
    assert totals(*grouped(items), 2).tolist() == [1.0, 1.0 + 2.0**-52]


def test_the_smallest_numbers_add_up() -> None:
    assert totals(*grouped([(0, 5e-324), (0, 5e-324), (1, 5e-324)]), 2).tolist() == [
        1e-323,
        5e-324,
    ]


@given(st.lists(st.tuples(st.integers(0, 3), shares), max_size=40))
def test_in_turn_is_one_after_another(items: list[tuple[int, float]]) -> None:
    wanted = [0.0] * 4
    for group, value in items:
        wanted[group] += value
    assert in_turn(*grouped(items), 4).tolist() == wanted
