"""A document with errors, the same ones each time.

Of mentions and events 5 % are dropped, 5 % are given the type of another, 10 % lose or gain their
last word; mentions move to another cluster or to one of their own (5 % each), a cluster in ten is
joined with the one before; 10 % of arguments are dropped or get another's role; 10 % of relations
and labels are dropped, 5 % of relations get another's type. Spans end with words, as they did.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from random import Random
from typing import Any, TypeAlias

import msgspec

from glose.corpus.document import Document, Pair

Record: TypeAlias = dict[str, Any]


def perturbed(document: Document, seed: int = 1) -> Record:
    """Return a document with errors, as a record; another seed makes others."""
    draw = Random(f"{seed}{document.id}")
    record: Record = msgspec.to_builtins(document)
    text = document.text or ""
    words = document.tokens or [found.span() for found in re.finditer(r"\S+", text)]
    gone = {*spans(record["mentions"], draw), *spans(record["events"], draw)}
    for name in ("mentions", "events"):
        record[name] = [each for each in record[name] if each["id"] not in gone]
    for each in record["mentions"]:
        if draw.random() < 0.1:
            move(each, text, words, draw)
    for each in record["events"]:
        if each["triggers"] and draw.random() < 0.1:
            move(each["triggers"][0], text, words, draw)
    record["entities"] = clusters(record["entities"], "mentions", gone, draw)
    record["event_clusters"] = clusters(record["event_clusters"], "events", gone, draw)
    arguments(record["events"], gone, draw)
    record["relations"] = relations(record["relations"], gone, draw)
    record["labels"] = [each for each in record["labels"] if draw.random() < 0.9]
    return record


def spans(items: Sequence[Record], draw: Random) -> set[str]:
    """Give some items the type of another; return the ids of those that are to go."""
    types = [each["type"] for each in items]
    gone = set()
    for each in items:
        chance = draw.random()
        if chance < 0.05:
            gone.add(each["id"])
        elif chance < 0.1:
            each["type"] = draw.choice(types)
    return gone


def move(span: Record, text: str, words: Sequence[Pair], draw: Random) -> None:
    """Take the last word off a span in one piece, or add the next one."""
    first = bisect_right([end for _, end in words], span["start"])
    last = bisect_left([start for start, _ in words], span["end"]) - 1
    last += draw.choice((-1, 1))
    if not span["fragments"] and first <= last < len(words):
        span["end"] = words[last][1]
        span["text"] = text[span["start"] : span["end"]]
        span["head"] = []


def clusters(items: Sequence[Record], name: str, gone: set[str], draw: Random) -> list[Record]:
    """Return clusters of which some members have moved, and some are one; none is empty."""
    own = [[each for each in item[name] if each not in gone] for item in items]
    alone: list[list[str]] = []
    for members in list(own):
        for member in list(members):
            chance = draw.random()
            if chance < 0.1:
                members.remove(member)
                target = draw.choice(own) if chance < 0.05 else []
                target.append(member)
                alone += [] if chance < 0.05 else [target]
    for number in range(1, len(own)):
        if draw.random() < 0.1:
            own[number] += own[number - 1]
            own[number - 1] = []
    kept = [{**item, name: members} for item, members in zip(items, own, strict=True) if members]
    made = [
        {**items[0], "id": f"{name}.alone{n}", name: members} for n, members in enumerate(alone)
    ]
    return kept + made


def arguments(events: Sequence[Record], gone: set[str], draw: Random) -> None:
    """Drop arguments whose filler is gone and some others; give some the role of another."""
    roles = [each["role"] for event in events for each in event["args"]]
    for event in events:
        event["args"] = [a for a in event["args"] if a["ref"] not in gone and draw.random() < 0.95]
        for each in event["args"]:
            if draw.random() < 0.05:
                each["role"] = draw.choice(roles)


def relations(items: Sequence[Record], gone: set[str], draw: Random) -> list[Record]:
    """Return the relations whose ends are there, without some; some have the type of another."""
    types = [each["type"] for each in items]
    kept = [each for each in items if not gone & {a["ref"] for a in each["args"]}]
    kept = [each for each in kept if draw.random() < 0.9]
    for each in kept:
        if draw.random() < 0.05:
            each["type"] = draw.choice(types)
    return kept
