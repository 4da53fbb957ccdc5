"""What GRIT, GTT and IterX count in templates, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.written import frame

from glose.evaluate.families import ceaf_ree, ceaf_rme, muc4
from glose.evaluate.frames import Filled, Frame
from glose.evaluate.metric import Metric

METRICS = {m.name: m for m in (*ceaf_ree.METRICS, *muc4.METRICS, *ceaf_rme.METRICS)}


def share(name: str, gold: list[str], predicted: list[str]) -> tuple[float, ...]:
    metric = METRICS[name]
    tally = metric.statistic.count([*map(frame, gold)], [*map(frame, predicted)])
    return tuple(metric.ratio(metric.statistic.columns(*tally[None])))


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "prop"),
    [
        pytest.param([], [], (0, 0), (0, 0), id="nothing"),
        pytest.param(["a V:x"], [], (0, 0), (0, 0), id="nothing predicted"),
        pytest.param([], ["a V:x"], (0, 1), (0, 1), id="nothing in gold"),
        pytest.param(["a V:x|y|z"], ["a V:x"], (1, 1), (1, 1), id="names of gold are forgiven"),
        pytest.param(["a V:x"], ["a V:x|w"], (0, 1), (0.5, 1), id="names of predictions are not"),
        pytest.param(["a V:x|x"], ["a V:x"], (1, 1), (2, 1), id="slip: repeated names of gold"),
        pytest.param(["a V:x"], ["b V:x"], (1, 1), (1, 1), id="types are not looked at"),
        pytest.param(["a V:x"], ["a T:x"], (0, 1), (0, 1), id="roles are"),
        pytest.param(["a V:x"], ["a V:x V:x"], (1, 2), (1, 2), id="one to one"),
        pytest.param(
            ["a V:x|y V:x"], ["a V:x V:y"], (2, 2), (2, 2), id="the better of two assignments"
        ),
        pytest.param(
            ["a V:x V:y"], ["a V:x|y V:x|z"], (0, 2), (1, 2), id="shares are added at their best"
        ),
    ],
)
def test_ceaf_ree(
    gold: list[str], predicted: list[str], strict: tuple[float, int], prop: tuple[float, int]
) -> None:
    """What is alike, and how many were predicted."""
    assert share("ceaf-ree/strict", gold, predicted)[:2] == strict
    assert share("ceaf-ree/prop", gold, predicted)[:2] == prop


@pytest.mark.parametrize(
    ("gold", "predicted", "counts"),
    [
        pytest.param([], [], (0, 0, 0, 0), id="nothing"),
        pytest.param(["a V:x"], [], (0, 0, 0, 2), id="nothing predicted"),
        pytest.param([], ["a V:x"], (0, 2, 0, 0), id="nothing in gold"),
        pytest.param(["a V:x"], ["a V:x"], (2, 2, 2, 2), id="equal"),
        pytest.param(["a V:x"], ["b V:x"], (0, 2, 0, 2), id="nothing is right in another type"),
        pytest.param(
            ["a+b V:x"], ["b V:x"], (2, 2, 2, 2), id="a type that stands in that of gold"
        ),
        pytest.param(["a V:x|y"], ["a V:x V:y"], (3, 3, 2, 2), id="slip: two for one"),
        pytest.param(["a V:x V:x|y"], ["a V:x"], (2, 2, 3, 3), id="slip: one for two"),
        pytest.param(["a V:x"], ["a V:x|w"], (1, 2, 1, 2), id="a name too many"),
        pytest.param(["a V:x", "a V:y"], ["a V:y"], (2, 2, 2, 4), id="the better of two"),
        pytest.param(
            ["a V:x", "a T:y"], ["a V:x", "a V:x T:y"], (4, 5, 4, 4), id="the better pairing"
        ),
        pytest.param(["a"], ["a"], (1, 1, 1, 1), id="nothing fills"),
    ],
)
def test_muc4(gold: list[str], predicted: list[str], counts: tuple[int, ...]) -> None:
    assert share("muc4/slots", gold, predicted) == counts


def test_of_equally_good_pairings_the_first_counts() -> None:
    """The prediction shares a victim with the first and a target with the second template."""
    pair = [frame("a V:x"), frame("a T:y")]
    found = muc4.SLOTS.count(pair, [frame("a V:x T:y")])
    other = muc4.SLOTS.count(pair[::-1], [frame("a V:x T:y")])

    assert (found["V"], found["T"]) == ((1, 1, 1, 1), (0, 1, 0, 1))
    assert (other["V"], other["T"]) == ((0, 1, 0, 1), (1, 1, 1, 1))
    assert found["incident_type"] == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("gold", "predicted", "subset", "names"),
    [
        pytest.param([], [], (0, 0, 0, 0), (0, 0, 0, 0), id="nothing"),
        pytest.param(["a V:x|y"], [], (0, 0, 0, 1), (0, 0, 0, 2), id="nothing predicted"),
        pytest.param([], ["a V:x|y"], (0, 1, 0, 0), (0, 2, 0, 0), id="nothing in gold"),
        pytest.param(["a V:x|y"], ["a V:x|y"], (1, 1, 1, 1), (2, 2, 2, 2), id="equal"),
        pytest.param(["a V:x|y"], ["a V:y|z"], (1, 1, 1, 1), (1, 2, 1, 2), id="a name in common"),
        pytest.param(["a V:x"], ["b V:x"], (0, 1, 0, 1), (0, 1, 0, 1), id="another type"),
        pytest.param(["a V:x"], ["a T:x"], (0, 1, 0, 1), (0, 1, 0, 1), id="another role"),
        pytest.param(
            ["a V:x|y"], ["a V:x V:y"], (2, 2, 1, 1), (1, 2, 1, 2), id="slip: two for one"
        ),
        pytest.param(
            ["a V:x V:y"], ["a V:x|y"], (1, 1, 1, 2), (1, 2, 1, 2), id="the first that is met"
        ),
        pytest.param(
            ["a+b V:x"], ["a V:x"], (1, 1, 1, 1), (1, 1, 1, 2), id="slip: names of two types"
        ),
        pytest.param(["a+b V:x"], [], (0, 0, 0, 1), (0, 0, 0, 1), id="if any is predicted"),
        pytest.param(
            ["a+b V:x T:t"], ["b V:x T:t", "a V:x"], (2, 3, 2, 2), (2, 3, 2, 4),
            id="the type that is most like all predictions",
        ),
        pytest.param(["a V:x", "a"], ["a", "a V:x"], (1, 1, 1, 1), (1, 1, 1, 1), id="empty ones"),
        pytest.param(
            ["a V:x T:t", "a V:x"], ["a V:x", "a V:x T:t"], (3, 3, 3, 3), (3, 3, 3, 3),
            id="the better pairing",
        ),
    ],
)  # fmt: skip
def test_ceaf_rme(
    gold: list[str], predicted: list[str], subset: tuple[int, ...], names: tuple[int, ...]
) -> None:
    assert share("ceaf-rme/phi-subset", gold, predicted) == subset
    assert share("ceaf-rme/phi-3", gold, predicted) == names


@pytest.mark.parametrize("name", ["phi-subset", "phi-3"])
def test_documents_without_gold_templates_can_be_left_out(name: str) -> None:
    assert share(f"ceaf-rme/{name}-with-gold", [], ["a V:x"]) == (0, 0, 0, 0)
    assert share(f"ceaf-rme/{name}-with-gold", ["a"], ["a V:x"]) == (0, 1, 0, 0)


names = st.lists(st.sampled_from("vwxyz"), min_size=1, max_size=2, unique=True).map(tuple)
some = st.lists(
    st.builds(
        Frame,
        st.sampled_from("ab"),
        st.lists(st.builds(Filled, st.sampled_from("VT"), names), max_size=3).map(tuple),
    ),
    max_size=3,
)
every = pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)


@every
@given(gold=some, predicted=some)
def test_figures_are_in_bounds(metric: Metric, gold: list[Frame], predicted: list[Frame]) -> None:
    row = metric.statistic.count(gold, predicted)[None]
    found = metric.ratio(metric.statistic.columns(*row))

    assert 0 <= found.correct_precision <= found.predicted
    assert 0 <= found.correct_recall <= found.gold


@every
@given(gold=some)
def test_gold_against_itself_is_perfect(metric: Metric, gold: list[Frame]) -> None:
    row = metric.statistic.count(gold, gold)[None]
    found = metric.ratio(metric.statistic.columns(*row))

    assert found.correct_precision == found.predicted == found.gold
    # Of two fillers with a name in common, only one is met in phi-subset.
    assert found.correct_recall == found.gold or "subset" in metric.name
