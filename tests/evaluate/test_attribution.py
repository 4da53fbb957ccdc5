"""What each annotation adds to a count, whatever the metric."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import pytest
from tests.evaluate.parity.records import View as Kind
from tests.evaluate.parity.records import record, small

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.annotations import Store, listed
from glose.evaluate.attribution import Credit, Sides, credited, layer
from glose.evaluate.groupings import groups
from glose.evaluate.metrics import METRICS

ITEMS = tuple(name for name, metric in METRICS.items() if layer(metric))
#: Programs in which a side without anything, or the whole, is worth something of its own.
LEFT = ("metametric/",)


def view(name: str) -> Kind:
    if any(word in name for word in ("time", "tempeval", "anafora")):
        return "temporal"
    return "flat" if name.startswith(("conll", "hipe", "spacy/ents")) else "entities"


def documents(name: str, number: int = 3) -> list[tuple[Document, Document]]:
    """Return pairs of generated documents that a metric can be counted on."""
    sides = (small("seed1", side)[:number] for side in ("gold", "pred"))
    golds, guesses = (
        [decode(json.dumps(record(each, view(name))).encode()) for each in side] for side in sides
    )
    return list(zip(golds, guesses, strict=True))


@pytest.mark.parametrize("name", ITEMS)
def test_credits_add_up_to_what_is_counted(name: str) -> None:
    metric = METRICS[name]
    kind = layer(metric)
    assert kind is not None
    left = []
    for gold, predicted in documents(name):
        types = frozenset(
            metric.statistic.closed(metric.statistic.project(gold, str))
            if metric.statistic.closed
            else ()
        )
        statistic = metric.statistic.of({metric.statistic.name: types})
        found = credited(metric, Sides.of(gold, predicted, kind), statistic)
        left += [*found.rest]
        for given, counted, correct in (
            (found.predicted, found.sums.predicted, found.sums.correct_precision),
            (found.gold, found.sums.gold, found.sums.correct_recall),
        ):
            assert sum(c.counted for c in given) == pytest.approx(counted, abs=2)
            assert sum(c.correct for c in given) == pytest.approx(correct, abs=2)

    assert name.startswith(LEFT) or not any(left)


@pytest.mark.parametrize(("name", "expected"), [
    ("entity/strict", "entity"),
    ("semeval2013/strict", "entity"),
    ("trigger/classification", "trigger"),
    ("nugget/type", "trigger"),
    ("bionlp/strict", "trigger"),
    ("argument/classification", "argument"),
    ("ace/oneie-role", "argument"),
    ("wikievents/head-coref-role", "argument"),
    ("relation/strict", "relation"),
    ("timelink/awareness", "relation"),
    ("label/value", "label"),
    ("coreference/b3", None),
    ("coreference/blanc", None),
    ("template/slots", None),
    ("cross_document/muc", None),
    ("nugget/type-macro", None),
])  # fmt: skip
def test_layer(name: str, expected: str | None) -> None:
    assert layer(METRICS[name]) == expected


def spans(*written: str, text: str = "x" * 50) -> Document:
    """Return a document with the mentions that `PER 3-12` writes."""
    mentions = []
    for number, each in enumerate(written, start=1):
        name, place = each.split()
        start, end = map(int, place.split("-"))
        mentions.append({"id": f"T{number}", "type": name, "start": start, "end": end})
    return decode(msgspec.json.encode({"id": "d", "text": text, "mentions": mentions}))


@pytest.mark.parametrize(("gold", "predicted", "golds", "guesses"), [
    pytest.param([], [], [], [], id="nothing has no credits"),
    pytest.param(["A 0-3"], [], [(1, 0)], [], id="a missed item is counted and not correct"),
    pytest.param([], ["A 0-3"], [], [(1, 0)], id="a spurious item too, on its side"),
    pytest.param(["A 0-3"], ["A 0-3"], [(1, 1)], [(1, 1)], id="what is equal is correct"),
    pytest.param(["A 0-3"], ["A 0-3"] * 2, [(1, 1)], [(1, 1), (1, 0)],
                 id="of duplicates the first is correct"),
    pytest.param(["A 0-3", "A 0-3"], ["A 0-3"], [(1, 1), (1, 0)], [(1, 1)],
                 id="in gold too"),
    pytest.param(["A 0-5"], ["A 3-8", "A 0-5"], [(1, 1)], [(1, 0), (1, 1)],
                 id="crossing spans are told apart"),
])  # fmt: skip
def test_strict(
    gold: list[str], predicted: list[str], golds: list[tuple[int, int]],
    guesses: list[tuple[int, int]],
) -> None:  # fmt: skip
    found = credited(METRICS["entity/strict"], Sides.of(spans(*gold), spans(*predicted), "entity"))

    assert (found.gold, found.predicted) == (
        tuple(Credit(*each) for each in golds),
        tuple(Credit(*each) for each in guesses),
    )


def test_a_set_counts_a_duplicate_for_nothing() -> None:
    sides = Sides.of(spans("A 0-3"), spans("A 0-3", "A 0-3"), "entity")

    assert credited(METRICS["spacy/spans"], sides).predicted == (Credit(1, 1), Credit(0, 0))


_WORDS = "Anna Berg est venue"


@pytest.mark.parametrize(("name", "gold", "predicted", "golds", "guesses"), [
    pytest.param("semeval2013/strict", ["A 0-9"], ["A 0-4", "A 0-9"], [(1, 0)], [(1, 0), (1, 0)],
                 id="what the first prediction takes is not there for the right one"),
    pytest.param("semeval2013/strict", ["A 0-9"], ["A 0-9", "A 0-4"], [(1, 1)], [(1, 1), (1, 0)],
                 id="in another order the right one takes it"),
    pytest.param("semeval2013/partial", ["A 0-9"], ["A 0-4", "A 0-9"], [(1, 0.5)],
                 [(1, 0.5), (1, 0)], id="the first one has the half"),
    pytest.param("conll/chunk", ["A 0-4"], ["A 0-4", "A 0-9"], [(1, 0)], [(0, 0), (1, 0)],
                 id="tags hold the longest"),
    pytest.param("hipe2022/fuzzy", ["A 0-4", "A 5-9"], ["A 0-9"], [(1, 1), (1, 0)], [(1, 1)],
                 id="a prediction takes the first gold span that it overlaps"),
    pytest.param("entity/type", ["A 0-9"], ["A 0-4", "B 0-9"], [(1, 0)], [(1, 0), (1, 0)],
                 id="the same span of another type has it before what overlaps"),
    pytest.param("brat/entities-overlap", ["A 0-9"], ["A 0-4", "A 0-9"], [(1, 1)],
                 [(1, 1), (1, 0)], id="one of two has it"),
    pytest.param("spacy/spans-unlabeled", ["A 0-9"], ["B 0-9", "A 0-9"], [(1, 1)],
                 [(1, 1), (0, 0)], id="the first of a set stands for all"),
])  # fmt: skip
def test_what_is_paired_is_credited(
    name: str, gold: list[str], predicted: list[str], golds: list[tuple[int, float]],
    guesses: list[tuple[int, float]],
) -> None:  # fmt: skip
    one, other = (spans(*written, text=_WORDS) for written in (gold, predicted))

    found = credited(METRICS[name], Sides.of(one, other, "entity"))

    assert (found.gold, found.predicted) == (
        tuple(Credit(*each) for each in golds),
        tuple(Credit(*each) for each in guesses),
    )
    assert not any(found.rest)


def test_a_metric_that_says_nothing_of_its_pairs_is_asked_item_by_item() -> None:
    """The longer span takes the place of the one that was right, and is charged with it."""
    metric = METRICS["conll/chunk"]
    mute = replace(metric, statistic=replace(metric.statistic, trace=None))

    predicted = spans("A 0-4", "A 0-9", text=_WORDS)

    found = credited(mute, Sides.of(spans("A 0-4", text=_WORDS), predicted, "entity"))

    assert found.predicted == (Credit(1, 1), Credit(0, -1))
    assert found.gold == (Credit(1, 0),)
    assert not any(found.rest)


def test_items_that_do_not_overlap_are_apart() -> None:
    text = "x" * 50
    gold, predicted = spans("A 0-3", "A 5-9"), spans("A 2-4", "A 9-12")

    found = groups(listed(gold, "entity", text), listed(predicted, "entity", text))

    assert sorted(found) == [((), (1,)), ((0,), (0,)), ((1,), ())]


def test_a_long_document_takes_seconds() -> None:
    """2,000 mentions are credited group by group, not prefix by prefix of the document."""
    mentions = [
        {"id": f"T{n}", "type": "A", "start": 10 * n, "end": 10 * n + 5} for n in range(2000)
    ]
    line = msgspec.json.encode({"id": "d", "text": "x" * 20_000, "mentions": mentions})
    document = decode(line)

    found = credited(METRICS["entity/strict"], Sides.of(document, document, "entity"))

    assert set(found.gold) == set(found.predicted) == {Credit(1, 1)}


@pytest.mark.parametrize("kind", ["entity", "trigger", "argument", "relation", "label"])
def test_a_store_gives_back_what_it_was_given(kind: str) -> None:
    for gold, _ in documents("entity/strict"):
        store = Store(gold, kind)  # type: ignore[arg-type]  # a parameter is any string
        whole = store.kept(range(len(store.order)))

        assert set(whole.mentions) == set(gold.mentions)
        assert {e.id: e for e in whole.events} == {e.id: e for e in gold.events}
        assert (set(whole.relations), whole.labels) == (set(gold.relations), gold.labels)


@pytest.mark.parametrize("triggers", [[{"start": 2, "end": 3}], []])
def test_an_argument_that_is_an_event_still_stands_without_it(
    triggers: list[dict[str, int]],
) -> None:
    """An event that is left out leaves a segment at its trigger, or a value if it has none."""
    events = [
        {"id": "E1", "type": "A", "triggers": [{"start": 0, "end": 1}],
         "args": [{"role": "R", "ref": "E2"}]},
        {"id": "E2", "type": "B", "triggers": triggers},
    ]  # fmt: skip
    document = decode(msgspec.json.encode({"id": "d", "text": "x" * 9, "events": events}))
    kept = Store(document, "trigger").kept([0])

    assert [each.id for each in kept.events] == ["E1"]
    assert [(s.id, s.start) for s in kept.segments] == ([("E2", 2)] if triggers else [])
    (argument,) = kept.events[0].args
    assert (argument.ref, argument.value) == (("E2", None) if triggers else (None, "B"))
    for name in ("ace/oneie-trigger", "trigger/classification", "bionlp/strict"):
        credited(METRICS[name], Sides.of(document, document, "trigger"))
