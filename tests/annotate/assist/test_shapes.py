"""What items say, without ids."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from glose.annotate.assist.shapes import Shapes
from glose.corpus.document import (
    ANNOTATIONS,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Template,
    Trigger,
)
from glose.corpus.testing import documents

MENTIONS = (Mention("m1", "GPE", 0, 3), Mention("m2", "GPE", 4, 7), Mention("m3", "PER", 8, 9))
DOCUMENT = Document(
    id="d1", mentions=MENTIONS, events=(Event("v1", "HIT", (Trigger(10, 12),)),
                                        Event("v2", "HIT", (Trigger(13, 15),))),
)  # fmt: skip
SHAPES = Shapes(DOCUMENT)


def entity(*mentions: str) -> Entity:
    return Entity("e1", "GPE", None, mentions)


@pytest.mark.parametrize(("name", "one", "other", "held"), [
    pytest.param("entities", entity("m1", "m2"), entity("m2", "m1"), True, id="in any order"),
    pytest.param("entities", entity("m1"), entity("m1", "m2"), True, id="a part of a chain"),
    pytest.param("entities", entity("m1", "m3"), entity("m1", "m2"), False, id="another chain"),
    pytest.param("entities", Entity("e1", "GPE", "Mali"), Entity("e2", "GPE", "Mali"), True,
                 id="an entity without mentions is known by its name"),
    pytest.param("event_clusters", EventCluster("h1", ("v1",)), EventCluster("h2", ("v1", "v2")),
                 True, id="a part of a cluster"),
    pytest.param("event_clusters", EventCluster("h1", ("v1",)), EventCluster("h2", ("v2",)),
                 False, id="another event of the same type"),
    pytest.param("labels", Label("topic", "war"), Label("topic", "war", score=0.5), True,
                 id="a label, whatever its score"),
    pytest.param("labels", Label("topic", "war", "m1"), Label("topic", "war", "m2"), False,
                 id="the label of another item"),
    pytest.param("templates", Template("t1", "ATTACK"), Template("t2", "ATTACK", (), ("v1",)),
                 True, id="a template that has more"),
])  # fmt: skip
def test_held(name: str, one: object, other: object, held: bool) -> None:
    assert SHAPES.of(name, one).held(SHAPES.of(name, other)) is held


@settings(max_examples=25)  # whole documents are dear to make
@given(documents())
def test_a_document_has_the_shapes_of_itself(document: Document) -> None:
    copy = msgspec.json.decode(msgspec.json.encode(document), type=Document)
    one, other = Shapes(document), Shapes(copy)

    for name in ANNOTATIONS:
        for item, same in zip(getattr(document, name), getattr(copy, name), strict=True):
            assert one.of(name, item) == other.of(name, same)
            assert one.of(name, item).held(other.of(name, same))
