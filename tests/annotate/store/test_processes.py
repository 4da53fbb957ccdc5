"""Several processes: all write to PostgreSQL, one to a file, and a killed one loses nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from glose.annotate.store import replay
from glose.annotate.store.answers import Accepted, Conflict
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import Change, Operation
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import Document, Mention

Marked = Callable[..., Operation]

GLOSE = "from glose.cli import main; main()"
#: Marks Gao in d0 until it has done so a number of times, whoever else does the same.
WORK = """
import sys
from uuid import uuid4
from glose.annotate.store.answers import Accepted
from glose.annotate.store.operations import Change, Operation
from glose.annotate.store.project import Project
from glose.corpus.document import Mention

address, user, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Project.open(address) as project:
    done, revision = 0, 0
    while done < times:
        mention = Mention(f"{user}{done}", "GPE", 25, 28, text="Gao")
        change = Change("mentions", mention.id, None, mention)
        made = Operation(id=str(uuid4()), base=revision, verb="mark", changes=(change,))
        answer = project.submit("d0", "ana", user, made).result(60)
        revision = answer.revision
        done += isinstance(answer, Accepted)
"""


def running(address: str, user: str, times: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK, address, user, str(times)])


@pytest.fixture
def shared(postgres: Callable[[], str], gold: list[Document]) -> str:
    """The address of a project in PostgreSQL."""
    address = postgres()
    with Project.create(address, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        project.layer("ana")
    return address


def test_two_processes_write_to_one_record(shared: str) -> None:
    """Each sees what the other wrote; no revision is given twice, none is left out."""
    workers = [running(shared, user, 25) for user in ("x", "y")]
    codes = [worker.wait(120) for worker in workers]
    with Project.open(shared) as project:
        entries = project.history("d0", "ana")
        mentions = project.snapshot("d0", "ana").document.mentions
        differences = list(replay.differences(project))

    assert codes == [0, 0]
    assert [entry.revision for entry in entries] == list(range(1, 51))
    assert {one.id for one in mentions} == {f"{user}{n}" for user in "xy" for n in range(25)}
    assert differences == []


def test_a_state_that_is_held_catches_up(shared: str, operation: Marked) -> None:
    """Two writers in turn, each with the record in its cache."""
    with Project.open(shared) as one, Project.open(shared) as two:
        for base in range(6):
            mention = Mention(f"m{base}", "GPE", 25, 28, text="Gao")
            writer = (one, two)[base % 2]
            made = operation(base, Change("mentions", mention.id, None, mention))
            assert writer.submit("d0", "ana", "ana", made).result(60) == Accepted(base + 1)
        stale = operation(3, Change("mentions", "m9", None, mention))
        answer = one.submit("d0", "ana", "ana", stale).result(60)

    assert not isinstance(answer, Accepted)


def test_a_conflict_with_another_process_tells_what_it_did(shared: str, operation: Marked) -> None:
    mention = Mention("m9", "GPE", 25, 28, text="Gao")
    change = Change("mentions", "m9", None, mention)
    with Project.open(shared) as one, Project.open(shared) as two:
        theirs = operation(0, change)
        one.submit("d0", "ana", "ana", theirs).result(60)
        answer = two.submit("d0", "ana", "ben", operation(0, change)).result(60)

    assert isinstance(answer, Conflict)
    assert [entry.id for entry in answer.entries] == [theirs.id]


def test_the_same_operation_in_two_processes_is_one(shared: str, operation: Marked) -> None:
    """As when a client tries again at another server."""
    change = Change("mentions", "m9", None, Mention("m9", "GPE", 25, 28, text="Gao"))
    made = operation(0, change)
    with Project.open(shared) as one, Project.open(shared) as two:
        waiting = [each.submit("d0", "ana", "ana", made) for each in (one, two)]
        answers = [future.result(60) for future in waiting]
        entries = one.history("d0", "ana")

    assert {(type(answer), answer.revision) for answer in answers} == {(Accepted, 1)}  # type: ignore[union-attr]  # Accepted
    assert len(entries) == 1


def test_a_file_is_written_by_one_process(tmp_path: Path, gold: list[Document]) -> None:
    path = tmp_path / "p.glose"
    with Project.create(path, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        command = [sys.executable, "-c", GLOSE, "annotate", "verify", str(path), "--repair"]
        found = subprocess.run(command, capture_output=True, text=True)

    assert found.returncode == 1
    assert found.stderr.startswith(f"glose: {path}: is open in another process")
    assert found.stderr.count("\n") == 1


def test_a_file_is_read_while_it_is_written(tmp_path: Path, gold: list[Document]) -> None:
    path = tmp_path / "p.glose"
    code = "from glose.cli import main; main()"
    with Project.create(path, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        found = subprocess.run(
            [sys.executable, "-c", code, "annotate", "verify", str(path)],
            capture_output=True, text=True,
        )  # fmt: skip

    assert (found.returncode, found.stdout) == (0, "")


def test_a_killed_writer_leaves_the_file_to_others(tmp_path: Path, gold: list[Document]) -> None:
    """What it answered is there, and its lock is gone."""
    path = tmp_path / "p.glose"
    with Project.create(path, "p", schema.content("plover")) as project:
        import_records(project, gold, None, "reference", "ben")
        project.layer("ana")
    work = WORK.replace("done += isinstance", "print(revision, flush=True); done += isinstance")
    command = [sys.executable, "-c", work, str(path), "x", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        told = [int(worker.stdout.readline()) for _ in range(20)]
        worker.kill()
        told += [int(line) for line in worker.stdout if line.endswith(b"\n")]
    with Project.open(path) as project:
        revision = project.snapshot("d0", "ana").revision
        differences = list(replay.differences(project))

    assert revision >= told[-1]
    assert differences == []
