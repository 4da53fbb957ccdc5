"""Temporal links by themselves, by their closure, and awareness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, Mention, Relation, Trigger
from glose.evaluate.closure import RELATIONS, Link
from glose.evaluate.families.anafora import METRICS as ANAFORA
from glose.evaluate.families.timelinks import METRICS
from glose.evaluate.metric import Metric
from glose.evaluate.temporal import spanned

BY_NAME = {metric.name: metric for metric in (*METRICS, *ANAFORA)}


def link(written: str) -> Link:
    """Return the link that `a BEFORE b` writes."""
    source, relation, target = written.split()
    return Link(source, target, relation)


def counts(name: str, gold: list[str], predicted: list[str]) -> tuple[float, ...]:
    tally = BY_NAME[name].statistic.count([*map(link, gold)], [*map(link, predicted)])
    return tally[None]


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "closure", "awareness"),
    [
        pytest.param([], [], (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), id="nothing"),
        pytest.param(
            ["a BEFORE b"], [], (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), id="nothing predicted"
        ),
        pytest.param(
            [], ["a BEFORE b"], (0, 1, 0, 0), (0, 1, 0, 0), (0, 1, 0, 0), id="nothing in gold"
        ),
        pytest.param(
            ["a BEFORE b"], ["b AFTER a"], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1),
            id="the same in other words",
        ),
        pytest.param(
            ["a BEFORE b"], ["a BEFORE b", "b AFTER a"], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1),
            id="the same twice counts once",
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE c"], ["a BEFORE c"], (0, 1, 0, 2), (1, 1, 0, 2), (1, 1, 0, 2),
            id="what follows is right, but does not find what it follows from",
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE c", "a BEFORE c"], ["a BEFORE b", "b BEFORE c"],
            (2, 2, 2, 3), (2, 2, 3, 3), (2, 2, 2, 2), id="what follows anyway counts in closure",
        ),
        pytest.param(
            ["a SIMULTANEOUS b", "b BEFORE c"], ["a BEFORE c"], (0, 1, 0, 2), (1, 1, 0, 2),
            (1, 1, 0, 2), id="over what is the same",
        ),
        pytest.param(
            ["a INCLUDES b"], ["a BEFORE b"], (0, 1, 0, 1), (0, 1, 0, 1), (0, 1, 0, 1), id="wrong"
        ),
        pytest.param(
            ["a INCLUDES b"], ["a OVERLAP b"], (0, 1, 0, 1), (1, 1, 0, 1), (1, 1, 0, 1),
            id="what says less is right",
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE a"], ["a SIMULTANEOUS b"], (0, 1, 0, 2), (0, 1, 0, 2),
            (0, 1, 0, 2), id="a contradiction",
        ),
        pytest.param(
            ["a VAGUE b"], ["a VAGUE b"], (1, 1, 1, 1), (0, 0, 0, 0), (0, 0, 0, 0),
            id="what says nothing of points is only compared as it stands",
        ),
    ],
)  # fmt: skip
def test_links(
    gold: list[str],
    predicted: list[str],
    strict: tuple[int, ...],
    closure: tuple[int, ...],
    awareness: tuple[int, ...],
) -> None:
    assert [counts(metric.name, gold, predicted) for metric in METRICS] == [
        strict, closure, awareness,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "predicted", "exact", "closure"),
    [
        pytest.param(["a BEFORE b"], ["b AFTER a"], (0, 1, 0, 1), (1, 1, 1, 1), id="other words"),
        pytest.param(["a BEFORE b"], ["a BEFORE b"], (1, 1, 1, 1), (1, 1, 1, 1), id="the same"),
        pytest.param(["a BEFORE b"], [], (0, 0, 0, 1), (0, 0, 0, 1), id="nothing predicted"),
    ],
)
def test_anafora(
    gold: list[str], predicted: list[str], exact: tuple[int, ...], closure: tuple[int, ...]
) -> None:
    assert counts("anafora/exact", gold, predicted) == exact
    assert counts("anafora/closure", gold, predicted) == closure


def test_types_are_relations_as_each_side_has_them() -> None:
    tally = BY_NAME["timelink/closure"].statistic.count([link("a BEFORE b")], [link("b AFTER a")])

    assert tally == {None: (1, 1, 1, 1), "AFTER": (1, 1, 0, 0), "BEFORE": (0, 0, 1, 1)}


some = st.lists(
    st.builds(
        Link, st.sampled_from("abc"), st.sampled_from("def"), st.sampled_from(sorted(RELATIONS))
    ),
    max_size=6,
)
every = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)


@every
@given(gold=some, predicted=some)
def test_exchanging_sides_exchanges_precision_and_recall(
    metric: Metric, gold: list[Link], predicted: list[Link]
) -> None:
    forth = metric.statistic.count(gold, predicted)[None]
    back = metric.statistic.count(predicted, gold)[None]

    assert forth == (*back[2:], *back[:2])
    assert forth[0] <= forth[1]
    assert forth[2] <= forth[3]


@every
@given(gold=some)
def test_gold_against_itself_is_perfect_in_any_order(metric: Metric, gold: list[Link]) -> None:
    row = metric.statistic.count(gold, [*reversed(gold), *gold])[None]

    assert row[0] == row[1] == row[2] == row[3]


def test_intervals_are_known_by_place_and_a_place_is_not_linked_with_itself() -> None:
    document = Document(
        id="d",
        mentions=(Mention("t1", "DATE", 0, 3), Mention("t2", "DATE", 5, 9, ((5, 6), (8, 9)))),
        events=(Event("E1", "Attack", (Trigger(0, 3),)),),
        relations=tuple(
            Relation(f"L{number}", "BEFORE", (Argument("s", ref=one), Argument("t", ref=other)))
            for number, (one, other) in enumerate([("t1", "t2"), ("E1", "t2"), ("E1", "t1")])
        ),
    )

    assert spanned(document) == [Link(((0, 3),), ((5, 6), (8, 9)), "BEFORE")] * 2
