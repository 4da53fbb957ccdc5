"""A project of two documents, and the app that serves it to ana."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from glose.annotate.app.access import Access
from glose.annotate.app.server import application
from glose.annotate.app.sessions import Door
from glose.annotate.store.importing import import_records
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import ANNOTATIONS, UNSTATED, Document

#: What a browser sends with what the app writes.
WRITES = {"x-glose": "1", "origin": "http://127.0.0.1:8000"}


def bare(document: Document) -> Document:
    """Return a document as nobody has annotated it."""
    nothing: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    return msgspec.structs.replace(document, status=UNSTATED, **nothing)


@dataclass
class App:
    """The app as a browser with a session sees it."""

    project: Project
    access: Access
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.door = Door(self.project, self.access, self.printed.append)
        self.application = application(self.project, self.access, self.door)
        self.client = self.browser()
        self.client.cookies.set(self.access.cookie, self.door.admit())

    def browser(self) -> TestClient:
        """Return a browser that nobody has let in yet."""
        return TestClient(
            self.application,
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def get(self, path: str, **arguments: object) -> Response:
        """Return the answer to a read."""
        return self.client.get(path, params={k: str(v) for k, v in arguments.items()})

    def post(self, path: str, body: object, **arguments: str) -> Response:
        """Return the answer to a write that the app makes."""
        return self.client.post(path, params=arguments, json=body, headers=WRITES)

    @staticmethod
    def mention(start: int, end: int, text: str, type_: str = "GPE") -> dict[str, Any]:
        """Return a mention as the app sends it; its id tells where it is."""
        name = f"m{start}-{end}"
        return {"id": name, "type": type_, "start": start, "end": end, "text": text}

    @staticmethod
    def mark(item: dict[str, Any], base: int = 0) -> dict[str, Any]:
        """Return the operation that adds a mention."""
        change = {"list": "mentions", "id": item["id"], "before": None, "after": item}
        return {"id": str(uuid4()), "base": base, "verb": "mark", "changes": [change]}

    def operate(self, operation: object, document: str = "d0", layer: str = "ana") -> Response:
        """Return the answer to an operation."""
        return self.post("/api/operations", operation, id=document, layer=layer)


def created(where: str | Path, gold: list[Document]) -> Project:
    """Return a new project with the dispatches, gold beside ana's layer."""
    project = Project.create(where, "dispatches", schema.content("plover"), "# Rules\n")
    project.user("ana")
    project.layer("ana", "work", "ana")
    import_records(project, map(bare, gold), "ana", "work", "ana")
    import_records(project, gold, "gold", "reference", "ana")
    return project


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the project is that the tests copy: to open a copy is quicker than to make one."""
    return tmp_path_factory.mktemp("seed") / "project.db"


@pytest.fixture
def make(gold: list[Document], seed: Path) -> Iterator[Callable[[str | Path], App]]:
    """What makes a project with the dispatches at an address, and the app that serves it."""
    opened: list[Project] = []

    def made(where: str | Path) -> App:
        if "://" in str(where):
            opened.append(created(where, gold))
        else:
            if not seed.exists():
                created(seed, gold).close()
            copyfile(seed, where)
            opened.append(Project.open(where))
        return App(opened[-1], Access("ana", "ana"))

    yield made
    for project in opened:
        project.close()


@pytest.fixture
def app(make: Callable[[str | Path], App], tmp_path: Path) -> App:
    """The app on a file."""
    return make(tmp_path / "project.db")


@pytest.fixture
def suggested(app: App, gold: list[Document]) -> str:
    """The layer of a system that suggests what is gold."""
    predicted = (msgspec.structs.replace(one, layer="crf") for one in gold)
    import_records(app.project, predicted, "crf", "suggestions", "ana")
    return "crf"
