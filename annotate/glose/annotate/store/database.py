"""The database of a project: opened, and brought to the version that this glose knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SQLAlchemyError

from glose.annotate.store.addresses import WRITING, Address, connected
from glose.annotate.store.locking import Lock
from glose.corpus.errors import GloseError

#: The tables by which a project is known.
_PROJECT = frozenset(("alembic_version", "operations", "settings"))
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """An engine, with the lock that a writer of a file needs.

    Raises `GloseError` where the address is no project, or of a later glose.
    """

    def __init__(
        self, where: Address, *, new: bool = False, writing: bool = True,
        migrations: Path = MIGRATIONS,
    ) -> None:  # fmt: skip
        self.address = where
        _there(where, new)
        self._lock: Lock | None = None
        self.engine = connected(where)
        try:
            with told(where):
                self._prepare(new, writing, migrations)
        except GloseError:
            self.close()
            raise

    @property
    def sqlite(self) -> bool:
        """Whether it is a file."""
        return self.address.path is not None

    def _prepare(self, new: bool, writing: bool, migrations: Path) -> None:
        config = _config(migrations)
        with self.engine.connect() as connection:
            found = _version(connection, self.address, new)
        newest = ScriptDirectory.from_config(config).get_current_head()
        path = self.address.path
        if path is not None and (writing or found != newest):
            self._lock = Lock(path)
        if found == newest:
            return
        self._known(config, found)
        if path is not None and not new:
            backup(path, str(found))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            upgrade(config, "head")

    def _known(self, config: Config, found: str | None) -> None:
        known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            what = f"was written by a later glose (version {found} of its tables); upgrade glose"
            raise GloseError(f"{self.address}: {what}")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with; database errors become one line."""
        with told(self.address), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction, which is committed if the block ends well."""
        options = {WRITING: True}
        with self.engine.connect().execution_options(**options) as held, held.begin():
            yield held

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
    return MigrationContext.configure(connection).get_current_revision() if ours else None


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    # Written out, since one that is missing is warned of.
    config.set_main_option("path_separator", "os")
    return config
