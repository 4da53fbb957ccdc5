"""What a document gives as items."""

from __future__ import annotations

import msgspec
import pytest

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Segment, Trigger
from glose.corpus.errors import InputError
from glose.evaluate.projection import Filler, View, arguments, cut, entities, triggers

DOCUMENT = Document(
    id="d",
    layer="gold",
    segments=(Segment("g1", "title", 0, 20),),
    mentions=(
        Mention("m1", "PER.group", 5, 9),
        Mention("m2", "PER", 0, 3),
        Mention("m3", "PER", 10, 20, ((10, 12), (15, 20))),
    ),
    entities=(Entity("E1", "PER", mentions=("m1", "m2")), Entity("E2", "ORG", name="ONU")),
    events=(
        Event("v1", "Conflict.Attack", (Trigger(4, 6), Trigger(8, 9))),
        Event("v2", "Life.Die"),
    ),
)


def filled(**filler: str) -> Document:
    argument = Argument("Actor", ref=filler.get("ref"), value=filler.get("value"))
    event = Event("v3", "AID", (), (argument,))
    return msgspec.structs.replace(DOCUMENT, events=(*DOCUMENT.events, event))


@pytest.mark.parametrize(
    ("depth", "name"), [(None, "A.b.c"), (1, "A"), (2, "A.b"), (3, "A.b.c"), (9, "A.b.c")]
)
def test_cut_keeps_so_many_steps(depth: int | None, name: str) -> None:
    assert cut(depth)("A.b.c") == name


def test_entities_are_types_with_pieces_and_keep_fragments() -> None:
    assert entities(DOCUMENT, cut(1)) == [
        ("PER", ((5, 9),)),
        ("PER", ((0, 3),)),
        ("PER", ((10, 12), (15, 20))),
    ]


def test_every_trigger_is_an_item_and_an_event_without_one_is_none() -> None:
    assert triggers(DOCUMENT) == [("Conflict.Attack", ((4, 6),)), ("Conflict.Attack", ((8, 9),))]


@pytest.mark.parametrize(
    ("filler", "what"),
    [
        pytest.param({"ref": "m3"}, ((10, 12), (15, 20)), id="a mention is its pieces"),
        pytest.param({"ref": "E1"}, ((0, 3),), id="an entity is its first mention in the text"),
        pytest.param({"ref": "E2"}, "ONU", id="an entity without mentions is its name"),
        pytest.param({"ref": "v1"}, ((4, 6),), id="an event is its first trigger"),
        pytest.param({"ref": "v2"}, "Life.Die", id="an event without triggers is its type"),
        pytest.param({"ref": "g1"}, ((0, 20),), id="a segment is its span"),
        pytest.param({"value": "12 morts"}, "12 morts", id="a value is itself"),
    ],
)
def test_what_fills_a_role(filler: dict[str, str], what: object) -> None:
    assert arguments(filled(**filler)) == [Filler("AID", what, "Actor")]  # type: ignore[arg-type]  # either kind


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(InputError, match=r"gold: d: event v3: no item .* called 'm9'; expected"):
        arguments(filled(ref="m9"))


def test_a_view_projects_once() -> None:
    view = View(DOCUMENT)
    assert view.items(entities) is view.items(entities)


def test_an_argument_that_nothing_fills_is_refused() -> None:
    """It would else count as one that the empty string fills."""
    with pytest.raises(InputError, match=r"event v3: role 'Actor' has neither ref nor value"):
        arguments(filled())


def test_an_id_that_stands_twice_is_refused() -> None:
    """Which of the two fills a role could not be told."""
    twice = (*DOCUMENT.mentions, Mention("m1", "ORG", 0, 3))
    with pytest.raises(InputError, match="two mentions have the same id"):
        arguments(msgspec.structs.replace(filled(ref="m1"), mentions=twice))
