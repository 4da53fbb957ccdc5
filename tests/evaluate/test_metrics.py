"""Each metric on hand-worked documents: numerators, denominators and figures."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate.counts import Shared
from glose.evaluate.figures import figures
from glose.evaluate.metrics import METRICS, PROTOCOLS
from glose.evaluate.projection import View

TEXT = "x" * 40

#: The metrics of these tests; those of other families have tests of their own.
NAMES = PROTOCOLS["default"].metrics


def bounds(written: str) -> tuple[int, int]:
    start, end = written.split("-")
    return int(start), int(end)


def mention(number: int, written: str) -> Mention:
    """Return the mention that `PER 0-3+5-8` writes."""
    name, places = written.split()
    found = [bounds(place) for place in places.split("+")]
    fragments = tuple(found) if len(found) > 1 else ()
    return Mention(f"m{number}", name, found[0][0], found[-1][1], fragments)


def entities(*written: str) -> Document:
    return Document(id="d", mentions=tuple(mention(n, each) for n, each in enumerate(written)))


def event(number: int, written: str) -> Event:
    """Return the event that `AID 0-3 Actor=4-6 Place=9-12` writes; `AID - …` has no trigger."""
    name, place, *args = written.split()
    triggers = () if place == "-" else (Trigger(*bounds(place)),)
    filled = tuple(Argument(a.split("=")[0], ref="m" + a.split("=")[1]) for a in args)
    return Event(f"e{number}", name, triggers, filled)


def events(*written: str) -> Document:
    places = {arg.split("=")[1] for each in written for arg in each.split()[2:]}
    mentions = tuple(Mention(f"m{p}", "X", *bounds(p)) for p in places)
    return Document(
        id="d", mentions=mentions, events=tuple(event(n, each) for n, each in enumerate(written))
    )


def ratio(name: str, gold: Document, predicted: Document) -> tuple[float, ...]:
    """Return what is correct, predicted and gold (and correct of gold where it differs)."""
    metric = METRICS[name]
    row = metric.statistic.tally(View(gold), View(predicted))[None]
    found = metric.ratio(metric.statistic.columns(*row))
    assert found.correct_precision == found.correct_recall
    return (found.correct_precision, found.predicted, found.gold)


def counts(name: str, gold: Document, predicted: Document) -> Mapping[str, float]:
    metric = METRICS[name]
    row = metric.statistic.tally(View(gold), View(predicted))[None]
    return metric.counts(metric.statistic.columns(*row))


ENTITY_CASES = [
    # id, gold, predicted, correct by strict, exact, partial, type
    ("nothing on either side", [], [], (0, 0, 0, 0)),
    ("nothing in gold", [], ["PER 0-3"], (0, 0, 0, 0)),
    ("nothing predicted", ["PER 0-3"], [], (0, 0, 0, 0)),
    ("all right", ["PER 0-3"], ["PER 0-3"], (1, 1, 1, 1)),
    ("a wrong type", ["PER 0-3"], ["ORG 0-3"], (0, 1, 1, 0)),
    ("a wrong boundary", ["PER 0-3"], ["PER 0-4"], (0, 0, 0.5, 1)),
    ("both wrong", ["PER 0-3"], ["ORG 0-4"], (0, 0, 0.5, 0)),
    ("elsewhere", ["PER 0-3"], ["PER 5-8"], (0, 0, 0, 0)),
    ("a duplicate", ["PER 0-3"], ["PER 0-3", "PER 0-3"], (1, 1, 1, 1)),
    ("two types on one span", ["PER 0-3"], ["ORG 0-3", "PER 0-3"], (1, 1, 1, 1)),
    ("a span that is cut in two", ["PER 0-9"], ["PER 0-4", "PER 5-9"], (0, 0, 0.5, 1)),
    ("two that are made one", ["PER 0-4", "PER 5-9"], ["PER 0-9"], (0, 0, 0.5, 1)),
    ("nested, the exact one second", ["PER 0-9"], ["PER 2-4", "PER 0-9"], (1, 1, 1, 1)),
    ("crossing", ["PER 0-5", "ORG 3-9"], ["PER 0-5", "ORG 4-9"], (1, 1, 1.5, 2)),
    ("discontinuous", ["PER 0-2+4-6"], ["PER 0-2+4-6"], (1, 1, 1, 1)),
    ("discontinuous as its bounds", ["PER 0-2+4-6"], ["PER 0-6"], (0, 0, 0.5, 1)),
]


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "correct"),
    [
        pytest.param(f"entity/{kind}", gold, predicted, correct[number], id=f"{kind}: {sentence}")
        for sentence, gold, predicted, correct in ENTITY_CASES
        for number, kind in enumerate(("strict", "exact", "partial", "type"))
    ],
)
def test_entities(name: str, gold: list[str], predicted: list[str], correct: float) -> None:
    found = ratio(name, entities(*gold), entities(*predicted))
    assert found == (correct, len(predicted), len(gold))


@pytest.mark.parametrize(
    ("kind", "five"),
    [
        ("strict", {"correct": 1, "incorrect": 3, "partial": 0, "missed": 1, "spurious": 1}),
        ("exact", {"correct": 2, "incorrect": 2, "partial": 0, "missed": 1, "spurious": 1}),
        ("partial", {"correct": 2, "incorrect": 0, "partial": 2, "missed": 1, "spurious": 1}),
        ("type", {"correct": 2, "incorrect": 2, "partial": 0, "missed": 1, "spurious": 1}),
    ],
)
def test_the_five_counts_of_semeval_2013(kind: str, five: dict[str, float]) -> None:
    """One correct, one wrong type, one wrong boundary, one both, one missed, one spurious."""
    gold = entities("PER 0-3", "PER 4-7", "PER 8-11", "PER 12-15", "PER 16-19")
    predicted = entities("PER 0-3", "ORG 4-7", "PER 8-12", "ORG 13-15", "PER 30-33")
    assert counts(f"entity/{kind}", gold, predicted) == five


EVENT_CASES = [
    # id, gold, predicted, then (correct, predicted, gold) by TI, TC, AI, AC
    ("nothing", [], [], [(0, 0, 0)] * 4),
    (
        "all right", ["AID 0-3 Actor=4-6"], ["AID 0-3 Actor=4-6"], [(1, 1, 1)] * 4,
    ),
    (
        "a wrong type of event", ["AID 0-3 Actor=4-6"], ["WAR 0-3 Actor=4-6"],
        [(1, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1)],
    ),
    (
        "a wrong role", ["AID 0-3 Actor=4-6"], ["AID 0-3 Place=4-6"],
        [(1, 1, 1), (1, 1, 1), (1, 1, 1), (0, 1, 1)],
    ),
    (
        "a wrong span of an argument", ["AID 0-3 Actor=4-6"], ["AID 0-3 Actor=4-7"],
        [(1, 1, 1), (1, 1, 1), (0, 1, 1), (0, 1, 1)],
    ),
    (
        "a wrong trigger costs no argument", ["AID 0-3 Actor=4-6"], ["AID 1-3 Actor=4-6"],
        [(0, 1, 1), (0, 1, 1), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "two types on one trigger", ["AID 0-3", "WAR 0-3"], ["AID 0-3"],
        [(1, 1, 1), (1, 1, 2), (0, 0, 0), (0, 0, 0)],
    ),
    (
        "what is given twice counts once", ["AID 0-3 Actor=4-6"], ["AID 0-3 Actor=4-6"] * 2,
        [(1, 1, 1)] * 4,
    ),
    (
        "two events share an argument", ["AID 0-3 Actor=4-6", "AID 8-9 Actor=4-6"],
        ["AID 0-3 Actor=4-6"], [(1, 1, 2), (1, 1, 2), (1, 1, 1), (1, 1, 1)],
    ),
    (
        "one filler in two roles", ["AID 0-3 Actor=4-6 Place=4-6"], ["AID 0-3 Actor=4-6"],
        [(1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 2)],
    ),
    (
        "an event without a trigger", ["AID - Actor=4-6"], ["AID - Actor=4-6"],
        [(0, 0, 0), (0, 0, 0), (1, 1, 1), (1, 1, 1)],
    ),
]  # fmt: skip

EVENT_METRICS = [name for name in NAMES if not name.startswith("entity")]


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "found"),
    [
        pytest.param(name, gold, predicted, found[number], id=f"{name}: {sentence}")
        for sentence, gold, predicted, found in EVENT_CASES
        for number, name in enumerate(EVENT_METRICS)
    ],
)
def test_events(
    name: str, gold: list[str], predicted: list[str], found: tuple[float, ...]
) -> None:
    assert ratio(name, events(*gold), events(*predicted)) == found


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        pytest.param((1, 2, 1, 4), (0.5, 0.25, 1 / 3), id="a harmonic mean"),
        pytest.param((0, 0, 0, 0), (None, None, None), id="nothing is defined"),
        pytest.param((0, 2, 0, 0), (0.0, None, 0.0), id="nothing in gold: no recall, F1 is 0"),
        pytest.param((0, 0, 0, 2), (None, 0.0, 0.0), id="nothing predicted: no precision"),
        pytest.param((0, 2, 0, 2), (0.0, 0.0, 0.0), id="nothing right"),
        pytest.param((2, 2, 1, 2), (1.0, 0.5, 2 / 3), id="two numerators"),
        pytest.param((0, 0, 3, 4), (None, 0.75, None), id="what is right was predicted elsewhere"),
        pytest.param((3, 4, 0, 0), (0.75, None, None), id="what is right is in gold elsewhere"),
        pytest.param((0, 4, 1, 4), (0.0, 0.25, 0.0), id="both defined, one of them 0"),
    ],
)
def test_figures(row: tuple[float, ...], wanted: tuple[float | None, ...]) -> None:
    found = [float(value) for value in figures(Shared(*row))]
    assert found == pytest.approx(
        [float("nan") if value is None else value for value in wanted], nan_ok=True
    )


names = st.sampled_from(("PER", "ORG"))
places = st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda p: f"{p[0]}-{p[0] + p[1]}")
mentions = st.lists(st.tuples(names, places).map(" ".join), max_size=6).map(
    lambda written: entities(*written)
)
arguments = st.lists(
    st.tuples(st.sampled_from(("Actor=", "Place=")), places).map("".join), max_size=2
)
happenings = st.lists(
    st.tuples(st.sampled_from(("AID", "WAR")), places, arguments.map(" ".join)).map(" ".join),
    max_size=4,
).map(lambda written: events(*written))


def documents(name: str) -> st.SearchStrategy[Document]:
    return mentions if name.startswith("entity") else happenings


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_no_share_is_below_0_or_above_1(name: str, data: st.DataObject) -> None:
    gold, predicted = data.draw(documents(name)), data.draw(documents(name))
    correct, found, wanted = ratio(name, gold, predicted)
    assert 0 <= correct <= min(found, wanted)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_gold_against_itself_is_perfect(name: str, data: st.DataObject) -> None:
    gold = data.draw(documents(name))
    correct, found, wanted = ratio(name, gold, gold)
    assert correct == found == wanted


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_swapping_gold_and_predicted_swaps_precision_and_recall(
    name: str, data: st.DataObject
) -> None:
    gold, predicted = data.draw(documents(name)), data.draw(documents(name))
    correct, found, wanted = ratio(name, gold, predicted)
    assert ratio(name, predicted, gold) == (correct, wanted, found)


# A trigger of two types is one item of trigger/identification, but one of each of its types.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "trigger/identification"])
@given(data=st.data())
def test_the_types_add_up_to_all(name: str, data: st.DataObject) -> None:
    metric = METRICS[name]
    gold, predicted = data.draw(documents(name)), data.draw(documents(name))
    tally = metric.statistic.tally(View(gold), View(predicted))
    rows = [metric.ratio(metric.statistic.columns(*row)) for n, row in tally.items() if n]
    total = metric.ratio(metric.statistic.columns(*tally[None]))
    assert tuple(total) == tuple(sum(each) for each in zip((0,) * 4, *rows, strict=True))
