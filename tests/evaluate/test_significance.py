"""Paired tests on two systems, checked against all that could have happened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.evaluate.counts import Shared
from glose.evaluate.figures import figures
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.significance import Side, differences, holm, randomised

#: Correct, predicted, correct, gold of system a, then of b, in eight documents.
SIDES = [
    (1, 2, 1, 3, 3, 3, 3, 3), (2, 2, 2, 2, 1, 2, 1, 2), (0, 1, 0, 2, 2, 2, 2, 2),
    (1, 1, 1, 2, 1, 1, 1, 2), (1, 3, 1, 2, 2, 3, 2, 2), (0, 0, 0, 1, 1, 1, 1, 1),
    (2, 3, 2, 3, 2, 2, 2, 3), (0, 2, 0, 0, 0, 0, 0, 0),
]  # fmt: skip
METRIC = METRICS["entity/strict"]


def gap(sides: np.ndarray) -> float:
    total = sides.sum(axis=0)
    a, b = (float(figures(Shared(*half)).f1) for half in (total[:4], total[4:]))
    return abs(b - a)


def exact() -> float:
    """Return the share of all ways to swap the two results of documents with as great a gap."""
    sides = np.array(SIDES, dtype=float)
    turned = np.concatenate([sides[:, 4:], sides[:, :4]], axis=1)
    ways = [
        gap(np.where(np.array(swap)[:, None], turned, sides))
        for swap in product([False, True], repeat=len(sides))
    ]
    return float(np.mean([way >= gap(sides) - 1e-12 for way in ways]))


def counted(sides: Sequence[Side]) -> dict[Side, int]:
    return {tuple(map(float, side)): [*sides].count(side) for side in sides}


def test_the_p_value_is_the_share_of_swaps_with_as_great_a_difference() -> None:
    sides = np.array(SIDES, dtype=float)
    found = randomised(METRIC, sides, np.ones(len(sides), dtype=int), Sampling(20_000))
    assert found == pytest.approx(exact(), abs=0.01)


def test_equal_documents_are_swapped_one_by_one() -> None:
    """Three times the same documents: as rows with a count, and as rows of their own."""
    sides = np.array(SIDES, dtype=float)
    once = randomised(METRIC, sides, np.full(len(sides), 3), Sampling(20_000))
    each = randomised(
        METRIC, np.repeat(sides, 3, axis=0), np.ones(24, dtype=int), Sampling(20_000)
    )
    assert once == pytest.approx(each, abs=0.01)


def test_no_p_value_is_0() -> None:
    rows = counted([(0, 1, 0, 1, 1, 1, 1, 1)] * 50)
    [found] = differences(METRIC, ["a", "b"], rows, Sampling(99))
    assert found.p == pytest.approx(0.01)


def test_the_same_system_twice_has_a_p_value_of_1() -> None:
    rows = counted([(*side[:4], *side[:4]) for side in SIDES])
    [found] = differences(METRIC, ["a", "b"], rows, Sampling(99))
    assert (found.difference, found.interval, found.p) == (0.0, (0.0, 0.0), 1.0)


def test_equal_systems_have_equal_intervals() -> None:
    """b and c are the same, so a -> b and a -> c differ in nothing but the name."""
    rows = counted([(*side, *side[4:]) for side in SIDES])
    to_b, to_c, _ = differences(METRIC, ["a", "b", "c"], rows, Sampling(99))
    assert (to_b.interval, to_b.p) == (to_c.interval, to_c.p)


def test_one_document_has_no_interval() -> None:
    [found] = differences(METRIC, ["a", "b"], counted(SIDES[:1]), Sampling(99))
    assert (found.interval, found.p) == (None, 1.0)


def test_wins_ties_and_losses_are_of_the_second_system() -> None:
    """In the last document gold has nothing: b, which gives nothing, is right."""
    [found] = differences(METRIC, ["a", "b"], counted(SIDES), Sampling(9))
    assert (found.wins, found.ties, found.losses) == (6, 1, 1)


def test_the_difference_is_that_of_the_two_scores() -> None:
    [found] = differences(METRIC, ["a", "b"], counted(SIDES), Sampling(9))
    # a: 7 correct of 14 predicted and 15 in gold; b: 12 of 14 and 15.
    assert [found.f1_a, found.f1_b] == pytest.approx([14 / 29, 24 / 29])


def test_nothing_to_compare_has_no_difference() -> None:
    [found] = differences(METRIC, ["a", "b"], {(0.0,) * 8: 3}, Sampling(9))
    assert (found.difference, found.p, found.ties) == (None, None, 3)


def test_three_systems_are_three_pairs_with_corrected_p_values() -> None:
    rows = counted([(*side, *side[:4]) for side in SIDES])
    found = differences(METRIC, ["a", "b", "c"], rows, Sampling(99))
    pairs = [(each.a, each.b) for each in found]
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [each.holm for each in found] == holm([each.p for each in found])


@pytest.mark.parametrize(
    ("values", "corrected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([0.03], [0.03], id="one test needs no correction"),
        pytest.param([0.01, 0.02, 0.03], [0.03, 0.04, 0.04], id="times those not yet rejected"),
        pytest.param([0.5, 0.6], [1.0, 1.0], id="at most 1"),
        pytest.param([0.02, None, 0.01], [0.02, None, 0.02], id="what was not tested"),
    ],
)
def test_holm(values: list[float | None], corrected: list[float | None]) -> None:
    assert holm(values) == pytest.approx(corrected)


@given(st.lists(st.floats(0, 1), max_size=6))
def test_a_correction_never_lowers_a_p_value(values: list[float]) -> None:
    assert all(c is not None and c >= p for p, c in zip(values, holm(values), strict=True))
