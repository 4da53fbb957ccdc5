"""From an empty project to exported gold, by keyboard only and again by mouse only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.annotate.e2e.dispatches import TEXT
from tests.annotate.e2e.people import PEOPLE, Person
from tests.annotate.e2e.screen import Screen
from tests.annotate.e2e.serving import Server, glose

#: Lists whose items have ids, in the order of the record.
IDENTIFIED = ("mentions", "entities", "relations", "events", "event_clusters")
LISTS = "mentions,entities,relations,events,event_clusters,labels"
COOK = "👩🏽‍🚒🇲🇱"
CAFE = "Cafe\u0301 de Se\u0301gou"


def annotate(person: Person) -> None:
    """Annotate the dispatch; load the page anew in the middle of it."""
    person.select("attaqué")
    person.begin("ATTACK")
    person.select("Gardiens du Fleuve")
    person.fill("Attacker")
    person.mark("ORG")
    person.select("Bamba")
    person.fill("Place")
    person.select("mardi")
    person.fill("Date")
    person.accept_value()
    person.set("tense", "Past")

    person.select("tué")
    person.begin("DEATH")
    person.select("douze civils")
    person.fill("Victim")
    person.select("trois soldats")
    person.fill("Victim")
    person.again("tué", "ATTACK")
    person.select("Ils")
    person.fill("Attacker")
    person.mark("ORG")
    person.pick("douze")
    person.fill("Victim")
    person.leave()

    person.screen.saved()
    person.screen.reload()

    person.select("mis")
    person.begin("FIRE")
    person.add("feu")
    person.select("groupe")
    person.fill("Attacker")
    person.mark("ORG")
    person.select("annoncé")
    person.begin("STATEMENT")
    person.select("armée")
    person.fill("Speaker")
    person.mark("ORG")
    person.fill_event("Content", "mis")
    person.leave()

    person.select("Moussa Diarra")
    person.mark("PER")
    person.leave()
    person.select("dirigé par")
    person.begin("LEADS")
    person.pick("Moussa")
    person.fill("Leader")
    person.pick("groupe")
    person.fill("Group")
    person.leave()

    person.pick("groupe")
    person.link("Gardiens")
    person.pick("Ils")
    person.link_again()
    person.leave()

    person.select("attaque")
    person.begin("ATTACK")
    person.cluster("attaqué")
    person.leave()

    person.select("هاجموا")
    person.begin("ATTACK")
    person.select("المسلحين")
    person.fill("Attacker")
    person.select("مدينة غاو")
    person.fill("Place")
    person.leave()

    person.select(COOK)
    person.mark("PER")
    person.leave()
    person.select(CAFE)
    person.mark("ORG")
    person.comment("Un café ou son nom ?")
    person.leave()
    person.pick("mardi")
    person.correct_value("date:2031-03-03")
    person.leave()
    person.pick("Moussa")
    person.flag()
    person.leave()
    person.label("war")
    person.screen.saved()
    person.finish()


def span(words: str) -> dict[str, Any]:
    """Return where words stand first in the text, as Python counts."""
    start = TEXT.index(words)
    end = start + len(words)
    return {"start": start, "end": end, "fragments": [], "text": TEXT[start:end], "head": []}


def mention(name: str, kind: str, words: str, norm: str | None = None) -> dict[str, Any]:
    value = None if norm is None else {"norm": norm, "mod": None, "unit": None, "anchor": None}
    rest: dict[str, Any] = {"level": None, "value": value, "links": [], "attrs": []}
    return {"id": name, "type": kind, **span(words), **rest}


def arguments(fillers: str) -> list[dict[str, Any]]:
    """Return arguments from "Role=id Role=id"."""
    pairs = [pair.split("=") for pair in fillers.split()]
    return [{"role": role, "ref": ref, "value": None, "attrs": []} for role, ref in pairs]


def event(name: str, kind: str, trigger: dict[str, Any], fillers: str, **said: str) -> Any:  # noqa: ANN401
    attributes = dict.fromkeys(("polarity", "modality", "tense", "genericity")) | said
    return {
        "id": name, "type": kind, "triggers": [trigger], "args": arguments(fillers),
        **attributes, "attrs": [],
    }  # fmt: skip


def remark(name: str, target: str, text: str, flag: bool) -> dict[str, str]:
    """Return a comment as `extra` has it."""
    said = {
        "id": name, "target": target, "start": None, "end": None, "text": text, "flag": flag,
        "resolved": False, "user": "ana",
    }  # fmt: skip
    return {
        "name": "comment",
        "value": json.dumps(said, ensure_ascii=False, separators=(",", ":")),
    }


MENTIONS = [
    mention("m1", "ORG", "Gardiens du Fleuve"),
    mention("m2", "DATE", "mardi", "date:2031-03-03"),
    mention("m3", "GPE", "Bamba"),
    mention("m4", "ORG", "Ils"),
    mention("m5", "PER", "douze civils"),
    mention("m6", "PER", "trois soldats"),
    mention("m7", "ORG", "groupe"),
    mention("m8", "PER", "Moussa Diarra"),
    mention("m9", "ORG", "armée"),
    mention("m10", "ORG", "المسلحين"),
    mention("m11", "GPE", "مدينة غاو"),
    mention("m12", "PER", COOK),
    mention("m13", "ORG", CAFE),
]
FIRE = {
    **span("mis"),
    "end": span("feu")["end"],
    "fragments": [[span(words)["start"], span(words)["end"]] for words in ("mis", "feu")],
    "text": "mis feu",
}
EVENTS = [
    event("v1", "ATTACK", span("attaqué"), "Attacker=m1 Place=m3 Date=m2", tense="Past"),
    event("v2", "DEATH", span("tué"), "Victim=m5 Victim=m6"),
    event("v3", "ATTACK", span("tué"), "Attacker=m4 Victim=m5"),
    event("v4", "FIRE", FIRE, "Attacker=m7"),
    event("v5", "STATEMENT", span("annoncé"), "Speaker=m9 Content=v4"),
    event("v6", "ATTACK", span("attaque"), ""),
    event("v7", "ATTACK", span("هاجموا"), "Attacker=m10 Place=m11"),
]
LEADS = {
    "id": "r1", "type": "LEADS", "args": arguments("Leader=m8 Group=m7"),
    "triggers": [span("dirigé par")], "evidence": [], "attrs": [],
}  # fmt: skip
ANNOTATED = {
    "mentions": MENTIONS,
    "entities": [
        {
            "id": "e1", "type": "ORG", "name": None, "mentions": ["m1", "m4", "m7"],
            "links": [], "attrs": [],
        },
    ],
    "relations": [LEADS],
    "events": EVENTS,
    "event_clusters": [{"id": "c1", "events": ["v1", "v6"], "attrs": []}],
    "templates": [],
    "labels": [{"scheme": "topic", "value": "war", "target": None, "score": None}],
    "status": {"state": "done", "annotated": LISTS.split(","), "guideline": None},
    "extra": [
        remark("k1", "m13", "Un café ou son nom ?", False),
        remark("k2", "m8", "", True),
    ],
}  # fmt: skip


def renamed(line: str) -> dict[str, Any]:
    """Return a record with ids in the order in which they stand in it: m1, m2, e1 …"""
    record: dict[str, Any] = json.loads(line)
    items = [item["id"] for name in IDENTIFIED for item in record[name]]
    items += [json.loads(extra["value"])["id"] for extra in record["extra"]]
    count: dict[str, int] = {}
    for name in items:
        count[name[0]] = count.get(name[0], 0) + 1
        line = line.replace(name, f"{name[0]}{count[name[0]]}")
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.mark.parametrize("kind", PEOPLE, ids=["by keyboard only", "by mouse only"])
def test_from_an_empty_project_to_gold(
    kind: type[Person],
    corpus: Path,
    serve: Callable[..., Server],
    enter: Callable[..., Screen],
    tmp_path: Path,
) -> None:
    """What is exported is what was annotated, to the last key of the record."""
    store, out = tmp_path / "project.db", tmp_path / "gold.jsonl"
    screen = enter(serve(corpus, store, "--annotate", LISTS), "n1")
    annotate(kind(screen))
    screen.shows("Un camp attaqué")
    screen.saved()

    assert glose("annotate", "export", store, "-o", out, "--as", "gold").returncode == 0
    [line] = out.read_text().splitlines()
    [bare, _] = (corpus / "documents.jsonl").read_text().splitlines()
    checked = glose("corpus", "validate", out, "--schema", corpus / "schema.toml", "--json")
    assert json.loads(checked.stdout)["errors"] == 0, checked.stdout
    assert renamed(line) == json.loads(bare) | ANNOTATED | {"layer": "gold"}
    assert screen.faults == []
