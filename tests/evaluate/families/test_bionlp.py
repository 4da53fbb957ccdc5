"""Nested events of BioNLP on hand-worked documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.families.shares import counted, shares

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate.families import bionlp

NAMES = [metric.name for metric in bionlp.METRICS]
TEXT = "the p53-dependent expression of Bax, and its binding to Bcl2."
PROTEINS = {"p53": (4, 7), "Bax": (32, 35), "Bcl2": (56, 60)}


def event(written: str) -> Event:
    """Return the event that `E1 Binding 45-52 Theme=Bax Theme2=Bcl2` writes."""
    name, class_, place, *args = written.split()
    start, end = map(int, place.split("-"))
    pairs = (each.split("=") for each in args)
    filled = tuple(Argument(role, ref=ref) for role, ref in pairs)
    return Event(name, class_, (Trigger(start, end),), filled)


def document(written: Sequence[str]) -> Document:
    mentions = tuple(Mention(name, "Protein", *place) for name, place in PROTEINS.items())
    return Document(id="d", text=TEXT, mentions=mentions, events=tuple(map(event, written)))


EXPRESSION = "E1 Gene_expression 18-28 Theme=Bax"
CAUSED = "E2 Positive_regulation 8-17 Theme=E1 Cause=p53"
BINDING = "E3 Binding 45-52 Theme=Bax Theme2=Bcl2"

CASES: list[tuple[str, list[str], list[str], list[tuple[float, ...]]]] = [
    # id, gold, predicted, then (correct, predicted, gold) by
    # strict, span, recursive, span-recursive
    ("nothing on either side", [], [], [(0, 0, 0)] * 4),
    ("nothing in gold", [], [EXPRESSION], [(0, 1, 0)] * 4),
    ("nothing predicted", [EXPRESSION], [], [(0, 0, 1)] * 4),
    ("all right", [EXPRESSION], [EXPRESSION], [(1, 1, 1)] * 4),
    ("another class", [EXPRESSION], ["E1 Transcription 18-28 Theme=Bax"], [(0, 1, 1)] * 4),
    ("another protein", [EXPRESSION], ["E1 Gene_expression 18-28 Theme=p53"], [(0, 1, 1)] * 4),
    (
        "a part of the trigger", [EXPRESSION], ["E1 Gene_expression 19-26 Theme=Bax"],
        [(0, 1, 1), (1, 1, 1), (0, 1, 1), (1, 1, 1)],
    ),
    (
        "as far as the words on either side",
        [BINDING], ["E3 Binding 41-55 Theme=Bax Theme2=Bcl2"],
        [(0, 1, 1), (1, 1, 1), (0, 1, 1), (1, 1, 1)],
    ),
    (
        "farther than that", [BINDING], ["E3 Binding 40-52 Theme=Bax Theme2=Bcl2"],
        [(0, 1, 1)] * 4,
    ),
    (
        "the themes of a binding the other way round",
        [BINDING], ["E3 Binding 45-52 Theme=Bcl2 Theme2=Bax"], [(1, 1, 1)] * 4,
    ),
    ("a theme too few", [BINDING], ["E3 Binding 45-52 Theme=Bax"], [(0, 1, 1)] * 4),
    (
        "sites and places are not of this task",
        [EXPRESSION], [EXPRESSION + " Site=p53 AtLoc=Bcl2"], [(1, 1, 1)] * 4,
    ),
    ("an event in an event", [EXPRESSION, CAUSED], [EXPRESSION, CAUSED], [(2, 2, 2)] * 4),
    (
        "listed the other way round", [EXPRESSION, CAUSED], [CAUSED, EXPRESSION], [(2, 2, 2)] * 4,
    ),
    (
        "the one inside has the wrong class",
        [EXPRESSION, CAUSED], ["E1 Transcription 18-28 Theme=Bax", CAUSED], [(0, 2, 2)] * 4,
    ),
    (
        "the trigger of the one inside is a part",
        [EXPRESSION, CAUSED], ["E1 Gene_expression 19-28 Theme=Bax", CAUSED],
        [(0, 2, 2), (2, 2, 2), (0, 2, 2), (2, 2, 2)],
    ),
    (
        "the one inside lacks a cause",
        ["E1 Regulation 18-28 Theme=Bax Cause=p53", "E2 Regulation 0-3 Theme=E1"],
        ["E1 Regulation 18-28 Theme=Bax", "E2 Regulation 0-3 Theme=E1"],
        [(0, 2, 2), (0, 2, 2), (1, 2, 2), (1, 2, 2)],
    ),
    (
        "what is right twice counts once", [EXPRESSION],
        [EXPRESSION, EXPRESSION.replace("E1", "E9")], [(1, 1, 1)] * 4,
    ),
    (
        "what is wrong twice counts twice", [EXPRESSION],
        ["E1 Gene_expression 0-3 Theme=Bax", "E9 Gene_expression 0-3 Theme=Bax"],
        [(0, 2, 1)] * 4,
    ),
    (
        "one answer finds both of two equal events of gold",
        [EXPRESSION, EXPRESSION.replace("E1", "E9")], [EXPRESSION], [(1, 2, 1, 2)] * 4,
    ),
    (
        "events in a circle are equal to none",
        ["E1 Regulation 0-3 Theme=E2", "E2 Regulation 8-9 Theme=E1"],
        ["E1 Regulation 0-3 Theme=E2", "E2 Regulation 8-9 Theme=E1"], [(0, 2, 2)] * 4,
    ),
    ("a class that the task has not", ["E1 Attack 0-3 Theme=Bax"], [], [(0, 0, 0)] * 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "wanted"),
    [
        pytest.param(name, gold, predicted, wanted[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, wanted in CASES
        for number, name in enumerate(NAMES)
    ],
)
def test_events(
    name: str, gold: list[str], predicted: list[str], wanted: tuple[float, ...]
) -> None:
    assert counted(name, document(gold), document(predicted)) == wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("Gene_expression", (1, 1, 1)), ("SVT-TOTAL", (1, 1, 1)), ("Binding", (1, 1, 1)),
        ("EVT-TOTAL", (2, 2, 2)), ("Positive_regulation", (0, 0, 1)), ("REG-TOTAL", (0, 0, 1)),
        (None, (2, 2, 3)), ("Regulation", (0, 0, 0)),
    ],
)  # fmt: skip
def test_a_class_counts_in_its_totals(row: str | None, wanted: tuple[float, ...]) -> None:
    gold, predicted = document([EXPRESSION, BINDING, CAUSED]), document([EXPRESSION, BINDING])
    assert counted("bionlp/strict", gold, predicted, row) == wanted


EVENTS = st.lists(
    st.sampled_from(
        [
            "Gene_expression 18-28 Theme=Bax", "Gene_expression 19-28 Theme=Bax",
            "Regulation 8-17 Theme=E0", "Regulation 8-17 Theme=E1 Cause=E0",
            "Regulation 9-17 Theme=E2 Cause=p53", "Binding 45-52 Theme=Bax Theme2=Bcl2",
        ]
    ),
    min_size=3,
    max_size=7,
).map(lambda classes: document([f"E{n} {each}" for n, each in enumerate(classes)]))  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50)
@given(gold=EVENTS, predicted=EVENTS)
def test_no_more_is_correct_than_there_is(name: str, gold: Document, predicted: Document) -> None:
    found = shares(name, gold, predicted)
    assert 0 <= found.correct_precision <= found.predicted
    assert 0 <= found.correct_recall <= found.gold


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50)
@given(gold=EVENTS, predicted=EVENTS)
def test_the_order_of_events_does_not_matter(
    name: str, gold: Document, predicted: Document
) -> None:
    turned = Document(id="d", mentions=predicted.mentions, events=predicted.events[::-1])
    assert shares(name, gold, predicted) == shares(name, gold, turned)


@settings(max_examples=50)
@given(gold=EVENTS, predicted=EVENTS)
def test_a_weaker_rule_finds_no_less(gold: Document, predicted: Document) -> None:
    found = {name: shares(name, gold, predicted).correct_recall for name in NAMES}
    assert found["bionlp/strict"] <= min(found["bionlp/span"], found["bionlp/recursive"])
    assert max(found["bionlp/span"], found["bionlp/recursive"]) <= found["bionlp/span-recursive"]
