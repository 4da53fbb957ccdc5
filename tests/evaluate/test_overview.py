"""Many metrics are a line each; those that count nothing are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glose.evaluate import overview
from glose.evaluate.results import Evaluation, Interval, Score, System
from glose.evaluate.sheet import Table
from glose.evaluate.writers import written


def score(metric: str, **changes: object) -> Score:
    """Return a score of a half, with an interval."""
    sure = Interval(0.95, "percentile", None, None, (0.25, 0.75))
    made = Score(metric, "micro", None, 0.5, 0.5, 0.5, 1, 1, 2, 2, {}, sure)
    return replace(made, **changes)  # type: ignore[arg-type]  # each test knows its fields


def empty(metric: str) -> Score:
    """Return the score of what has no items."""
    return score(
        metric, precision=None, recall=None, f1=None, gold=0.0, predicted=0.0, interval=None
    )


def evaluation(*scores: Score, systems: int = 1) -> Evaluation:
    """Return an evaluation of systems with these scores."""
    names = (f"s{number}" for number in range(systems))
    return Evaluation("signed", "0", 2, tuple(System(name, "hash", scores) for name in names))


def lines(made: Evaluation, **wanted: bool) -> list[str]:
    """Return the lines that a terminal shows."""
    return list(written(overview.scores(made, **wanted)))  # type: ignore[arg-type]  # bools only


MANY = [score(f"m/{number}") for number in range(overview.FEW + 1)]


def test_few_metrics_are_tables() -> None:
    assert lines(evaluation(*MANY[1:]))[0].split()[:4] == ["m/1", "P", "R", "F1"]


def test_many_metrics_are_a_line_each() -> None:
    shown = lines(evaluation(*MANY))

    assert shown[0].split()[-3:] == ["gold", "s0", "interval"]
    assert shown[1].split() == ["m/0", "2", "50.00", "25.00", "to", "75.00"]
    assert len(shown) == 1 + len(MANY) + 1 + 3


@pytest.mark.parametrize("wanted", [{"details": True}, {"by": ("type",)}])
def test_tables_follow_where_they_are_wanted(wanted: dict[str, bool]) -> None:
    shown = lines(evaluation(*MANY), **wanted)

    assert sum("  P  " in line for line in shown) == len(MANY)
    assert "--details" not in "".join(shown)


def test_more_systems_leave_no_room_for_intervals() -> None:
    shown = lines(evaluation(*MANY, systems=overview.WIDE + 1))

    assert shown[1].split() == ["m/0", "2", *["50.00"] * 4]


def test_what_has_no_items_on_either_side_is_named_in_one_line() -> None:
    shown = lines(evaluation(score("entity/strict"), empty("link/strict"), empty("link/nil")))

    named = [line for line in shown if "link" in line]
    assert named == ["neither gold nor predictions have items of link/strict, link/nil"]


@pytest.mark.parametrize(
    ("made", "counts"),
    [
        pytest.param(score("m"), True, id="items on both sides"),
        pytest.param(empty("m"), False, id="none on either"),
        pytest.param(replace(empty("m"), f1=0.0), False, id="0 by a program's rule"),
        pytest.param(replace(empty("m"), predicted=1.0), True, id="spurious only"),
        pytest.param(replace(empty("m"), gold=3.0), True, id="missed only"),
        pytest.param(score("m", gold=None, predicted=None), True, id="a mean of figures"),
        pytest.param(
            score("m", f1=None, gold=None, predicted=None), False, id="a mean of nothing"
        ),
        pytest.param(score("m", average="macro"), True, id="nothing but means"),
    ],
)
def test_what_counts(made: Score, counts: bool) -> None:
    assert bool(overview.parted(evaluation(made))[0]) is counts


def test_a_metric_with_items_in_one_system_only_is_shown() -> None:
    systems = (System("a", "h", (empty("m"),)), System("b", "h", (score("m"),)))

    assert overview.parted(Evaluation("s", "0", 2, systems)) == (["m"], [])


def test_everything_holds_what_is_empty_too() -> None:
    sheet = overview.everything(evaluation(*MANY, empty("link/nil")))

    assert len([b for b in sheet.blocks if isinstance(b, Table)]) == len(MANY) + 1
