"""Linking as the HIPE scorer counts it, on hand-worked documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.families.shares import counted, shares
from tests.evaluate.families.test_links import document

from glose.corpus.document import Document
from glose.evaluate.families import hipe2022_links
from glose.evaluate.projection import View

NAMES = [metric.name for metric in hipe2022_links.METRICS]

CASES: list[tuple[str, list[str], list[str], list[tuple[float, ...]]]] = [
    # id, gold, predicted, then (correct, predicted, gold) by strict, fuzzy, exact, partial
    ("nothing on either side", [], [], [(0, 0, 0)] * 4),
    ("nothing in gold", [], ["PER 0-3 Q1"], [(0, 1, 0)] * 4),
    ("nothing predicted", ["PER 0-3 Q1"], [], [(0, 0, 1)] * 4),
    ("all right", ["PER 0-3 Q1"], ["PER 0-3 Q1"], [(1, 1, 1)] * 4),
    ("another type does not matter", ["PER 0-3 Q1"], ["ORG 0-3 Q1"], [(1, 1, 1)] * 4),
    ("nor do capitals", ["PER 0-3 q1"], ["PER 0-3 Q1"], [(1, 1, 1)] * 4),
    (
        "another link", ["PER 0-3 Q1"], ["PER 0-3 Q2"],
        [(0, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "another span", ["PER 0-3 Q1"], ["PER 2-5 Q1"],
        [(0, 1, 1), (1, 1, 1), (0, 1, 1), (0.5, 1, 1)],
    ),
    (
        "another span and link", ["PER 0-3 Q1"], ["PER 2-5 Q2"],
        [(0, 1, 1), (0, 1, 1), (0, 1, 1), (0.5, 1, 1)],
    ),
    ("all NIL are one label", ["PER 0-3 NIL1"], ["PER 0-3 NIL2"], [(1, 1, 1)] * 4),
    ("what has no link is no link", ["PER 0-3"], ["PER 0-3"], [(0, 0, 0)] * 4),
    ("nor is an id with a hyphen", ["PER 0-3 Q-1"], ["PER 0-3 Q-1"], [(0, 0, 0)] * 4),
    ("of several the first counts", ["PER 0-3 Q1|Q2"], ["PER 0-3 Q1"], [(1, 1, 1)] * 4),
    (
        "of crossing mentions the first of the longest stays",
        ["PER 0-5 Q1", "PER 3-8 Q2"], ["PER 0-5 Q1"], [(1, 1, 1)] * 4,
    ),
    (
        "one over two takes the first", ["PER 0-3 Q1", "PER 4-8 Q2"], ["PER 0-8 Q2"],
        [(0, 1, 2), (0, 1, 2), (0, 1, 2), (0.5, 1, 2)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(name, gold, predicted, wanted[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, name in enumerate(NAMES)
    ],
)
def test_links(
    name: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(name, document(gold), document(predicted)) == wanted


def rows(gold: Sequence[str], predicted: Sequence[str]) -> Mapping[str | None, tuple[float, ...]]:
    tally = hipe2022_links.LINKS.tally(View(document(gold)), View(document(predicted)))
    return {name: row for name, row in tally.items() if any(row)}


def test_a_label_that_is_only_given_wrongly_is_none_of_the_labels() -> None:
    assert rows(["PER 0-3 Q1"], ["PER 0-3 Q2"]).keys() == {None, "Q1"}


def test_a_label_that_is_given_where_nothing_is_has_a_row() -> None:
    assert rows(["PER 0-3 Q1"], ["PER 5-8 Q2"]).keys() == {None, "Q1", "Q2"}


LAYERS = st.lists(
    st.builds(
        "PER {} Q{}".format, st.sampled_from(["0-3", "2-5", "4-9", "10-12"]), st.integers(1, 2)
    ),
    max_size=5,
).map(document)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(gold=LAYERS, predicted=LAYERS)
def test_no_more_is_correct_than_there_is(name: str, gold: Document, predicted: Document) -> None:
    found = shares(name, gold, predicted)
    assert 0 <= found.correct_precision == found.correct_recall <= min(found.predicted, found.gold)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(gold=LAYERS)
def test_gold_against_itself_is_perfect(name: str, gold: Document) -> None:
    found = shares(name, gold, gold)
    assert found.correct_precision == found.predicted == found.gold
