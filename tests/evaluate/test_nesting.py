"""Events with their arguments, and triggers widened to their words."""

from __future__ import annotations

import pytest

from glose.corpus.document import Argument, Document, Entity, Event, Mention, Trigger
from glose.evaluate.nesting import Rule, equal, nested

TEXT = "IL-2 up-regulates, or induces it"


def triggered(start: int, end: int, *args: Argument, name: str = "E1") -> Event:
    return Event(name, "Regulation", (Trigger(start, end),), args)


@pytest.mark.parametrize(
    ("trigger", "wide"),
    [
        pytest.param((8, 12), (5, 17), id="to the ends of the word"),
        pytest.param((5, 17), (0, 18), id="of a whole word over the one before it"),
        pytest.param((22, 29), (19, 32), id="of a whole word over those on either side"),
        pytest.param((0, 4), (0, 17), id="where the text begins"),
        pytest.param((30, 32), (22, 32), id="where the text ends"),
        pytest.param((12, 14), (5, 17), id="in the middle"),
    ],
)
def test_wide(trigger: tuple[int, int], wide: tuple[int, int]) -> None:
    [found] = nested(Document(text=TEXT, events=(triggered(*trigger),)))
    assert found.wide == wide


def test_a_mention_ends_a_word() -> None:
    """Of `up-regulates` with `up` a mention, the trigger `regul` reaches to the hyphen."""
    mention = Mention("m", "Protein", 5, 7)
    [found] = nested(Document(text=TEXT, mentions=(mention,), events=(triggered(9, 12),)))
    assert found.wide == (7, 17)


def test_without_a_text_nothing_is_widened() -> None:
    [found] = nested(Document(events=(triggered(8, 12),)))
    assert found.wide == (8, 12)


def test_themes_come_first_then_causes_each_in_the_order_of_the_text() -> None:
    mentions = tuple(Mention(f"m{n}", "Protein", n, n + 1) for n in range(3))
    args = [("Cause", "m0"), ("Theme2", "m2"), ("Theme", "m1"), ("Site", "m0"), ("ToLoc", "m1")]
    event = triggered(8, 12, *(Argument(role, ref=ref) for role, ref in args))
    [found] = nested(Document(text=TEXT, mentions=mentions, events=(event,)))
    assert found.args == (("Theme", (1, 2)), ("Theme", (2, 3)), ("Cause", (0, 1)))


@pytest.mark.parametrize(
    ("argument", "filler"),
    [
        pytest.param(Argument("Theme", ref="E2"), 1, id="an event by its number"),
        pytest.param(Argument("Theme", ref="N1"), (5, 7), id="an entity at its first mention"),
        pytest.param(Argument("Theme", ref="N2"), "TNF", id="an entity by its name"),
        pytest.param(Argument("Theme", value="TNF"), "TNF", id="a value"),
    ],
)
def test_fillers(argument: Argument, filler: object) -> None:
    layer = Document(
        text=TEXT,
        mentions=(Mention("m2", "Protein", 18, 20), Mention("m1", "Protein", 5, 7)),
        entities=(Entity("N1", "P", mentions=("m2", "m1")), Entity("N2", "P", name="TNF")),
        events=(triggered(8, 12, argument), triggered(20, 22, name="E2")),
    )
    assert nested(layer)[0].args == (("Theme", filler),)


def test_an_event_without_a_trigger_is_none() -> None:
    assert nested(Document(text=TEXT, events=(Event("E1", "Regulation"),))) == []


def test_a_chain_of_thousands_is_no_matter() -> None:
    events = [triggered(0, 1, name="E0")]
    events += [
        triggered(0, 1, Argument("Theme", ref=f"E{n}"), name=f"E{n + 1}") for n in range(300)
    ]
    items = nested(Document(text=TEXT, events=tuple(events)))
    assert len(list(equal(items, items, Rule()))) == 301
