"""Figures of the TempEval-3 toolkit and of anaforatools."""

from __future__ import annotations

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import expected

#: Row and column of the toolkit's `entities`: what metric, and which of its figures.
ENTITIES = [
    [("event-strict", "f1"), ("event-strict", "precision"), ("event-strict", "recall")],
    [("event-relaxed", "f1"), ("event-relaxed", "precision"), ("event-relaxed", "recall")],
    [("event-class", "f1"), ("event-tense", "f1"), ("event-aspect", "f1")],
    [("time-strict", "f1"), ("time-strict", "precision"), ("time-strict", "recall")],
    [("time-relaxed", "f1"), ("time-relaxed", "precision"), ("time-relaxed", "recall")],
    [("time-value", "f1"), ("time-type", "f1")],
]
CELLS = [
    pytest.param(row, column, *cell, id=f"{cell[0]} {cell[1]}")
    for row, cells in enumerate(ENTITIES)
    for column, cell in enumerate(cells)
]


@pytest.mark.parametrize(("row", "column", "name", "figure"), CELLS)
def test_events_and_times_are_those_of_tempeval3(
    seed: str, scored: Scored, row: int, column: int, name: str, figure: str
) -> None:
    theirs = expected(seed)["TempEval-3 toolkit"]["entities"][row][column]
    score = scored(seed, "tempeval3", "temporal").find(f"tempeval3/{name}")

    assert round(100 * getattr(score, figure), 2) == theirs


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("awareness", "awareness"),
        ("awareness_acl11", "awareness-acl11"),
        ("awareness_implicit_in_recall", "awareness-implicit"),
    ],
)
def test_awareness_is_that_of_tempeval3(seed: str, scored: Scored, entry: str, name: str) -> None:
    theirs = expected(seed)["TempEval-3 toolkit"][entry]
    score = scored(seed, "tempeval3", "temporal").find(f"tempeval3/{name}")

    assert score is not None
    ours = [score.f1, score.precision, score.recall]
    assert [100 * round(each or 0, 6) for each in ours] == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("name", ["exact", "closure"])
def test_links_are_those_of_anaforatools(seed: str, scored: Scored, name: str) -> None:
    theirs = expected(seed)["anaforatools TLINK"][name]
    score = scored(seed, "anafora", "temporal").find(f"anafora/{name}")

    assert score is not None
    assert [score.precision, score.recall, score.f1] == pytest.approx(
        [theirs["p"], theirs["r"], theirs["f"]], abs=1e-9
    )
    assert [score.gold, score.predicted] == [theirs["ref"], theirs["pred"]]
    assert theirs["correct"] in (
        score.correct_precision, [score.correct_precision, score.correct_recall],
    )  # fmt: skip


def test_a_perfect_system_is_perfect(scored: Scored) -> None:
    system = scored("edge/perfect", "times", "temporal")

    assert {score.f1 for score in system.scores} <= {1.0, None}
