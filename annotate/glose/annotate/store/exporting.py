"""Records out of a project, as anything that reads `doc/1` takes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import select

from glose.annotate.store import journal, names
from glose.annotate.store.operations import STATES
from glose.annotate.store.project import Project
from glose.annotate.store.tables import documents, layers, progress
from glose.annotate.store.tables import records as table
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown


def records(
    project: Project,
    layer: str,
    as_layer: str | None = None,
    states: Collection[str] | None = None,
) -> Iterator[Document]:
    """Yield the records of a layer, sorted by id, under another name if one is given.

    With `states`, those whose status is one of them. Documents on which nothing was done in the
    layer are not among them. The state of one record is held at a time.
    """
    numbers = _numbers(project, layer)
    for number in numbers:
        with project.database.reading() as connection:
            found = journal.state(connection, number).exported()
        if states is None or found.status.state in states:
            yield msgspec.structs.replace(found, layer=as_layer or layer)


def known_states(project: Project, layer: str, wanted: Collection[str]) -> None:
    """Raise `GloseError` where a state is wanted that no record of a layer has.

    That is a slip of the pen where it is a state that the app does not know; else only if none of
    those wanted is there.
    """
    there = {row.state for row in project.documents(layer) if row.revision}
    strange = [state for state in wanted if state not in there.union(STATES)]
    if strange or there.isdisjoint(wanted):
        told = ", ".join(sorted(map(shown, filter(None, there)))) or "none"
        what = f"no record is in the state {shown([*strange, *wanted][0])} (there are: {told})"
        raise GloseError(f"layer {shown(layer)}: {what}")


def _numbers(project: Project, layer: str) -> list[int]:
    wanted = (
        select(table.c.id, documents.c.name)
        .select_from(table)
        .join(documents, table.c.document_id == documents.c.id)
        .join(layers, table.c.layer_id == layers.c.id)
        .join(progress, progress.c.record_id == table.c.id)
        # A record without operations was made for one that was refused.
        .where(layers.c.name == layer, progress.c.revision > 0)
    )
    with project.database.reading() as connection:
        names.known_layer(connection, layer)
        # Sorted here, since databases sort letters as their language has it.
        rows = sorted(connection.execute(wanted), key=lambda row: str(row.name))
        return [row.id for row in rows]
