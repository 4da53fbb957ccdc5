"""Two versions of a document made one, annotation by annotation."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glose.corpus import jsonl, rules
from glose.corpus.document import (
    Argument,
    Attribute,
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
from glose.corpus.versions import merging, parts
from glose.corpus.versions.merging import Merge

#: Three documents take time; more by hand.
FEW = int(os.environ.get("GLOSE_MERGES", "30"))
TEXT = "L'armée a tué 12 civils à Alep vendredi, selon l'ONU."
BASE = Document(
    id="d1",
    layer="gold",
    text=TEXT,
    text_sha256=fingerprint(TEXT),
    segments=(Segment("g1", "sentence", 0, 53),),
    mentions=(
        Mention("m1", "ORG", 2, 7, text="armée"),
        Mention("m2", "PER", 14, 23, text="12 civils"),
        Mention("m3", "GPE", 26, 30, text="Alep"),
    ),
    entities=(Entity("e1", "ORG", mentions=("m1",)),),
    events=(Event("v1", "ASSAULT", (Trigger(10, 13, text="tué"),), (Argument("Actor", "m1"),)),),
    labels=(Label("topic", "war"),),
    status=Status("todo", ("mentions",)),
)
ONU = Mention("m4", "ORG", 49, 52, text="ONU")
FRIDAY = Mention("m4", "DATE", 31, 39, text="vendredi")
SAYS = Event("v2", "SAY", (Trigger(41, 46, text="selon"),), (Argument("Actor", "m4"),))


def with_(document: Document, *items: Any, **fields: Any) -> Document:  # noqa: ANN401  # items
    """Return a document with items added, or put in place of those of their id."""
    for item in items:
        name = parts_of(item)
        there = {one.id: one for one in getattr(document, name)} | {item.id: item}
        fields[name] = tuple(there.values())
        document = replace(document, **{name: fields[name]})
    return jsonl.canonical(replace(document, **fields))


def without(document: Document, *names: str) -> Document:
    """Return a document without the items of some ids."""
    lists = {
        kind: tuple(item for item in getattr(document, kind) if item.id not in names)
        for kind in rules.KINDS
    }
    return replace(document, **lists)


def parts_of(item: object) -> str:
    kinds = {called: name for name, called in rules.KINDS.items()}
    name = type(item).__name__.lower()
    return kinds["cluster" if name == "eventcluster" else name]


def typed(name: str, type_: str) -> Document:
    """Return the base with another type of an item."""
    item = next(i for kind in rules.KINDS for i in getattr(BASE, kind) if i.id == name)
    return with_(BASE, replace(item, type=type_))


def told(found: Merge) -> list[str]:
    return [f"{c.what}: {c.why}" for c in found.conflicts]


def same(one: Document | None, other: Document | None) -> bool:
    """Whether two documents say the same, in whatever order."""
    if one is None or other is None:
        return one is other
    many = parts.several((one, other))
    return parts.of(one, many) == parts.of(other, many)


CLEAN = [
    pytest.param(
        typed("m1", "X"),
        typed("m2", "Y"),
        with_(typed("m1", "X"), typed("m2", "Y").mentions[1]),
        id="two mentions",
    ),
    pytest.param(
        with_(BASE, ONU),
        typed("m1", "X"),
        with_(typed("m1", "X"), ONU),
        id="one added, one changed",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, ONU),
        with_(without(BASE, "m3"), ONU),
        id="one deleted, one added",
    ),
    pytest.param(with_(BASE, ONU), with_(BASE, ONU), with_(BASE, ONU), id="the same added twice"),
    pytest.param(
        without(BASE, "m3"), without(BASE, "m3"), without(BASE, "m3"), id="the same deleted twice"
    ),
    pytest.param(
        with_(BASE, meta=Meta(title="T")),
        with_(BASE, meta=Meta(author="A"), language="fr"),
        with_(BASE, meta=Meta(title="T", author="A"), language="fr"),
        id="fields of meta",
    ),
    pytest.param(
        with_(BASE, status=Status("done", ("mentions",))),
        with_(BASE, status=Status("todo", ("mentions", "events"))),
        with_(BASE, status=Status("done", ("mentions", "events"))),
        id="status, field by field",
    ),
    pytest.param(
        with_(BASE, labels=(*BASE.labels, Label("tone", "sad"))),
        with_(BASE, labels=()),
        with_(BASE, labels=(Label("tone", "sad"),)),
        id="labels",
    ),
    pytest.param(
        with_(BASE, labels=(*BASE.labels, Label("topic", "syria"))),
        with_(BASE, labels=(*BASE.labels, Label("topic", "army"))),
        with_(BASE, labels=(*BASE.labels, Label("topic", "syria"), Label("topic", "army"))),
        id="several labels of a scheme",
    ),
    pytest.param(
        with_(BASE, extra=(Attribute("a", "1"),)),
        with_(BASE, extra=(Attribute("b", "2"),)),
        with_(BASE, extra=(Attribute("a", "1"), Attribute("b", "2"))),
        id="extra",
    ),
    pytest.param(
        with_(BASE, tokens=((0, 2),)),
        typed("m1", "X"),
        with_(typed("m1", "X"), tokens=((0, 2),)),
        id="tokens",
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), CLEAN)
def test_what_both_did_arrives(ours: Document, theirs: Document, expected: Document) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        found = merging.merge(BASE, one, other)

        assert told(found) == []
        assert found.ours == found.theirs
        assert same(found.ours, expected)


CONFLICTS = [
    pytest.param(
        typed("m1", "X"),
        typed("m1", "Y"),
        ["mention m1: changed differently on both sides"],
        id="a mention",
    ),
    pytest.param(
        typed("v1", "X"),
        with_(BASE, replace(BASE.events[0], tense="Past")),
        ["event v1: changed differently on both sides"],
        id="two fields of one event",
    ),
    pytest.param(
        typed("m3", "X"),
        without(BASE, "m3"),
        ["mention m3: changed by ours, deleted by theirs"],
        id="changed and deleted",
    ),
    pytest.param(
        without(BASE, "m3"),
        typed("m3", "X"),
        ["mention m3: changed by theirs, deleted by ours"],
        id="deleted and changed",
    ),
    pytest.param(
        with_(BASE, meta=Meta(title="A")),
        with_(BASE, meta=Meta(title="B")),
        ["meta.title: changed differently on both sides"],
        id="a title",
    ),
    pytest.param(
        with_(BASE, status=Status("done", ("mentions",))),
        with_(BASE, status=Status("sent", ("mentions",))),
        ["status.state: changed differently on both sides"],
        id="a state",
    ),
    pytest.param(
        with_(BASE, labels=(Label("topic", "a"),)),
        with_(BASE, labels=(Label("topic", "b"),)),
        ["label topic: changed differently on both sides"],
        id="the label of a scheme with one",
    ),
    pytest.param(
        with_(BASE, ONU),
        with_(BASE, replace(ONU, type="X")),
        ["mention m4: added differently on both sides"],
        id="one place and id, two types",
    ),
    pytest.param(
        with_(BASE, text="a", text_sha256=None, **dict.fromkeys(rules.KINDS, ())),
        typed("m1", "X"),
        ["text: the text is not the same on both sides, so no offset is either"],
        id="the text",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, replace(SAYS, args=(Argument("Place", "m3"),))),
        ["event v2: refers to m3, which ours deleted"],
        id="an event with a mention that is gone",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, Entity("e2", "GPE", mentions=("m3",))),
        ["entity e2: refers to m3, which ours deleted"],
        id="an entity",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, Relation("r1", "IN", (Argument("a", "m3"), Argument("b", "m2")))),
        ["relation r1: refers to m3, which ours deleted"],
        id="a relation",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, Template("t1", "X", (Argument("Place", "m3"),))),
        ["template t1: refers to m3, which ours deleted"],
        id="a template",
    ),
    pytest.param(
        without(BASE, "v1"),
        with_(BASE, EventCluster("h1", ("v1",))),
        ["cluster h1: refers to v1, which ours deleted"],
        id="a cluster",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, labels=(*BASE.labels, Label("sure", "no", "m3"))),
        ["label sure of m3: refers to m3, which ours deleted"],
        id="a label",
    ),
    pytest.param(
        without(BASE, "m3"),
        with_(BASE, replace(ONU, value=Value("date:2031", anchor="m3"))),
        ["mention m4: refers to m3, which ours deleted"],
        id="an anchor",
    ),
    pytest.param(
        without(BASE, "g1"),
        with_(BASE, Relation("r1", "IN", (Argument("a", "m1"),), (), ("g1",))),
        ["relation r1: refers to g1, which ours deleted"],
        id="evidence",
    ),
    pytest.param(
        with_(BASE, Entity("e2", "GPE", mentions=("m3",))),
        with_(BASE, Entity("e3", "GPE", mentions=("m3",))),
        [
            "entity e2: mention m3 is in e2 and e3 then",
            "entity e3: mention m3 is in e2 and e3 then",
        ],
        id="a mention in two entities",
    ),
    pytest.param(
        typed("m3", "X"),
        without(with_(BASE, SAYS, ONU), "m3"),
        ["mention m3: changed by ours, deleted by theirs"],
        id="a conflict beside what is none",
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), CONFLICTS)
def test_what_is_to_be_decided_is_told(
    ours: Document, theirs: Document, expected: list[str]
) -> None:
    found = merging.merge(BASE, ours, theirs)

    assert told(found) == expected


@pytest.mark.parametrize(("ours", "theirs", "expected"), CONFLICTS)
def test_each_side_of_a_conflict_keeps_the_rules(
    ours: Document, theirs: Document, expected: list[str]
) -> None:
    found = merging.merge(BASE, ours, theirs)

    for side in (found.ours, found.theirs):
        assert side is not None
        assert list(rules.faults(side)) == []
    assert found.ours != found.theirs


def test_both_versions_are_told_in_words() -> None:
    [conflict] = merging.merge(BASE, typed("m3", "X"), typed("m3", "Y")).conflicts

    assert conflict.told() == (
        "d1 (gold): mention m3: changed differently on both sides\n"
        '  base   m3 GPE "Alep" 26-30\n'
        '  ours   m3 X "Alep" 26-30\n'
        '  theirs m3 Y "Alep" 26-30'
    )


def test_the_sides_of_a_conflict_differ_in_nothing_else() -> None:
    found = merging.merge(
        BASE, with_(typed("m3", "X"), ONU), with_(typed("m3", "Y"), language="fr")
    )

    assert found.ours is not None
    assert found.theirs is not None
    assert (found.ours.language, found.theirs.language) == ("fr", "fr")
    assert [m.type for m in found.ours.mentions] == ["ORG", "PER", "X", "ORG"]
    assert [m.type for m in found.theirs.mentions] == ["ORG", "PER", "Y", "ORG"]


def test_a_deletion_and_what_needs_it_are_two_sides() -> None:
    """With the mention that one side deleted goes all that it did for that: it is one decision."""
    ours = without(with_(BASE, replace(BASE.events[0], args=())), "m1", "e1")
    theirs = with_(BASE, SAYS, ONU, Event("v3", "X", (), (Argument("Actor", "m1"),)))
    found = merging.merge(BASE, ours, theirs)

    assert told(found) == ["event v3: refers to m1, which ours deleted"]
    assert same(found.ours, with_(ours, SAYS, ONU))
    assert same(found.theirs, theirs)


# --------------------------------------------------------------------------------------------
# Ids that both sides gave
# --------------------------------------------------------------------------------------------


def test_two_new_annotations_of_one_id_are_both_kept() -> None:
    found = merging.merge(BASE, with_(BASE, FRIDAY), with_(BASE, ONU, SAYS))

    assert told(found) == []
    assert found.names == (("m4", "m5"),)
    assert found.ours is not None
    assert [(m.id, m.text) for m in found.ours.mentions[3:]] == [("m4", "vendredi"), ("m5", "ONU")]
    assert found.ours.events[-1].args == (Argument("Actor", "m5"),)


def test_what_refers_to_a_renamed_annotation_is_another_one_too() -> None:
    ours = with_(BASE, FRIDAY, Entity("e2", "DATE", mentions=("m4",)))
    theirs = with_(BASE, ONU, Entity("e2", "DATE", mentions=("m4",)))
    found = merging.merge(BASE, ours, theirs)

    assert told(found) == []
    assert found.names == (("m4", "m5"), ("e2", "e3"))
    assert found.ours is not None
    assert [e.mentions for e in found.ours.entities[1:]] == [("m4",), ("m5",)]


@pytest.mark.parametrize(
    ("mine", "yours", "new"),
    [
        pytest.param(FRIDAY, replace(SAYS, id="m4", args=()), "m5", id="of two kinds"),
        pytest.param(replace(FRIDAY, id="x"), replace(ONU, id="x"), "x-2", id="without a number"),
        pytest.param(
            replace(FRIDAY, id="m9"), replace(ONU, id="m9"), "m10", id="after the highest"
        ),
        pytest.param(Template("t1", "A"), Template("t1", "B"), "t2", id="templates"),
        pytest.param(Event("v9", "A"), Event("v9", "B"), "v10", id="events of the document"),
        pytest.param(Segment("g2", "p", 0, 3), Segment("g2", "p", 3, 4), "g3", id="segments"),
    ],
)
def test_the_new_id_is_the_next_of_its_kind(mine: object, yours: object, new: str) -> None:
    found = merging.merge(BASE, with_(BASE, mine), with_(BASE, yours))

    assert told(found) == []
    assert [name for _, name in found.names] == [new]


def test_documents_that_are_new_on_both_sides_are_merged() -> None:
    found = merging.merge(None, without(BASE, "m3"), without(BASE, "e1"))

    assert told(found) == []
    assert same(found.ours, BASE)


@pytest.mark.parametrize("deleted", ["ours", "theirs"])
def test_a_document_deleted_here_and_changed_there_is_a_conflict(deleted: str) -> None:
    changed = typed("m1", "X")
    sides = (None, changed) if deleted == "ours" else (changed, None)
    found = merging.merge(BASE, *sides)
    other = "theirs" if deleted == "ours" else "ours"

    assert (found.ours, found.theirs) == sides
    assert told(found) == [f"document: changed by {other}, deleted by {deleted}"]


# --------------------------------------------------------------------------------------------
# Properties
# --------------------------------------------------------------------------------------------


@st.composite
def three(draw: Any) -> tuple[Document, Document, Document]:  # noqa: ANN401  # hypothesis
    """Return three documents of one text, of which the last two have some of the first."""
    base = jsonl.canonical(draw(documents()))
    sides = []
    for _ in range(2):
        other = draw(documents(st.just(base.text or "")))
        names = draw(st.sets(st.sampled_from((*rules.KINDS, "labels", "meta", "status", "extra"))))
        side = replace(base, **{name: getattr(other, name) for name in names})
        assume(not list(rules.faults(side)))
        sides.append(jsonl.canonical(side))
    return base, sides[0], sides[1]


@settings(max_examples=FEW)
@given(three())
def test_a_side_that_changed_nothing_says_nothing(
    versions: tuple[Document, Document, Document],
) -> None:
    base, one, other = versions

    assert merging.merge(base, one, base) == Merge(one, one)
    assert merging.merge(base, base, other) == Merge(other, other)
    assert merging.merge(base, one, one) == Merge(one, one)
    assert merging.merge(base, None, base) == Merge(None, None)


@settings(max_examples=FEW)
@given(three())
def test_what_comes_of_a_merge_keeps_the_rules(
    versions: tuple[Document, Document, Document],
) -> None:
    found = merging.merge(*versions)

    for side in (found.ours, found.theirs):
        assert side is not None
        assert list(rules.faults(side)) == []
    assert bool(found.conflicts) == (found.ours != found.theirs)


@settings(max_examples=FEW)
@given(three())
def test_sides_can_be_exchanged(versions: tuple[Document, Document, Document]) -> None:
    """All is the same but the order, and which side got new ids."""
    base, one, other = versions
    found, back = merging.merge(base, one, other), merging.merge(base, other, one)

    assert bool(found.conflicts) == bool(back.conflicts)
    assert found.conflicts or found.names or same(found.ours, back.ours)
    assert found.conflicts or sizes(found.ours) == sizes(back.ours)


def sizes(document: Document | None) -> list[int]:
    """Return how many items the lists of a document have."""
    return [len(getattr(document, name)) for name in (*rules.KINDS, "labels", "extra")]


@given(documents(), st.data())
def test_edits_of_different_annotations_both_arrive(
    document: Document, data: st.DataObject
) -> None:
    keys = [("mentions", m.id) for m in document.mentions]
    keys += [("events", e.id) for e in document.events]
    assume(len(keys) > 1)
    chosen = data.draw(st.permutations(keys))
    half = data.draw(st.integers(1, len(keys) - 1))
    ours, theirs = (edited(document, names) for names in (chosen[:half], chosen[half:]))
    found = merging.merge(document, ours, theirs)

    assert told(found) == []
    assert same(found.ours, edited(document, keys))


def edited(document: Document, keys: list[tuple[str, str]]) -> Document:
    """Return a document in which the type of some items is another."""
    lists = {
        name: tuple(
            replace(item, type=f"{item.type}.other") if (name, item.id) in keys else item
            for item in getattr(document, name)
        )
        for name in ("mentions", "events")
    }
    return jsonl.canonical(replace(document, **lists))


@given(documents(), st.data())
def test_additions_of_both_sides_arrive(document: Document, data: st.DataObject) -> None:
    """Each side has a part of the mentions, and all of it is there in the end."""
    base = without_all(document)
    cut = data.draw(st.integers(0, len(document.mentions)))
    ours = replace(base, mentions=document.mentions[:cut])
    theirs = replace(base, mentions=document.mentions[cut:])
    found = merging.merge(base, ours, theirs)

    assert told(found) == []
    assert same(found.ours, replace(base, mentions=document.mentions))


def without_all(document: Document) -> Document:
    # An anchor of a mention may be another mention, which then is not on its side.
    return replace(document, **dict.fromkeys((*rules.KINDS, "labels"), ()))
