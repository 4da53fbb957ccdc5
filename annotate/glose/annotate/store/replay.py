"""The journal against what is derived from it: compared, and if wished written anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from glose.annotate.store import journal, names
from glose.annotate.store.operations import LISTS
from glose.annotate.store.project import Project
from glose.annotate.store.state import State
from glose.annotate.store.tables import documents, items, layers, progress
from glose.annotate.store.tables import operations as journal_table
from glose.annotate.store.tables import records as table
from glose.corpus.forms import shown


@dataclass(frozen=True, slots=True)
class Stood:
    """A record by its number, and what it is called."""

    number: int
    document: str
    layer: str

    def __str__(self) -> str:
        return f"{self.document} in layer {self.layer}"


def differences(project: Project) -> Iterator[str]:
    """Yield a line for everything that is derived and is not what the journal says."""
    for record in _records(project):
        with project.database.reading() as connection:
            yield from (f"{record}: {what}" for what in _compared(connection, record.number))


def repair(project: Project) -> Iterator[str]:
    """Write anew what is derived of records that differ; yield what each of them was."""
    for record in _records(project):
        with project.database.reading() as connection:
            wrong = any(_compared(connection, record.number))
        if wrong:
            project.write(partial(_rewritten, number=record.number))
            yield f"{record}: written anew from the journal"


def _records(project: Project) -> list[Stood]:
    wanted = (
        select(table.c.id, documents.c.name, layers.c.name.label("layer"))
        .select_from(table)
        .join(documents, table.c.document_id == documents.c.id)
        .join(layers, table.c.layer_id == layers.c.id)
        .order_by(table.c.id)
    )
    with project.database.reading() as connection:
        return [Stood(row.id, row.name, row.layer) for row in connection.execute(wanted)]


def _compared(connection: Connection, number: int) -> Iterator[str]:
    rebuilt = journal.replayed(connection, number)
    yield from _gaps(connection, number)
    wanted = journal.progressed(number, rebuilt)
    found = connection.execute(select(progress).where(progress.c.record_id == number)).first()
    if found is None:
        yield "has no row of progress"
        return
    if found.revision != rebuilt.revision:
        yield f"revision {found.revision}; the journal has {rebuilt.revision}"
    elif rebuilt.revision and found.summary != wanted["summary"]:
        yield "its counts are not those of the journal"
    yield from _items(connection, number, rebuilt)


def _gaps(connection: Connection, number: int) -> Iterator[str]:
    column = journal_table.c.revision
    there = select(column).where(journal_table.c.record_id == number).order_by(column)
    for wanted, found in enumerate(connection.execute(there).scalars(), start=1):
        if wanted != found:
            yield f"the journal has no revision {wanted}; it was changed from outside"
            return


def _items(connection: Connection, number: int, rebuilt: State) -> Iterator[str]:
    wanted = {(row["list"], row["key"]): row for row in _rows(number, rebuilt)}
    there = connection.execute(select(items).where(items.c.record_id == number))
    for row in there.mappings():
        expected = wanted.pop((row["list"], row["key"]), None)
        if expected is None:
            yield f"{row['list']} {shown(row['key'])}: not in the journal"
        elif expected != dict(row):
            yield f"{row['list']} {shown(row['key'])}: not as the journal has it"
    yield from (f"{name} {shown(key)}: is missing" for name, key in wanted)


def _rows(number: int, state: State) -> Iterator[dict[str, Any]]:
    for name in LISTS:
        for key, place in state.places(name):
            item = state.get(name, key)
            yield journal.row(number, name, key, place, item)


def _rewritten(connection: Connection, number: int) -> None:
    state = journal.replayed(connection, number)
    connection.execute(delete(items).where(items.c.record_id == number))
    if rows := list(_rows(number, state)):
        connection.execute(insert(items), rows)
    row = journal.progressed(number, state) if state.revision else {"summary": "{}", "revision": 0}
    connection.execute(names.replacing(connection, progress), row | {"record_id": number})
