"""The sample corpus is what its README says, and its gold is consistent."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from glose.corpus import jsonl
from glose.corpus.document import Document, Mention
from glose.corpus.schema import load
from glose.corpus.violations import violations

SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "samples"
GOLD = {document.id: document for document in jsonl.read(SAMPLES / "gold.jsonl")}
SECOND = {document.id: document for document in jsonl.read(SAMPLES / "second.jsonl")}
SPLITS: dict[str, list[str]] = json.loads((SAMPLES / "splits.json").read_text())
PLOVER = load("plover")
ARABIC = re.compile(r"[\u0600-\u06ff]")
EMOJI = re.compile(r"[\U0001f300-\U0001faff]")


def text(document: Document) -> str:
    """Return the text of a document, which gold always has."""
    assert document.text is not None
    return document.text


def noted(document: Document, word: str) -> bool:
    """Whether a note of the document speaks of a string."""
    return any(word in note.value for note in document.extra if note.name == "note")


def test_there_are_sixty_documents_in_three_splits() -> None:
    sizes = {name: len(ids) for name, ids in SPLITS.items()}

    assert sizes == {"train": 36, "dev": 12, "test": 12}
    assert sorted(id_ for ids in SPLITS.values() for id_ in ids) == sorted(GOLD)


def test_the_second_layer_covers_the_test_documents() -> None:
    assert sorted(SECOND) == sorted(SPLITS["test"])


@pytest.mark.parametrize("id_", GOLD)
def test_a_dispatch_has_the_length_of_one(id_: str) -> None:
    assert 115 <= len(re.findall(r"[\w'’-]+", text(GOLD[id_]))) <= 260


@pytest.mark.parametrize(
    "document", [*GOLD.values(), *SECOND.values()], ids=lambda d: f"{d.layer} {d.id}"
)
def test_annotation_agrees_with_the_schema(document: Document) -> None:
    assert [str(found) for found in violations(document, PLOVER)] == []


@pytest.mark.parametrize("id_", SECOND)
def test_the_second_layer_has_the_same_text(id_: str) -> None:
    assert SECOND[id_].text == GOLD[id_].text


def test_the_second_layer_was_made_on_its_own() -> None:
    """Two people agree on some documents and never on all twelve."""
    differ = [
        id_
        for id_, document in SECOND.items()
        if (document.mentions, document.events) != (GOLD[id_].mentions, GOLD[id_].events)
    ]

    assert len(differ) >= 6


def test_a_name_has_one_type_throughout() -> None:
    types: defaultdict[str, set[str]] = defaultdict(set)
    for document in GOLD.values():
        for mention in document.mentions:
            if mention.level == "NAM" and not noted(document, mention.text):
                types[mention.text].add(mention.type)

    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def unmarked(document: Document, mention: Mention) -> Iterator[int]:
    """Yield where the string of a mention stands outside every mention and trigger."""
    spans = [(m.start, m.end) for m in document.mentions]
    for found in re.finditer(rf"(?<!\w){re.escape(mention.text)}(?!\w)", text(document)):
        if not any(start <= found.start() and found.end() <= end for start, end in spans):
            yield found.start()


@pytest.mark.parametrize("id_", GOLD)
def test_a_name_that_is_marked_once_is_marked_everywhere(id_: str) -> None:
    document = GOLD[id_]
    missed = [
        (mention.text, place)
        for mention in document.mentions
        if mention.level == "NAM" and not noted(document, mention.text)
        for place in unmarked(document, mention)
    ]

    assert missed == []


@pytest.mark.parametrize("id_", GOLD)
def test_the_same_name_is_the_same_entity(id_: str) -> None:
    """A capital that stands for its government in one place and not in another has a note."""
    document = GOLD[id_]
    entity = {id_: entity.id for entity in document.entities for id_ in entity.mentions}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention in document.mentions:
        if mention.level == "NAM" and not noted(document, mention.text):
            found[mention.text].add(entity[mention.id])

    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("id_", GOLD)
def test_every_mention_that_is_no_value_is_in_an_entity(id_: str) -> None:
    document = GOLD[id_]
    inside = {mention for entity in document.entities for mention in entity.mentions}

    assert {m.id for m in document.mentions if m.value is None} == inside


HARD = {
    "nested spans": lambda d: any(
        a is not b and a.start <= b.start and b.end <= a.end
        for a in d.mentions
        for b in d.mentions
    ),
    "a discontinuous mention": lambda d: any(m.fragments for m in d.mentions),
    "a discontinuous trigger": lambda d: any(t.fragments for e in d.events for t in e.triggers),
    "a negated event": lambda d: any(e.polarity == "Negative" for e in d.events),
    "an event that has not happened": lambda d: any(e.modality == "Other" for e in d.events),
    "reported speech": lambda d: any(a.name == "reported" for e in d.events for a in e.attrs),
    "an event as an argument": lambda d: any(
        a.ref in {e.id for e in d.events} for e in d.events for a in e.args
    ),
    "coreferent events": lambda d: bool(d.event_clusters),
    "an approximate number": lambda d: any(
        m.type == "NUM" and m.value and m.value.mod == "APPROX" for m in d.mentions
    ),
}


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("case", HARD)
def test_hard_cases_are_learnt_and_tested(case: str, split: str) -> None:
    assert any(HARD[case](GOLD[id_]) for id_ in SPLITS[split])


def test_there_is_an_emoji_and_a_name_in_arabic_script() -> None:
    assert any(EMOJI.search(text(document)) for document in GOLD.values())
    assert any(ARABIC.search(m.text) for document in GOLD.values() for m in document.mentions)


def test_every_event_type_occurs_in_train() -> None:
    found = Counter(event.type for id_ in SPLITS["train"] for event in GOLD[id_].events)

    assert len(found) == 16
