"""Templates as frames: what fills a role, by its names."""

from __future__ import annotations

import pytest

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Mention,
    Template,
    Trigger,
)
from glose.corpus.errors import InputError
from glose.evaluate.frames import Filled, Frame, frames, normal

TEXT = "The FMLN attacked the Army's post."


def document(*arguments: Argument, text: str | None = TEXT) -> Document:
    return Document(
        id="d",
        text=text,
        mentions=(
            Mention("m1", "ORG", 0, 8),
            Mention("m2", "ORG", 18, 28, text="the Army's"),
            Mention("m3", "LOC", 4, 33, ((4, 8), (29, 33))),
        ),
        entities=(
            Entity("N1", "ORG", name="FMLN", mentions=("m1",)),
            Entity("N2", "ORG", name="army", attrs=(Attribute("alias", "army"),)),
            Entity(
                "N3", "ORG", name="The Front",
                attrs=(Attribute("alias", "F.M.L.N."), Attribute("level", "x")), mentions=("m1",),
            ),
            Entity("N4", "ORG", mentions=("m9",)),
        ),
        events=(Event("E1", "Attack", (Trigger(9, 17),)),),
        templates=(Template("F1", "attack.armed", arguments),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("argument", "names"),
    [
        pytest.param(Argument("r", value="A  bomb!"), ("bomb",), id="a value"),
        pytest.param(Argument("r", ref="N1"), ("fmln", "fmln"), id="a name and a mention"),
        pytest.param(Argument("r", ref="N2"), ("army",), id="an alias that is the name"),
        pytest.param(Argument("r", ref="N3"), ("fmln", "front", "fmln"), id="aliases come first"),
        pytest.param(Argument("r", ref="m1"), ("fmln",), id="a mention"),
        pytest.param(Argument("r", ref="m2"), ("armys",), id="a mention with its text"),
        pytest.param(Argument("r", ref="m3"), ("fmln post",), id="a mention in pieces"),
        pytest.param(Argument("r", ref="E1"), ("attacked",), id="an event"),
    ],
)
def test_fillers_are_their_names(argument: Argument, names: tuple[str, ...]) -> None:
    assert frames(document(argument)) == [Frame("attack.armed", (Filled("r", names),))]


@pytest.mark.parametrize("ref", ["N4", "m9"])
def test_what_has_no_name_is_refused(ref: str) -> None:
    with pytest.raises(InputError, match=rf"role 'r' is filled by '{ref}', which has no name"):
        frames(document(Argument("r", ref=ref)))


def test_a_mention_without_text_in_a_record_without_text_is_refused() -> None:
    assert frames(document(Argument("r", ref="m2"), text=None))
    with pytest.raises(InputError, match="no name and no text"):
        frames(document(Argument("r", ref="m1"), text=None))


def test_templates_go_by_their_ids_and_types_are_cut() -> None:
    found = Document(
        id="d", templates=(Template("F10", "b.x"), Template("F9", "a.y"), Template("F1", "c"))
    )

    assert frames(found, lambda name: name[0]) == [Frame("c", ()), Frame("a", ()), Frame("b", ())]
    assert frames(Document(id="d")) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The Shining Path", "shining path"),
        ("an a.b. the-end", "ab theend"),
        ("Thé ÉTAT", "thé état"),
        ("the", ""),
        ("", ""),
    ],
)
def test_names_are_normalised(written: str, expected: str) -> None:
    assert normal(written) == expected
