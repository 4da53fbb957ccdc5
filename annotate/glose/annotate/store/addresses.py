"""Where a project is: a path (SQLite) or a URL (PostgreSQL), and how to connect to it."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from glose.corpus.errors import GloseError

#: How long a reader of SQLite waits for a lock (milliseconds); writers never meet.
PATIENCE = 10_000
#: Connections for reading, beside that of the writer.
READERS = 16
#: The execution option of connections that write.
WRITING = "glose_writing"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a project is; `path` is `None` in PostgreSQL. As a string it holds no secret."""

    url: URL
    path: Path | None
    shown: str

    def __str__(self) -> str:
        return self.shown


def address(text: str | Path) -> Address:
    """Return the address that a path or a postgresql:// URL names."""
    if isinstance(text, Path) or "://" not in text:
        path = Path(text)
        return Address(URL.create("sqlite", database=str(path)), path, str(path))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise GloseError(
            "the address of the project is no URL; expected postgresql://…"
        ) from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise GloseError(f"{url.drivername}://: expected a path, or postgresql://…")
    return Address(url.set(drivername="postgresql+pg8000"), None, url.render_as_string())


def connected(where: Address) -> Engine:
    """Return an engine for an address; nothing is opened yet."""
    if where.path is not None:
        engine = create_engine(where.url, pool_size=READERS, max_overflow=READERS)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    if importlib.util.find_spec("pg8000") is None:
        raise GloseError(f"{where}: needs pg8000; `pip install 'glose[postgres]'` brings it")
    url, arguments = _socket(where.url)
    engine = create_engine(
        url, connect_args=arguments, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True
    )
    # Many rows in one statement: else each is sent, and waited for, by itself.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


def _socket(url: URL) -> tuple[URL, dict[str, Any]]:
    """Return a URL without `?host=/folder`, which pg8000 does not know, and what it does know."""
    folder = url.query.get("host")
    if not isinstance(folder, str):
        return url, {}
    path = f"{folder}/.s.PGSQL.{url.port or url.query.get('port', 5432)}"
    return url.difference_update_query(("host", "port")), {"unix_sock": path}


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver is to begin nothing by itself: `_begin` says what kind of transaction it is.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {PATIENCE}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
