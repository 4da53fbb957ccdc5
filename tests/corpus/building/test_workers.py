"""Sources are read in order, by one process or several, and a process that dies is one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from glose.corpus.building import reading, workers
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.building.spool import Spool
from glose.corpus.building.workers import Task, Waiting, results
from glose.corpus.errors import GloseError


def tasks(folder: Path, *texts: str) -> list[Task]:
    found = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text)
        found.append(Task(f"d{number}", Source(path, path.name), Rules(language="fr")))
    return found


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with Spool(tmp_path / "out") as spool:
        yield spool


@pytest.mark.parametrize("jobs", [None, 1, 2, 9])
def test_results_are_in_the_order_of_the_tasks(
    tmp_path: Path, jobs: int | None, spool: Spool
) -> None:
    found = [one for (one,) in results(tasks(tmp_path, "Un.", "", "Trois."), jobs, spool)]
    places = [one.place for one in found if isinstance(one, Waiting)]

    assert [type(one) for one in found] == [Waiting, Rejection, Waiting]
    assert [document.text for document in spool.documents(places)] == ["Un.", "Trois."]


@pytest.mark.parametrize(
    ("few", "large", "much"),
    [
        pytest.param(9, 99, False, id="little"),
        pytest.param(2, 99, True, id="many"),
        pytest.param(9, 8, True, id="large"),
    ],
)
def test_what_is_worth_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, large: int, *, much: bool
) -> None:
    monkeypatch.setattr(workers, "FEW", few)
    monkeypatch.setattr(workers, "LARGE", large)

    assert workers.is_much(tasks(tmp_path, "Un.", "Deux.")) is much


def test_a_file_that_is_not_there_is_not_much(tmp_path: Path) -> None:
    assert not workers.is_much([Task("a", Source(tmp_path / "a", "a"), Rules())])


def test_no_tasks_no_results(spool: Spool) -> None:
    assert list(results([], None, spool)) == []


def test_document_that_would_break_a_rule_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spool: Spool
) -> None:
    """What the reader of records would refuse is never written."""
    monkeypatch.setattr(reading, "faults", lambda document: iter([f"{document.id}: no"]))
    found = list(results(tasks(tmp_path, "Un."), 1, spool))

    assert found == [[Rejection("0.txt", "d0: no")]]


class Killer(str):
    """A text that ends the process which receives it, as the system does when memory is short."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def test_process_that_is_killed_is_one_line(tmp_path: Path, spool: Spool) -> None:
    one, two = tasks(tmp_path, "Un.", "Deux.")
    deadly = Task(Killer("d0"), one.source, one.rules)

    with pytest.raises(GloseError, match="try --jobs 1"):
        list(results([deadly, two], 2, spool))


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_is_left_of_the_spool(tmp_path: Path, jobs: int) -> None:
    with Spool(tmp_path / "out") as spool:
        list(results(tasks(tmp_path, "Un.", "Deux."), jobs, spool))
        waiting = list((tmp_path / "out").iterdir())

    assert waiting
    assert list((tmp_path / "out").iterdir()) == []
