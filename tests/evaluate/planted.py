"""Errors planted in gold, so that it can be told how many of them an audit finds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

import msgspec

from glose.evaluate.suspects import Suspect

Record: TypeAlias = dict[str, Any]

#: The layers of which errors are planted.
LAYERS = ("entity", "argument", "coreference")


class Planted(NamedTuple):
    """An error: its document and layer, and the bounds of the mention that it concerns."""

    document: str
    layer: str
    start: int
    end: int


def records(path: Path, ids: Sequence[str] | None = None) -> list[Record]:
    """Return the records of a file, all or some."""
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    return [each for each in found if ids is None or each["id"] in ids]


def plant(gold: Sequence[Record], share: float, seed: int) -> tuple[list[Record], list[Planted]]:
    """Return gold with errors in a share of its mentions, arguments and clustered mentions.

    Mentions that nothing refers to are dropped, others get another type or lose their first word;
    arguments are dropped, get another role or another filler of their document; mentions of a
    cluster are put in one of their own, or in another cluster.
    """
    random = Random(seed)
    changed, planted = json.loads(json.dumps(gold)), []
    for record in changed:
        for change in (_mentions, _arguments, _clusters):
            planted += change(record, share, random)
    return changed, planted


def cut(gold: Sequence[Record], share: float, seed: int) -> tuple[list[Record], list[Planted]]:
    """Return gold with a share of the mentions of several words without their first or last.

    What is planted has the bounds that are right.
    """
    random = Random(seed)
    changed, planted = json.loads(json.dumps(gold)), []
    for record in changed:
        for mention in record["mentions"]:
            words = mention["text"].split(" ")
            if len(words) > 1 and not mention["fragments"] and random.random() < share:
                planted.append(_planted(record, "entity", mention))
                if random.random() < 0.5:
                    mention["start"] += len(words[0]) + 1
                else:
                    mention["end"] -= len(words[-1]) + 1
                mention["text"] = record["text"][mention["start"] : mention["end"]]
                mention["head"] = []
    return changed, planted


def repeated(gold: Sequence[Record], planted: Sequence[Planted], times: int) -> list[Planted]:
    """Return the errors of which the words are mentions in so many places of gold at least."""
    texts = {record["id"]: record["text"] for record in gold}
    marked = Counter(mention["text"] for record in gold for mention in record["mentions"])
    return [
        each for each in planted if marked[texts[each.document][each.start : each.end]] >= times
    ]


def mended(
    suspects: Sequence[Suspect], planted: Sequence[Planted], first: int | None = None
) -> float:
    """Return the share of errors that are among the first suspects with their right bounds.

    By default those are as many suspects of mentions as errors.
    """
    there = [each for each in suspects if each.layer == "entity"][: first or len(planted)]
    found = {
        Planted(each.document, "entity", *each.proposed.pieces[0])
        for each in there
        if each.kind == "boundary" and each.proposed
    }
    return sum(each in found for each in planted) / len(planted)


def _mentions(record: Record, share: float, random: Random) -> list[Planted]:
    used = {arg["ref"] for event in record["events"] for arg in event["args"]}
    used |= {name for entity in record["entities"] for name in entity["mentions"]}
    kinds = sorted({mention["type"] for mention in record["mentions"]})
    kept, planted = [], []
    for mention in record["mentions"]:
        if random.random() < share:
            planted.append(_planted(record, "entity", mention))
            words = mention["text"].split(" ")
            if mention["id"] not in used:
                continue
            if len(words) > 1 and not mention["fragments"] and random.random() < 0.5:
                mention["start"] += len(words[0]) + 1
                mention["text"] = mention["text"][len(words[0]) + 1 :]
                mention["head"] = []
            else:
                mention["type"] = random.choice([k for k in kinds if k != mention["type"]])
        kept.append(mention)
    record["mentions"] = kept
    return planted


def _arguments(record: Record, share: float, random: Random) -> list[Planted]:
    places = {mention["id"]: mention for mention in record["mentions"]}
    roles = sorted({arg["role"] for event in record["events"] for arg in event["args"]})
    planted = []
    for event in record["events"]:
        kept = []
        for arg in event["args"]:
            if arg["ref"] in places and event["triggers"] and random.random() < share:
                how = random.choice(("drop", "role", "filler"))
                if how == "filler":
                    arg["ref"] = random.choice(sorted(places))
                elif how == "role":
                    arg["role"] = random.choice([r for r in roles if r != arg["role"]])
                planted.append(_planted(record, "argument", places[arg["ref"]]))
                if how == "drop":
                    continue
            kept.append(arg)
        event["args"] = kept
    return planted


def _clusters(record: Record, share: float, random: Random) -> list[Planted]:
    places = {mention["id"]: mention for mention in record["mentions"]}
    several = [each for each in record["entities"] if len(each["mentions"]) > 1]
    planted = []
    for entity in several:
        for name in entity["mentions"][1:]:
            if random.random() < share and len(entity["mentions"]) > 1:
                entity["mentions"].remove(name)
                planted.append(_planted(record, "coreference", places[name]))
                others = [each for each in several if each is not entity]
                if others and random.random() < 0.5:
                    random.choice(others)["mentions"].append(name)
                else:
                    new = {**entity, "id": f"{entity['id']}.{name}", "mentions": [name]}
                    record["entities"].append(new)
    return planted


def write(path: Path, found: Sequence[Record]) -> Path:
    """Write records to a file, each with only what an audit of these layers reads."""
    lines = []
    for record in found:
        lists: Record = {"relations": [], "event_clusters": [], "templates": [], "labels": []}
        status = {**record["status"], "annotated": ["mentions", "entities", "events"]}
        lines.append(msgspec.json.encode({**record, **lists, "status": status}) + b"\n")
    path.write_bytes(b"".join(lines))
    return path


def precision(
    suspects: Sequence[Suspect], planted: Sequence[Planted], layer: str, first: int | None = None
) -> float:
    """Return the share of errors among the first suspects of a layer, of as many as are planted.

    Errors of any layer count where they concern a mention that the suspect is about.
    """
    starts = {(each.document, each.start) for each in planted}
    ends = {(each.document, each.end) for each in planted}
    number = first or len({each for each in planted if each.layer == layer})
    there = [each for each in suspects if each.layer == layer][:number]
    right = 0
    for each in there:
        places = [item.pieces for item in (each.gold, each.proposed) if item and item.pieces]
        right += any(
            (each.document, place[0][0]) in starts or (each.document, place[-1][1]) in ends
            for place in places
        )
    return right / len(there)


def _planted(record: Record, layer: str, mention: Record) -> Planted:
    return Planted(record["id"], layer, mention["start"], mention["end"])
