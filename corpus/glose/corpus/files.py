"""Files that are read plain or compressed, and that appear whole or not at all."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from glose.corpus.errors import GloseError


def readable(path: Path) -> IO[bytes]:
    """Return the bytes of a file, decompressed if it is gzip, as an open stream.

    Raises `GloseError` with one line where the file is missing, a folder, or may not be read.
    """
    try:
        stream = path.open("rb")
        packed = stream.read(2) == b"\x1f\x8b" if stream.seekable() else False
        if stream.seekable():
            stream.seek(0)
    except IsADirectoryError as error:
        raise GloseError(f"{path}: this is a folder; expected a file") from error
    except FileNotFoundError as error:
        raise GloseError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error
    return gzip.open(stream) if packed else stream  # type: ignore[return-value]  # GzipFile is read like any IO[bytes]


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream to write to; the file takes its name only if the block ends without error.

    Until then the bytes stand in a hidden file beside it, which an error removes.
    """
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
