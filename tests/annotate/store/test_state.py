"""The fold of operations: order, tombstones, and the index of references."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.annotate.store.operations import LISTS, Change, Comment, Item, inverse, key
from glose.annotate.store.references import references, trimmed
from glose.annotate.store.state import State
from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    Label,
    Mention,
    Relation,
    Status,
    Template,
    Value,
)
from glose.corpus.testing import documents

Begun = Callable[[Document], State]
Drawn = Callable[[State, Document], st.SearchStrategy[tuple[Change, ...]]]

GAO, HAMA = Mention("m1", "GPE", 0, 3, text="Gao"), Mention("m2", "GPE", 4, 8, text="Hama")


def state(*items: Mention) -> State:
    """Return a state with mentions."""
    made = State(Document(id="d1", layer="ana", text="Gao Hama"))
    made.apply(Change("mentions", one.id, None, one) for one in items)
    return made


def test_items_stand_in_the_order_in_which_they_came() -> None:
    assert state(HAMA, GAO).record().mentions == (HAMA, GAO)


def test_what_comes_back_takes_its_old_place() -> None:
    made = state(GAO, HAMA)
    drop = (Change("mentions", "m1", GAO, None),)
    made.apply(drop)
    made.apply(inverse(drop))

    assert made.record().mentions == (GAO, HAMA)


def test_a_status_that_was_never_set_is_an_empty_one() -> None:
    assert state().get("status", "status") == Status()


def test_departures_are_changes_of_something_else_than_is_there() -> None:
    right, wrong = Change("mentions", "m1", GAO, None), Change("mentions", "m2", GAO, None)

    assert state(GAO, HAMA).departures([right, wrong]) == [wrong]


def test_comments_are_exported_as_extra() -> None:
    made = state(GAO)
    comment = Comment("k1", "m1", text="which Gao?", user="ana")
    made.apply([Change("comments", "k1", None, comment)])

    assert made.record().extra == ()
    assert [msgspec.json.decode(one.value, type=Comment) for one in made.exported().extra] == [
        comment
    ]


def test_what_each_kind_of_item_refers_to() -> None:
    args = (Argument("Actor", ref="m1"), Argument("Number", value="12"))
    items: dict[str, tuple[Item, list[str]]] = {
        "a time": (Mention("m1", "DATE", 0, 1, value=Value("date:2031", anchor="v1")), ["v1"]),
        "a time of the document": (
            Mention("m1", "DATE", 0, 1, value=Value("d", anchor="DCT")),
            [],
        ),
        "an entity": (Entity("e1", "GPE", mentions=("m1", "m1")), ["m1", "m1"]),
        "an event": (Event("v1", "ASSAULT", args=args), ["m1"]),
        "a relation": (Relation("r1", "X", args=args, evidence=("s1",)), ["m1", "s1"]),
        "a template": (Template("t1", "X", args=args, events=("v1",)), ["m1", "v1"]),
        "a label": (Label("topic", "war", "m1"), ["m1"]),
        "a label of the document": (Label("topic", "war"), []),
        "a comment": (Comment("k1", "m1"), ["m1"]),
    }

    assert {name: list(references(item)) for name, (item, _) in items.items()} == {
        name: expected for name, (_, expected) in items.items()
    }


def test_trimming_keeps_what_is_wanted_and_strings() -> None:
    args = (Argument("Actor", ref="m1"), Argument("Actor", ref="m2"), Argument("N", value="12"))

    assert trimmed(Event("v1", "X", args=args), {"m2"}) == Event("v1", "X", args=args[1:])
    assert trimmed(Entity("e1", "X", mentions=("m1", "m2")), {"m2"}) == Entity(
        "e1", "X", mentions=("m2",)
    )


@settings(max_examples=40)
@given(data=st.data())
def test_the_index_is_that_of_the_items(data: st.DataObject, begun: Begun, drawn: Drawn) -> None:
    document = data.draw(documents())
    made = begun(document)
    changes = data.draw(drawn(made, data.draw(documents(st.just(document.text or "a")))))
    made.apply(changes)

    expected: dict[str, set[tuple[str, str]]] = {}
    for name in LISTS:
        for known, _ in made.places(name):
            item = made.get(name, known)
            for one in () if item is None else references(item):
                expected.setdefault(one, set()).add((name, known))
    ids = {one for name in LISTS for one, _ in made.places(name)} | expected.keys()
    assert {one: set(made.referrers(one)) for one in ids if made.referrers(one)} == expected
    assert len(made) == sum(made.count(name) for name in LISTS)


@settings(max_examples=40)
@given(data=st.data())
def test_undone_changes_leave_the_same_record(
    data: st.DataObject, begun: Begun, drawn: Drawn
) -> None:
    document = data.draw(documents())
    made = begun(document)
    before = made.exported()
    changes = data.draw(drawn(made, data.draw(documents(st.just(document.text or "a")))))
    made.apply(changes)
    made.apply(inverse(changes))

    assert made.exported() == before


def test_keys_are_those_of_the_items() -> None:
    made = state(GAO, HAMA)

    assert [key(one) for one in made.all("mentions")] == ["m1", "m2"]
    assert dict(made.places("mentions")) == {"m1": 0, "m2": 1}
