"""What the TempEval-3 toolkit counts: items that are one, extents, features, awareness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Event,
    Mention,
    Relation,
    Trigger,
    Value,
)  # fmt: skip
from glose.evaluate.awareness import Awareness, awareness
from glose.evaluate.families.tempeval3 import METRICS, Item, aligned, timed, written
from glose.evaluate.projection import View
from glose.evaluate.timegraph import LEVELS, TimeLink


def item(text: str) -> Item:
    """Return the item that `e1 0-3` writes."""
    name, bounds = text.split()
    start, end = map(int, bounds.split("-"))
    return Item(name, start, end, ())


def link(text: str) -> TimeLink:
    source, relation, target = text.split()
    return TimeLink(source, target, relation)


@pytest.mark.parametrize(
    ("gold", "predicted", "names"),
    [
        pytest.param([], ["p1 0-3"], {}, id="nothing in gold"),
        pytest.param(["g1 0-3"], [], {}, id="nothing predicted"),
        pytest.param(["g1 0-3"], ["p1 0-3"], {"p1": "g1"}, id="the same bounds"),
        pytest.param(["g1 0-3"], ["p1 2-5"], {"p1": "g1"}, id="overlap"),
        pytest.param(["g1 0-3"], ["p1 3-5"], {}, id="touching is no overlap"),
        pytest.param(
            ["g1 0-3"], ["p1 0-2", "p2 0-3"], {"p2": "g1"}, id="the same bounds before overlap"
        ),
        pytest.param(
            ["g1 0-3", "g2 0-3"], ["p1 0-3", "p2 0-3"], {"p1": "g1", "p2": "g2"}, id="in order"
        ),
        pytest.param(
            ["g1 0-3", "g2 2-9"], ["p1 2-8", "p2 0-9"], {"p1": "g1", "p2": "g2"},
            id="the first that overlaps, not the one that overlaps most",
        ),
        pytest.param(["g1 0-9"], ["p1 0-2", "p2 3-5"], {"p1": "g1"}, id="one to one"),
    ],
)  # fmt: skip
def test_which_items_are_one(gold: list[str], predicted: list[str], names: dict[str, str]) -> None:
    assert aligned([*map(item, gold)], [*map(item, predicted)]) == names


@pytest.mark.parametrize(
    ("items", "before", "kept"),
    [
        pytest.param(["e1 0-3", "e2 4-6"], [], ["e1", "e2"], id="apart"),
        pytest.param(["e1 0-3", "e2 3-6"], [], ["e1", "e2"], id="touching"),
        pytest.param(["e1 0-3", "e2 2-6", "e3 5-8"], [], ["e1", "e3"], id="the first stays"),
        pytest.param(["e1 2-6", "e2 0-9"], [], ["e1"], id="around an earlier one"),
        pytest.param(["e1 0-3", "e2 0-3"], [], ["e1"], id="the same bounds"),
        pytest.param(["e1 0-3"], ["t1 2-4"], [], id="over a time"),
    ],
)
def test_what_can_be_written_as_tags(items: list[str], before: list[str], kept: list[str]) -> None:
    assert [each.id for each in written([*map(item, items)], [*map(item, before)])] == kept


def counts(gold: list[str], predicted: list[str]) -> Awareness:
    return awareness([*map(link, gold)], [*map(link, predicted)])


@pytest.mark.parametrize(
    ("gold", "predicted", "reduced", "every"),
    [
        pytest.param([], [], (0, 0, 0, 0), (0, 0, 0, 0), id="nothing"),
        pytest.param(["a BEFORE b"], [], (0, 0, 0, 1), (0, 0, 0, 2), id="nothing predicted"),
        pytest.param([], ["a BEFORE b"], (0, 1, 0, 0), (0, 2, 0, 0), id="nothing in gold"),
        pytest.param(
            ["a BEFORE b"], ["b AFTER a"], (1, 1, 1, 1), (2, 2, 2, 2), id="from the other side"
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE c"], ["a BEFORE c"], (1, 1, 0, 2), (2, 2, 0, 4), id="implied"
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE c", "a BEFORE c"], ["a BEFORE b", "b BEFORE c"],
            (2, 2, 2, 2), (4, 4, 6, 6), id="what followed is left out",
        ),
        pytest.param(
            ["a BEFORE c", "a BEFORE b", "b BEFORE c"], ["a BEFORE b", "b BEFORE c"],
            (2, 2, 3, 3), (4, 4, 6, 6), id="slip: not if it came first",
        ),
        pytest.param(
            ["a SIMULTANEOUS b", "b BEGINS c"], ["a BEGINS c"], (0, 1, 0, 2), (1, 2, 0, 4),
            id="slip: BEGINS does not follow, though BEGUN_BY does",
        ),
        pytest.param(
            ["a BEGINS b"], ["a BEGINS b"], (1, 1, 1, 1), (2, 2, 2, 2), id="BEGINS can be given"
        ),
        pytest.param(
            ["a DURING b"], ["b SIMULTANEOUS a"], (1, 1, 1, 1), (2, 2, 2, 2), id="DURING is so"
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE a"], ["b BEFORE a"], (1, 1, 1, 2), (2, 2, 2, 4),
            id="what clashes is counted",
        ),
        pytest.param(
            ["a BEFORE b"], ["a BEFORE b"] * 2, (1, 1, 1, 1), (4, 4, 2, 2),
            id="duplicates count among all links",
        ),
        pytest.param(["a BEFORE a"], ["a BEFORE a"], (1, 1, 1, 1), (1, 1, 1, 1), id="of itself"),
    ],
)  # fmt: skip
def test_awareness(
    gold: list[str], predicted: list[str], reduced: tuple[int, ...], every: tuple[int, ...]
) -> None:
    found = counts(gold, predicted)

    assert found[:4] == reduced
    assert found[5:] == every


@pytest.mark.parametrize(
    ("gold", "predicted", "implicit"),
    [
        pytest.param(["a BEFORE b"], ["a BEFORE b"], 0, id="nothing that only follows"),
        pytest.param(
            ["a BEFORE b", "b BEFORE c"], ["a BEFORE c"], 0.99 / 2, id="1 + 1 pair, none found"
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE c"], ["a BEFORE c", "a BEFORE b"], 0.99 / 3,
            id="1 + 3 pairs less 1 found",
        ),
        pytest.param(
            ["a BEFORE b", "b BEFORE a"], ["a BEFORE b", "b BEFORE a"], 0,
            id="where the toolkit divides by 0",
        ),
    ],
)  # fmt: skip
def test_implicit_links(gold: list[str], predicted: list[str], implicit: float) -> None:
    assert counts(gold, predicted).implicit == pytest.approx(implicit)


@given(
    st.lists(
        st.builds(
            TimeLink,
            st.sampled_from("abc"),
            st.sampled_from("def"),
            st.sampled_from(sorted(LEVELS)),
        ),
        max_size=8,
    )
)
def test_gold_against_itself_is_perfect(gold: list[TimeLink]) -> None:
    found = awareness(gold, gold)

    assert found.precise == found.predicted == found.recalled == found.gold
    assert found.all_precise == found.all_predicted == found.all_recalled


def document(*, shift: int = 0, tense: str | None = "PAST", aspect: str = "NONE") -> Document:
    """Return two events, one of them over a time, and links; `shift` moves all ends."""
    ends = [Argument("source", ref="E2"), Argument("target", ref="t10")]
    return Document(
        id="d",
        mentions=(
            Mention("t10", "TIMEX3.DATE", 10, 14 + shift, value=Value("date:2018")),
            Mention("t9", "TIMEX3.TIME", 20, 24 + shift),
            Mention("m1", "PER", 0, 3),
        ),
        events=(
            Event(
                "E1", "Life.Die", (Trigger(30, 34 + shift),), tense=tense,
                attrs=(Attribute("aspect", aspect),),
            ),
            Event("E2", "Life.Die", (Trigger(12, 18),)),
        ),
        relations=(Relation("L1", "BEFORE", tuple(ends)),),
    )  # fmt: skip


def shares(gold: Document, predicted: Document) -> dict[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = {}
    for metric in METRICS:
        tally = metric.statistic.tally(View(gold), View(predicted))
        found[metric.name.partition("/")[2]] = metric.ratio(metric.statistic.columns(*tally[None]))
    return found


def test_figures_of_a_document_against_itself() -> None:
    """The event over a time is no item, but its link counts."""
    found = shares(document(), document())

    assert {name: share for name, share in found.items() if name.startswith("event")} == {
        f"event-{name}": (1, 1, 1, 1) for name in ("strict", "relaxed", "class", "tense", "aspect")
    }
    assert found["time-value"] == (2, 2, 2, 2)
    assert found["awareness"] == (1, 1, 1, 1)


def test_figures_of_what_only_overlaps() -> None:
    found = shares(document(), document(shift=1, tense=None, aspect="PERFECTIVE"))

    assert found["event-strict"] == found["event-tense"] == found["event-aspect"] == (0, 1, 0, 1)
    assert found["event-class"] == (1, 1, 1, 1)
    assert found["time-strict"] == (0, 2, 0, 2)
    assert found["time-relaxed"] == (2, 2, 2, 2)
    assert found["awareness"] == (1, 1, 1, 1)


def test_items_go_by_their_ids_and_types_are_cut() -> None:
    [found] = timed(document(), lambda name: name.partition(".")[0])

    assert [each.id for each in found.times] == ["t9", "t10"]
    assert found.events[0].features == ("Life", "PAST", "NONE")


@pytest.mark.parametrize(
    ("gold", "predicted", "figures"),
    [
        pytest.param(0, 0, (0, 0, 1), id="none on either side: F1 is 1, P and R are 0"),
        pytest.param(2, 0, (0, 0, 0), id="none predicted"),
        pytest.param(0, 2, (0, 0, 0), id="none in gold"),
    ],
)
def test_what_cannot_be_divided(
    gold: int, predicted: int, figures: tuple[float, float, float]
) -> None:
    [strict] = [metric for metric in METRICS if metric.name == "tempeval3/time-strict"]
    columns = strict.statistic.columns(*np.array([0, 0, 0, 0, 0, predicted, gold]))
    found = strict.figures(strict.shares(columns))

    assert tuple(map(float, found)) == figures
