"""Undo and redo through the journal give identical exports, whatever was done."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glose.annotate.store import journal, names
from glose.annotate.store.answers import Accepted
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import Change, Operation, inverse
from glose.annotate.store.project import Project
from glose.annotate.store.state import State
from glose.corpus import jsonl
from glose.corpus.document import Document
from glose.corpus.testing import documents

Marked = Callable[..., Operation]
Drawn = Callable[[State, Document], st.SearchStrategy[tuple[Change, ...]]]

_numbers = count()


def exported(project: Project, name: str) -> bytes:
    """Return a record as it would stand in a file."""
    return jsonl.encode(project.state(name, "ana").exported())


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_undo_and_redo_give_the_same_bytes(
    data: st.DataObject, project: Project, operation: Marked, drawn: Drawn
) -> None:
    """Some of what is drawn is refused, and leaves nothing behind."""
    document = data.draw(documents())
    other = data.draw(documents(st.just(document.text or "")))
    name = f"drawn-{next(_numbers)}"
    import_records(project, [msgspec.structs.replace(document, id=name)], "ana", None, "ana")
    revision = project.snapshot(name, "ana").revision
    stages, done = [exported(project, name)], []
    for _ in range(data.draw(st.integers(1, 4))):
        changes = data.draw(drawn(project.state(name, "ana"), other))
        made = operation(revision, *changes)
        if isinstance(project.submit(name, "ana", "ana", made).result(60), Accepted):
            revision += 1
            done.append(made)
            stages.append(exported(project, name))

    for made, expected in zip(reversed(done), reversed(stages[:-1]), strict=True):
        undo = operation(revision, *inverse(made.changes), verb="undo", of=made.id)
        assert isinstance(project.submit(name, "ana", "ana", undo).result(60), Accepted)
        revision += 1
        assert exported(project, name) == expected
    for made, expected in zip(done, stages[1:], strict=True):
        redo = operation(revision, *made.changes, verb="redo", of=made.id)
        assert isinstance(project.submit(name, "ana", "ana", redo).result(60), Accepted)
        revision += 1
        assert exported(project, name) == expected
    with project.database.reading() as connection:
        record = names.record(connection, name, "ana")
        rebuilt = journal.replayed(connection, record.id if record else 0)
    assert jsonl.encode(rebuilt.exported()) == exported(project, name)
