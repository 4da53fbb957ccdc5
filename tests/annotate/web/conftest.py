"""The whole app on a small project of ours: a server in a thread, and a person at its page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from socket import socket
from typing import Any
from uuid import uuid4

import msgspec
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, expect
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.annotate.web import story
from tests.annotate.web.desk import Desk

from glose.annotate.app.access import Access, identity
from glose.annotate.app.server import application
from glose.annotate.app.sessions import Door
from glose.annotate.store.answers import Accepted
from glose.annotate.store.importing import import_records
from glose.annotate.store.operations import decode
from glose.annotate.store.project import Project

expect.set_options(timeout=20_000)


class Port:
    """A server on one port, whose app each test puts there: the browser may keep the modules."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.listener = socket()
        self.listener.bind(("127.0.0.1", 0))
        self.number: int = self.listener.getsockname()[1]
        config = uvicorn.Config(
            self.answer, access_log=False, log_config=None, ws="none", interface="asgi3",
            lifespan="off",
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]})
        self.thread.start()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the app of the moment."""
        if self.app is not None and scope["type"] == "http":
            await self.app(scope, receive, send)

    def close(self) -> None:
        """Answer no more."""
        self.server.should_exit = True
        self.thread.join()
        self.listener.close()


class Live:
    """The app on a project."""

    def __init__(self, where: Path, port: Port) -> None:
        self.port = port
        self.project = Project.open(where)
        self.access = Access("ana", "ana", "127.0.0.1", port.number, identity(self.project))
        self.door = Door(self.project, self.access, lambda _: None)
        port.app = application(self.project, self.access, self.door)

    def alter(self, document: str, list_: str, **fields: object) -> None:
        """Change the first item of a list in ana's layer, as another user does meanwhile."""
        record = self.record(document)
        before = record[list_][0]
        change = {"list": list_, "id": before["id"], "before": before, "after": before | fields}
        body = {"id": str(uuid4()), "base": record["revision"], "verb": "retype"}
        operation = decode(msgspec.json.encode(body | {"changes": [change]}))
        self.project.user("bo")
        answer = self.project.submit(document, "ana", "bo", operation).result()
        assert isinstance(answer, Accepted), answer

    def close(self) -> None:
        """Close the project."""
        self.project.close()

    @property
    def home(self) -> str:
        return self.access.origin

    def record(self, document: str, layer: str = "ana") -> dict[str, Any]:
        """Return what the store has of a record, as JSON values."""
        snapshot = self.project.snapshot(document, layer)
        record: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(snapshot.document))
        comments = msgspec.json.decode(msgspec.json.encode(snapshot.comments))
        return record | {"comments": list(comments), "revision": snapshot.revision}


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """What gives the project of a schema that tests copy: a copy is quicker than a new one."""
    folder = tmp_path_factory.mktemp("seeds")

    def seed(schema: str) -> Path:
        path = folder / f"{schema}.db"
        if not path.exists():
            made(path, schema)
        return path

    return seed


def made(path: Path, schema: str) -> None:
    """Make the project: ana's empty layer, a system's suggestions, bo's layer to read."""
    project = Project.create(path, "story", story.schema(schema), story.GUIDELINES)
    project.user("ana")
    project.layer("ana", "work", "ana")
    import_records(project, story.documents(), "ana", "work", "ana")
    import_records(project, story.suggestions(schema), "crf", "suggestions", "ana")
    import_records(project, story.reference(schema), "bo", "reference", "ana")
    project.set("links", str(story.links(path.with_suffix(".tsv"))))
    project.set("annotated", "mentions,entities,events")
    project.close()


@pytest.fixture(scope="session")
def port() -> Iterator[Port]:
    """The server of the run."""
    port = Port()
    yield port
    port.close()


@pytest.fixture
def serve(
    seeds: Callable[[str], Path], tmp_path: Path, port: Port
) -> Iterator[Callable[[str], Live]]:
    """What serves a copy of the project of a schema; it ends with the test."""
    servers: list[Live] = []

    def served(schema: str = "plover") -> Live:
        path = tmp_path / f"{schema}.db"
        copyfile(seeds(schema), path)
        servers.append(Live(path, port))
        return servers[-1]

    yield served
    for server in servers:
        server.close()


@pytest.fixture
def live(serve: Callable[[str], Live]) -> Live:
    """The project with the schema `plover`."""
    return serve("plover")


@pytest.fixture(scope="session")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    """One window for all tests: what it keeps of edits, it keeps by project."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def context(shared: BrowserContext) -> Iterator[BrowserContext]:
    """The window without tabs."""
    yield shared
    for page in shared.pages:
        page.close()


@pytest.fixture
def enter(context: BrowserContext) -> Iterator[Callable[..., Desk]]:
    """What opens a document in a new tab; at the end no page has had an error."""
    desks: list[Desk] = []

    def entered(live: Live, document: str = "d1") -> Desk:
        name, secret = live.access.cookie, live.door.admit()
        context.add_cookies([{"name": name, "value": secret, "url": live.home}])
        desks.append(Desk.open(context, f"{live.home}/#{document}"))
        return desks[-1]

    yield entered
    assert [error for desk in desks for error in desk.errors] == []


@pytest.fixture
def desk(live: Live, enter: Callable[..., Desk]) -> Desk:
    """Ana at the first document, of which nothing is marked."""
    return enter(live)


@pytest.fixture
def rich(serve: Callable[[str], Live]) -> Live:
    """The project with a schema that has everything a schema can have."""
    return serve("rich")
