"""Documents that wait on disk until the ids of all are known, and then come in their order.

Each process writes to a file of its own in the folder of the corpus, so that what is read needs
neither memory nor a way between processes. The files are drafts: none outlives the build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

import msgspec

from glose.corpus.document import Document
from glose.corpus.errors import GloseError

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Document)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document waits: the name of a file, where it begins there, its size in bytes."""

    file: str
    start: int
    size: int


class Spool:
    """The files of one build in which documents wait; it may be handed to other processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The name says who owns the drafts: the process of the build, which removes them.
        self._suffix = f"spool.{os.getpid()}.{uuid4().hex[:8]}.part"
        self._stream: IO[bytes] | None = None
        self._size = 0

    def __getstate__(self) -> tuple[Path, str]:
        """Return what another process needs, which writes to a file of its own."""
        return self.folder, self._suffix

    def __setstate__(self, state: tuple[Path, str]) -> None:
        self.folder, self._suffix = state
        self._stream, self._size = None, 0

    def add(self, document: Document) -> Place:
        """Write a document down; return where it waits. Raises `GloseError` without room."""
        data = _encoder.encode(document)
        place = Place(f".{os.getpid()}.{self._suffix}", self._size, len(data))
        path = self.folder / place.file
        try:
            if self._stream is None:
                self._stream = path.open("wb")
            self._stream.write(data)
            self._size += len(data)
        except OSError as error:
            raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
        return place

    def flush(self) -> None:
        """Let others read what was added."""
        if self._stream is not None:
            self._stream.flush()

    def documents(self, places: Iterable[Place]) -> Iterator[Document]:
        """Yield the documents that wait at some places."""
        self.flush()
        with ExitStack() as stack:
            streams: dict[str, IO[bytes]] = {}
            for place in places:
                if place.file not in streams:
                    stream = (self.folder / place.file).open("rb")
                    streams[place.file] = stack.enter_context(stream)
                streams[place.file].seek(place.start)
                yield _decoder.decode(streams[place.file].read(place.size))

    def __enter__(self) -> Spool:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise GloseError(
                f"{self.folder}: a file stands there; name a folder to write to, new or old"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
        for path in self.folder.glob(f".*.{self._suffix}"):
            path.unlink(missing_ok=True)
