"""A project: documents, layers, and the journal of what is done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, bindparam, select, update

from glose.annotate.store import journal, listing, names
from glose.annotate.store.addresses import address
from glose.annotate.store.answers import Answer
from glose.annotate.store.batch import Job
from glose.annotate.store.database import Database
from glose.annotate.store.listing import Row
from glose.annotate.store.names import Kind, Layer
from glose.annotate.store.operations import Comment, Decision, Entry, Operation
from glose.annotate.store.state import State
from glose.annotate.store.tables import documents, sessions, settings, users
from glose.annotate.store.writer import Clock, Writer
from glose.corpus import schema as schemas
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown
from glose.corpus.schema import Schema

T = TypeVar("T")

NAME, SCHEMA, GUIDELINES = "name", "schema", "guidelines"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record at a revision: the document with its annotations, and what no document holds."""

    document: Document
    revision: int
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]


class Project:
    """An open project. Reading never waits for writing; what is written goes through one thread.

    Every method raises `GloseError` where the database does not answer.
    """

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        """Take an open database; `create` and `open` make a project from an address."""
        self.database = database
        self.address = str(database.address)
        self.name = self._stated(NAME)
        self.schema_toml = self._stated(SCHEMA).encode()
        self.guidelines = self._stated(GUIDELINES)
        self.schema: Schema = schemas.parse(self.schema_toml, f"{self.address}: schema")
        self.writer = Writer(database, self.schema, clock)

    @classmethod
    def create(
        cls, where: str | Path, name: str, schema_toml: bytes, guidelines: str = "",
        clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Return a new project at a path or a postgresql:// URL, which must not hold one yet."""
        schemas.parse(schema_toml, "schema")
        content = {NAME: name, SCHEMA: schema_toml.decode(), GUIDELINES: guidelines}
        database = Database(address(where), new=True)
        with database.writing() as connection:
            for key, value in content.items():
                connection.execute(settings.insert(), {"name": key, "value": value})
        return cls(database, clock)

    @classmethod
    def open(cls, where: str | Path, *, writing: bool = True, clock: Clock | None = None) -> Self:
        """Return the project at a path or a postgresql:// URL.

        A file that another process writes to can be opened with `writing=False` only. Tables of
        an earlier glose are brought up to date, after the file has been copied.
        """
        return cls(Database(address(where), writing=writing), clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Write what waits, and give up the database."""
        self.writer.close()
        self.database.close()

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers in the order in which they were made."""
        with self.database.reading() as connection:
            return names.every_layer(connection)

    def layer(self, name: str, kind: Kind = "work", user: str | None = None) -> Layer:
        """Return the layer of that name as it is; if there is none, it is made as told."""
        wanted = Layer(name, kind, user)
        return self.write(lambda connection: names.layer(connection, wanted))

    def user(self, name: str) -> str:
        """Return the name of a user, who is made known if need be."""
        self.write(lambda connection: names.user(connection, name))
        return name

    def documents(self, layer: str) -> list[Row]:
        """Return the documents in the order of the queue, with how far they are in a layer."""
        with self.database.reading() as connection:
            names.known_layer(connection, layer)
            return list(listing.rows(connection, layer))

    def snapshot(self, document: str, layer: str) -> Snapshot:
        """Return a record as it is now; one without operations has revision 0."""
        state = self.state(document, layer)
        return Snapshot(state.record(), state.revision, state.comments, state.decisions)

    def state(self, document: str, layer: str) -> State:
        """Return the state of a record as it is now."""
        with self.database.reading() as connection:
            record = names.record(connection, document, layer)
            if record is None:
                return journal.unbegun(connection, document, layer)
            return journal.state(connection, record.id)

    def history(
        self, document: str, layer: str, *, item: str | None = None, since: int = 0
    ) -> list[Entry]:
        """Return what was done to a record, or to one item, after a revision, oldest first."""
        with self.database.reading() as connection:
            record = names.record(connection, document, layer)
            found = [] if record is None else journal.entries(connection, record.id, since)
        return [entry for entry in found if item is None or journal.about(entry, item)]

    def submit(self, document: str, layer: str, user: str, operation: Operation) -> Future[Answer]:
        """Return where the answer to an operation will be, once it is on the disk or refused."""
        return self.writer.submit(Job(document, layer, user, operation))

    def order(self, ids: Iterable[str]) -> None:
        """Put the queue into an order; documents that are not named come after, as they were."""
        places = {name: place for place, name in enumerate(dict.fromkeys(ids))}
        self.write(lambda connection: _order(connection, places))

    def session(self, token_sha256: str) -> str | None:
        """Return whose session has the token with that hash, or `None`."""
        wanted = select(users.c.name).join(sessions, sessions.c.user_id == users.c.id)
        with self.database.reading() as connection:
            found = connection.execute(wanted.where(sessions.c.token == token_sha256)).scalar()
        return None if found is None else str(found)

    def remember(self, token_sha256: str, user: str) -> None:
        """Begin a session of a user, which outlives the process."""
        at = self.writer.now()

        def remembered(connection: Connection) -> None:
            row = {"token": token_sha256, "user_id": names.user(connection, user), "at": at}
            connection.execute(names.replacing(connection, sessions), row)

        self.write(remembered)

    def setting(self, name: str) -> str | None:
        """Return a setting of the project, `None` if it was never set."""
        wanted = select(settings.c.value).where(settings.c.name == name)
        with self.database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return None if found is None else str(found)

    def set(self, name: str, value: str) -> None:
        """Set a setting of the project."""
        row = {"name": name, "value": value}
        self.write(lambda c: c.execute(names.replacing(c, settings), row).close())

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what work gives that the writing thread does, once it is on the disk."""
        return self.writer.run(work).result()

    def _stated(self, name: str) -> str:
        found = self.setting(name)
        if found is None:
            raise GloseError(f"{self.address}: the project has no {name}; was its making cut off?")
        return found


def _order(connection: Connection, places: dict[str, int]) -> None:
    """Number all documents anew: those that are named, then the others as they were."""
    wanted = select(documents.c.id, documents.c.name).order_by(documents.c.place, documents.c.id)
    there = connection.execute(wanted).all()
    unknown = places.keys() - {row.name for row in there}
    if unknown:
        raise GloseError(f"no document {shown(min(unknown))} in the project")
    ordered = sorted(there, key=lambda row: places.get(row.name, len(places)))
    change = update(documents).where(documents.c.id == bindparam("number"))
    if ordered:
        rows = [{"number": row.id, "place": place} for place, row in enumerate(ordered)]
        connection.execute(change, rows)
