"""Errors of relations, links, times and temporal links: kinds by hand, and what repairs give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.evaluate.invented import Record, pairs, write

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.attribution import Sides
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.repairing import repairs
from glose.evaluate.taxonomies import TAXONOMIES, of

TEXT = "x" * 60


def document(mentions: list[str], relations: tuple[str, ...] = (), **more: object) -> Document:
    """Return a document with the mentions that `PER 0-3 Q1` writes, related as in `K a=1 b=2`.

    After the place stands an entry, `NIL` or a value such as `date:1999`; numbers are those of
    mentions from 1 on.
    """
    found = []
    for number, each in enumerate(mentions, start=1):
        name, place, *said = each.split()
        start, end = map(int, place.split("-"))
        mention: dict[str, Any] = {"id": f"m{number}", "type": name, "start": start, "end": end}
        for word in said:
            if ":" in word:
                mention["value"] = {"norm": word}
            else:
                mention["links"] = [{"kb": "NIL" if word == "NIL" else "kb", "id": word}]
        found.append(mention)
    related = []
    for number, each in enumerate(relations, start=1):
        name, *ends = each.split()
        args = [{"role": e.split("=")[0], "ref": f"m{e.split('=')[1]}"} for e in ends]
        related.append({"id": f"r{number}", "type": name, "args": args})
    record = {"id": "d", "text": TEXT, "mentions": found, "relations": related, **more}
    return decode(msgspec.json.encode(record))


def kinds_of(name: str, gold: Document, predicted: Document) -> Counter[str]:
    """Return how many cases of each kind there are; nothing is in two."""
    taxonomy = TAXONOMIES[name]
    sides = Sides.of(gold, predicted, taxonomy.layer)
    found = taxonomy.found(sides, gold, predicted)
    for side in ("gold", "predicted"):
        numbers = [number for case in found for number in getattr(case, side)]
        assert len(numbers) == len(set(numbers))
    assert {case.kind for case in found} <= set(taxonomy.kinds)
    return Counter(case.kind for case in found)


ENDS = ["A 0-3", "A 5-8", "A 10-13"]


@pytest.mark.parametrize(("gold", "predicted", "mentions", "expected"), [
    pytest.param(("K a=1 b=2",), ("K a=1 b=2",), ENDS, ["correct"], id="the same"),
    pytest.param(("K a=1 b=2",), ("K b=2 a=1",), ENDS, ["correct"], id="in another order"),
    pytest.param(("K a=1 b=2",), ("K a=1 b=2",) * 2, ENDS, ["correct", "duplicate"], id="twice"),
    pytest.param(("K a=1 b=2",), ("L a=1 b=2",), ENDS, ["type"], id="another type"),
    pytest.param(("K a=1 b=2",), ("K a=2 b=1",), ENDS, ["direction"], id="the other way round"),
    pytest.param(("K a=1 b=2",), ("L a=2 b=1",), ENDS, ["type and direction"], id="both"),
    pytest.param(("K a=1 b=2",), ("K a=1 b=3",), ENDS, ["argument"], id="another second end"),
    pytest.param(("K a=1 b=2",), ("K a=3 b=2",), ENDS, ["argument"], id="another first end"),
    pytest.param(("K a=1 b=2",), ("K a=1 b=2",), ["A 0-3", "A 6-9", "A 10-13"], ["boundary"],
                 id="an end of other bounds"),
    pytest.param(("K a=1 b=2",), ("K a=1 b=2",), ["B 0-3", "A 5-8", "A 10-13"],
                 ["argument type"], id="a mention of another type"),
    pytest.param(("K a=1 b=2",), (), ENDS, ["missed"], id="missed"),
    pytest.param((), ("K a=1 b=2",), ENDS, ["spurious"], id="spurious"),
    pytest.param(("K a=1 b=2",), ("L a=1 b=3",), ENDS, ["missed", "spurious"],
                 id="only one end in common"),
    pytest.param(("K a=1 b=2", "L a=1 b=2"), ("L a=1 b=2",), ENDS, ["correct", "missed"],
                 id="what is right comes first"),
])  # fmt: skip
def test_relations(
    gold: tuple[str, ...], predicted: tuple[str, ...], mentions: list[str], expected: list[str]
) -> None:
    assert kinds_of(
        "relation", document(ENDS, gold), document(mentions, predicted)
    ) == Counter(expected)  # fmt: skip


def test_an_end_of_another_entity() -> None:
    """Where entities were annotated, an end is all that its entity is mentioned by."""
    gold, predicted = (
        document(
            ENDS, ("K a=1 b=2",), entities=[{"id": "e1", "type": "A", "mentions": ["m1", name]}]
        )
        for name in ("m2", "m3")
    )

    assert kinds_of("relation", gold, predicted) == {"entity": 1}


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param(["A 0-3 Q1"], ["A 0-3 Q1"], ["correct"], id="the same"),
    pytest.param(["A 0-3 NIL"], ["A 0-3 NIL"], ["correct"], id="in no knowledge base"),
    pytest.param(["A 0-3"], ["A 0-3"], ["correct"], id="not linked on either side"),
    pytest.param(["A 0-3 Q1"], ["A 0-3 Q1"] * 2, ["correct", "duplicate"], id="twice"),
    pytest.param(["A 0-3 Q1"], ["B 0-3 Q1"], ["mention type"], id="of another type"),
    pytest.param(["A 0-3 Q1"], ["A 0-3 Q2"], ["wrong entry"], id="another entry"),
    pytest.param(["A 0-3 Q1"], ["B 0-3 Q2"], ["wrong entry"], id="and another type"),
    pytest.param(["A 0-3 Q1"], ["A 0-3 NIL"], ["NIL for entry"], id="NIL instead"),
    pytest.param(["A 0-3 NIL"], ["A 0-3 Q1"], ["entry for NIL"], id="an entry of its own"),
    pytest.param(["A 0-3 Q1"], ["A 0-3"], ["no link"], id="found and not linked"),
    pytest.param(["A 0-3"], ["A 0-3 Q1"], ["needless link"], id="gold says nothing"),
    pytest.param(["A 0-3 Q1"], ["A 1-3 Q1"], ["boundary"], id="other bounds"),
    pytest.param(["A 0-3 Q1"], ["A 1-3 Q2"], ["missed", "spurious"], id="and another entry"),
    pytest.param(["A 0-3"], ["A 5-8"], ["unlinked"] * 2, id="what has no link is apart"),
    pytest.param(["A 0-3 Q1"], [], ["missed"], id="missed"),
])  # fmt: skip
def test_links(gold: list[str], predicted: list[str], expected: list[str]) -> None:
    assert kinds_of("link", document(gold), document(predicted)) == Counter(expected)


@pytest.mark.parametrize(("gold", "predicted", "expected"), [
    pytest.param(["DATE 0-4 date:1999"], ["DATE 0-4 date:1999"], ["correct"], id="the same"),
    pytest.param(["DATE 0-4"], ["DATE 0-4"], ["correct"], id="without a value"),
    pytest.param(["DATE 0-4"], ["DATE 0-4"] * 2, ["correct", "duplicate"], id="twice"),
    pytest.param(["DATE 0-4 date:1999"], ["DATE 0-4 date:2000"], ["value"], id="another value"),
    pytest.param(["DATE 0-4 date:1999"], ["DATE 0-4"], ["value"], id="no value"),
    pytest.param(["DATE 0-4 date:1999"], ["SET 0-4 date:1999"], ["type"], id="another type"),
    pytest.param(["DATE 0-4 date:1999"], ["SET 0-4 set:P1D"], ["type and value"], id="both"),
    pytest.param(["DATE 0-4 date:1999"], ["DATE 2-4 date:1999"], ["extent"], id="other bounds"),
    pytest.param(["DATE 0-4 date:1999"], ["SET 2-4"], ["extent and more"], id="all different"),
    pytest.param(["DATE 0-4"], ["DATE 4-6"], ["missed", "spurious"], id="touching only"),
    pytest.param(["PER 0-4"], ["ORG 0-4"], [], id="no times"),
])  # fmt: skip
def test_times(gold: list[str], predicted: list[str], expected: list[str]) -> None:
    assert kinds_of("time", document(gold), document(predicted)) == Counter(expected)


TIMES = ["DATE 0-3", "DATE 5-8", "DATE 10-13"]


@pytest.mark.parametrize(("gold", "predicted", "mentions", "expected"), [
    pytest.param(("BEFORE a=1 b=2",), ("BEFORE a=1 b=2",), TIMES, ["correct"], id="the same"),
    pytest.param(("BEFORE a=1 b=2",), ("AFTER a=2 b=1",), TIMES, ["correct"],
                 id="said the other way round"),
    pytest.param(("BEFORE a=1 b=2",), ("BEFORE a=1 b=2", "AFTER a=2 b=1"), TIMES,
                 ["correct", "duplicate"], id="said twice"),
    pytest.param(("BEFORE a=1 b=2",), ("INCLUDES a=1 b=2",), TIMES, ["relation"],
                 id="another relation"),
    pytest.param(("BEFORE a=1 b=2",), ("BEFORE a=2 b=1",), TIMES, ["relation"],
                 id="the opposite"),
    pytest.param(("BEFORE a=1 b=2",), ("BEFORE a=1 b=2",), ["DATE 1-3", "DATE 5-8"],
                 ["boundary"], id="an end of other bounds"),
    pytest.param(("BEFORE a=1 b=3",), ("BEFORE a=1 b=2", "BEFORE a=2 b=3"), TIMES,
                 ["implied", "spurious", "spurious"], id="it follows from what is predicted"),
    pytest.param(("BEFORE a=1 b=2", "BEFORE a=2 b=3"), ("BEFORE a=1 b=3",), TIMES,
                 ["missed", "missed", "implied"], id="it follows from gold"),
    pytest.param(("works a=1 b=2",), ("works a=1 b=2",), TIMES, [], id="other relations"),
])  # fmt: skip
def test_temporal_links(
    gold: tuple[str, ...], predicted: tuple[str, ...], mentions: list[str], expected: list[str]
) -> None:
    found = kinds_of("time link", document(TIMES, gold), document(mentions, predicted))

    assert found == Counter(expected)


@pytest.mark.parametrize(("name", "expected"), [
    ("entity/strict", "entity"), ("textee/trigger-classification", "trigger"),
    ("rams/argument", "argument"), ("relation/strict", "relation"),
    ("brat/relations-exact", "relation"), ("link/nil", "link"),
    ("linking/weak_link_match", "link"), ("linking/strong_mention_match", "entity"),
    ("hipe2022/nel-strict", "link"), ("hipe2022/strict", "entity"), ("time/value", "time"),
    ("tempeval3/time-strict", "time"), ("timelink/awareness", "time link"),
    ("tempeval3/awareness", "time link"), ("label/value", None), ("coreference/b3", None),
])  # fmt: skip
def test_what_a_metric_is_of(name: str, expected: str | None) -> None:
    found = of(METRICS[name])

    assert (found.name if found else None) == expected


#: All metrics of relations, links, times and temporal links.
ASKED = {
    name: found.name
    for name, metric in METRICS.items()
    if (found := of(metric)) and found.name in ("relation", "link", "time", "time link")
}


def distinct(record: Record) -> Record:
    """Return a record in which no two mentions or triggers overlap.

    Where they do, there is no one answer, and programs take what comes first by id.
    """
    reach = 0
    mentions = []
    for each in sorted(record["mentions"], key=lambda each: (each["start"], each["end"])):
        if each["start"] >= reach:
            mentions.append(each)
            reach = each["end"]
    free = [True] * (len(record["text"]) + 1)
    for each in mentions:
        free[each["start"] : each["end"]] = [False] * (each["end"] - each["start"])
    events = []
    for each in record["events"]:
        triggers = [t for t in each["triggers"][:1] if all(free[t["start"] : t["end"]])]
        for t in triggers:
            free[t["start"] : t["end"]] = [False] * (t["end"] - t["start"])
        events.append({**each, "triggers": triggers, "args": []})
    there = {each["id"] for each in mentions} | {each["id"] for each in events}
    entities = [
        {**each, "mentions": [name for name in each["mentions"] if name in there]}
        for each in record["entities"]
    ]
    relations = [r for r in record["relations"] if all(a["ref"] in there for a in r["args"])]
    return {
        **record, "mentions": mentions, "events": events, "event_clusters": [],
        "entities": [each for each in entities if each["mentions"]], "relations": relations,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_all_repairs_lead_to_gold(seed: int, tmp_path: Path) -> None:
    """With all kinds repaired a system scores what gold does against itself, in every metric."""
    drawn = [(distinct(gold), distinct(predicted)) for gold, predicted in pairs(25, seed)]
    gold = write(tmp_path / "gold.jsonl", [each for each, _ in drawn])
    predicted = write(tmp_path / "crf.jsonl", [each for _, each in drawn])
    options = Options(protocols=tuple(ASKED))
    perfect = {
        n: f1 for x in repairs(gold, gold, options=options).layers for n, f1 in x.f1.items()
    }
    found = repairs(gold, predicted, options=options)
    last = {n: f1 for each in found.layers for n, f1 in each.repairs[-1].after.items()}

    assert {each.layer for each in found.layers} == set(ASKED.values())
    assert last == pytest.approx(perfect)
    assert sum(value == 1 for value in last.values()) > len(ASKED) / 2


@pytest.mark.parametrize("seed", range(20))
def test_what_does_not_occur_gains_nothing(seed: int, tmp_path: Path) -> None:
    ((one, other),) = pairs(1, seed)
    gold, predicted = write(tmp_path / "gold.jsonl", [one]), write(tmp_path / "crf.jsonl", [other])
    options = Options(protocols=(*ASKED, "coreference/conll"))
    for each in repairs(gold, predicted, options=options).layers:
        before = each.f1
        for repair in each.repairs:
            if not repair.errors:
                assert repair.alone == each.f1
                assert repair.after == before
            before = repair.after or before


def test_each_annotation_is_in_one_kind(tmp_path: Path) -> None:
    drawn = pairs(40, 7)
    gold = write(tmp_path / "gold.jsonl", [each for each, _ in drawn])
    predicted = write(tmp_path / "crf.jsonl", [each for _, each in drawn])
    options = Options(protocols=("relation/strict", "link/strict"))
    for each in repairs(gold, predicted, options=options).layers:
        for side, records in (("gold", 0), ("predicted", 1)):
            name = "relations" if each.layer == "relation" else "mentions"
            there = sum(len(pair[records][name]) for pair in drawn)
            assert sum(getattr(repair, side) for repair in each.repairs) == there
