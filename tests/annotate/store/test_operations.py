"""Operations as they come, as they are kept, and what is wrong with them by themselves."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.annotate.store.operations import (
    LISTS,
    Change,
    Comment,
    Decision,
    Item,
    Operation,
    changes,
    decode,
    encode,
    faults,
    inverse,
    item,
    key,
)
from glose.corpus.document import Event, Label, Mention, Status, Trigger
from glose.corpus.errors import GloseError

ID = "00000000-0000-4000-8000-000000000001"
MENTION = Mention("m1", "GPE", 0, 3, text="Gao")
MARK = Change("mentions", "m1", None, MENTION)


def made(**fields: object) -> Operation:
    """Return an operation that marks a mention, but for some fields."""
    plain: dict[str, object] = {"id": ID, "base": 0, "verb": "mark", "changes": (MARK,)}
    return Operation(**(plain | fields))  # type: ignore[arg-type]  # fields of any kind


def test_missing_keys_of_items_get_defaults() -> None:
    sparse = b'{"list": "mentions", "id": "m1", "before": null, "after": %s}'
    found = changes(
        b"[%s]" % (sparse % b'{"id":"m1","type":"GPE","start":0,"end":3,"text":"Gao"}')
    )

    assert found == (MARK,)


def test_numbers_are_what_they_are_in_the_record() -> None:
    """JavaScript writes 1.0 as 1; the item is the same."""
    assert item("labels", b'{"scheme":"s","value":"v","score":1}') == item(
        "labels", b'{"scheme":"s","value":"v","target":null,"score":1.0}'
    )


def test_every_key_is_written() -> None:
    plain = msgspec.json.decode(encode(made()))

    assert list(plain) == ["id", "base", "verb", "of", "note", "changes"]
    assert list(plain["changes"][0]["after"]) == list(Mention.__struct_fields__)


ITEMS: list[Item] = [
    MENTION,
    Event("v1", "ASSAULT", (Trigger(0, 3, text="Gao"),)),
    Label("topic", "war", "m1", 0.5),
    Status("done", ("mentions",)),
    Comment("k1", "m1", text="is it?"),
    Decision("crf/m1", "mentions", "accepted", "m1"),
]


@pytest.mark.parametrize("one", ITEMS, ids=lambda one: type(one).__name__)
def test_what_is_written_is_read(one: Item) -> None:
    name = next(name for name, kind in LISTS.items() if kind is type(one))
    operation = made(changes=(Change(name, key(one), None, one),))

    assert decode(encode(operation)) == operation


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Label("topic", "war"), "topic|war|"),
        (Label("topic", "war", "m1"), "topic|war|m1"),
        (Status(), "status"),
        (MENTION, "m1"),
    ],
)
def test_keys(one: Item, expected: str) -> None:
    assert key(one) == expected


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "operation: not JSON", id="nothing"),
        pytest.param(b"[]", "found a list; expected an object", id="a list"),
        pytest.param(b'{"id":"a"}', "required key 'base' is missing", id="a key is missing"),
        pytest.param(b'{"who":"me"}', "unknown key 'who'", id="an unknown key"),
        pytest.param(b'{"changes":[{"before":' + b"[" * 9_999, "not JSON", id="without end"),
        pytest.param(b'{"id":"\xff"}', "not JSON", id="not UTF-8"),
    ],
)
def test_what_is_no_operation(content: bytes, what: str) -> None:
    with pytest.raises(GloseError) as caught:
        decode(content)

    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        pytest.param("mention", b"{}", "no list mention; expected one of", id="a list"),
        pytest.param("mentions", b"{}", "required key 'id' is missing", id="a key"),
        pytest.param("mentions", b'{"id":"m1","typ":"x"}', "unknown key 'typ'", id="a typo"),
        pytest.param(
            "decisions", b'{"id":"a/b","list":"mentions","outcome":"maybe"}',
            "expected", id="an outcome",
        ),
    ],
)  # fmt: skip
def test_what_is_no_item(name: str, content: bytes, what: str) -> None:
    with pytest.raises(GloseError, match=what):
        item(name, content)


def test_what_is_right() -> None:
    assert list(faults(made())) == []


@pytest.mark.parametrize(
    ("operation", "what"),
    [
        pytest.param(made(id="1"), "'1' is no UUID|1 is no UUID", id="an id that is no UUID"),
        pytest.param(made(id=ID.upper().replace("1", "A")), "no UUID", id="in upper case"),
        pytest.param(made(base=-1), "base -1", id="a revision before the first"),
        pytest.param(made(verb="steal"), "the verb steal is unknown", id="an unknown verb"),
        pytest.param(made(verb="undo"), "`of` names", id="undo of nothing"),
        pytest.param(made(of=ID), "`of` names", id="of what, if nothing is undone"),
        pytest.param(made(note="x" * 1001), "more than 1000", id="a long note"),
        pytest.param(made(changes=()), "changes nothing", id="no change"),
        pytest.param(made(changes=(MARK, MARK)), "changed 2 times", id="an item twice"),
        pytest.param(
            made(changes=(Change("mentions", "m1", None, None),)), "the same", id="null to null"
        ),
        pytest.param(
            made(changes=(Change("mentions", "m1", MENTION, MENTION),)), "the same", id="no change"
        ),
        pytest.param(
            made(changes=(Change("mentions", "m2", None, MENTION),)),
            "the item is called m1", id="another id than it says",
        ),
        pytest.param(
            made(changes=(Change("events", "m1", None, MENTION),)),
            "Mention is no item of events", id="in another list",
        ),
        pytest.param(
            made(changes=(Change("status", "status", Status("done"), None),)),
            "there always", id="a status that goes",
        ),
        pytest.param(
            made(changes=(Change("labels", "a|c|", None, Label("a", "b")),)),
            "is called", id="a label under another key",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong(operation: Operation, what: str) -> None:
    found = list(faults(operation))

    assert found
    assert any(part in found[0] for part in what.split("|"))


def test_a_label_that_is_there_twice_has_a_number() -> None:
    twice = Change("labels", "topic|war||2", None, Label("topic", "war"))

    assert list(faults(made(changes=(twice,)))) == []


@given(st.lists(st.sampled_from(ITEMS), unique_by=key))
def test_an_inverse_undone_is_what_was(items: list[Item]) -> None:
    found = tuple(Change("any", key(one), None, one) for one in items)

    assert inverse(inverse(found)) == found
    assert [change.after for change in inverse(found)] == [None] * len(found)
