"""Entities as brateval compares them, on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.evaluate.families.spans import counted, counts, document, flat, mentions

from glose.evaluate.families.brat import hashed

EXACT, OVERLAP = "brat/entities-exact", "brat/entities-overlap"


@pytest.mark.parametrize(
    ("gold", "predicted", "exact", "overlap"),
    [
        pytest.param([], [], 0, 0, id="nothing on either side"),
        pytest.param([], ["A 0-2"], 0, 0, id="nothing in gold"),
        pytest.param(["A 0-2"], [], 0, 0, id="nothing predicted"),
        pytest.param(["A 0-2"], ["A 0-2"], 1, 1, id="all right"),
        pytest.param(["A 0-2"], ["B 0-2"], 0, 0, id="a wrong type"),
        pytest.param(["A 0-2"], ["A 0-3"], 0, 1, id="a wrong bound"),
        pytest.param(["A 0-2"], ["A 2-3"], 0, 0, id="to touch is not to overlap"),
        pytest.param(["A 0-2"], ["A 0-2"] * 2, 1, 1, id="a duplicate is spurious"),
        pytest.param(["A 0-2"] * 2, ["A 0-2"], 1, 1, id="a duplicate is missed"),
        pytest.param(["A 0-4"], ["A 0-2", "A 2-4"], 0, 1, id="cut in two"),
        pytest.param(["A 0-4", "A 1-2"], ["A 1-2", "A 0-4"], 2, 2, id="nested"),
        pytest.param(["A 0-3", "A 2-6"], ["A 0-3", "A 2-6"], 2, 2, id="crossing"),
        pytest.param(["A 0-1+3-4"], ["A 0-1+3-4"], 1, 1, id="discontinuous"),
        pytest.param(["A 0-1+3-4"], ["A 0-1"], 0, 1, id="a fragment is not all"),
        pytest.param(["A 0-1"], ["A 0-1+3-4"], 1, 1, id="fragments too many are not seen"),
        pytest.param(["A 0-1+3-4"], ["A 1-2"], 0, 0, id="the gap is no part of it"),
        # T1 overlaps both and takes the first, so that the other finds none.
        pytest.param(["A 0-4", "A 0-1"], ["A 0-1", "A 3-4"], 1, 1, id="the first one fits"),
        pytest.param(["A 0-4", "A 3-4"], ["A 0-1", "A 3-4"], 1, 2, id="the first one is left"),
    ],
)
def test_entities(gold: list[str], predicted: list[str], exact: int, overlap: int) -> None:
    assert counted(EXACT, gold, predicted) == (exact, len(predicted), len(gold))
    assert counted(OVERLAP, gold, predicted) == (overlap, len(predicted), len(gold))


def test_entities_come_in_the_order_of_a_hash_table() -> None:
    """T10 falls into bucket 2 of 16, T1 to T3 into 13 to 15."""
    found = hashed(document("A 0-1", "B 1-2", "C 2-3", "D 3-4#T10"))
    assert [bound.type for bound in found] == ["D", "A", "B", "C"]


def test_other_ids_can_have_another_score() -> None:
    gold, predicted = ["A 0-4", "A 0-1"], ["A 0-1#T1", "A 3-4#T2"]
    assert counted(OVERLAP, gold, predicted)[0] == 1
    assert counted(OVERLAP, gold, ["A 0-1#T2", "A 3-4#T1"])[0] == 2


def test_counts_of_a_type() -> None:
    gold, predicted = ["A 0-2", "B 4-5"], ["A 0-2", "A 4-5"]
    assert counts(EXACT, gold, predicted, "A") == {"tp": 1, "fp": 1, "fn": 0}
    assert counts(EXACT, gold, predicted, "B") == {"tp": 0, "fp": 0, "fn": 1}
    assert counts(EXACT, gold, predicted) == {"tp": 1, "fp": 1, "fn": 1}


@pytest.mark.parametrize("name", [EXACT, OVERLAP])
@given(gold=mentions, predicted=mentions)
def test_each_is_paired_once(name: str, gold: list[str], predicted: list[str]) -> None:
    correct, found, wanted = counted(name, gold, predicted)
    assert (found, wanted) == (len(predicted), len(gold))
    assert 0 <= correct <= min(found, wanted)


@given(gold=mentions, predicted=mentions)
def test_no_greedy_order_finds_more_than_there_can_be(
    gold: list[str], predicted: list[str]
) -> None:
    best = counted("entity/overlap", gold, predicted)[0]
    found = counted(OVERLAP, gold, predicted)[0]
    assert best / 2 <= found <= best


@given(gold=flat)
def test_gold_against_itself_is_perfect_where_nothing_overlaps(gold: list[str]) -> None:
    for name in (EXACT, OVERLAP):
        assert counted(name, gold, gold) == (len(gold),) * 3
