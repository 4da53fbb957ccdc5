"""Discontinuous mentions as Dai et al. (2020) score them, on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.evaluate.families.spans import TEXT, counted, document, mentions

from glose.corpus.document import Document
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

NAMES = ("discontinuous/mentions", "discontinuous/sentences", "discontinuous/only")


@pytest.mark.parametrize(
    ("gold", "predicted", "wanted"),
    [
        pytest.param([], [], [(0, 0, 0)] * 3, id="nothing on either side"),
        pytest.param([], ["A 0-1+2-3"], [(0, 1, 0), (0, 0, 0), (0, 1, 0)], id="nothing in gold"),
        pytest.param(["A 0-1+2-3"], [], [(0, 0, 1)] * 3, id="nothing predicted"),
        pytest.param(["A 0-1+2-3"], ["A 0-1+2-3"], [(1, 1, 1)] * 3, id="all right"),
        pytest.param(["A 0-1+2-3"], ["B 0-1+2-3"], [(0, 1, 1)] * 3, id="a wrong type"),
        pytest.param(
            ["A 0-1+2-3"], ["A 0-3"], [(0, 1, 1), (0, 1, 1), (0, 0, 1)], id="its outer bounds"
        ),
        pytest.param(
            ["A 0-3"], ["A 0-3"], [(1, 1, 1), (0, 0, 0), (0, 0, 0)], id="whole ones are not in it"
        ),
        pytest.param(
            ["A 0-1+2-3", "B 5-6"], ["B 5-6"], [(1, 1, 2), (1, 1, 2), (0, 0, 1)],
            id="a whole one in a sentence with a broken one",
        ),
        pytest.param(
            ["A 0-2"], ["A 0-2"] * 3, [(1, 1, 1), (0, 0, 0), (0, 0, 0)],
            id="predicted twice costs nothing",
        ),
        pytest.param(
            ["A 0-2"] * 2, ["A 0-2"], [(2, 2, 2), (0, 0, 0), (0, 0, 0)],
            id="twice in gold counts twice",
        ),
        pytest.param(
            ["A 0-1+2-3"] * 2, ["A 0-1+2-3"], [(2, 2, 2), (2, 2, 2), (1, 1, 1)],
            id="broken ones are counted off the predictions",
        ),
        pytest.param(
            ["A 0-1+1-2"], ["A 0-1+1-2"], [(1, 1, 1), (0, 0, 0), (0, 0, 0)],
            id="pieces without a word between them are one",
        ),
        pytest.param(
            ["A 0-1+1-2+3-4"], ["A 0-1+1-2+3-4"], [(1, 1, 1), (1, 1, 1), (0, 1, 1)],
            id="a mention with adjoining pieces is sought in another writing",
        ),
        pytest.param(
            ["A 0-2+3-4"], ["A 0-1+1-2+3-4"], [(0, 1, 1), (0, 1, 1), (1, 1, 2)],
            id="and found where the other side writes it so",
        ),
    ],
)  # fmt: skip
def test_mentions(gold: list[str], predicted: list[str], wanted: list[tuple[float, ...]]) -> None:
    assert [counted(name, gold, predicted) for name in NAMES] == wanted


def row(gold: Document, predicted: Document) -> tuple[float, ...]:
    """Return the counts of the sentences with discontinuous mentions."""
    return METRICS[NAMES[1]].statistic.tally(View(gold), View(predicted))[None]


def test_only_sentences_of_gold_with_a_discontinuous_mention_count() -> None:
    """Words 0 to 3 and 4 to 7 are sentences; the broken prediction in the second is not seen."""
    text = "a b c . e f g ."
    gold = document("A 0-1+2-3", "B 1-2", "C 4-5", text=text)
    predicted = document("B 1-2", "C 4-5", "A 4-5+6-7", text=text)
    assert row(gold, predicted) == (1, 1, 1, 2)


def test_a_text_without_an_end_of_a_sentence_is_one_sentence() -> None:
    assert " . " not in TEXT
    assert row(document("A 0-1+2-3", "B 9-10"), document("B 9-10")) == (1, 1, 1, 2)


@pytest.mark.parametrize("name", NAMES[:2])
@given(gold=mentions, predicted=mentions)
def test_shares_are_shares(name: str, gold: list[str], predicted: list[str]) -> None:
    correct, found, wanted = counted(name, gold, predicted)
    assert 0 <= correct <= min(found, wanted)
    assert counted(name, gold[::-1], predicted[::-1]) == (correct, found, wanted)


@given(gold=mentions)
def test_gold_against_itself_is_perfect(gold: list[str]) -> None:
    for name in NAMES[:2]:
        correct, found, wanted = counted(name, gold, gold)
        assert correct == found == wanted
