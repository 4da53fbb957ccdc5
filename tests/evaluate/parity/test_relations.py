"""Our figures of relations beside those of OneIE's scorer and of brateval."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.evaluate.parity.compared import (
    CORPORA,
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import SEEDS, expected

from glose.evaluate.results import Score, System

ONEIE = {
    "relation": "ace/oneie-relation",
    "relation_directional": "ace/oneie-relation-directional",
}
FIGURES = ("precision", "recall", "f1")


def oneie(system: System, theirs: Printed) -> Iterator[Compared]:
    for key, metric in ONEIE.items():
        found = system.find(metric)
        assert found is not None
        for name, figure in zip(("prec", "rec", "f"), FIGURES, strict=True):
            yield Compared(f"{key} {name}", getattr(found, figure), theirs[key][name])


def brateval(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield each line of its tables, of each relation and of all, letter by letter."""
    for mode in ("exact", "overlap"):
        for number, line in enumerate(theirs[f"CompareRelations_{mode}"]):
            name = line.partition("|tp:")[0]
            type_ = None if name == "all" else name
            found = system.find(f"brat/relations-{mode}", "micro", type_)
            assert found is not None
            yield Compared(f"{mode} line {number}", printed(name, found), line)


def printed(name: str, found: Score) -> str:
    """Return a row of the table."""
    counts = {"tp": found.correct or 0.0, **found.counts}
    cells = [f"{key}:{counts[key]:.0f}" for key in ("tp", "fp", "fn")]
    cells += [f"{key}:{getattr(found, key) or 0:.4f}" for key in FIGURES]
    cells += [f"{key}:{counts[key]:.0f}" for key in ("fpm", "fnm")]
    return "|".join([name, *cells])


COMPARED: Programs = {
    "OneIE score_graphs (TextEE copy)": ("ace", oneie),
    "brateval 0.3.2": ("brat", brateval),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_tool_was_run_on_the_seeds(seed: str) -> None:
    assert set(COMPARED) <= set(expected(seed))


@pytest.mark.parametrize(
    ("tool", "corpus"),
    [(tool, corpus) for tool in COMPARED for corpus in CORPORA if tool in expected(corpus)],
)
def test_figures(scored: Scored, tool: str, corpus: str) -> None:
    protocol, compare = COMPARED[tool]
    refuse_difference(compare(scored(corpus, protocol), expected(corpus)[tool]))
