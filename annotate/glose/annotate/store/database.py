"""The database of a project: opened, and brought to the version that this glose knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from glose.annotate.store.addresses import WRITING, Address, connected
from glose.annotate.store.identity import Identity
from glose.annotate.store.locking import Lock
from glose.corpus.errors import GloseError

if TYPE_CHECKING:
    from alembic.config import Config

#: The tables by which a project is known.
_PROJECT = frozenset(("alembic_version", "operations", "settings"))
MIGRATIONS = Path(__file__).parent / "migrations"
#: The version of the tables that this glose knows: the last one in MIGRATIONS.
NEWEST = "0001"


class Database:
    """An engine, with the lock that a writer of a file needs.

    Raises `GloseError` where the address is no project, or of a later glose.
    """

    def __init__(
        self, where: Address, *, new: bool = False, writing: bool = True,
        migrations: Path = MIGRATIONS, newest: str = NEWEST,
    ) -> None:  # fmt: skip
        self.address = where
        _there(where, new)
        self._lock: Lock | None = None
        self._file: Identity | None = None
        self.engine = connected(where)
        try:
            with told(where):
                self._prepare(new, writing, migrations, newest)
        except GloseError:
            self.close()
            raise

    @property
    def sqlite(self) -> bool:
        """Whether it is a file."""
        return self.address.path is not None

    def _prepare(self, new: bool, writing: bool, migrations: Path, newest: str) -> None:
        with self.engine.connect() as connection:
            found = _version(connection, self.address, new)
        path = self.address.path
        if path is not None:
            self._file = Identity(path)
            # A connection to another file would be used again when the right one is put back.
            event.listen(self.engine, "do_connect", lambda *_: self._check())
        if path is not None and (writing or found != newest):
            self._lock = Lock(path)
        if found != newest:
            self._migrate(new, found, migrations)

    def _migrate(self, new: bool, found: str | None, migrations: Path) -> None:
        # Alembic takes a third of a second to import, which only a change of version is worth.
        from alembic.command import upgrade
        from alembic.script import ScriptDirectory

        config = _config(migrations)
        known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            what = f"was written by a later glose (version {found} of its tables); upgrade glose"
            raise GloseError(f"{self.address}: {what}")
        if self.address.path is not None and not new:
            backup(self.address.path, str(found))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with; database errors become one line."""
        with told(self.address), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction, which is committed if the block ends well.

        Raises `GloseError` where the file is no longer at its path: what is committed to it then
        would be lost.
        """
        options = {WRITING: True}
        with self.engine.connect().execution_options(**options) as held, held.begin():
            yield held
            self._check()

    def _check(self) -> None:
        if self._file is not None:
            self._file.check()

    def close(self) -> None:
        """Give up connections and lock."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()


def holds_project(where: Address) -> bool:
    """Whether there is a project at an address; raise `GloseError` if it cannot be reached."""
    if where.path is not None:
        return where.path.exists()
    engine = connected(where)
    try:
        with told(where), engine.connect() as connection:
            return set(inspect(connection).get_table_names()) >= _PROJECT
    finally:
        engine.dispose()


@contextmanager
def told(where: Address) -> Iterator[None]:
    """Make one line of what a database says."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise GloseError(f"{where}: {reason(error)}") from error


def reason(error: BaseException) -> str:
    """Return in one short line what a database complains of."""
    cause = getattr(error, "orig", None) or error
    first = cause.args[0] if cause.args else cause
    # pg8000 hands over the fields of the message; M is its text.
    text = str(first.get("M", first)) if isinstance(first, dict) else str(cause)
    return f"the database says: {' '.join(text.split())[:200]}"


def backup(path: Path, version: str) -> Path:
    """Copy the file of a project, whole even while it is read; return the copy."""
    copy = path.with_name(f"{path.name}.version-{version}.backup")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _there(where: Address, new: bool) -> None:
    path = where.path
    if path is None:
        return
    if path.is_dir():
        raise GloseError(f"{path}: this is a folder; expected the file of a project")
    if new and path.exists():
        raise GloseError(f"{path}: exists already; name another file for a new project")
    if new and not path.parent.is_dir():
        raise GloseError(f"{path}: there is no folder {path.parent}; make it first")
    if not new and not path.is_file():
        raise GloseError(f"{path}: no such file; `glose annotate import` makes a project")


def _version(connection: Connection, where: Address, new: bool) -> str | None:
    """Return the version of the tables; `None` in an empty database for a new project."""
    names = set(inspect(connection).get_table_names())
    ours = names >= _PROJECT
    if new and ours:
        raise GloseError(f"{where}: holds a project already; name another database")
    if not new and not ours:
        raise GloseError(f"{where}: no annotation project; `glose annotate import` makes one")
    return connection.scalar(text("SELECT version_num FROM alembic_version")) if ours else None


def _config(migrations: Path) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    # Written out, since one that is missing is warned of.
    config.set_main_option("path_separator", "os")
    return config
