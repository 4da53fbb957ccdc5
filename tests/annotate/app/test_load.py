"""The benchmark of the load, made short: nothing is lost and nobody is refused."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "benchmarks"))
    return import_module("load")


@pytest.mark.parametrize("pace", ["human", "flat out"])
def test_nothing_is_lost_under_load(load: ModuleType, stores: str, pace: str) -> None:
    """Twenty annotators for two seconds; the server is the command in a process of its own.

    How many edits they get done says how busy the machine is, so one is enough.
    """
    found = load.measured(stores, 20, pace, 2)
    assert (found.errors, found.lost) == ([], [])
    assert found.took


def test_what_is_not_in_the_journal_is_told(load: ModuleType, tmp_path: Path) -> None:
    """The check at the end would see an edit that got lost."""
    where = tmp_path / "project.db"
    load.project(where, 1)
    one = load.Annotator(0, 8000, "secret")
    one.saved.append("0b9f6a3e-5b1c-4c58-9f0e-0c86a4f6c001")
    assert load.lost(where, [one]) == ["d0: lost 0b9f6a3e-5b1c-4c58-9f0e-0c86a4f6c001"]


@pytest.mark.parametrize(
    ("share", "seconds"),
    [
        pytest.param(0.5, 0.2, id="half took as long at most"),
        pytest.param(0.95, 0.4, id="of four, the longest stands for nineteen in twenty"),
        pytest.param(1, 0.4, id="the longest"),
    ],
)
def test_times_are_told_by_share(load: ModuleType, share: float, seconds: float) -> None:
    assert load.Found(1, [0.3, 0.1, 0.4, 0.2], [], []).at(share) == seconds
