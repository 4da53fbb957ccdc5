"""Figures of GRIT, GTT and IterX for templates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.evaluate.parity.compared import (
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import expected, save

from glose.evaluate.intervals import Sampling
from glose.evaluate.plan import Options
from glose.evaluate.results import System
from glose.evaluate.scoring import score


def seven(system: System, metric: str, theirs: Printed) -> Iterator[Compared]:
    """Yield what GRIT and GTT print of each role and of all: counts and figures."""
    for role, wanted in theirs.items():
        found = system.find(metric, "micro", None if role == "micro_avg" else role)
        assert found is not None
        ours = {
            "p_num": found.correct_precision, "p_den": found.predicted,
            "r_num": found.correct_recall, "r_den": found.gold,
            "p": found.precision, "r": found.recall, "f1": found.f1,
        }  # fmt: skip
        for name, figure in wanted.items():
            yield Compared(f"{metric} {role} {name}", ours[name], figure)


def grit(system: System, theirs: Printed) -> Iterator[Compared]:
    for name in ("strict", "prop"):
        yield from seven(system, f"ceaf-ree/{name}", theirs[name])


def gtt(system: System, theirs: Printed) -> Iterator[Compared]:
    yield from seven(system, "muc4/slots", theirs)


def iterx(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, figures in theirs.items():
        metric = f"ceaf-rme/{name.replace('_ignore_no_template_doc', '-with-gold')}"
        found = system.find(metric)
        assert found is not None
        ours = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
        for (figure, value), wanted in zip(ours.items(), figures, strict=True):
            yield Compared(f"{metric} {figure}", value, wanted)


COMPARED: Programs = {
    "grit CEAF-REE": ("ceaf-ree", grit),
    "gtt MUC-4 template scorer": ("muc4", gtt),
    "IterX CEAF-RME": ("ceaf-rme", iterx),
}


@pytest.mark.parametrize("tool", COMPARED)
def test_figures(tool: str, seed: str, scored: Scored) -> None:
    protocol, compared = COMPARED[tool]
    figures = list(compared(scored(seed, protocol), expected(seed)[tool]))

    assert len(figures) == {"ceaf-ree": 84, "muc4": 49, "ceaf-rme": 12}[protocol]
    refuse_difference(figures)


def test_gold_against_itself_is_perfect(seed: str, tmp_path: Path) -> None:
    """Save for recall in phi-subset, where one of two gold fillers with a common name is met."""
    gold = save(seed, "gold", tmp_path)
    names = ("templates", *(name for name, _ in COMPARED.values()))
    options = Options(protocols=names, sampling=Sampling(0))
    [system] = score(gold, [gold], options=options).systems

    assert {each.f1 for each in system.scores if "subset" not in each.metric} == {1.0}
