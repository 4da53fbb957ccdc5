"""Each figure of each reference is ours, or an exception with its reason; the manual says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evaluate.parity.compared import Exempt, Scored
from tests.evaluate.parity.records import expected
from tests.evaluate.parity.references import EXCEPTIONS, REFERENCES, between, table


def test_every_program_is_compared(seed: str) -> None:
    assert {each.entry for each in REFERENCES} == expected(seed).keys()


@pytest.mark.parametrize("exempt", EXCEPTIONS, ids=lambda each: f"{each.tool}-{each.corpus}")
def test_what_is_exempt_is_not_equal(exempt: Exempt, scored: Scored, tmp_path: Path) -> None:
    found = [
        row
        for each in REFERENCES if each.tool == exempt.tool
        for row in each.figures(scored, exempt.corpus, tmp_path)
        if exempt.holds(each.tool, exempt.corpus, row.figure)
    ]  # fmt: skip
    assert found
    assert [row for row in found if row.equal] == []


def test_the_table_of_the_manual_is_fresh(scored: Scored, tmp_path: Path) -> None:
    """docs/metrics.md has what `make docs` writes; a figure that differs for no reason raises."""
    assert between() == table(scored, tmp_path), "docs/metrics.md is stale: run `make docs`"
