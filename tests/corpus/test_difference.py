"""What changed between two versions, told by content and not by id."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus import difference, jsonl, rules
from glose.corpus.document import (
    Argument,
    Attribute,
    Date,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Meta,
    Relation,
    Segment,
    Status,
    Template,
    Trigger,
    Value,
    fingerprint,
)
from glose.corpus.testing import documents

TEXT = "L'armée a tué 12 civils à Alep vendredi."
OLD = Document(
    id="d1",
    layer="gold",
    text=TEXT,
    text_sha256=fingerprint(TEXT),
    segments=(Segment("g1", "title", 0, 40),),
    mentions=(
        Mention("m1", "ORG", 2, 7, text="armée", level="NOM"),
        Mention("m2", "PER", 14, 23, text="12 civils", level="NOM"),
        Mention("m3", "GPE", 26, 30, text="Alep", level="NAM"),
        Mention("m4", "DATE", 31, 39, text="vendredi", value=Value("date:2031-03-14")),
    ),
    entities=(Entity("e1", "ORG", mentions=("m1",)), Entity("e2", "GPE", mentions=("m3",))),
    relations=(Relation("r1", "IN", (Argument("a", "m2"), Argument("b", "m3")), (), ("g1",)),),
    events=(
        Event("v1", "ASSAULT", (Trigger(10, 13, text="tué"),),
              (Argument("Actor", "m1"), Argument("Recipient", "m2")), "Positive"),
    ),
    event_clusters=(EventCluster("h1", ("v1",)),),
    templates=(Template("t1", "Attack", (Argument("Victim", "m2"),), ("v1",)),),
    labels=(Label("topic", "war", "g1"),),
)  # fmt: skip


def told(**fields: object) -> list[str]:
    """Return the changes to the old document if some of its fields are replaced."""
    return [str(change) for change in difference.between(OLD, replace(OLD, **fields))]


def event(**fields: object) -> tuple[Event, ...]:
    """Return the event of the old document with some fields replaced."""
    return (replace(OLD.events[0], **fields),)


def friday(**fields: object) -> tuple[Mention, ...]:
    """Return the mentions of the old document with some fields of the last one replaced."""
    return (*OLD.mentions[:3], replace(OLD.mentions[3], **fields))


FRIDAY = "d1: mention changed: m4 DATE vendredi 31-39"
KILLING = "d1: event changed: v1 ASSAULT tué 10-13"
GREW = "d1: text changed: text: characters: 40 -> 41"
CASES = [
    pytest.param(
        {"mentions": friday(type="TIME")},
        [f"{FRIDAY}: type: DATE -> TIME"],
        id="another type",
    ),
    pytest.param(
        {"mentions": friday(value=Value("date:2031-03-21"))},
        [f"{FRIDAY}: value.norm: date:2031-03-14 -> date:2031-03-21"],
        id="another value",
    ),
    pytest.param(
        {"mentions": OLD.mentions[:3]},
        ["d1: mention removed: m4 DATE vendredi 31-39"],
        id="a mention less",
    ),
    pytest.param(
        {"mentions": (*OLD.mentions, Mention("m5", "NUM", 14, 16, text="12"))},
        ["d1: mention added: m5 NUM 12 14-16"],
        id="a mention more",
    ),
    pytest.param(
        {"mentions": friday(start=30, text=" vendredi")},
        [f"{FRIDAY}: start: 31 -> 30; text: vendredi -> ' vendredi'"],
        id="another border of the mention with that id",
    ),
    pytest.param(
        {"entities": (Entity("e1", "ORG", mentions=("m1", "m2")), OLD.entities[1])},
        ["d1: entity changed: e1 ORG entity of armée 2-7: mentions: none -> '12 civils' 14-23"],
        id="a mention joins an entity",
    ),
    pytest.param(
        {"events": event(polarity="Negative")},
        [f"{KILLING}: polarity: Positive -> Negative"],
        id="another polarity",
    ),
    pytest.param(
        {"events": event(args=(Argument("Actor", "m1"), Argument("Location", "m3")))},
        [f"{KILLING}: args: Recipient='12 civils' 14-23 -> Location=Alep 26-30"],
        id="another argument",
    ),
    pytest.param(
        {"events": event(args=OLD.events[0].args[::-1])},
        [],
        id="arguments in another order are the same",
    ),
    pytest.param(
        {"events": event(attrs=(Attribute("reported", "yes"),))},
        [f"{KILLING}: attrs: none -> (name reported, value yes)"],
        id="an attribute more",
    ),
    pytest.param(
        {"events": (), "event_clusters": (), "templates": ()},
        ["d1: event removed: v1 ASSAULT tué 10-13",
         "d1: cluster removed: h1 tué 10-13",
         "d1: template removed: t1 Attack tué 10-13, Victim='12 civils' 14-23"],
        id="no events",
    ),
    pytest.param(
        {"labels": (Label("topic", "peace", "g1"),)},
        ["d1: label changed: war topic of title 0-40: value: war -> peace"],
        id="another label",
    ),
    pytest.param(
        {"meta": Meta(date=Date(2031, 3))},
        ["d1: meta changed: meta: meta.date: none -> (year 2031, month 3, approx False)"],
        id="a date more",
    ),
    pytest.param(
        {"status": Status(state="done")},
        ["d1: status changed: status: status.state: none -> done"],
        id="another state",
    ),
    pytest.param(
        {"text": TEXT + "!", "text_sha256": None},
        [f"{GREW}; first at 40: 'ils à Alep vendredi.' -> 'ils à Alep vendredi.!'"],
        id="another text",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "changes"), CASES)
def test_change(fields: dict[str, Any], changes: list[str]) -> None:
    assert told(**fields) == changes


@given(documents())
@settings(deadline=None, max_examples=40)
def test_a_document_does_not_differ_from_itself(document: Document) -> None:
    assert list(difference.between(document, document)) == []


def renamed(document: Document) -> Document:
    """Return a document whose every id is another one."""
    text = jsonl.encode(document)
    for kind in "gmervht":
        for number in range(1, 5):
            text = text.replace(f'"{kind}{number}"'.encode(), f'"x{kind}{9 - number}"'.encode())
    return jsonl.decode(text)


def test_other_ids_are_no_change() -> None:
    assert list(difference.between(OLD, renamed(OLD))) == []


def test_a_change_under_other_ids_is_the_only_one() -> None:
    changed = replace(OLD, events=event(polarity="Negative"))

    assert [str(change) for change in difference.between(OLD, renamed(changed))] == [
        "d1: event changed: v1 ASSAULT tué 10-13: polarity: Positive -> Negative"
    ]


def test_a_mention_put_before_others_that_renumbers_them_is_the_only_change() -> None:
    first, *rest = OLD.mentions
    shifted = [replace(mention, id=f"m{number}") for number, mention in enumerate(rest, start=3)]
    mentions = (first, Mention("m2", "NUM", 14, 16, text="12"), *shifted)
    old = Document(id="d", text=TEXT, mentions=OLD.mentions)

    found = list(difference.between(old, replace(old, mentions=mentions)))

    assert [str(change) for change in found] == ["d: mention added: m2 NUM 12 14-16"]


def permuted(document: Document, draw: st.DataObject) -> Document:
    """Return a document in which ids of the same list have changed places."""
    text = jsonl.encode(document)
    for kind in rules.KINDS:
        ids = [item.id for item in getattr(document, kind)]
        others = draw.draw(st.permutations(ids))
        for number, name in enumerate(ids):
            text = text.replace(f'"{name}"'.encode(), f'"{kind}-{number}"'.encode())
        for number, name in enumerate(others):
            text = text.replace(f'"{kind}-{number}"'.encode(), f'"{name}"'.encode())
    return jsonl.decode(text)


@given(document=documents(), draw=st.data())
@settings(deadline=None, max_examples=60)
def test_ids_that_change_places_are_no_change(document: Document, draw: st.DataObject) -> None:
    assert list(difference.between(document, permuted(document, draw))) == []


def turned(change: difference.Change) -> tuple[object, ...]:
    """Return what a change is the other way round; how things are called aside."""
    kind = {"added": "removed", "removed": "added"}.get(change.kind, change.kind)
    fields = sorted((name, new, old) for name, old, new in change.fields)
    return change.what, kind, change.number, tuple(fields)


def kept(change: difference.Change) -> tuple[object, ...]:
    return change.what, change.kind, change.number, tuple(sorted(change.fields))


@given(one=documents(st.just(TEXT)), other=documents(st.just(TEXT)))
@settings(deadline=None, max_examples=50)
def test_the_other_way_round_it_is_the_same(one: Document, other: Document) -> None:
    forth, back = difference.between(one, other), difference.between(other, one)

    assert sorted(map(str, map(turned, forth))) == sorted(map(str, map(kept, back)))


DAYS = "Thursday or June 3"
THURSDAY = Mention("m1", "T", 0, 8, text="Thursday", level="NAM")
JUNE = Mention("m2", "T", 12, 18, text="June 3", level="NAM")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(
            (replace(THURSDAY, id="m2", level="NOM"), replace(JUNE, id="m1")),
            ["m1 T Thursday 0-8: level: NAM -> NOM"],
            id="one changed",
        ),
        pytest.param(
            (replace(THURSDAY, id="m2", level="NOM"), replace(JUNE, id="m1", level="PRO")),
            ["m1 T Thursday 0-8: level: NAM -> NOM", "m2 T 'June 3' 12-18: level: NAM -> PRO"],
            id="both changed",
        ),
        pytest.param(
            (replace(THURSDAY, id="m2", type="D"), replace(JUNE, id="m1", level="PRO")),
            ["m1 T Thursday 0-8: type: T -> D", "m2 T 'June 3' 12-18: level: NAM -> PRO"],
            id="one of another type",
        ),
        pytest.param(
            (replace(THURSDAY, id="m9", end=6, text="Thursd"), replace(JUNE, id="m1")),
            ["m1 T Thursday 0-8", "m9 T Thursd 0-6"],
            id="another border and id",
        ),
        pytest.param(
            (replace(JUNE, id="m1", level="NOM"),),
            ["m2 T 'June 3' 12-18: level: NAM -> NOM", "m1 T Thursday 0-8"],
            id="one less, and the other took its id",
        ),
        pytest.param(
            (JUNE, replace(THURSDAY, type="D"), replace(THURSDAY, id="m7", level="PRO")),
            ["m1 T Thursday 0-8: level: NAM -> PRO", "m1 D Thursday 0-8"],
            id="the type before the id",
        ),
    ],
)  # fmt: skip
def test_mentions_whose_ids_were_swapped(new: tuple[Mention, ...], expected: list[str]) -> None:
    old = Document(id="d", text=DAYS, mentions=(THURSDAY, JUNE))

    found = difference.between(old, replace(old, mentions=new))

    assert [str(change).split(": ", 2)[2] for change in found] == expected


def test_an_id_given_to_something_elsewhere_pairs_nothing() -> None:
    old = Document(id="d", text=DAYS, mentions=(THURSDAY,))

    found = difference.between(old, replace(old, mentions=(replace(JUNE, id="m1"),)))

    assert [change.kind for change in found] == ["removed", "added"]


def test_entities_are_paired_by_their_members_before_their_ids() -> None:
    old = Document(
        id="d", text=DAYS, mentions=(THURSDAY, JUNE),
        entities=(Entity("e1", "T", mentions=("m1",)), Entity("e2", "T", mentions=("m2",))),
    )  # fmt: skip
    new = replace(old, entities=(
        Entity("e1", "D", mentions=("m2",)), Entity("e2", "T", name="x", mentions=("m1",)),
    ))  # fmt: skip

    assert [(c.item, c.fields) for c in difference.between(old, new)] == [
        ("e1 T entity of Thursday 0-8", (("name", "none", "x"),)),
        ("e2 T entity of 'June 3' 12-18", (("type", "T", "D"),)),
    ]


def test_thousands_of_changes_are_paired_in_time() -> None:
    text = "ab " * 6000
    old = Document(id="d", text=text, mentions=tuple(
        Mention(f"m{n}", "T", 3 * n, 3 * n + 2, text="ab", level="NAM") for n in range(6000)
    ))  # fmt: skip
    new = replace(old, mentions=tuple(
        replace(mention, id=f"m{5999 - n}", level="NOM") for n, mention in enumerate(old.mentions)
    ))  # fmt: skip

    before = time.process_time()
    found = list(difference.between(old, new))

    assert {change.fields for change in found} == {(("level", "NAM", "NOM"),)}
    # Every item against every other would take minutes.
    assert time.process_time() - before < 10


def test_equal_annotations_are_counted() -> None:
    twice = replace(OLD, mentions=(*OLD.mentions, replace(OLD.mentions[3], id="m5")))

    assert [change.kind for change in difference.between(OLD, twice)] == ["added"]


class TestFiles:
    def changes(self, tmp_path: Path, old: list[Document], new: list[Document]) -> list[str]:
        """Return what changed between files of two versions."""
        jsonl.write(tmp_path / "a.jsonl", old)
        jsonl.write(tmp_path / "b.jsonl", new)
        found = difference.changes(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
        return [str(change) for change in found]

    def test_the_same_documents(self, tmp_path: Path) -> None:
        assert self.changes(tmp_path, [OLD], [OLD]) == []

    def test_a_document_more(self, tmp_path: Path) -> None:
        assert self.changes(tmp_path, [], [OLD]) == ["d1: document added: 40 characters"]

    def test_a_document_less(self, tmp_path: Path) -> None:
        assert self.changes(tmp_path, [OLD], []) == ["d1: document removed: 40 characters"]

    def test_a_document_without_text(self, tmp_path: Path) -> None:
        bare = Document(id="d0", layer="x")

        assert self.changes(tmp_path, [bare], []) == ["d0: document removed: no characters"]

    def test_a_document_in_another_layer_is_compared(self, tmp_path: Path) -> None:
        assert self.changes(tmp_path, [OLD], [replace(OLD, layer="ann")]) == [
            "d1: layer changed: layer: layer: gold -> ann"
        ]

    def test_documents_are_told_in_order(self, tmp_path: Path) -> None:
        other = replace(OLD, id="d0", labels=())

        found = self.changes(tmp_path, [OLD, replace(OLD, id="d0")], [other])

        assert [line.split(":")[0] for line in found] == ["d0", "d1"]


def test_a_text_of_the_same_size_shows_where_it_differs() -> None:
    [line] = told(text=TEXT.replace("12 civils", "13 civils"), text_sha256=None)

    assert line == (
        "d1: text changed: text: first at 15: "
        '"L\'armée a tué 12 civils à Alep vend" -> "L\'armée a tué 13 civils à Alep vend"'
    )


def test_a_segment_is_called_by_its_type_once() -> None:
    [removed, *_] = told(segments=(), relations=(), labels=())

    assert removed == "d1: segment removed: g1 title 0-40"


class TestMovedSegments:
    OLD = Document(
        id="d",
        text="Un. Deux. Trois.",
        segments=(
            Segment("g1", "sentence", 0, 3),
            Segment("g2", "sentence", 4, 9),
            Segment("g3", "sentence", 10, 16),
        ),
    )

    def moved(self, text: str, *places: tuple[int, int]) -> list[difference.Change]:
        """Return the changes but that of the text, if the segments are at some places."""
        segments = tuple(Segment(f"x{n}", "sentence", a, b) for n, (a, b) in enumerate(places))
        new = replace(self.OLD, text=text, segments=segments)
        return [c for c in difference.between(self.OLD, new) if c.what == "segment"]

    def test_they_are_one_line(self) -> None:
        [change] = self.moved("Oh! Un. Deux. Trois.", (4, 7), (8, 13), (14, 20))

        assert str(change) == "d: segment moved: 3, with the text"

    def test_they_are_counted_one_by_one(self) -> None:
        found = self.moved("Oh! Un. Deux. Trois.", (4, 7), (8, 13), (14, 20))

        assert difference.count(found)["segment"] == {"moved": 3}

    def test_one_whose_words_changed_is_told_by_itself(self) -> None:
        found = self.moved("Un. Vingt. Trois.", (0, 3), (4, 10), (11, 17))

        assert [change.kind for change in found] == ["moved", "removed", "added"]

    def test_without_another_text_a_segment_does_not_move(self) -> None:
        found = self.moved("Un. Deux. Trois.", (0, 3), (4, 9), (9, 16))

        assert "moved" not in [change.kind for change in found]


def test_changes_are_counted_by_what_and_kind() -> None:
    found = difference.between(OLD, replace(OLD, events=(), labels=()))

    counts = difference.count(found)

    assert {what: dict(kinds) for what, kinds in counts.items()} == {
        "cluster": {"changed": 1}, "event": {"removed": 1}, "label": {"removed": 1},
        "template": {"changed": 1},
    }  # fmt: skip
