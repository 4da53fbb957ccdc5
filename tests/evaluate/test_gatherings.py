"""Counting by gatherings gives what counting the events of each document gives."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate import gatherings
from glose.evaluate.counts import Statistic, Tally
from glose.evaluate.gatherings import Gatherings, gathered, shaped
from glose.evaluate.happenings import scene
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

Pair = tuple[Document, Document]

LOCAL = {
    metric.statistic.name: metric.statistic
    for metric in METRICS.values()
    if metric.statistic.local == "events"
}
TYPES = ("Attack", "Die")
#: One role is called as a type is.
ROLES = ("Agent", "Place", "Die")
PLACES = ((0, 4), (0, 9), (5, 9), (12, 20))

arguments = st.builds(
    Argument, st.sampled_from(ROLES), ref=st.sampled_from([f"m{n}" for n in range(len(PLACES))])
) | st.builds(Argument, st.sampled_from(ROLES), value=st.sampled_from(("douze", "")))
triggers = st.lists(st.sampled_from(PLACES).map(lambda place: Trigger(*place)), max_size=2)
events = st.tuples(
    st.sampled_from(TYPES), triggers.map(tuple), st.lists(arguments, max_size=3).map(tuple)
)


@st.composite
def documents(draw: st.DrawFn) -> Pair:
    """Return two layers whose events have places, types and fillers in common."""
    wanted = draw(st.lists(events, max_size=4))
    kept = st.lists(st.sampled_from(wanted), max_size=4) if wanted else st.just([])
    found = draw(kept) + draw(st.lists(events, max_size=3))
    gap = ((0, 1), (2, 4)) if draw(st.sampled_from((False, False, True))) else ()
    return document(wanted), document(found, gap)


def document(
    found: Sequence[tuple[str, tuple[Trigger, ...], tuple[Argument, ...]]],
    gap: tuple[tuple[int, int], ...] = (),
) -> Document:
    mentions = [Mention(f"m{n}", "PER", *place) for n, place in enumerate(PLACES)]
    mentions[0] = Mention("m0", "PER", *PLACES[0], fragments=gap)
    made = [
        Event(f"v{n}", name, triggers=spans, args=args)
        for n, (name, spans, args) in enumerate(found)
    ]
    return Document(id="d", text="x" * 20, mentions=tuple(mentions), events=tuple(made))


def some(tally: Tally) -> Tally:
    """Return the rows of a tally, without those of types of which nothing is counted."""
    return {name: row for name, row in tally.items() if name is None or any(row)}


def each(statistic: Statistic, pairs: Sequence[Pair]) -> list[Tally]:
    return [some(statistic.tally(*map(View, pair))) for pair in pairs]


def ordered(tallies: Sequence[Tally]) -> list[str]:
    return sorted(repr(sorted(tally.items(), key=repr)) for tally in tallies)


@given(pairs=st.lists(documents(), max_size=4))
def test_gatherings_of_many_documents(pairs: list[Pair]) -> None:
    found = Gatherings()
    alone = [pair for pair in pairs if not found.add(*map(scene, pair))]

    for statistic in LOCAL.values():
        tallies = [*found.rows(statistic).tallies(), *each(statistic, alone)]
        assert ordered(tallies) == ordered(each(statistic, pairs)), statistic


def test_programs_whose_counts_go_by_gatherings() -> None:
    assert {name.split()[0] for name in LOCAL} == {"attached", "textee", "ace"}


@pytest.mark.parametrize(
    ("events", "sizes"),
    [
        pytest.param([("Die", (0, 4), []), ("Die", (12, 20), [])], [1, 1], id="nothing in common"),
        pytest.param([("Die", (0, 4), []), ("Attack", (0, 9), [])], [2], id="one start"),
        pytest.param([("Die", (0, 4), [3]), ("Die", (5, 9), [3])], [2], id="one filler"),
        pytest.param([("Die", (0, 4), [3]), ("Die", (12, 20), [])], [1, 1], id="filler, trigger"),
        pytest.param([("Die", None, []), ("Die", None, [1])], [2], id="no triggers"),
        pytest.param(
            [("Die", (0, 4), [1]), ("Die", (5, 9), [3]), ("Die", (12, 20), [1, 3])],
            [3],
            id="by a third",
        ),
    ],
)
def test_what_gathers(
    events: list[tuple[str, tuple[int, int] | None, list[int]]], sizes: list[int]
) -> None:
    found = [
        (name, (Trigger(*place),) if place else (), tuple(Argument("R", f"m{n}") for n in args))
        for name, place, args in events
    ]

    assert [len(gold) for gold, _ in gathered(scene(document(found)), [])] == sizes


def test_a_shape_knows_neither_names_nor_places() -> None:
    one, other = (
        document([(name, (Trigger(*PLACES[at]),), (Argument("Agent", f"m{at}"),))])
        for name, at in (("Die", 0), ("Attack", 3))
    )

    assert shaped(scene(one), [])[0] == shaped(scene(other), [])[0]
    assert shaped(scene(one), [])[1] == ["Die", "Agent"]


def test_shapes_outlive_documents_until_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, sizes = Gatherings(), []
    for most in (100, 100, 0):
        monkeypatch.setattr(gatherings, "HELD", most)
        found.add(scene(document([("Die", (Trigger(0, 4),), ())])), scene(document([])))
        sizes.append(len(found.shapes.numbers))
        found.clear()

    assert (sizes, len(found.shapes.numbers), len(found)) == ([1, 1, 1], 0, 0)
