"""Templates of documents, one to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.written import frame

from glose.evaluate.families.templates import METRICS
from glose.evaluate.frames import Filled, Frame
from glose.evaluate.metric import Metric

ROLES = ("Victim", "Target")


def counts(gold: list[str], predicted: list[str]) -> list[tuple[float, ...]]:
    sides = [*map(frame, gold)], [*map(frame, predicted)]
    return [metric.statistic.count(*sides)[None] for metric in METRICS]


X, Y = "attack Victim:x", "attack Victim:y"


@pytest.mark.parametrize(
    ("gold", "predicted", "types", "fillers", "slots", "entities"),
    [
        pytest.param([], [], (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), id="nothing"),
        pytest.param(
            [X], [], (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 2), (0, 0, 0, 1), id="missed"
        ),
        pytest.param(
            [], [X], (0, 1, 0, 0), (0, 1, 0, 0), (0, 2, 0, 0), (0, 1, 0, 0), id="spurious"
        ),
        pytest.param([X], [X], (1, 1, 1, 1), (1, 1, 1, 1), (2, 2, 2, 2), (1, 1, 1, 1), id="equal"),
        pytest.param(
            [X], ["bombing Victim:x"], (0, 1, 0, 1), (0, 1, 0, 1), (0, 2, 0, 2), (1, 1, 1, 1),
            id="another type",
        ),
        pytest.param(
            [X], ["attack Target:x"], (1, 1, 1, 1), (0, 1, 0, 1), (1, 2, 1, 2), (0, 1, 0, 1),
            id="another role",
        ),
        pytest.param(
            ["attack Victim:x|y"], ["attack Victim:y|z"], (1, 1, 1, 1), (1, 1, 1, 1), (2, 2, 2, 2),
            (1, 1, 1, 1), id="one name in common is enough",
        ),
        pytest.param(
            [X], ["attack Victim:x Victim:x"], (1, 1, 1, 1), (1, 2, 1, 1), (2, 3, 2, 2),
            (1, 2, 1, 1), id="a duplicate filler",
        ),
        pytest.param(
            [X], [X, X], (1, 2, 1, 1), (1, 2, 1, 1), (2, 4, 2, 2), (1, 2, 1, 1),
            id="a duplicate template",
        ),
        pytest.param(
            [X, Y], ["attack Victim:x Victim:y"], (1, 1, 1, 2), (1, 2, 1, 2), (2, 3, 2, 4),
            (2, 2, 2, 2), id="two in one",
        ),
        pytest.param(
            ["attack Victim:x Victim:y", X], [X, Y],
            (2, 2, 2, 2), (2, 2, 2, 3), (4, 4, 4, 5), (2, 2, 2, 3), id="the better pairing",
        ),
        pytest.param(
            ["attack Victim:x|y Victim:y"], ["attack Victim:y Victim:x"], (1, 1, 1, 1),
            (2, 2, 2, 2), (3, 3, 3, 3), (2, 2, 2, 2), id="crossing names",
        ),
        pytest.param(
            ["attack"], ["attack"], (1, 1, 1, 1), (0, 0, 0, 0), (1, 1, 1, 1), (0, 0, 0, 0),
            id="nothing fills",
        ),
    ],
)  # fmt: skip
def test_templates(
    gold: list[str],
    predicted: list[str],
    types: tuple[int, ...],
    fillers: tuple[int, ...],
    slots: tuple[int, ...],
    entities: tuple[int, ...],
) -> None:
    assert counts(gold, predicted) == [types, fillers, slots, entities]


def test_rows_are_types_and_roles() -> None:
    sides = [frame("attack Victim:x Target:t")], [frame("attack Victim:x Weapon:w")]
    rows = [metric.statistic.count(*sides) for metric in METRICS]

    assert rows[0] == {"attack": (1, 1, 1, 1), None: (1, 1, 1, 1)}
    assert rows[1] == {
        "Victim": (1, 1, 1, 1), "Target": (0, 0, 0, 1), "Weapon": (0, 1, 0, 0), None: (1, 2, 1, 2),
    }  # fmt: skip
    assert rows[2]["(type)"] == (1, 1, 1, 1)
    assert rows[3] == rows[1]


names = st.lists(st.sampled_from("vwxyz"), min_size=1, max_size=3).map(tuple)
some = st.lists(
    st.builds(
        Frame,
        st.sampled_from(("attack", "bombing")),
        st.lists(st.builds(Filled, st.sampled_from(ROLES), names), max_size=4).map(tuple),
    ),
    max_size=4,
)
every = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)


@every
@given(gold=some, predicted=some)
def test_exchanging_sides_exchanges_precision_and_recall(
    metric: Metric, gold: list[Frame], predicted: list[Frame]
) -> None:
    forth = metric.statistic.count(gold, predicted)[None]

    assert metric.statistic.count(predicted, gold)[None] == (*forth[2:], *forth[:2])
    assert 0 <= forth[0] <= min(forth[1], forth[3])


@every
@given(gold=some)
def test_gold_against_itself_is_perfect(metric: Metric, gold: list[Frame]) -> None:
    row = metric.statistic.count(gold, gold)[None]

    assert len(set(row)) == 1


@every
@given(gold=some, predicted=some)
def test_order_does_not_matter(metric: Metric, gold: list[Frame], predicted: list[Frame]) -> None:
    turned = [
        [each._replace(fillers=each.fillers[::-1]) for each in reversed(side)]
        for side in (gold, predicted)
    ]

    assert metric.statistic.count(*turned)[None] == metric.statistic.count(gold, predicted)[None]


@every
@given(gold=some, predicted=some)
def test_rows_add_up(metric: Metric, gold: list[Frame], predicted: list[Frame]) -> None:
    tally = metric.statistic.count(gold, predicted)
    whole = tally.pop(None)

    assert whole == tuple(map(sum, zip(*tally.values(), strict=True))) or (
        not tally and not any(whole)
    )
