"""How many suggestions are left in a document."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from tests.annotate.assist.conftest import Submit

from glose.annotate.assist.undecided import Undecided
from glose.annotate.store.operations import Decision
from glose.annotate.store.project import Project
from glose.corpus.document import Argument, Document, Entity, Event, Mention, Trigger

TEXT = "Gao tire sur Gao."
GAO = Mention("m1", "GPE", 0, 3, text="Gao")
AGAIN = Mention("m2", "GPE", 13, 16, text="Gao")
FIRE = Event("e1", "ASSAULT", (Trigger(4, 8, text="tire"),), args=(Argument("Actor", "m1"),))
CHAIN = Entity("n1", "GPE", mentions=("m1", "m2"))


def said(layer: str, **lists: tuple[object, ...]) -> Document:
    return msgspec.structs.replace(Document(id="d1", layer=layer, text=TEXT), **lists)


def renamed(mention: Mention) -> Mention:
    """Return the same under another id."""
    return msgspec.structs.replace(mention, id=f"x{mention.id}")


@pytest.fixture
def left(filled: Callable[..., Project]) -> Callable[..., int]:
    """A function that returns what is left of what layers suggest, in a document."""

    def count(*suggested: Document, work: Document | None = None) -> int:
        project = filled([work or Document(id="d1", layer="ana", text=TEXT)])
        for one in suggested:
            filled([one], one.layer, "suggestions")
        return Undecided(project).rows("ana")[0].suggested

    return count


def test_what_two_layers_say_alike_is_left_once(left: Callable[..., int]) -> None:
    assert left(said("a", mentions=(GAO,)), said("b", mentions=(renamed(GAO), AGAIN))) == 2


def test_another_type_is_another_suggestion(left: Callable[..., int]) -> None:
    other = msgspec.structs.replace(GAO, type="ORG")
    assert left(said("a", mentions=(GAO,)), said("b", mentions=(other,))) == 2


def test_a_filler_comes_with_its_event(left: Callable[..., int]) -> None:
    assert left(said("a", mentions=(GAO,), events=(FIRE,))) == 1


def test_events_with_other_fillers_are_two(left: Callable[..., int]) -> None:
    empty = msgspec.structs.replace(FIRE, args=())
    assert left(said("a", mentions=(GAO,), events=(FIRE,)), said("b", events=(empty,))) == 2


def test_a_chain_of_two_is_left_and_one_of_one_is_not(left: Callable[..., int]) -> None:
    both = (GAO, AGAIN)
    alone = Entity("n1", "GPE", mentions=("m1",))
    assert left(said("a", mentions=both, entities=(CHAIN,)), said("b", entities=())) == 3
    assert left(said("c", mentions=both, entities=(alone,))) == 3


def test_what_the_annotator_marked_is_not_left(left: Callable[..., int]) -> None:
    work = said("ana", mentions=(renamed(GAO),))
    assert left(said("a", mentions=(GAO, AGAIN)), work=work) == 1


def test_what_is_decided_is_not_left_and_is_counted_anew(
    filled: Callable[..., Project], submit: Submit
) -> None:
    project = filled([Document(id="d1", layer="ana", text=TEXT)])
    filled([said("a", mentions=(GAO, AGAIN))], "a", "suggestions")
    undecided = Undecided(project)
    before = undecided.rows("ana")[0].suggested
    refused = Decision("a/m1", "mentions", "refused")
    submit("d1", "ana", "refuse", ("decisions", "a/m1", None, refused))

    assert (before, undecided.rows("ana")[0].suggested) == (2, 1)


def test_of_very_many_documents_the_first_are_counted(filled: Callable[..., Project]) -> None:
    both = [msgspec.structs.replace(said("a", mentions=(GAO,)), id=name) for name in ("d1", "d2")]
    project = filled([msgspec.structs.replace(one, mentions=()) for one in both])
    for layer in ("a", "b"):
        filled(both, layer, "suggestions")
    undecided = Undecided(project, most=1)

    assert [row.suggested for row in undecided.rows("ana")] == [1, 2]
    assert [row.suggested for row in undecided.rows("ana")] == [1, 1]
