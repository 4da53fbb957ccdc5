"""Small documents with every list, drawn at random, as records.

Spans nest, cross, repeat and have gaps; a prediction is drawn anew or is gold with things dropped,
moved, renamed and doubled; either may lack any list's items. Types are such as each family of
metrics knows: times and their links, proteins and their events, slots of templates.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]

WORDS = ("the", "an", "Anna", "of", "Hama", "bombs", "né", "l’", "in", "1999", "x", "struck", ".")
MENTIONS = ("PER", "ORG", "GPE.City", "TIMEX3.DATE", "TIMEX3.DURATION", "Protein")
EVENTS = ("Conflict.Attack", "Life.Die", "Gene_expression", "Binding", "Regulation")
ROLES = ("Actor", "Place", "Theme", "Theme2", "Cause")
REALIS = ("Actual", "Generic", "Other", None)
RELATIONS = (
    "BEFORE", "AFTER", "INCLUDES", "SIMULTANEOUS", "After", "Subevent", "works_for", "located_in",
)  # fmt: skip
NAMES = ("a bomb", "the bomb", "Hama", "rebels", "the rebels")


class Maker:
    """Draws records; two with the same seed draw the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def pair(self, number: int) -> tuple[Record, Record]:
        """Return gold and a prediction of one document."""
        gold = self.gold(f"d{number}")
        if self.random.random() < 0.4:
            return gold, self.record(gold["id"], gold["tokens"], gold["text"])
        return gold, self.noisy(gold)

    def gold(self, name: str) -> Record:
        words = [self.random.choice(WORDS) for _ in range(self.random.randint(1, 12))]
        tokens, at = [], 0
        for word in words:
            tokens.append([at, at + len(word)])
            at += len(word) + 1
        return self.record(name, tokens, " ".join(words))

    def record(self, name: str, tokens: list[list[int]], text: str) -> Record:
        """Return a layer over a text; one list in four has no items."""
        mentions = [self.mention(f"m{n}", tokens) for n in range(self.some(6))]
        ids = [each["id"] for each in mentions]
        events: list[Record] = []
        for number in range(self.some(4)):
            known = [*ids, *(each["id"] for each in events)]
            events.append(self.event(f"v{number}", tokens, known))
        entities = [
            {"id": f"e{n}", "type": "PER", "mentions": part}
            for n, part in enumerate(self.parts(ids))
        ]
        clusters = self.parts([each["id"] for each in events])
        both = [*ids, *(each["id"] for each in events)]
        return {
            "id": name, "text": text, "tokens": tokens, "mentions": mentions, "entities": entities,
            "relations": [self.relation(f"r{n}", both) for n in range(self.some(4)) if both],
            "events": events,
            "event_clusters": [{"id": f"h{n}", "events": each} for n, each in enumerate(clusters)],
            "templates": [self.template(f"f{n}") for n in range(self.some(2))],
            "labels": self.labels(),
        }  # fmt: skip

    def some(self, most: int) -> int:
        return 0 if self.random.random() < 0.25 else self.random.randint(1, most)

    def span(self, tokens: Sequence[Sequence[int]]) -> Record:
        """Return a span of up to four words, the middle ones left out now and then."""
        first = self.random.randrange(len(tokens))
        last = min(len(tokens) - 1, first + self.random.choice((0, 0, 0, 1, 1, 2, 3)))
        found: Record = {"start": tokens[first][0], "end": tokens[last][1]}
        if last - first > 1 and self.random.random() < 0.4:
            found["fragments"] = [tokens[first], tokens[last]]
        if self.random.random() < 0.5:
            found["head"] = tokens[self.random.choice((first, last))]
        return found

    def mention(self, name: str, tokens: Sequence[Sequence[int]]) -> Record:
        kind = self.random.choice(MENTIONS)
        found = {"id": name, "type": kind, **self.span(tokens)}
        if kind.startswith("TIMEX3") and self.random.random() < 0.8:
            found["value"] = {
                "norm": self.random.choice(("date:1999", "date:2000", "duration:P1D"))
            }
        if self.random.random() < 0.6:
            links = ({"kb": "wikidata", "id": "Q1"}, {"kb": "wikidata", "id": "Q2"}, {"kb": "NIL"})
            found["links"] = [{"id": "NIL1", **link} for link in links[self.random.randrange(3) :]]
        return found

    def event(self, name: str, tokens: Sequence[Sequence[int]], known: Sequence[str]) -> Record:
        triggers = [self.span(tokens) for _ in range(self.random.choice((0, 1, 1, 1, 1, 2)))]
        args = [self.argument(known) for _ in range(self.some(3))]
        return {
            "id": name, "type": self.random.choice(EVENTS), "triggers": triggers, "args": args,
            "modality": self.random.choice(REALIS),
        }  # fmt: skip

    def argument(self, known: Sequence[str]) -> Record:
        role = self.random.choice(ROLES)
        if known and self.random.random() < 0.9:
            return {"role": role, "ref": self.random.choice(known)}
        return {"role": role, "value": self.random.choice(NAMES)}

    def relation(self, name: str, known: Sequence[str]) -> Record:
        args = [{"role": role, "ref": self.random.choice(known)} for role in ("source", "target")]
        return {"id": name, "type": self.random.choice(RELATIONS), "args": args}

    def template(self, name: str) -> Record:
        args = [
            {"role": self.random.choice(("Victim", "Target")), "value": self.random.choice(NAMES)}
            for _ in range(self.some(3))
        ]
        return {"id": name, "type": self.random.choice(("attack", "bombing")), "args": args}

    def labels(self) -> list[Record]:
        topics = self.random.sample(("war", "sport", "law"), self.random.randint(0, 3))
        found = [{"scheme": "topics", "value": topic} for topic in topics]
        if self.random.random() < 0.8:
            found.append({"scheme": "tone", "value": self.random.choice(("calm", "loud"))})
        return found

    def parts(self, ids: Sequence[str]) -> list[list[str]]:
        """Return some of the ids in disjoint groups."""
        groups: list[list[str]] = [[], [], [], []]
        for each in ids:
            self.random.choice(groups).append(each)
        return [each for each in groups[1:] if each]

    def noisy(self, gold: Record) -> Record:
        """Return gold with things dropped, moved, renamed, doubled and put elsewhere."""
        found: Record = json.loads(json.dumps(gold))
        found["mentions"] = [self.moved(m, gold["tokens"], MENTIONS) for m in found["mentions"]]
        for event in found["events"]:
            event["triggers"] = [
                self.moved(t, gold["tokens"])
                for t in event["triggers"]
                if self.random.random() < 0.8
            ]
            event["args"] = [each for each in event["args"] if self.random.random() < 0.8]
            event["args"] += event["args"][: self.random.choice((0, 0, 1))]
        for name in ("relations", "templates", "labels", "event_clusters", "entities"):
            found[name] = [each for each in found[name] if self.random.random() < 0.8]
        if found["mentions"] and self.random.random() < 0.3:
            found["mentions"].append({**self.random.choice(found["mentions"]), "id": "m99"})
        return found

    def moved(
        self, item: Record, tokens: Sequence[Sequence[int]], types: Sequence[str] = ()
    ) -> Record:
        chance = self.random.random()
        if chance < 0.15:
            kept = {
                k: v for k, v in item.items() if k not in ("start", "end", "fragments", "head")
            }
            return {**kept, **self.span(tokens)}
        if chance < 0.3 and types:
            return {**item, "type": self.random.choice(types)}
        return item


def pairs(number: int, seed: int = 0) -> list[tuple[Record, Record]]:
    """Return pairs of layers."""
    maker = Maker(seed)
    return [maker.pair(each) for each in range(number)]


def write(path: Path, records: Sequence[Record]) -> Path:
    """Write records to a file, sorted by id, and return it."""
    lines = sorted(records, key=lambda each: str(each["id"]))
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path
