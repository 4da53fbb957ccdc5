"""Records out of a project, as anything that reads `doc/1` takes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import select

from glose.annotate.store import journal, names
from glose.annotate.store.project import Project
from glose.annotate.store.tables import documents, layers
from glose.annotate.store.tables import records as table
from glose.corpus.document import Document


def records(
    project: Project,
    layer: str,
    as_layer: str | None = None,
    states: Collection[str] | None = None,
) -> Iterator[Document]:
    """Yield the records of a layer, sorted by id, under another name if one is given.

    With `states`, those whose status is one of them. Documents that the layer does not have are
    not among them. The state of one record is held at a time.
    """
    numbers = _numbers(project, layer)
    for number in numbers:
        with project.database.reading() as connection:
            found = journal.state(connection, number).exported()
        if states is None or found.status.state in states:
            yield msgspec.structs.replace(found, layer=as_layer or layer)


def _numbers(project: Project, layer: str) -> list[int]:
    wanted = (
        select(table.c.id, documents.c.name)
        .select_from(table)
        .join(documents, table.c.document_id == documents.c.id)
        .join(layers, table.c.layer_id == layers.c.id)
        .where(layers.c.name == layer)
    )
    with project.database.reading() as connection:
        names.known_layer(connection, layer)
        # Sorted here, since databases sort letters as their language has it.
        rows = sorted(connection.execute(wanted), key=lambda row: str(row.name))
        return [row.id for row in rows]
