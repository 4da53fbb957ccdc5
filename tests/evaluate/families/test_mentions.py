"""Mentions by head, by overlap and by structure, on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.families import spans
from tests.evaluate.families.spans import counted, mentions, share

from glose.evaluate import matching

NAMES = ("entity/head", "entity/overlap", "entity/nested", "entity/discontinuous")


@pytest.mark.parametrize(
    ("gold", "predicted", "correct"),
    [
        pytest.param([], [], 0, id="nothing on either side"),
        pytest.param([], ["A 0-2^0-1"], 0, id="nothing in gold"),
        pytest.param(["A 0-2^0-1"], [], 0, id="nothing predicted"),
        pytest.param(["A 0-2^1-2"], ["A 0-2^1-2"], 1, id="all right"),
        pytest.param(["A 0-2^1-2"], ["A 1-5^1-2"], 1, id="one head, other bounds"),
        pytest.param(["A 0-2^1-2"], ["B 0-2^1-2"], 0, id="a wrong type"),
        pytest.param(["A 0-3^0-1"], ["A 0-2^1-2"], 0, id="another head"),
        pytest.param(["A 0-2^0-1"], ["A 0-2^1-2"], 1, id="equal spans, whatever the heads"),
        pytest.param(["A 0-2^1-2"], ["A 1-2^1-2"] * 2, 1, id="a duplicate is spurious"),
        pytest.param(["A 0-4^1-2", "A 0-2^1-2"], ["A 1-2^1-2"], 1, id="one for two is one"),
        pytest.param(["A 0-2"], ["A 0-2"], 1, id="no heads, equal spans"),
        pytest.param(["A 0-2"], ["A 0-3"], 0, id="no heads, other bounds"),
        pytest.param(["A 0-4^1-2"], ["A 0-2"], 1, id="no head predicted: within, with the head"),
        pytest.param(["A 0-4^1-2"], ["A 2-4"], 0, id="no head predicted: without the head"),
        pytest.param(["A 0-2^1-2"], ["A 0-9"], 0, id="no head predicted: longer than gold"),
        pytest.param(["A 0-2"], ["A 0-4^1-2"], 1, id="no head in gold"),
        pytest.param(
            ["A 0-9^1-2", "A 0-3^1-2"], ["A 0-2", "A 0-5"], 2, id="as many pairs as there can be"
        ),
        pytest.param(["A 0-2+4-6^1-2"], ["A 1-2+4-5"], 1, id="fragments within fragments"),
        pytest.param(["A 0-2+4-6^1-2"], ["A 1-3"], 0, id="a fragment that is in a gap"),
    ],
)
def test_heads(gold: list[str], predicted: list[str], correct: int) -> None:
    assert counted("entity/head", gold, predicted) == (correct, len(predicted), len(gold))


@pytest.mark.parametrize(
    ("gold", "predicted", "correct"),
    [
        pytest.param([], [], 0, id="nothing on either side"),
        pytest.param([], ["A 0-2"], 0, id="nothing in gold"),
        pytest.param(["A 0-2"], [], 0, id="nothing predicted"),
        pytest.param(["A 0-2"], ["A 0-2"], 1, id="all right"),
        pytest.param(["A 0-2"], ["A 1-3"], 1, id="a wrong bound"),
        pytest.param(["A 0-2"], ["A 2-3"], 0, id="to touch is not to overlap"),
        pytest.param(["A 0-2"], ["B 0-2"], 0, id="a wrong type"),
        pytest.param(["A 0-2"], ["A 0-2"] * 2, 1, id="a duplicate is spurious"),
        pytest.param(["A 0-4"], ["A 0-2", "A 2-4"], 1, id="cut in two"),
        pytest.param(["A 0-4", "A 0-1"], ["A 0-1", "A 3-4"], 2, id="each finds a partner"),
        pytest.param(["A 0-9", "A 8-9"], ["A 0-9", "A 0-1"], 2, id="more pairs before equal ones"),
        pytest.param(["A 0-1+3-4"], ["A 1-3"], 0, id="the gap is no part of it"),
        pytest.param(["A 0-3", "B 0-3"], ["B 1-2", "A 1-2"], 2, id="types do not mix"),
    ],
)
def test_overlaps(gold: list[str], predicted: list[str], correct: int) -> None:
    assert counted("entity/overlap", gold, predicted) == (correct, len(predicted), len(gold))


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param([], [], (0, 0, 0, 0), id="nothing on either side"),
        pytest.param(["A 0-4"], ["A 0-4"], (0, 0, 0, 0), id="nothing is nested"),
        pytest.param(["A 0-4", "B 1-2"], ["B 1-2"], (0, 0, 1, 1), id="nested in gold only"),
        pytest.param(["B 1-2"], ["A 0-4", "B 1-2"], (1, 1, 0, 0), id="nested as predicted only"),
        pytest.param(["A 0-4", "B 1-2"], ["A 0-4", "B 1-2"], (1, 1, 1, 1), id="both"),
        pytest.param(["A 0-4", "B 1-2"], ["A 0-4", "A 1-2"], (0, 1, 0, 1), id="a wrong type"),
        pytest.param(["A 0-4", "B 0-2"], [], (0, 0, 0, 1), id="a common start"),
        pytest.param(["A 0-4", "B 2-4"], [], (0, 0, 0, 1), id="a common end"),
        pytest.param(["A 0-3", "B 2-6"], [], (0, 0, 0, 0), id="crossing is not nested"),
        pytest.param(["A 0-3", "B 0-3"], [], (0, 0, 0, 0), id="in one place is not nested"),
        pytest.param(["A 0-9", "B 1-3", "B 1-3"], ["A 0-9", "B 1-3"], (1, 1, 1, 2), id="twice"),
        pytest.param(["A 0-9", "B 1-5", "C 2-3"], [], (0, 0, 0, 2), id="three deep"),
        pytest.param(["A 0-1+8-9", "B 2-3"], [], (0, 0, 0, 1), id="in a gap, by outer bounds"),
    ],
)
def test_nested(gold: list[str], predicted: list[str], wanted: tuple[float, ...]) -> None:
    assert tuple(share("entity/nested", gold, predicted)) == wanted


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param([], [], (0, 0, 0), id="nothing on either side"),
        pytest.param(["A 0-4"], ["A 0-4"], (0, 0, 0), id="nothing is discontinuous"),
        pytest.param(["A 0-1+2-3"], ["A 0-1+2-3"], (1, 1, 1), id="all right"),
        pytest.param(["A 0-1+2-3"], ["A 0-3"], (0, 0, 1), id="its outer bounds"),
        pytest.param(["A 0-3"], ["A 0-1+2-3"], (0, 1, 0), id="predicted only"),
        pytest.param(["A 0-1+2-3"], ["A 0-1+2-3"] * 2, (1, 2, 1), id="a duplicate is spurious"),
    ],
)
def test_discontinuous(gold: list[str], predicted: list[str], wanted: tuple[float, ...]) -> None:
    assert counted("entity/discontinuous", gold, predicted) == wanted


def test_large_groups_without_heads_go_in_the_order_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "PAIRS", 0)
    assert counted("entity/head", ["A 0-4^1-2"], ["A 0-2"]) == (1, 1, 1)


heads = mentions.flatmap(
    lambda written: st.tuples(*(st.sampled_from((each, _headed(each))) for each in written))
).map(list)


def _headed(written: str) -> str:
    first = int(written.split()[1].split("-", maxsplit=1)[0])
    return f"{written}^{first}-{first + 1}"


@pytest.mark.parametrize("name", NAMES)
@given(gold=heads, predicted=heads)
def test_shares_are_shares_and_sides_can_be_swapped(
    name: str, gold: list[str], predicted: list[str]
) -> None:
    found = share(name, gold, predicted)
    assert 0 <= found.correct_precision <= found.predicted
    assert 0 <= found.correct_recall <= found.gold
    turned = share(name, predicted, gold)
    assert (turned.correct_recall, turned.gold) == (found.correct_precision, found.predicted)
    assert (turned.correct_precision, turned.predicted) == (found.correct_recall, found.gold)


@pytest.mark.parametrize("name", NAMES)
@given(gold=heads)
def test_gold_against_itself_is_perfect(name: str, gold: list[str]) -> None:
    found = share(name, gold, gold)
    assert found.correct_precision == found.predicted == found.correct_recall == found.gold


@pytest.mark.parametrize("name", NAMES)
@given(gold=heads, predicted=heads)
def test_the_order_of_items_does_not_matter(
    name: str, gold: list[str], predicted: list[str]
) -> None:
    wanted = spans.tally(name, gold, predicted)
    assert spans.tally(name, gold[::-1], predicted[::-1]) == wanted


@given(gold=heads, predicted=heads)
def test_a_head_or_an_overlap_is_found_where_the_strict_match_is(
    gold: list[str], predicted: list[str]
) -> None:
    strict = counted("entity/strict", gold, predicted)[0]
    overlap = counted("entity/overlap", gold, predicted)[0]
    assert strict <= counted("entity/head", gold, predicted)[0] <= overlap
    assert counted("entity/type", gold, predicted)[0] <= overlap
