"""The documents of a project in the order of the queue, with how far each is in a layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from glose.annotate.store.tables import documents, layers, progress, records
from glose.corpus.document import Date

#: The lists whose items are suggested one by one.
SUGGESTED = ("mentions", "relations", "events")


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a layer: size in characters, open flags, suggestions not yet decided.

    These are the sum over all layers; `glose.annotate.assist.undecided` counts them as one does.
    """

    id: str
    title: str
    date: str | None
    size: int
    state: str | None
    revision: int
    counts: dict[str, int] = field(default_factory=dict)
    flags: int = 0
    suggested: int = 0


class Summary(msgspec.Struct, frozen=True):
    """What the row of a record says of its items."""

    state: str | None = None
    flags: int = 0
    counts: dict[str, int] = {}


_summary = msgspec.json.Decoder(Summary)


def rows(connection: Connection, layer: str) -> Iterator[Row]:
    """Yield the documents of the project with how far they are in a layer."""
    suggested = _suggested(connection)
    for row in connection.execute(_wanted(layer)):
        found = _summary.decode(row.summary or "{}")
        decided = found.counts.get("decisions", 0)
        yield Row(
            id=row.name,
            title=row.title,
            date=row.date,
            size=row.size,
            state=found.state,
            revision=row.revision or 0,
            counts=found.counts,
            flags=found.flags,
            suggested=max(suggested[row.id] - decided, 0),
        )


def _wanted(layer: str) -> Any:  # noqa: ANN401  # columns of a Select are told by no type
    number = select(layers.c.id).where(layers.c.name == layer).scalar_subquery()
    there = (records.c.document_id == documents.c.id) & (records.c.layer_id == number)
    wanted = select(
        documents.c.id, documents.c.name, documents.c.title, documents.c.date, documents.c.size,
        progress.c.revision, progress.c.summary,
    )  # fmt: skip
    joined = wanted.join_from(documents, records, there, isouter=True).join(
        progress, progress.c.record_id == records.c.id, isouter=True
    )
    return joined.order_by(documents.c.place, documents.c.id)


def _suggested(connection: Connection) -> Counter[int]:
    """Return how much is suggested for each document, by the number of the document."""
    wanted = (
        select(records.c.document_id, progress.c.summary)
        .join_from(records, progress, progress.c.record_id == records.c.id)
        .join(layers, layers.c.id == records.c.layer_id)
        .where(layers.c.kind == "suggestions")
    )
    found: Counter[int] = Counter()
    for row in connection.execute(wanted):
        counts = _summary.decode(row.summary).counts
        found[row.document_id] += sum(counts.get(name, 0) for name in SUGGESTED)
    return found


def dated(date: Date | None) -> str | None:
    """Return a date as lists show it, as precise as it is known.

    >>> dated(Date(2031, 3))
    '2031-03'
    """
    if date is None:
        return None
    parts = [f"{date.year:04}", *(f"{n:02}" for n in (date.month, date.day) if n is not None)]
    return "-".join(parts)
