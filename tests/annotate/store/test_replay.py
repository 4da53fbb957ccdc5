"""The state rebuilt from the journal, and what was tampered with."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import text

from glose.annotate.store import exporting, replay
from glose.annotate.store.operations import Change, Operation
from glose.annotate.store.project import Project
from glose.corpus.document import Mention, Status

Marked = Callable[..., Operation]
GAO = Mention("m2", "GPE", 25, 28, text="Gao", level="NAM")

TAMPERED = [
    pytest.param(
        "UPDATE items SET content = NULL WHERE key = 'm2' AND record_id = 1",
        ["d0 in layer gold: mentions m2: not as the journal has it"], id="an item is gone",
    ),
    pytest.param(
        "DELETE FROM items WHERE key = 'm3' AND record_id = 1",
        ["d0 in layer gold: mentions m3: is missing"], id="a row is gone",
    ),
    pytest.param(
        "INSERT INTO items VALUES (1, 'mentions', 'm99', 9, NULL)",
        ["d0 in layer gold: mentions m99: not in the journal"], id="a row is too many",
    ),
    pytest.param(
        "UPDATE items SET place = 9 WHERE key = 'm2' AND record_id = 1",
        ["d0 in layer gold: mentions m2: not as the journal has it"], id="an item has moved",
    ),
    pytest.param(
        "UPDATE progress SET revision = 7 WHERE record_id = 1",
        ["d0 in layer gold: revision 7; the journal has 1"], id="another revision",
    ),
    pytest.param(
        "UPDATE progress SET summary = '{}' WHERE record_id = 1",
        ["d0 in layer gold: its counts are not those of the journal"], id="other counts",
    ),
    pytest.param(
        "DELETE FROM progress WHERE record_id = 1",
        ["d0 in layer gold: has no row of progress"], id="no progress",
    ),
]  # fmt: skip


def test_nothing_differs(project: Project, operation: Marked) -> None:
    for base, change in enumerate(
        (
            Change("mentions", "m2", None, GAO),
            Change("mentions", "m2", GAO, None),
            Change("mentions", "m2", None, msgspec.structs.replace(GAO, level="NOM")),
            Change("status", "status", Status(), Status("done", ("mentions",))),
        )
    ):
        project.submit("d0", "ana", "ana", operation(base, change)).result(60)

    assert list(replay.differences(project)) == []
    assert list(replay.repair(project)) == []


@pytest.mark.parametrize(("statement", "found"), TAMPERED)
def test_what_differs_is_told(project: Project, statement: str, found: list[str]) -> None:
    with project.database.writing() as connection:
        connection.execute(text(statement))

    assert list(replay.differences(project)) == found


@pytest.mark.parametrize(("statement", "found"), TAMPERED)
def test_what_differs_is_written_anew(project: Project, statement: str, found: list[str]) -> None:
    before = list(exporting.records(project, "gold"))
    rows = project.documents("gold")
    with project.database.writing() as connection:
        connection.execute(text(statement))

    assert list(replay.repair(project)) == ["d0 in layer gold: written anew from the journal"]
    assert list(replay.differences(project)) == []
    assert list(exporting.records(project, "gold")) == before
    assert project.documents("gold") == rows


def test_work_goes_on_after_a_repair(project: Project, operation: Marked) -> None:
    """The writer forgets what it held of the records."""
    new, gone = Change("mentions", "m2", None, GAO), Change("mentions", "m2", GAO, None)
    project.submit("d0", "ana", "ana", operation(0, new)).result(60)
    with project.database.writing() as connection:
        connection.execute(text("DELETE FROM items WHERE record_id = 13"))
    list(replay.repair(project))
    project.submit("d0", "ana", "ana", operation(1, gone)).result(60)

    assert list(replay.differences(project)) == []
    assert project.snapshot("d0", "ana").revision == 2
