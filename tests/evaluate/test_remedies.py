"""Repairs of several systems stand side by side, as `glose evaluate repairs` tells them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glose.evaluate.plan import Options
from glose.evaluate.remedies import Gain, remedies
from glose.evaluate.repairing import Mended, Repair, Repairs, repairs

Make = Callable[..., dict[str, Any]]
Save = Callable[..., Path]


def repaired(layer: str, f1: dict[str, float | None], *rows: Repair) -> Repairs:
    """Return the repairs of one layer."""
    return Repairs("gold", "predicted", 3, (Mended(layer, f1, rows),))


def one(kind: str, errors: int, alone: float | None, after: float | None = None) -> Repair:
    """Return a repair by entity/strict."""
    return Repair(kind, errors, errors, errors, {"entity/strict": alone}, {"entity/strict": after})


F1: dict[str, float | None] = {"entity/strict": 0.5}


def test_a_gain_is_what_f1_is_more() -> None:
    (table,) = remedies(["a"], [repaired("entity", F1, one("missed", 3, 0.75, 0.875))])

    assert (table.layer, table.metric, table.f1) == ("entity", "entity/strict", (0.5,))
    assert table.rows == (("missed", (Gain(3, 0.75, 0.25, 0.875),)),)


def test_kinds_stand_in_the_order_of_repair() -> None:
    a = repaired("entity", F1, one("type", 0, 0.5), one("split", 2, 0.6), one("missed", 1, 0.6))
    b = repaired("entity", F1, one("type", 1, 0.6), one("split", 0, 0.5), one("missed", 0, 0.5))
    (table,) = remedies(["a", "b"], [a, b])

    assert [kind for kind, _ in table.rows] == ["type", "split", "missed"]


def test_what_no_system_does_wrong_is_left_out() -> None:
    found = repaired("entity", F1, one("correct", 9, None), one("type", 0, 0.5))

    assert remedies(["a"], [found])[0].rows == ()


def test_a_system_without_the_layer_has_no_gain() -> None:
    a = repaired("entity", F1, one("missed", 1, 0.6))
    (table,) = remedies(["a", "b", "c"], [a, None, repaired("entity", {"entity/exact": 0.5})])

    assert table.f1 == (0.5, None, None)
    assert [cell is None for cell in table.rows[0][1]] == [False, True, True]


def test_what_is_not_defined_is_no_gain() -> None:
    found = repaired("entity", {"entity/strict": None}, one("missed", 1, 0.6))

    assert remedies(["a"], [found])[0].rows[0][1][0] == Gain(1, 0.6, None, None)


def test_the_metric_is_the_one_at_the_top_of_the_page() -> None:
    found = repaired("entity", {"entity/exact": 0.6, **F1}, one("missed", 1, 0.6))

    assert remedies(["a"], [found])[0].metric == "entity/strict"


def test_without_repairs_there_is_nothing() -> None:
    assert remedies(["a"], [None]) == []
    assert remedies(["a"], []) == []


def test_the_chart_has_a_stem_for_each_error_that_there_is() -> None:
    a = repaired("entity", F1, one("type", 0, 0.5), one("missed", 1, 0.6))
    b = repaired("entity", F1, one("type", 1, 0.6), one("missed", 0, 0.5))

    assert remedies(["a", "b"], [a, b])[0].chart.count('class="line"') == 2


@pytest.mark.parametrize("guess", ["PER 3-12", "ORG 3-12", "PER 3-9", "LOC 13-20"])
def test_the_figures_are_those_of_the_command(record: Make, save: Save, guess: str) -> None:
    gold, other = save("gold.jsonl", record("a", "PER 3-12")), save("s.jsonl", record("a", guess))
    found = repairs(gold, other, options=Options(protocols=("entity/strict",)))
    (table,) = remedies(["s"], [found])

    wrong = {r.kind: (r.errors, r.alone["entity/strict"]) for r in found.layers[0].repairs
             if r.errors and r.kind != "correct"}  # fmt: skip
    assert {kind: (cell.errors, cell.f1) for kind, (cell,) in table.rows if cell} == wrong
