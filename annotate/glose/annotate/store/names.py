"""Names that the database knows by numbers: users, layers, documents and their records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Insert, Row, Select, Table, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from glose.annotate.store.tables import documents, layers, progress, records, users
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown

Kind: TypeAlias = Literal["work", "suggestions", "reference"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the project: whose it is, and whether it is worked on or looked at."""

    name: str
    kind: Kind
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A document in a layer, by its number."""

    id: int
    kind: Kind


def ensured(connection: Connection, table: Table, row: dict[str, Any], *unique: str) -> int:
    """Return the number of a row, which is inserted unless one with its names is there."""
    wanted = select(table.c.id).where(*(table.c[name] == row[name] for name in unique))
    known = connection.execute(wanted).scalar()
    if known is None:
        made = _unless_there(connection, table, unique).returning(table.c.id)
        known = connection.execute(made, row).scalar()
    # Another process may have been quicker.
    return int(known if known is not None else connection.execute(wanted).scalar_one())


def _unless_there(connection: Connection, table: Table, unique: Iterable[str]) -> Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing(index_elements=list(unique))
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=list(unique))


def replacing(connection: Connection, table: Table) -> Insert:
    """Return the statement that inserts a row, or puts its values in place of those there."""
    keys = [column.name for column in table.primary_key]
    rest = [column.name for column in table.columns if column.name not in keys]
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        return lite.on_conflict_do_update(keys, set_={name: lite.excluded[name] for name in rest})
    full = postgresql.insert(table)
    return full.on_conflict_do_update(
        index_elements=keys, set_={name: full.excluded[name] for name in rest}
    )


def named(kind: str, name: str) -> str:
    """Return a name if it is one: printable, not empty, no white space around, not too long."""
    if not name or not name.isprintable() or name != name.strip() or len(name) > 200:
        raise GloseError(f"{kind} {shown(name)}: no name; expected up to 200 printable characters")
    return name


def user(connection: Connection, name: str) -> int:
    """Return the number of a user, who is made known if need be."""
    return ensured(connection, users, {"name": named("user", name)}, "name")


def layer(connection: Connection, wanted: Layer) -> Layer:
    """Return the layer of that name as it is, which is made if it is not there."""
    known = layer_of(connection, wanted.name)
    if known is None:
        owner = user(connection, wanted.user) if wanted.user is not None else None
        row = {"name": named("layer", wanted.name), "kind": wanted.kind, "user_id": owner}
        ensured(connection, layers, row, "name")
        known = layer_of(connection, wanted.name)
    return known or wanted


def layer_of(connection: Connection, name: str) -> Layer | None:
    """Return the layer of that name, or `None`."""
    return next((one for one in every_layer(connection) if one.name == name), None)


def every_layer(connection: Connection) -> tuple[Layer, ...]:
    """Return the layers in the order in which they were made."""
    wanted = select(layers.c.name, layers.c.kind, users.c.name.label("user")).join_from(
        layers, users, layers.c.user_id == users.c.id, isouter=True
    )
    rows = connection.execute(wanted.order_by(layers.c.id))
    return tuple(Layer(row.name, row.kind, row.user) for row in rows)


def known_layer(connection: Connection, name: str) -> Layer:
    """Return the layer of that name; raise `GloseError` if there is none."""
    found = layer_of(connection, name)
    if found is None:
        known = ", ".join(one.name for one in every_layer(connection)) or "none"
        raise GloseError(f"no layer {shown(name)} (there are: {known})")
    return found


def known_document(connection: Connection, name: str) -> int:
    """Return the number of a document; raise `GloseError` if there is none of that name."""
    found = connection.execute(select(documents.c.id).where(documents.c.name == name)).scalar()
    if found is None:
        raise GloseError(f"no document {shown(name)} in the project")
    return int(found)


def record(connection: Connection, document: str, name: str) -> Record | None:
    """Return a document in a layer, `None` if it has none of it yet.

    Raises `GloseError` where the project has no such document or no such layer.
    """
    row = connection.execute(_pairs([(document, name)])).one_or_none()
    if row is None:
        known_layer(connection, name)
        known_document(connection, document)
        return None
    return None if row.record is None else Record(row.record, row.kind)


def known_records(
    connection: Connection, pairs: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Record]:
    """Return those of some documents in layers that there are."""
    rows = connection.execute(_pairs(pairs))
    found = {(row.name, row.layer): Record(row.record, row.kind) for row in rows if row.record}
    return {pair: found[pair] for pair in pairs if pair in found}


def ensured_records(
    connection: Connection, pairs: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Record]:
    """Return documents in layers, of which those that are not there begin empty.

    It takes four statements, however many there are. Raises `GloseError` where the project has no
    such document or layer.
    """
    rows = {(row.name, row.layer): row for row in connection.execute(_pairs(pairs))}
    # In one order, so that no two processes block each other.
    missing = sorted(pair for pair in pairs if pair not in rows or not rows[pair].record)
    for document, name in missing:
        if (document, name) not in rows:
            known_layer(connection, name)
            known_document(connection, document)
    if missing:
        _begin(connection, [rows[pair] for pair in missing])
    return known_records(connection, pairs)


def _begin(connection: Connection, new: Iterable[Row[Any]]) -> None:
    values = [{"document_id": row.id, "layer_id": row.layer_id} for row in new]
    # Another process may be quicker, and then its rows stay.
    made = _unless_there(connection, records, ("document_id", "layer_id"))
    connection.execute(made, values)
    ids = select(records.c.id, literal(0), literal("{}")).where(
        records.c.document_id.in_({one["document_id"] for one in values}),
        records.c.layer_id.in_({one["layer_id"] for one in values}),
    )
    begun = _unless_there(connection, progress, ("record_id",))
    connection.execute(begun.from_select(["record_id", "revision", "summary"], ids))


def _pairs(pairs: Collection[tuple[str, str]]) -> Select[Any]:
    """Return what asks for documents in layers; `record` is null where there is none yet."""
    there = (records.c.document_id == documents.c.id) & (records.c.layer_id == layers.c.id)
    return (
        select(
            documents.c.id, documents.c.name, layers.c.id.label("layer_id"),
            layers.c.name.label("layer"), layers.c.kind, records.c.id.label("record"),
        )
        .select_from(documents)
        .join(layers, layers.c.name.in_({name for _, name in pairs}))
        .join(records, there, isouter=True)
        .where(documents.c.name.in_({document for document, _ in pairs}))
    )  # fmt: skip
