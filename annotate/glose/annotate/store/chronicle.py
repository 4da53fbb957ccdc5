"""The journal of a whole project, told in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from glose.annotate.store import journal, names
from glose.annotate.store.operations import Entry, encode
from glose.annotate.store.project import Project
from glose.annotate.store.tables import documents, layers, operations, records, users

#: Of an operation that changes more than this, a line tells how many items, not which.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the journal, with the record that it was made to."""

    document: str
    layer: str
    entry: Entry


def told(
    project: Project, document: str | None, layer: str | None, item: str | None
) -> Iterator[Told]:
    """Yield the entries of a project, oldest first: of a document, a layer, an item if named."""
    wanted = (
        select(documents.c.name, layers.c.name.label("layer"), *journal.ENTRY)
        .select_from(operations)
        .join(users, operations.c.user_id == users.c.id)
        .join(records, operations.c.record_id == records.c.id)
        .join(documents, records.c.document_id == documents.c.id)
        .join(layers, records.c.layer_id == layers.c.id)
        .order_by(operations.c.at, operations.c.record_id, operations.c.revision)
    )
    if document is not None:
        wanted = wanted.where(documents.c.name == document)
    if layer is not None:
        wanted = wanted.where(layers.c.name == layer)
    with project.database.reading() as connection:
        if layer is not None:
            names.known_layer(connection, layer)
        if document is not None:
            names.known_document(connection, document)
        # Not all at once: a journal may be larger than memory.
        streamed = connection.execution_options(yield_per=256).execute(wanted)
        for row in streamed:
            entry = journal.entry(row)
            if item is None or journal.about(entry, item):
                yield Told(row.name, row.layer, entry)


def line(one: Told) -> str:
    """Return an entry as a line: when, who, what, on which record and items."""
    entry = one.entry
    ids = [f"{change.list} {change.id}" for change in entry.changes]
    what = ", ".join(ids) if len(ids) <= NAMED else f"{len(ids)} items"
    note = f"  ({entry.note})" if entry.note else ""
    where = f"{one.document}  {one.layer}  {entry.revision}"
    return f"{entry.at}  {entry.user}  {where}  {entry.verb}  {what}{note}"


def as_json(found: Iterable[Told]) -> Iterator[str]:
    """Yield the lines of a JSON object that has the entries, each with document and layer."""
    yield '{"entries":['
    comma = ""
    for one in found:
        plain = {"document": one.document, "layer": one.layer}
        whole = plain | msgspec.json.decode(encode(one.entry), type=dict[str, msgspec.Raw])
        yield comma + encode(whole).decode()
        comma = ","
    yield "]}"
