"""The best pairing of templates is the one that trying all of them finds first."""

from __future__ import annotations

import random
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.evaluate import pairings
from glose.evaluate.pairings import Pairing, Worth, best

NONE = (0, 0)


def value(worth: Worth, pairing: Pairing, predicted: int, gold: int) -> float:
    """Return F1 of a pairing as the program computes it."""
    pairs = [worth[row][at] for row, at in enumerate(pairing) if at is not None]
    p = sum(pair[0] for pair in pairs) / predicted if predicted else 0.0
    r = sum(pair[1] for pair in pairs) / gold if gold else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def tried(worth: Worth, predicted: int, gold: int) -> Pairing:
    """Try all pairings in order: gold by number, then none; the last prediction changes first."""
    width = len(worth[0]) if worth else 0
    every = [
        pairing
        for pairing in product([*range(width), None], repeat=len(worth))
        if len(used := [at for at in pairing if at is not None]) == len(set(used))
    ]
    return max(every, key=lambda pairing: value(worth, pairing, predicted, gold))


def real(worth: Worth, pairing: Pairing) -> list[tuple[int, int]]:
    """Return the pairs that are worth anything."""
    return [
        (row, at) for row, at in enumerate(pairing) if at is not None and worth[row][at] != NONE
    ]


@pytest.mark.parametrize(
    ("worth", "pairing"),
    [
        pytest.param([], (), id="nothing predicted"),
        pytest.param([[], []], (None, None), id="nothing in gold"),
        pytest.param([[(1, 1)]], (0,), id="one and one"),
        pytest.param([[(1, 1), (3, 3)]], (1,), id="the better of two"),
        pytest.param([[(2, 2), (3, 3)], [(0, 0), (2, 2)]], (0, 1), id="the better sum"),
        pytest.param([[(1, 1), (1, 1)], [(1, 1), (1, 1)]], (0, 1), id="the first of equals"),
        pytest.param([[(1, 1)], [(1, 1)]], (0, None), id="the first of two for one"),
        pytest.param([[(1, 1)], [(2, 2)]], (None, 0), id="the second if it is better"),
        pytest.param([[(5, 1), (3, 3)]], (1,), id="a balance is better than one side"),
        pytest.param([[(1, 5)], [(5, 1)]], (0, None), id="sides that are the same turned round"),
    ],
)
def test_best_pairings(worth: Worth, pairing: Pairing) -> None:
    assert best(worth, 10, 10) == pairing
    assert not worth or tried(worth, 10, 10) == pairing


cells = st.just(NONE) | st.tuples(st.integers(1, 4), st.integers(1, 4))
even = st.just(NONE) | st.integers(1, 4).map(lambda n: (n, n))


@st.composite
def tables(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    width = draw(st.integers(0, 4))
    cell = draw(st.sampled_from((cells, even)))
    row = st.lists(cell, min_size=width, max_size=width)
    return draw(st.lists(row, max_size=4))


@given(tables(), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=400, deadline=None)
def test_it_is_the_pairing_that_trial_finds(worth: Worth, more: int, other: int) -> None:
    predicted = sum(max((pair[0] for pair in row), default=0) for row in worth) + more
    gold = sum(max(pair[1] for pair in column) for column in zip(*worth, strict=True)) + other

    assert real(worth, best(worth, predicted, gold)) == real(worth, tried(worth, predicted, gold))


@given(tables())
def test_no_gold_template_is_taken_twice(worth: Worth) -> None:
    taken = [at for at in best(worth, 20, 20) if at is not None]

    assert len(taken) == len(set(taken))


def random_table(size: int, uneven: float) -> list[list[tuple[int, int]]]:
    draw = random.Random(size)

    def cell() -> tuple[int, int]:
        precise = draw.choice((1, 1, 2, 3, 5))
        return precise, max(1, precise + (draw.choice((-1, 1)) if draw.random() < uneven else 0))

    return [[cell() for _ in range(size)] for _ in range(size)]


@pytest.mark.parametrize("uneven", [0, 0.3])
def test_twelve_templates_take_no_time(uneven: float) -> None:
    """Trying them would take 13 ^ 12 pairings."""
    start = time.process_time()
    best(random_table(12, uneven), 60, 70)

    assert time.process_time() - start < 5


def test_where_patience_ends_a_good_pairing_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = [[(1, 5), (5, 1)], [(5, 1), (1, 5)], [(4, 3), (3, 4)]]
    full = value(worth, tried(worth, 20, 20), 20, 20)
    monkeypatch.setattr(pairings, "PATIENCE", 1)

    assert 0 < value(worth, best(worth, 20, 20), 20, 20) <= full
