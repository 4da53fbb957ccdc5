"""Our figures of event nuggets beside those that EvmEval printed."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

import pytest
from tests.evaluate.parity.compared import CORPORA, Compared, Printed, Programs, Scored
from tests.evaluate.parity.records import expected

from glose.evaluate.results import Score, System

TOOL = "EvmEval v1.8"

MATCHES = {
    "plain": "plain", "mention_type": "type", "realis_status": "realis",
    "mention_type+realis_status": "both",
}  # fmt: skip
FIGURES = {"p": "precision", "r": "recall", "f": "f1"}


def found(system: System, metric: str) -> Score:
    score = system.find(f"nugget/{metric}")
    assert score is not None, metric
    return score


def percent(value: float | None, places: int = 2) -> float | None:
    return None if value is None else round(100 * value, places)


def mentions(system: System, theirs: Printed) -> Iterator[Compared]:
    for match, name in MATCHES.items():
        for average, suffix in (("micro", ""), ("macro", "-macro")):
            score = found(system, f"{name}{suffix}")
            for letter, kind in FIGURES.items():
                wanted = theirs[match][f"{average}_{letter}"]
                yield Compared(
                    f"{match} {average} {kind}",
                    percent(getattr(score, kind)),
                    None if isnan(wanted) else wanted,
                )


def coreference(system: System, theirs: Printed) -> Iterator[Compared]:
    for name, wanted in theirs["coref"].items():
        metric = "coref-average" if name == "conll" else f"coref-{name}"
        yield Compared(
            f"coref {name}", percent(found(system, metric).extras["f1_printed"]), wanted
        )


def sequencing(system: System, theirs: Printed) -> Iterator[Compared]:
    for kind, wanted in theirs["sequencing_f_p_r"].items():
        score = found(system, f"sequencing-{kind.lower()}")
        for name, each in zip(("f1", "precision", "recall"), wanted, strict=True):
            yield Compared(f"sequencing {kind} {name}", percent(getattr(score, name), 4), each)


def evmeval(system: System, theirs: Printed) -> Iterator[Compared]:
    for compare in (mentions, coreference, sequencing):
        yield from compare(system, theirs)


#: The protocol that has the figures of EvmEval, and which figures are whose.
COMPARED: Programs = {TOOL: ("nugget", evmeval)}


@pytest.mark.parametrize("corpus", CORPORA)
def test_figures(corpus: str, scored: Scored) -> None:
    rows = list(evmeval(scored(corpus, "nugget"), expected(corpus)[TOOL]))
    assert len({row.figure for row in rows}) == len(rows) > 0
    assert [row.figure for row in rows if row.ours != row.theirs] == []
