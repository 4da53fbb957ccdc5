"""Annotators that are programs: each edits a document of its own over a connection of its own.

What an annotator was told is saved it remembers, and an edit that it got no answer to it sends
again, as the app in the browser does. Times are seconds.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from uuid import uuid4

from glose.annotate.app import serving
from glose.annotate.app.access import Access
from glose.annotate.app.server import application
from glose.annotate.app.serving import listening
from glose.annotate.app.sessions import Door
from glose.annotate.store.importing import import_records
from glose.annotate.store.project import Project
from glose.corpus import schema
from glose.corpus.document import Document

USER = "load"
#: The text that each annotates: words of three letters, so that offsets are easily told.
WORDS = 2000
TEXT = "mot " * WORDS


def project(where: str | Path, annotators: int) -> str:
    """Make a project with a document for each annotator; return the secret of a session."""
    secret = token_urlsafe(32)
    documents = (Document(id=f"d{n}", layer="text", text=TEXT) for n in range(annotators))
    with Project.create(where, "load", schema.content("plover")) as made:
        made.layer(USER, "work", made.user(USER))
        import_records(made, documents, USER, "work", USER)
        made.remember(sha256(secret.encode()).hexdigest(), USER)
    return secret


class Connection:
    """A connection that stays open between requests, and is opened again where it broke."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: glose-{port}={secret}\r\nX-Glose: 1\r\n"
            "Content-Type: application/json\r\n"
        )
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Return status and body of the answer; raise `OSError` or `EOFError` if there is none."""
        try:
            return await self._posted(path, body)
        except (OSError, EOFError):
            await self.close()
            raise

    async def _posted(self, path: str, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"POST {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        named = dict(field.lower().split(": ", 1) for field in fields if field)
        return int(first.split()[1]), await reader.readexactly(int(named["content-length"]))

    async def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._streams is None:
            return
        _, writer = self._streams
        self._streams = None
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


class Annotator:
    """Marks one word after the other in a document, and remembers what it was told is saved."""

    def __init__(self, number: int, port: int, secret: str) -> None:
        self.document = f"d{number}"
        self.saved: list[str] = []
        self.refused: list[str] = []
        self.took: list[float] = []
        self._connection = Connection(port, secret)
        self._pending: tuple[str, bytes] | None = None
        self._path = f"/api/operations?id={self.document}&layer={USER}"

    @property
    def waits(self) -> bool:
        """Whether it sent something that it got no answer to."""
        return self._pending is not None

    async def edit(self) -> None:
        """Make an edit, or send again that to which there was no answer."""
        name, body = self._pending = self._pending or self._next()
        began = time.perf_counter()
        status, answer = await self._connection.post(self._path, body)
        self.took.append(time.perf_counter() - began)
        self._pending = None
        if status == 200 and json.loads(answer)["revision"] == len(self.saved) + 1:
            self.saved.append(name)
        else:
            self.refused.append(f"{self.document}: {status} {answer.decode()[:200]}")

    def _next(self) -> tuple[str, bytes]:
        name, number = str(uuid4()), len(self.saved)
        start = 4 * (number % WORDS)
        item = {"id": f"m{number}", "type": "LOC", "start": start, "end": start + 3, "text": "mot"}
        change = {"list": "mentions", "id": item["id"], "before": None, "after": item}
        operation = {"id": name, "base": number, "verb": "mark", "changes": [change]}
        return name, json.dumps(operation).encode()

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()


def lost(where: str | Path, annotators: Iterable[Annotator]) -> list[str]:
    """Return the edits that were said to be saved and are not in the journal exactly once.

    The other way round too: what is in the journal and nobody sent.
    """
    wrong = []
    with Project.open(where, writing=False) as opened:
        for one in annotators:
            there = [entry.id for entry in opened.history(one.document, USER)]
            wrong += [f"{one.document}: lost {name}" for name in set(one.saved) - set(there)]
            wrong += [f"{one.document}: {n} twice" for n in set(there) if there.count(n) > 1]
            unknown = len(set(there) - set(one.saved))
            # One may be there that was never answered.
            wrong += [f"{one.document}: {unknown} unknown"] if unknown > one.waits else []
    return wrong


def serve(where: str, port: int) -> None:
    """Serve a project on a port until the process ends: what the command does, without its start.

    To be run in a process that is forked from one that has the server loaded.
    """
    with Project.open(where) as opened, listening("127.0.0.1", port) as listener:
        access = Access(USER, USER, port=port)
        door = Door(opened, access, print)
        serving.serve(application(opened, access, door), listener)
