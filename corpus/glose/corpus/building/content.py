"""What stands in one source: a file or a member of an archive, unpacked and within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile

from glose.corpus.building import archives, charset

#: How much is looked at to tell what a source is, in bytes.
HEAD = 1 << 16


_ROOT = re.compile(
    r"\ufeff?(?>\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*)"
    r"(?P<tag><(?:[\w.-]+:)?(?P<name>[\w.-]+)[^>]*>)",
    re.DOTALL,
)


class Content:
    """The bytes of a source, as a whole or as a stream; gzip is unpacked.

    `name` is what messages call it. All that reads raises `RejectError` where the bytes cannot be
    had, or are too many.
    """

    def __init__(self, path: Path, name: str, member: str | None = None) -> None:
        self.path = path
        self.name = name
        self.member = member
        self._data: bytes | None = None

    @cached_property
    def suffix(self) -> str:
        """The suffix of its name in small letters, but for gzip: `.html` of `a.html.gz`."""
        path = PurePosixPath(self.name.lower())
        return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix

    @cached_property
    def stem(self) -> str:
        """The name of its file, without suffixes and folders."""
        return PurePosixPath(self.name).name.split(".")[0]

    @cached_property
    def head(self) -> bytes:
        """The first bytes, `HEAD` at most."""
        with self.stream() as stream:
            data = stream.read(HEAD + 1)
        if len(data) <= HEAD:
            self._data = data
        return data[:HEAD]

    def data(self) -> bytes:
        """Return all bytes; refuse more than `archives.LARGEST`."""
        if self._data is None:
            self._data = archives.unpacked(self.path, self.member)
        return self._data

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """Give a stream of the bytes, of any size; one that is packed like a bomb is refused."""
        if self._data is not None:
            yield BytesIO(self._data)
            return
        with archives.opened(self.path, self.member) as stream:
            yield stream

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """Give a stream in which any place can be read: the file itself, if it is not packed."""
        if self.member is not None or archives.is_gzip(self.path):
            yield BytesIO(self.data())
            return
        with self.path.open("rb") as stream:
            yield stream

    @cached_property
    def root(self) -> tuple[str, str]:
        """The local name of the first element and its start tag, if it begins like XML."""
        found = _ROOT.match(charset.legible(self.head).decode("utf-8", "replace"))
        return (found["name"], found["tag"]) if found else ("", "")

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of the files in it, if it is a zip archive that can be opened."""
        if self.head[:4] != b"PK\x03\x04":
            return ()
        try:
            with self.seekable() as stream, ZipFile(stream) as archive:
                return tuple(archive.namelist())
        except (*archives.BROKEN, OSError):
            return ()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        found = sha256()
        with self.stream() as stream:
            while part := stream.read(1 << 20):
                found.update(part)
        return found.hexdigest()
