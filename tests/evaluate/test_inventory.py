"""The types that gold has, and predictions of others that a closed metric leaves out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.evaluate.conftest import Record

from glose.evaluate.families.hipe2022 import ENTITIES
from glose.evaluate.inventory import types
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options
from glose.evaluate.projection import cut
from glose.evaluate.results import Score
from glose.evaluate.scoring import score

Make = Callable[..., Record]
Save = Callable[..., Path]


@pytest.fixture
def gold(record: Make, save: Save) -> Path:
    return save(
        "gold.jsonl", record("a", "PER 3-12", "GPE.city 34-42"), record("b", "ORG 3-12"),
        {"id": "c", "text": "x", "mentions": []},
    )  # fmt: skip


def test_types_are_those_of_all_documents(gold: Path) -> None:
    assert types(gold, [ENTITIES]) == {ENTITIES.name: {"PER", "GPE.city", "ORG"}}


def test_types_may_be_cut_and_be_those_of_some_documents(gold: Path) -> None:
    assert types(gold, [ENTITIES], cut(1), {"a"}) == {ENTITIES.name: {"PER", "GPE"}}


def test_types_are_those_that_tags_can_hold(record: Make, save: Save) -> None:
    gold = save("gold.jsonl", record("a", "PER 0-12", "GPE 3-12"))
    assert types(gold, [ENTITIES]) == {ENTITIES.name: {"PER"}}


def test_without_a_closed_statistic_nothing_is_read(tmp_path: Path) -> None:
    assert types(tmp_path / "none.jsonl", [METRICS["entity/strict"].statistic]) == {}


def test_a_line_that_is_no_record_has_none(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"id": "a", "mentions": [{"type": 3}]}\n{"id": "b"}\nno\n\xff\n')
    assert types(path, [ENTITIES]) == {ENTITIES.name: frozenset()}


def strict(gold: Path, predicted: Path, jobs: int = 1, split: str | None = None) -> Score:
    options = Options(protocols=("hipe2022/strict",), jobs=jobs, split=split, extra="ignore")
    found = score(gold, [predicted], options=options).systems[0].find("hipe2022/strict")
    assert found is not None
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_predictions_of_a_type_that_gold_never_has_cost_nothing(
    gold: Path, record: Make, save: Save, jobs: int
) -> None:
    """VEH is nowhere in gold; ORG is in another document of it."""
    predicted = save(
        "crf.jsonl", record("a", "PER 3-12", "VEH 34-42", "VEH 13-15"), record("b", "ORG 3-12"),
        {"id": "c", "mentions": []},
    )  # fmt: skip
    found = strict(gold, predicted, jobs)
    assert (found.correct, found.predicted, found.gold) == (2, 2, 3)


def test_predictions_of_a_type_of_another_document_cost(
    gold: Path, record: Make, save: Save
) -> None:
    predicted = save(
        "crf.jsonl", record("a", "ORG 13-15"), record("b", "ORG 3-12"), {"id": "c", "mentions": []}
    )
    found = strict(gold, predicted)
    assert (found.correct, found.predicted, found.gold) == (1, 2, 3)
