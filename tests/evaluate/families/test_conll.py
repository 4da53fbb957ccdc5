"""Chunks of tags on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.evaluate.families import spans
from tests.evaluate.families.spans import counted, counts, flat, mentions

from glose.evaluate.counts import Table
from glose.evaluate.families.conll import COLUMNS, chunked
from glose.evaluate.intervals import Sampling
from glose.evaluate.listings import tallied
from glose.evaluate.metrics import METRICS
from glose.evaluate.scores import scores

NAME = "conll/chunk"


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted", "same"),
    [
        pytest.param([], [], (0, 0, 0), 26, id="nothing on either side"),
        pytest.param([], ["PER 0-2"], (0, 1, 0), 24, id="nothing in gold"),
        pytest.param(["PER 0-2"], [], (0, 0, 1), 24, id="nothing predicted"),
        pytest.param(["PER 0-2"], ["PER 0-2"], (1, 1, 1), 26, id="all right"),
        pytest.param(["PER 0-2"], ["ORG 0-2"], (0, 1, 1), 24, id="a wrong type"),
        pytest.param(["PER 0-2"], ["PER 0-3"], (0, 1, 1), 25, id="one word too many"),
        pytest.param(["PER 0-2"], ["PER 1-2"], (0, 1, 1), 24, id="B is not I"),
        pytest.param(["PER 0-2"], ["PER 0-1", "PER 1-2"], (0, 2, 1), 25, id="cut in two"),
        pytest.param(["PER 0-2"], ["PER 0-2"] * 2, (1, 1, 1), 26, id="a duplicate vanishes"),
        pytest.param(["PER 0-2"], ["PER 0-2", "ORG 0-2"], (0, 1, 1), 24, id="of two types one"),
        pytest.param(
            ["PER 0-4"], ["PER 0-4", "PER 1-2"], (1, 1, 1), 26, id="a nested one is lost"
        ),
        pytest.param(["PER 0-3", "ORG 2-6"], ["PER 0-3", "ORG 2-6"], (1, 1, 1), 26, id="crossing"),
        pytest.param(["PER 0-1+2-3"], ["PER 0-3"], (1, 1, 1), 26, id="fragments do not count"),
    ],
)
def test_chunks(
    gold: list[str], predicted: list[str], wanted: tuple[float, ...], same: int
) -> None:
    assert counted(NAME, gold, predicted) == wanted
    assert counts(NAME, gold, predicted) == {"tokens": 26, "tokens_correct": same}


def test_a_type_has_no_tokens_of_its_own() -> None:
    assert counted(NAME, ["PER 0-2", "ORG 4-5"], ["PER 0-2"], "PER") == (1, 1, 1)
    assert counts(NAME, ["PER 0-2"], ["PER 0-2"], "PER") == {"tokens": 0, "tokens_correct": 0}


def test_two_mentions_in_one_word_are_two_chunks_and_the_first_has_its_tag() -> None:
    found = chunked({("A", 0, 5)}, {("A", 0, 5), ("B", 6, 9)}, 9, 10)
    assert tallied(found, COLUMNS) == {
        "A": (1, 1, 1, 1, 0, 0),
        "B": (0, 1, 0, 0, 0, 0),
        None: (1, 2, 1, 1, 9, 10),
    }


def test_averages_and_accuracy() -> None:
    """PER: 1 of 1, 1 of 2; ORG: none of 1, none of 1; LOC: gold only."""
    gold = ["PER 0-1", "PER 2-3", "ORG 4-5", "LOC 6-7"]
    predicted = ["PER 0-1", "ORG 8-9"]
    table = Table()
    table.add(spans.tally(NAME, gold, predicted))
    found = {
        score.average: (score.precision, score.recall, score.f1)
        for score in scores(table, [METRICS[NAME]], Sampling(0))
        if score.type is None
    }
    assert found == {
        "micro": pytest.approx((1 / 2, 1 / 4, 1 / 3)),
        "macro": pytest.approx((1 / 3, 1 / 6, 2 / 9)),
        "weighted": pytest.approx((1 / 2, 1 / 4, 1 / 3)),
    }
    micro = next(scores(table, [METRICS[NAME]], Sampling(0)))
    assert micro.extras == {"accuracy": pytest.approx(22 / 26)}


@given(gold=mentions, predicted=mentions)
def test_shares_and_accuracy_are_shares(gold: list[str], predicted: list[str]) -> None:
    correct, found, wanted = counted(NAME, gold, predicted)
    assert 0 <= correct <= min(found, wanted)
    assert 0 <= counts(NAME, gold, predicted)["tokens_correct"] <= 26


@given(gold=mentions)
def test_gold_against_itself_is_perfect(gold: list[str]) -> None:
    correct, found, wanted = counted(NAME, gold, gold)
    assert correct == found == wanted
    assert counts(NAME, gold, gold)["tokens_correct"] == 26


@given(gold=mentions, predicted=mentions)
def test_swapping_the_sides_swaps_precision_and_recall(
    gold: list[str], predicted: list[str]
) -> None:
    correct, found, wanted = counted(NAME, gold, predicted)
    assert counted(NAME, predicted, gold) == (correct, wanted, found)
    assert counts(NAME, predicted, gold) == counts(NAME, gold, predicted)


@given(gold=flat, predicted=flat)
def test_where_nothing_overlaps_it_is_the_strict_match(
    gold: list[str], predicted: list[str]
) -> None:
    assert counted(NAME, gold, predicted) == counted("entity/strict", gold, predicted)


@given(gold=mentions, predicted=mentions)
def test_the_types_add_up_to_all(gold: list[str], predicted: list[str]) -> None:
    rows = spans.tally(NAME, gold, predicted)
    total = rows.pop(None)
    assert tuple(map(sum, zip((0,) * 6, *rows.values(), strict=True)))[:4] == total[:4]
