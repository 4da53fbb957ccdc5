"""The routes of the app. Each reads its arguments, asks the store or the assistants, answers."""

from __future__ import annotations

from asyncio import shield, wrap_future
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, TypeAlias

import msgspec
from fastapi import FastAPI, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from glose.annotate.app import static, views
from glose.annotate.app.access import Access, identity
from glose.annotate.app.answers import answer, failure
from glose.annotate.app.limits import body
from glose.annotate.assist import same
from glose.annotate.assist.links import Links
from glose.annotate.assist.undecided import Undecided
from glose.annotate.store.answers import Accepted, Answer, Conflict
from glose.annotate.store.names import Layer
from glose.annotate.store.operations import LAST, decode
from glose.annotate.store.project import Project
from glose.corpus.document import Value
from glose.corpus.errors import GloseError

#: How many links a search answers at most.
_FOUND = 20
#: What is annotated where a project does not say.
_ANNOTATED = "mentions,entities,events"


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a document, in code points, and the type that they have or shall have."""

    document: str
    start: int
    end: int
    type: str


#: Which document, which layer; the user's own layer if none is named.
_Id: TypeAlias = Annotated[str, Query(alias="id")]
_Revision: TypeAlias = Annotated[int, Query(ge=0, le=LAST)]
_Named: TypeAlias = Annotated[str | None, Query(min_length=1)]

_span = msgspec.json.Decoder(Span)


class Routes:
    """What the app may ask of a project."""

    def __init__(self, project: Project, access: Access) -> None:
        self._project = project
        self._access = access
        self._texts = views.Texts()
        self._undecided = Undecided(project)
        self._web = static.folder()
        self._writable: set[str] = set()
        self._links: Links | None = None
        self._loading = Lock()

    def add_to(self, app: FastAPI) -> None:
        """Add the routes as the contract of the app names them, the busiest first."""
        routes: dict[str, Callable[..., Any]] = {
            "/api/operations": self.operations,
            "/api/values": self.values,
            "/": self.page,
            "/web/{name:path}": self.web,
            "/api/project": self.project,
            "/api/documents": self.documents,
            "/api/document": self.document,
            "/api/history": self.history,
            "/api/suggestions": self.suggestions,
            "/api/links": self.links,
            "/api/same": self.same,
        }
        for path, handler in routes.items():
            method = "POST" if handler in (self.operations, self.values) else "GET"
            app.add_api_route(path, handler, methods=[method])

    def page(self, request: Request) -> Response:
        """Return the page of the app."""
        return static.served(self._web, "index.html", request.headers.get("if-none-match"))

    def web(self, name: str, request: Request) -> Response:
        """Return a module or a style."""
        return static.served(self._web, name, request.headers.get("if-none-match"))

    def project(self) -> Response:
        """Return what is annotated, by whom, and how."""
        project = self._project
        return answer(
            {
                "id": identity(project),
                "name": project.name,
                "user": self._access.user,
                "layers": [_layer(layer) for layer in project.layers()],
                "layer": self._access.layer,
                "schema": views.schema(project.schema),
                "guidelines": project.guidelines,
                "links": bool(project.setting("links")),
                "annotated": (project.setting("annotated") or _ANNOTATED).split(","),
            }
        )

    def documents(self, layer: _Named = None) -> Response:
        """Return the documents in the order of the queue, with how far each is in a layer."""
        return answer({"documents": self._undecided.rows(layer or self._access.layer)})

    def document(self, which: _Id, layer: _Named = None) -> Response:
        """Return a text and what is annotated on it in a layer."""
        name = layer or self._access.layer
        snapshot = self._project.snapshot(which, name)
        return answer(
            {
                "document": self._texts.of(snapshot.document),
                "layer": name,
                "editable": self._editable(name),
                "revision": snapshot.revision,
                "items": views.record(snapshot),
            }
        )

    def history(
        self, which: _Id, layer: _Named = None, item: str | None = None, since: _Revision = 0
    ) -> Response:
        """Return the operations on a record, or on one item, after revision `since`."""
        name = layer or self._access.layer
        return answer({"entries": self._project.history(which, name, item=item, since=since)})

    def suggestions(self, which: _Id) -> Response:
        """Return what each layer of suggestions has on a document."""
        names = [layer.name for layer in self._project.layers() if layer.kind == "suggestions"]
        found = {name: self._project.snapshot(which, name).document for name in names}
        layers = [{"name": name, "items": views.suggestion(found[name])} for name in names]
        return answer({"layers": [layer for layer in layers if layer["items"]]})

    async def operations(self, request: Request, which: _Id, layer: _Named = None) -> Response:
        """Put an operation into the journal; the answer comes when it is on the disk."""
        content = await body(request)
        name = layer or self._access.layer
        if name not in self._writable and not await run_in_threadpool(self._editable, name):
            return failure(403, f"layer {name} is not {self._access.user}'s to edit")
        try:
            operation = decode(content)
        except GloseError as error:
            return failure(422, str(error))
        future = self._project.submit(which, name, self._access.user, operation)
        # Whoever stops waiting for the answer does not stop the writing.
        return _told(await shield(wrap_future(future)))

    async def values(self, request: Request) -> Response:
        """Return what the words of a span may stand for, best first."""
        span = _spanned(await body(request))
        found = await run_in_threadpool(self._values, span)
        return answer({"values": found})

    def _values(self, span: Span) -> list[Value]:
        # The grammars take a while to load, and the app is to start at once.
        from glose.annotate.assist.values import suggested

        document = self._project.snapshot(span.document, self._access.layer).document
        return suggested(document, span.start, span.end, span.type, self._project.schema)

    def links(self, q: str) -> Response:
        """Return the entries of the local list that fit what is typed."""
        with self._loading:
            path = self._project.setting("links")
            if path and self._links is None:
                self._links = Links.read(Path(path))
        return answer({"links": self._links.search(q, _FOUND) if self._links else []})

    def same(self, text: str, request: Request, layer: _Named = None) -> Response:
        """Return the documents that have a string which no mention covers."""
        name = layer or self._access.layer
        found = same.elsewhere(self._project, name, text, request.query_params.get("except", ""))
        return answer({"documents": found})

    def _editable(self, name: str) -> bool:
        """Whether the user may write to a layer: it is work, and nobody else's."""
        if name not in self._writable:
            for layer in self._project.layers():
                if layer.kind == "work" and layer.user in (None, self._access.user):
                    self._writable.add(layer.name)
        return name in self._writable


def _layer(layer: Layer) -> dict[str, str | None]:
    return {"name": layer.name, "kind": layer.kind, "user": layer.user}


def _told(found: Answer) -> Response:
    """Return what the store says of an operation."""
    if isinstance(found, Accepted):
        return answer({"revision": found.revision, "warnings": found.warnings})
    if isinstance(found, Conflict):
        return answer({"revision": found.revision, "entries": found.entries}, 409)
    return failure(422, found.what)


def _spanned(content: bytes) -> Span:
    try:
        return _span.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(422, f"a span: {error}") from error
