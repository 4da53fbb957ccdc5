"""A project with the dispatches, operations to make in it, and random changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import uuid4

import msgspec
import pytest
from hypothesis import strategies as st

from glose.annotate.store.importing import import_records, taken_apart
from glose.annotate.store.operations import LISTS, Change, Comment, Item, Operation, key
from glose.annotate.store.project import Project
from glose.annotate.store.state import State
from glose.corpus import schema
from glose.corpus.document import Document
from glose.corpus.testing import some

Marked: TypeAlias = Callable[..., Operation]
Drawn: TypeAlias = Callable[[State, Document], st.SearchStrategy[tuple[Change, ...]]]

#: Types, roles and attributes of the documents that hypothesis makes.
SCHEMA = """
name = "drawn"
version = "1"
description = "what drawn documents hold"
required = "error"
[mentions.PER]
description = "a person"
colour = "#000000"
key = "p"
levels = ["NAM", "NOM"]
[mentions.ORG]
description = "an organisation"
colour = "#000000"
key = "o"
[roles.Actor]
description = "who"
key = "a"
min = 1
max = 1
[roles.Recipient]
description = "whom"
key = "r"
[events.PER]
description = "an event"
colour = "#000000"
key = "p"
roles = { Actor = ["PER", "segment"], Recipient = ["event", "value"] }
[events."Conflict.Attack"]
description = "an attack"
colour = "#000000"
key = "c"
roles = { Actor = ["PER", "ORG"], Recipient = ["PER"] }
"""


#: When everything is done in the tests that look at the time.
NOON = datetime(2031, 3, 14, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="session")
def operation() -> Marked:
    """Return an operation to a revision, with a new id, unless one is given."""

    def made(base: int, *changes: Change, verb: str = "mark", **fields: Any) -> Operation:  # noqa: ANN401
        plain: dict[str, Any] = {"id": str(uuid4()), "base": base, "verb": verb}
        return Operation(**(plain | {"changes": changes} | fields))

    return made


@pytest.fixture
def project(stores: str, gold: list[Document]) -> Iterator[Project]:
    """A project with the twelve dispatches: layer gold to look at, layer ana to work on."""
    with Project.create(
        stores, "tiny", schema.content("plover"), "Be fair.", lambda: NOON
    ) as made:
        import_records(made, gold, None, "reference", "ben")
        made.layer("ana", user="ana")
        yield made


@pytest.fixture(scope="session")
def drawn_schema() -> schema.Schema:
    """A schema that drawn documents keep now and then."""
    return schema.parse(SCHEMA.encode(), "schema")


@pytest.fixture(scope="session")
def begun() -> Callable[[Document], State]:
    """Return the state of a record that was imported."""

    def made(document: Document) -> State:
        base, changes = taken_apart(document)
        state = State(msgspec.structs.replace(base, layer=document.layer), 1)
        state.apply(changes)
        return state

    return made


@pytest.fixture(scope="session")
def drawn() -> Drawn:
    """Return random changes of a state: items of another document on its text, items dropped."""
    return _changes


@st.composite
def _changes(draw: Any, state: State, other: Document) -> tuple[Change, ...]:  # noqa: ANN401
    changes: dict[tuple[str, str], Change] = {}
    for name in draw(st.lists(st.sampled_from(list(LISTS)), min_size=1, max_size=4)):
        item = draw(_item(state, name, other))
        there = [key(one) for one in state.all(name)]
        known = draw(st.sampled_from([*there, "x1"])) if item is None else key(item)
        before = state.get(name, known)
        if before != item:
            changes[name, known] = Change(name, known, before, item)
    return tuple(changes.values())


@st.composite
def _item(draw: Any, state: State, name: str, other: Document) -> Item | None:  # noqa: ANN401
    """Draw an item of a list, `None` to drop one; some have the id of another one."""
    if name == "decisions":
        return None
    if name == "comments":
        return draw(_comments(state))  # type: ignore[no-any-return]  # draw is Any
    if name == "status":
        return other.status
    found: list[Item | None] = [None, *getattr(other, name), *state.all(name)]
    item: Item | None = draw(st.sampled_from(found))
    if item is None or name == "labels" or draw(st.integers(0, 3)):
        return item
    ids = [key(one) for listed in LISTS for one in state.all(listed)]
    ids += [*state.segments, "x1"]
    renamed: Item = msgspec.structs.replace(item, id=draw(st.sampled_from(ids)))
    return renamed


@st.composite
def _comments(draw: Any, state: State) -> Comment:  # noqa: ANN401
    ids = [key(one) for listed in ("mentions", "events") for one in state.all(listed)]
    return Comment(
        draw(st.sampled_from(("k1", "k2"))),
        target=draw(st.sampled_from([None, "m9", *ids])),
        start=draw(some(st.integers(0, 3))),
        end=draw(some(st.integers(0, 3))),
        text=draw(st.sampled_from(("", "why?"))),
        flag=draw(st.booleans()),
    )
