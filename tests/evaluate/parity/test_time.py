"""Figures of the TempEval-3 toolkit and of anaforatools."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from tests.evaluate.parity.compared import (
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import View, expected, save

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import Score, System
from glose.evaluate.scoring import score

#: What the two programs were given.
VIEW: View = "temporal"

#: Rows and columns of the toolkit's `entities`: which metric, and which of its figures.
ENTITIES = (
    (("event-strict", "f1"), ("event-strict", "precision"), ("event-strict", "recall")),
    (("event-relaxed", "f1"), ("event-relaxed", "precision"), ("event-relaxed", "recall")),
    (("event-class", "f1"), ("event-tense", "f1"), ("event-aspect", "f1")),
    (("time-strict", "f1"), ("time-strict", "precision"), ("time-strict", "recall")),
    (("time-relaxed", "f1"), ("time-relaxed", "precision"), ("time-relaxed", "recall")),
    (("time-value", "f1"), ("time-type", "f1")),
)
AWARENESS = {
    "awareness": "awareness",
    "awareness-acl11": "awareness_acl11",
    "awareness-implicit": "awareness_implicit_in_recall",
}


def found(system: System, metric: str) -> Score:
    score = system.find(metric)
    assert score is not None
    return score


def printed(figure: float, digits: str) -> float:
    """Return a percentage as Python 2 prints it: halves are rounded away from 0."""
    return float(Decimal(100 * figure).quantize(Decimal(digits), ROUND_HALF_UP))


def tempeval3(system: System, theirs: Printed) -> Iterator[Compared]:
    for cells, row in zip(ENTITIES, theirs["entities"], strict=True):
        for (name, figure), wanted in zip(cells, row, strict=True):
            ours = getattr(found(system, f"tempeval3/{name}"), figure)
            yield Compared(f"{name} {figure}", printed(ours, "0.01"), wanted)
    for name, entry in AWARENESS.items():
        row = found(system, f"tempeval3/{name}")
        figures = {"f1": row.f1, "precision": row.precision, "recall": row.recall}
        for (figure, ours), wanted in zip(figures.items(), theirs[entry], strict=True):
            yield Compared(f"{name} {figure}", printed(ours or 0, "0.0001"), wanted)


def anafora(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, entry in theirs.items():
        row = found(system, f"anafora/{name}")
        both = [row.correct_precision, row.correct_recall]
        correct = entry["correct"] if name == "closure" else [entry["correct"]] * 2
        yield from (
            Compared(f"{name} {figure}", ours, wanted)
            for figure, ours, wanted in (
                ("precision", row.precision, entry["p"]),
                ("recall", row.recall, entry["r"]),
                ("f1", row.f1, entry["f"]),
                ("gold", row.gold, entry["ref"]),
                ("predicted", row.predicted, entry["pred"]),
                ("correct precision", both[0], correct[0]),
                ("correct recall", both[1], correct[1]),
            )
        )


COMPARED: Programs = {
    "TempEval-3 toolkit": ("tempeval3", tempeval3),
    "anaforatools TLINK": ("anafora", anafora),
}


@pytest.mark.parametrize("tool", COMPARED)
def test_figures(tool: str, seed: str, scored: Scored) -> None:
    protocol, compared = COMPARED[tool]
    figures = list(compared(scored(seed, protocol, VIEW), expected(seed)[tool]))

    assert len(figures) == {"tempeval3": 26, "anafora": 14}[protocol]
    refuse_difference(figures)


def test_gold_against_itself_is_perfect(seed: str, tmp_path: Path) -> None:
    gold = save(seed, "gold", tmp_path, VIEW)
    names = ("times", "timelinks", *(name for name, _ in COMPARED.values()))
    options = Options(protocols=names, sampling=Sampling(0))
    [system] = score(gold, [gold], options=options).systems

    assert {each.f1 for each in system.scores if "implicit" not in each.metric} == {1.0}
