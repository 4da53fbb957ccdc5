"""Times: extent, type and value, one to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glose.corpus.document import Argument, Document, Event, Mention, Relation, Trigger, Value
from glose.evaluate.counts import Shared
from glose.evaluate.families.times import METRICS, TIMES
from glose.evaluate.temporal import Time, is_time, links, times


def time(written: str) -> Time:
    """Return the time that `DATE 0-3 = 2018` writes."""
    place, _, value = written.partition(" = ")
    name, bounds = place.split()
    start, end = map(int, bounds.split("-"))
    return Time(name, ((start, end),), value or None)


def shared(name: str, gold: list[str], predicted: list[str], type_: str | None = None) -> Shared:
    metric = {metric.name: metric for metric in METRICS}[name]
    tally = TIMES.count([*map(time, gold)], [*map(time, predicted)])
    return metric.ratio(TIMES.columns(*tally[type_]))


A, B = "DATE 0-3 = 2018", "DATE 4-7 = 2019"


@pytest.mark.parametrize(
    ("gold", "predicted", "extent", "relaxed", "type_", "value"),
    [
        pytest.param([], [], (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), id="nothing"),
        pytest.param([A], [], (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), id="missed"),
        pytest.param(
            [], [A], (0, 1, 0, 0), (0, 1, 0, 0), (0, 1, 0, 0), (0, 1, 0, 0), id="spurious"
        ),
        pytest.param([A], [A], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), id="equal"),
        pytest.param(
            [A], ["DATE 0-3 = 2019"], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), (0, 1, 0, 1),
            id="another value",
        ),
        pytest.param(
            [A], ["TIME 1-5 = 2018"], (0, 1, 0, 1), (1, 1, 1, 1), (0, 1, 0, 1), (1, 1, 1, 1),
            id="another type, another extent",
        ),
        pytest.param(
            [A], ["DATE 0-3"], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), (0, 0, 0, 1),
            id="no value predicted",
        ),
        pytest.param(
            ["DATE 0-3"], ["DATE 0-3"], (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), (0, 0, 0, 0),
            id="no value at all",
        ),
        pytest.param(
            [A], [A, A], (1, 2, 1, 1), (1, 2, 1, 1), (1, 2, 1, 1), (1, 2, 1, 1), id="a duplicate"
        ),
        pytest.param(
            [A, B], ["DATE 0-7 = 2019"], (0, 1, 0, 2), (1, 1, 1, 2), (1, 1, 1, 2), (1, 1, 1, 2),
            id="one over two is that of its value",
        ),
        pytest.param(
            ["DATE 0-4", "DATE 2-6"], ["DATE 2-4", "DATE 3-8"], (0, 2, 0, 2), (2, 2, 2, 2),
            (2, 2, 2, 2), (0, 0, 0, 0), id="crossing, as many pairs as can be",
        ),
        pytest.param(
            ["DATE 0-3"], ["DATE 3-6"], (0, 1, 0, 1), (0, 1, 0, 1), (0, 1, 0, 1), (0, 0, 0, 0),
            id="to touch is not to overlap",
        ),
    ],
)  # fmt: skip
def test_times(
    gold: list[str],
    predicted: list[str],
    extent: tuple[int, ...],
    relaxed: tuple[int, ...],
    type_: tuple[int, ...],
    value: tuple[int, ...],
) -> None:
    found = [shared(metric.name, gold, predicted) for metric in METRICS]

    assert found == [extent, relaxed, type_, value]


def test_a_type_has_the_precision_of_its_predictions_and_the_recall_of_its_gold() -> None:
    gold, predicted = ["DATE 0-3", "TIME 4-7"], ["TIME 0-3", "TIME 4-7"]

    assert shared("time/extent", gold, predicted, "TIME") == (2, 2, 1, 1)
    assert shared("time/extent", gold, predicted, "DATE") == (0, 0, 1, 1)
    assert shared("time/type", gold, predicted, "TIME") == (1, 2, 1, 1)


some = st.lists(
    st.builds(
        lambda kind, start, length, value: Time(kind, ((start, start + length),), value),
        st.sampled_from(("DATE", "TIME")),
        st.integers(0, 8),
        st.integers(1, 4),
        st.sampled_from((None, "2018", "2019")),
    ),
    max_size=6,
)


@given(some, some)
def test_counts_are_in_bounds_and_sides_can_be_exchanged(
    gold: list[Time], other: list[Time]
) -> None:
    forth, back = TIMES.count(gold, other)[None], TIMES.count(other, gold)[None]
    for metric in METRICS:
        one, two = metric.ratio(TIMES.columns(*forth)), metric.ratio(TIMES.columns(*back))

        assert 0 <= one.correct_precision <= one.predicted
        assert 0 <= one.correct_recall <= one.gold
        assert one.predicted == two.gold


@given(some)
def test_gold_against_itself_is_perfect(gold: list[Time]) -> None:
    row = TIMES.count(gold, list(reversed(gold)))[None]
    for metric in METRICS:
        share = metric.ratio(TIMES.columns(*row))

        assert share.correct_precision == share.predicted == share.gold == share.correct_recall


@given(some, some)
def test_order_does_not_matter(gold: list[Time], predicted: list[Time]) -> None:
    turned = list(reversed(gold)), sorted(predicted, key=repr)

    assert TIMES.count(*turned) == TIMES.count(gold, predicted)


@pytest.mark.parametrize(
    ("type_", "norm", "expected"),
    [
        ("TIMEX3.SET", None, True),
        ("Date", None, True),
        ("time.duration", None, True),
        ("DUR", None, True),
        ("PER", None, False),
        ("PER", "number:3", False),
        ("Jour", "date:2018-03-13", True),
    ],
)
def test_what_is_a_time(type_: str, norm: str | None, expected: bool) -> None:
    assert is_time(Mention("m", type_, 0, 3, value=Value(norm) if norm else None)) == expected


DOCUMENT = Document(
    id="d",
    mentions=(
        Mention("t1", "TIMEX3.DATE", 0, 3, value=Value("date:2018-03")),
        Mention("m1", "PER", 4, 7),
    ),
    events=(Event("E1", "Attack", (Trigger(8, 9), Trigger(10, 11))), Event("E2", "Die")),
    relations=tuple(
        Relation(
            f"R{number}", name, tuple(Argument(f"a{at}", ref=end) for at, end in enumerate(ends))
        )
        for number, (name, ends) in enumerate(
            [
                ("TLINK.Before", ("E1", "t1")),
                ("After", ("t1", "E2")),
                ("BEFORE", ("m1", "t1")),
                ("located", ("E1", "t1")),
                ("INCLUDES", ("t1", "E1", "E1")),
            ]
        )
    ),
)


def test_times_have_their_value_without_its_kind() -> None:
    assert times(DOCUMENT) == [Time("TIMEX3.DATE", ((0, 3),), "2018-03")]
    assert times(DOCUMENT, lambda _: "T")[0].type == "T"


def test_links_are_relations_of_time_between_what_stands_in_time() -> None:
    """An event without a trigger, a mention that is no time and a third argument are no ends."""
    assert list(links(DOCUMENT)) == [("R0", "E1", "t1", "BEFORE")]
