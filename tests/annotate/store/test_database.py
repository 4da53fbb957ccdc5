"""Opening: tables and migrations, backups, locks, and what is no project."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from glose.annotate.store.addresses import address
from glose.annotate.store.database import MIGRATIONS, NEWEST, Database, holds_project
from glose.annotate.store.locking import Lock
from glose.annotate.store.project import Project
from glose.annotate.store.tables import metadata
from glose.corpus import schema
from glose.corpus.errors import GloseError

SECOND = '''"""A version that is to come."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("users", sa.Column("mail", sa.String))
'''


@pytest.fixture
def made(stores: str) -> str:
    """The address of an empty project."""
    Project.create(stores, "p", schema.content("plover")).close()
    return stores


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a glose that is to come."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "v0002_mail.py").write_text(SECOND)
    return folder


def test_migrations_make_the_tables_that_the_code_has(made: str) -> None:
    database = Database(address(made), writing=False)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    database.close()

    assert found == []


def test_the_newest_version_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_the_wheel_has_the_migrations() -> None:
    """Alembic reads them as files, so they are in the package."""
    assert (MIGRATIONS / "env.py").is_file()
    assert (MIGRATIONS / "versions" / "v0001_journal.py").is_file()
    assert "glose/annotate" in MIGRATIONS.as_posix()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operations SET note = 'x'",
        "DELETE FROM operations",
        "INSERT INTO operations SELECT * FROM operations",
    ],
)
def test_the_journal_is_append_only(project: Project, statement: str) -> None:
    with pytest.raises(SQLAlchemyError), project.database.writing() as connection:
        connection.execute(text(statement))

    assert len(project.history("d0", "gold")) == 1


def test_nothing_replaces_what_is_in_the_journal(tmp_path: Path, gold: list[object]) -> None:
    """SQLite fires no trigger of a deletion where a row is replaced."""
    path = tmp_path / "p.glose"
    Project.create(path, "p", schema.content("plover")).close()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO documents VALUES (1, 'd', 0, 't', NULL, 1, '{}')")
    connection.execute("INSERT INTO layers VALUES (1, 'l', 'work', NULL)")
    connection.execute("INSERT INTO users VALUES (1, 'ana')")
    connection.execute("INSERT INTO records VALUES (1, 1, 1, NULL)")
    row = "INTO operations VALUES (1, 1, 'a', 1, 'now', 'mark', NULL, NULL, '[]')"
    connection.execute(f"INSERT {row}")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(f"INSERT OR REPLACE {row}")
    connection.close()


def test_a_truncated_journal_is_refused_too(postgres: Callable[[], str]) -> None:
    with (
        Project.create(postgres(), "p", schema.content("plover")) as project,
        pytest.raises(SQLAlchemyError, match="append-only"),
        project.database.writing() as connection,
    ):
        connection.execute(text("TRUNCATE operations"))


def test_an_answer_is_on_the_disk(tmp_path: Path) -> None:
    """SQLite waits for the disk at every commit, and readers never wait."""
    with (
        Project.create(tmp_path / "p.glose", "p", schema.content("plover")) as project,
        project.database.writing() as connection,
    ):
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert found == ["wal", 2, 1]


def test_a_migration_brings_the_tables_up_to_date(made: str, later: Path) -> None:
    database = Database(address(made), migrations=later, newest="0002")
    with database.writing() as connection:
        connection.execute(text("INSERT INTO users (name, mail) VALUES ('ana', 'a@b')"))
    database.close()

    assert holds_project(address(made))


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path, later: Path) -> None:
    path = tmp_path / "p.glose"
    with Project.create(path, "kept", schema.content("plover")):
        pass
    Database(address(path), migrations=later, newest="0002").close()
    copy = tmp_path / "p.glose.version-0001.backup"

    with Project.open(copy) as project:
        assert project.name == "kept"


def test_nothing_is_copied_where_nothing_is_due(tmp_path: Path) -> None:
    path = tmp_path / "p.glose"
    Project.create(path, "p", schema.content("plover")).close()
    Project.open(path).close()

    assert not list(tmp_path.glob("*.backup"))


def test_a_project_of_a_later_glose_is_left_alone(made: str, later: Path) -> None:
    Database(address(made), migrations=later, newest="0002").close()

    with pytest.raises(GloseError, match=r"later glose \(version 0002 of its tables\)"):
        Project.open(made)


def test_a_project_is_not_made_over_another(made: str) -> None:
    with pytest.raises(GloseError, match="already"):
        Project.create(made, "q", schema.content("plover"))


def test_an_empty_database_is_no_project(stores: str) -> None:
    if "://" not in stores:
        Path(stores).touch()

    with pytest.raises(GloseError, match="no annotation project"):
        Project.open(stores)


def test_whether_there_is_a_project(stores: str) -> None:
    before = holds_project(address(stores))
    Project.create(stores, "p", schema.content("plover")).close()

    assert (before, holds_project(address(stores))) == (False, True)


@pytest.mark.parametrize(
    ("where", "what"),
    [
        pytest.param("nothing.glose", "no such file", id="no file"),
        pytest.param(".", "this is a folder", id="a folder"),
        pytest.param("text.txt", "file is not a database", id="another file"),
        pytest.param("mysql://a@b/c", "expected a path, or postgresql", id="another database"),
        pytest.param("://", "is no URL", id="no URL"),
    ],
)
def test_what_cannot_be_opened(
    where: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("Gao\n" * 1000)

    with pytest.raises(GloseError, match=what) as caught:
        Project.open(where)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("where", "what"),
    [
        pytest.param("no/folder/p.glose", "there is no folder", id="no folder"),
        pytest.param(".", "this is a folder", id="a folder"),
        pytest.param("text.txt", "exists already", id="a file"),
    ],
)
def test_what_cannot_be_made(
    where: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("Gao")

    with pytest.raises(GloseError, match=what):
        Project.create(where, "p", schema.content("plover"))


def test_a_password_is_never_told() -> None:
    where = "postgresql://ana:secret@127.0.0.1:1/db"

    with pytest.raises(GloseError) as caught:
        Project.open(where)
    assert "secret" not in str(caught.value)
    assert "ana:***@127.0.0.1:1/db" in str(caught.value)


def test_a_second_writer_gets_one_line(tmp_path: Path) -> None:
    path = tmp_path / "p.glose"
    with Project.create(path, "p", schema.content("plover")):
        with pytest.raises(GloseError, match="is open in another process"):
            Project.open(path)
        with Project.open(path, writing=False) as reader:
            assert reader.name == "p"
    Project.open(path).close()


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "p.glose")
    with pytest.raises(GloseError):
        Lock(tmp_path / "p.glose")
    lock.release()

    Lock(tmp_path / "p.glose").release()


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(GloseError, match="cannot be written"):
        Lock(tmp_path / "none" / "p.glose")


def test_where_a_socket_is() -> None:
    found = address("postgresql://postgres:@/db?host=/tmp/pg")

    assert re.fullmatch(r"postgresql://postgres.*@/db\?host=.*", found.shown)
    assert found.path is None


def test_a_file_that_is_open_is_so_by_any_name(tmp_path: Path) -> None:
    path, link = tmp_path / "p.glose", tmp_path / "link.glose"
    link.symlink_to(path)
    with (
        Project.create(path, "p", schema.content("plover")),
        pytest.raises(GloseError, match="is open in another process"),
    ):
        Project.open(link)
