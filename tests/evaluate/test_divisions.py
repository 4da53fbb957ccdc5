"""The work of crediting grows with a document and not with its square."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import msgspec
import pytest

from glose.corpus.document import Document
from glose.corpus.jsonl import decode
from glose.evaluate.annotations import Store
from glose.evaluate.attribution import Sides, credited, layer
from glose.evaluate.counts import Tally
from glose.evaluate.excerpts import Excerpts
from glose.evaluate.groupings import groupings
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

#: A sentence of so many words of one letter, no two of a text the same.
WORDS = 10


def sentences(number: int, seed: int) -> Document:
    """Return a document in which each sentence has mentions, an event, entities and relations.

    Which they are is drawn with the seed; half of it is the same for every seed.
    """
    found: dict[str, list[Any]] = {"mentions": [], "events": [], "entities": [], "relations": []}
    for at in range(number):
        random = Random(at if at % 2 else f"{seed} {at}")
        start = 2 * WORDS * at
        names = [f"m{at}.{n}" for n in range(4)]
        for name in names:
            first = start + 2 * random.randrange(WORDS - 3)
            last = first + 1 + 2 * random.randrange(3)
            kind = random.choice("AB")
            found["mentions"].append({"id": name, "type": kind, "start": first, "end": last})
        args = [{"role": random.choice("RS"), "ref": name} for name in names[:2]]
        trigger = start + 2 * random.randrange(WORDS - 1)
        found["events"].append({
            "id": f"e{at}", "type": random.choice("XY"), "args": args,
            "triggers": [{"start": trigger, "end": trigger + 1}],
        })  # fmt: skip
        found["entities"].append({"id": f"n{at}", "type": "A", "mentions": names[1:3]})
        ends = [{"role": role, "ref": name} for role, name in zip("ab", names[2:], strict=True)]
        found["relations"].append({"id": f"r{at}", "type": "K", "args": ends})
    words = (chr(0x4E00 + n) if (n + 1) % WORDS else "." for n in range(WORDS * number))
    text = "".join(f"{word} " for word in words)
    return decode(msgspec.json.encode({"id": "d", "text": text, **found}))


def steps(name: str, number: int) -> int:
    """Return how much is read in all, word by word and item by item, to credit all items."""
    read = 0
    metric = METRICS[name]

    def count(gold: View, predicted: View) -> Tally:
        nonlocal read
        for document in (gold.document, predicted.document):
            lists = (
                document.mentions, document.events, document.entities, document.relations,
                document.tokens, document.segments,
            )  # fmt: skip
            read += sum(map(len, lists)) + (len(document.text or "") if not document.tokens else 0)
        return metric.statistic.tally(gold, predicted)

    counting = replace(
        metric.statistic, project=lambda document, cut: [View(document, cut)],
        count=lambda gold, predicted: count(gold[0], predicted[0]),
    )  # fmt: skip
    kind = layer(metric)
    assert kind is not None
    credited(metric, Sides.of(sentences(number, 1), sentences(number, 2), kind), counting)
    return read


@pytest.mark.parametrize("name", [
    "entity/strict", "entity/partial", "semeval2013/partial", "hipe2022/fuzzy", "conll/chunk",
    "quote/mention", "trigger/classification", "nugget/type", "metametric/trigger-classification",
    "textee/eae-argument-attached-classification", "ace/dygie-argument", "argument/coreference",
    "argument/informative", "metametric/argument-classification", "rams/distance",
    "wikievents/head-coref-role", "relation/strict", "relation/cluster", "brat/relations-overlap",
])  # fmt: skip
def test_three_times_the_document_is_about_three_times_the_work(name: str) -> None:
    assert steps(name, 240) <= 4 * steps(name, 80)


@pytest.mark.parametrize("name", ["entity/strict", "argument/attached-classification"])
def test_what_is_not_near_is_not_in_an_excerpt(name: str) -> None:
    document = sentences(30, 1)
    kind = layer(METRICS[name])
    assert kind is not None
    sides = Sides.of(document, document, kind)
    sizes = [
        len(part.views[0].document.mentions) + len(part.views[0].document.tokens)
        for part in next(iter(sides.divisions))
    ]

    assert max(sizes) <= 2 * WORDS


def test_groupings_are_partitions() -> None:
    """Each annotation is in one group of each grouping, and at last all are in one."""
    documents = sentences(12, 1), sentences(12, 2)
    for kind in ("entity", "trigger", "argument", "relation"):
        sides = Sides.of(*documents, kind)
        for found in groupings(sides.layer, sides.gold, sides.predicted, sides.stores):
            for side, items in enumerate((sides.gold, sides.predicted)):
                numbers = sorted(number for group in found for number in group[side])
                assert numbers == list(range(len(items)))
        assert len(found) == 1


def test_an_excerpt_has_what_its_annotations_refer_to() -> None:
    """Of two arguments: their event, their mentions, and the entity of one with all mentions."""
    document = sentences(3, 1)
    store = Store(document, "argument")
    found = Excerpts(store).of((2,), (), ((20, 40),), ((20, 40),)).document

    assert [event.id for event in found.events] == ["e1"]
    assert [argument.ref for argument in found.events[0].args] == ["m1.0"]
    assert "m1.0" in {mention.id for mention in found.mentions}
    assert found.relations == ()
    assert 0 < len(found.tokens) <= WORDS + 2
    assert [segment.end for segment in found.segments] == [39]
