"""Counting events in columns gives what counting each document gives."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.evaluate.scenes import document

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    Mention,
    Pair,
    Segment,
    Trigger,
)
from glose.corpus.errors import InputError
from glose.evaluate.counter import Counter
from glose.evaluate.counts import Statistic, Table, Tally
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View, cut
from glose.evaluate.roster import Roster
from glose.evaluate.staged import Stage, Staged

Pairs = Sequence[tuple[Document, Document]]

STAGED = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if isinstance(metric.statistic.count, Staged)
}
TEXT = "Anna et Anna vont à Gao à Gao"
TYPES = ("Life.Die", "Life.Injure", "Attack")
#: One role is called as a type is.
ROLES = ("Agent", "Place", "Attack")
#: Two have the same words, two start and two end at one place; the last has the words of two.
PLACES: tuple[Pair, ...] = ((0, 4), (8, 12), (0, 12), (20, 23), (18, 23), (24, 29))
GAPS: tuple[tuple[Pair, ...], ...] = (((0, 4), (5, 12)), ((0, 4), (8, 12)), ((18, 19), (20, 23)))
REFS = [*(f"m{number}" for number in range(len(PLACES) + len(GAPS))), "N1", "N2", "s1", "E1"]

#: The type of an event, its triggers and its arguments.
Made = tuple[str, tuple[Trigger, ...], tuple[Argument, ...]]

fillers = st.builds(Argument, st.sampled_from(ROLES), ref=st.sampled_from(REFS)) | st.builds(
    Argument, st.sampled_from(ROLES), value=st.sampled_from(("Anna", "", "Life.Die"))
)
triggers = st.sampled_from(PLACES).map(lambda place: Trigger(*place)) | st.sampled_from(GAPS).map(
    lambda gap: Trigger(gap[0][0], gap[-1][1], fragments=gap)
)
events = st.tuples(
    st.sampled_from(TYPES),
    st.lists(triggers, max_size=2).map(tuple),
    st.lists(fillers, max_size=4).map(tuple),
)


@st.composite
def layers(draw: st.DrawFn, made: Sequence[Made]) -> Document:
    """Return a layer of these events, with the mentions that fill roles and some others."""
    spans = [(place, ()) for place in PLACES] + [((g[0][0], g[-1][1]), g) for g in GAPS]
    spans += draw(st.lists(st.sampled_from(spans), max_size=4))
    mentions = [
        Mention(f"m{number}", draw(st.sampled_from(TYPES)), *place, fragments=gap)
        for number, (place, gap) in enumerate(spans)
    ]
    ids = draw(st.permutations([f"E{number}" for number in range(1, len(made) + 1)]))
    return Document(
        id="d",
        text=TEXT,
        segments=(Segment("s1", "sentence", 0, 12),),
        mentions=tuple(mentions),
        entities=(Entity("N1", "PER", mentions=("m1", "m0")), Entity("N2", "PER", name="Anna")),
        events=tuple(Event(i, *each) for i, each in zip(ids, made, strict=True)),
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return two layers whose events have places, types and fillers in common."""
    wanted = draw(st.lists(events, max_size=5))
    kept = st.lists(st.sampled_from(wanted), max_size=5) if wanted else st.just([])
    found = draw(kept) + draw(st.lists(events, max_size=3))
    tokens = draw(st.sampled_from(((), ((0, 4), (5, 7), (18, 23)))))
    return replace(draw(layers(wanted)), tokens=tokens), draw(layers(found))


def each(statistic: Statistic, pairs: Pairs, depth: int | None) -> list[Tally]:
    tallies = [statistic.tally(*(View(side, cut(depth)) for side in pair)) for pair in pairs]
    return [{k: row for k, row in t.items() if k is None or any(row)} for t in tallies]


def staged(statistic: Statistic, pairs: Pairs, depth: int | None) -> list[Tally]:
    assert isinstance(statistic.count, Staged)
    roster = Roster(cut(depth))
    stage = Stage(roster, events="events" in statistic.lists)
    for pair in pairs:
        roster.add(*pair)
        stage.add(*pair)
    return [*statistic.count.rows(stage, statistic.known).tallies()]


@pytest.mark.parametrize("depth", [None, 1])
@given(pairs=st.lists(documents(), min_size=1, max_size=4))
def test_many_documents_count_as_each(depth: int | None, pairs: Pairs) -> None:
    for statistic in STAGED.values():
        assert staged(statistic, pairs, depth) == each(statistic, pairs, depth), statistic.name


@given(
    pairs=st.lists(documents(), min_size=1, max_size=4),
    types=st.sets(st.sampled_from(TYPES)).map(frozenset),
)
def test_only_types_of_gold_count_where_that_is_asked(pairs: Pairs, types: frozenset[str]) -> None:
    statistic = STAGED["omnievent triggers"].of({"omnievent triggers": types})

    assert staged(statistic, pairs, None) == each(statistic, pairs, None)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param((0, 4), 1, id="the first word"),
        pytest.param((21, 27), 1, id="the last word"),
        pytest.param((14, 17), 1, id="a word before a wide blank"),
        pytest.param((5, 9), 1, id="a word before a line break"),
        pytest.param((5, 10), 0, id="a word with a blank"),
        pytest.param((1, 4), 0, id="the end of a word"),
        pytest.param((0, 3), 0, id="the start of a word"),
        pytest.param((0, 9), 0, id="two words"),
    ],
)
def test_what_is_one_word(place: Pair, words: int) -> None:
    gold = Document(id="d", text="Anna rêve\n, à Gao\u2003et là-bas")
    found = Document(id="d", events=(Event("E1", "Attack", (Trigger(*place),)),))
    statistic = STAGED["omnievent triggers"]
    [tally] = staged(statistic, [(gold, found)], None)

    assert tally[None] == (0, words, 0, 0) == each(statistic, [(gold, found)], None)[0][None]


def test_programs_whose_events_are_counted_in_columns() -> None:
    assert {name.split()[0] for name in STAGED} == {
        "attached",
        "textee",
        "ace",
        "metametric",
        "omnievent",
    }


@pytest.mark.parametrize("name", STAGED)
def test_nothing_counts_as_nothing(name: str) -> None:
    pairs = [(Document(id="d", text=TEXT), Document(id="d"))] * 2

    assert staged(STAGED[name], pairs, None) == each(STAGED[name], pairs, None)


def test_types_and_places_of_documents_are_apart() -> None:
    """What is at one place of two texts is not the same, nor are the names of two batches."""
    statistic = STAGED["textee typed triggers"]
    tables = {statistic.name: Table()}
    counting = Counter({statistic.name: statistic}, tables)
    aid, war = document("AID 0-1"), document("WAR 0-1")
    for gold, predicted in ((aid, document()), (document(), aid), (war, war)):
        counting.add(View(gold), View(predicted))
    counting.settle()
    counting.add(View(aid), View(war))
    counting.settle()

    assert tables[statistic.name].rows == {
        (None, None): {(0, 0, 0, 1): 1, (0, 1, 0, 0): 1, (1, 1, 1, 1): 1, (0, 1, 0, 1): 1},
        ("AID", None): {(0, 0, 0, 1): 2, (0, 1, 0, 0): 1},
        ("WAR", None): {(1, 1, 1, 1): 1, (0, 1, 0, 0): 1},
    }


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    event = Event("E1", "AID", args=(Argument("Actor", ref="m9"),))
    with pytest.raises(InputError, match="no item of this document is called 'm9'"):
        Stage(Roster()).add(Document(id="d", events=(event,)), Document(id="d"))
