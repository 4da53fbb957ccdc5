"""Our figures of linking beside those of the HIPE scorer (its task `nel`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from tests.evaluate.parity.compared import (
    CORPORA,
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
from tests.evaluate.parity.records import View, expected

from glose.evaluate.results import Average, Score, System

TOOL = "HIPE-scorer"
REGIMES = {"strict": "strict", "ent_type": "fuzzy", "exact": "exact", "partial": "partial"}
FIVE = ("correct", "incorrect", "partial", "missed", "spurious")
MEANS: dict[Average, str] = {
    "macro": "F1_macro",
    "macro-of-means": "F1_macro (recomputed from P & R)",
}

#: What the scorer was given.
VIEW: View = "flat"


def find(system: System, regime: str, average: Average = "micro") -> Score:
    found = system.find(f"hipe2022/nel-{REGIMES[regime]}", average)
    assert found is not None
    return found


def three(found: Score) -> list[float]:
    """Return P, R and F1 as the scorer prints them, 0 for what is undefined."""
    return [value or 0.0 for value in (found.precision, found.recall, found.f1)]


def rows(
    name: str, keys: Sequence[str], ours: Sequence[float | None], theirs: Printed
) -> Iterator[Compared]:
    for key, value in zip(keys, ours, strict=True):
        yield Compared(f"{name} {key}", value, theirs[key])


def over_all(system: System, regime: str, theirs: Printed) -> Iterator[Compared]:
    """Yield the five counts, the two totals, and P, R and F1."""
    found = find(system, regime)
    yield from rows(regime, FIVE, [found.counts[key] for key in FIVE], theirs)
    yield from rows(regime, ("actual", "possible"), (found.predicted, found.gold), theirs)
    yield from rows(regime, ("P_micro", "R_micro", "F1_micro"), three(found), theirs)


def over_links(system: System, regime: str, theirs: Printed) -> Iterator[Compared]:
    for mean, last in MEANS.items():
        keys = ("P_macro", "R_macro", last)
        yield from rows(f"{regime} {mean}", keys, three(find(system, regime, mean)), theirs)


def over_documents(system: System, regime: str, theirs: Printed) -> Iterator[Compared]:
    """Yield the means over documents, undefined where the scorer has none, and their spread."""
    found = find(system, regime, "macro-document")
    ours = [found.precision, found.recall, found.f1, *found.extras.values()]
    keys = [f"{key}_macro_doc{end}" for end in ("", "_std") for key in ("P", "R", "F1")]
    yield from rows(regime, keys, ours, theirs)


def nel(system: System, theirs: Printed) -> Iterator[Compared]:
    for regime in REGIMES:
        for compare in (over_all, over_links, over_documents):
            yield from compare(system, regime, theirs["nel"][regime])


COMPARED: Programs = {TOOL: ("hipe2022", nel)}


@pytest.mark.parametrize("corpus", CORPORA)
def test_figures(scored: Scored, corpus: str) -> None:
    refuse_difference(nel(scored(corpus, "hipe2022", VIEW), expected(corpus)[TOOL]))
