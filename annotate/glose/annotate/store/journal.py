"""The journal and the state that follows from it, read from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, select

from glose.annotate.store import operations as parts
from glose.annotate.store.operations import Change, Entry, Item
from glose.annotate.store.state import State
from glose.annotate.store.tables import (
    documents,
    items,
    layers,
    operations,
    progress,
    records,
    users,
)
from glose.corpus.document import Document

_document = msgspec.json.Decoder(Document)
#: What an entry of the journal is read from.
ENTRY = (
    operations.c.record_id, operations.c.revision, operations.c.id, operations.c.at,
    operations.c.verb, operations.c.of, operations.c.note, operations.c.changes,
    users.c.name.label("user"),
)  # fmt: skip


def entries(connection: Connection, record: int, since: int = 0) -> list[Entry]:
    """Return what the journal has on a record after a revision, the oldest first."""
    wanted = (
        _journal()
        .where(operations.c.record_id == record, operations.c.revision > since)
        .order_by(operations.c.revision)
    )
    return [entry(row) for row in connection.execute(wanted)]


def found(connection: Connection, ids: Collection[str]) -> dict[str, tuple[int, Entry]]:
    """Return the entries of the journal with these ids, each with the number of its record."""
    if not ids:
        return {}
    wanted = _journal().where(operations.c.id.in_(sorted(ids)))
    return {row.id: (row.record_id, entry(row)) for row in connection.execute(wanted)}


def _journal() -> Select[Any]:
    return select(*ENTRY).join_from(operations, users, operations.c.user_id == users.c.id)


def entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """Return the entry of the journal that a row of ENTRY holds."""
    return Entry(
        id=row.id,
        # Nothing is accepted to another revision than the one before.
        base=row.revision - 1,
        verb=row.verb,
        of=row.of,
        note=row.note,
        changes=parts.changes(row.changes),
        revision=row.revision,
        user=row.user,
        at=row.at,
    )


def about(made: Entry, item: str) -> bool:
    """Whether an entry is about an item, whichever list it is in."""
    return any(change.id == item for change in made.changes)


def state(connection: Connection, record: int) -> State:
    """Return the state of a record as the tables have it, whole at one revision."""
    # One statement sees one state of the database, whoever writes meanwhile.
    wanted = (
        select(progress.c.revision, items.c.list, items.c.key, items.c.place, items.c.content)
        .join_from(progress, items, progress.c.record_id == items.c.record_id, isouter=True)
        .where(progress.c.record_id == record)
    )
    rows = connection.execute(wanted).all()
    made = State(base(connection, record), rows[0].revision)
    for row in rows:
        if row.list is not None:
            held = None if row.content is None else parts.item(row.list, row.content)
            made.put(row.list, row.key, row.place, held)
    return made


def based(connection: Connection, record: int) -> Document:
    """Return the document that a record is of, as all its layers have it."""
    wanted = (
        select(documents.c.content).join_from(documents, records).where(records.c.id == record)
    )
    return _document.decode(connection.execute(wanted).scalar_one())


def unbegun(connection: Connection, document: str, layer: str) -> State:
    """Return the state of a document in a layer that it has no record in yet."""
    wanted = select(documents.c.content).where(documents.c.name == document)
    base = _document.decode(connection.execute(wanted).scalar_one())
    return State(msgspec.structs.replace(base, layer=layer))


def replayed(connection: Connection, record: int) -> State:
    """Return the state of a record as the journal alone has it."""
    made = State(base(connection, record))
    caught_up(connection, record, made)
    return made


def base(connection: Connection, record: int) -> Document:
    """Return the record without annotations: that of the document, or one of its own."""
    wanted = (
        select(documents.c.content, records.c.content.label("own"), layers.c.name)
        .select_from(records)
        .join(documents, records.c.document_id == documents.c.id)
        .join(layers, records.c.layer_id == layers.c.id)
        .where(records.c.id == record)
    )
    row = connection.execute(wanted).one()
    return owned(_document.decode(row.content), row.own, row.name)


def owned(document: Document, own: str | None, layer: str) -> Document:
    """Return a document in a layer, with what the record has of its own in place of the rest."""
    if own is None:
        return msgspec.structs.replace(document, layer=layer)
    # The text is the same in all layers, and is kept once.
    return msgspec.structs.replace(_document.decode(own), layer=layer, text=document.text)


def caught_up(connection: Connection, record: int, made: State) -> None:
    """Make the operations to a state that it does not know yet."""
    for one in entries(connection, record, made.revision):
        made.apply(one.changes)
        made.revision = one.revision


def changed(record: int, made: State, changes: Collection[Change]) -> Iterator[dict[str, object]]:
    """Yield the rows of `items` that changes touch, as they are after them."""
    for name, key in dict.fromkeys((change.list, change.id) for change in changes):
        yield row(record, name, key, made.place(name, key), made.get(name, key))


def row(record: int, name: str, key: str, place: int, item: Item | None) -> dict[str, object]:
    """Return a row of `items`."""
    content = None if item is None else parts.encode(item).decode()
    return {"record_id": record, "list": name, "key": key, "place": place, "content": content}


def progressed(record: int, made: State) -> dict[str, object]:
    """Return the row of `progress`: how far a record is, how many items and flags it has."""
    flags = sum(comment.flag and not comment.resolved for comment in made.comments)
    found: Mapping[str, object] = {
        "state": made.status.state,
        "flags": flags,
        "counts": {name: made.count(name) for name in parts.LISTS if name != "status"},
    }
    summary = msgspec.json.encode(found).decode()
    return {"record_id": record, "revision": made.revision, "summary": summary}
