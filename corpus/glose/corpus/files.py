"""Files that are read plain or compressed, and that appear whole or not at all."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from uuid import uuid4

from glose.corpus.errors import GloseError


def readable(path: Path) -> IO[bytes]:
    """Return the bytes of a file, decompressed if it is gzip, as an open stream.

    Raises `GloseError` with one line where the file is missing, a folder, or may not be read.
    """
    try:
        with path.open("rb") as stream:
            # What cannot seek (a pipe) cannot be looked at without losing its first bytes.
            packed = stream.seekable() and stream.read(2) == b"\x1f\x8b"
        # GzipFile is read like any stream of bytes, but is not declared to be one.
        return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")
    except IsADirectoryError as error:
        raise GloseError(f"{path}: this is a folder; expected a file") from error
    except FileNotFoundError as error:
        raise GloseError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream to write to; the file takes its name only if the block ends without error.

    Until then the bytes stand in a hidden file beside it, which an error removes. Raises
    `GloseError` with one line where the place cannot be written to.
    """
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = draft.open("wb")
    except OSError as error:
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
