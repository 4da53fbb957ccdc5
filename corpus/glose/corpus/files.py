"""Files that are read plain or compressed, and that appear whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from uuid import uuid4

from glose.corpus.errors import GloseError

#: What is read at once of a file that is read from end to end, in bytes.
BUFFER = 1 << 18

_FOLDER = "this is a folder; expected the name of a file to write"
#: The process that writes a draft, in the name of the draft.
_OWNER = re.compile(r"\.(\d+)\.[0-9a-f]{8}\.part$")


class FolderError(GloseError):
    """A folder is where a file was expected."""


def readable(path: Path, *, buffer: int = -1) -> IO[bytes]:
    """Return the bytes of a file, decompressed if it is gzip, as an open stream.

    Whoever reads a plain file from end to end gives a `buffer` of some `BUFFER` bytes: a fifth of
    the time.

    Raises `GloseError` with one line where the file is missing, a folder, or may not be read; so
    does reading on where a compressed file is cut or damaged.
    """
    try:
        with path.open("rb") as stream:
            # What cannot seek (a pipe) cannot be looked at without losing its first bytes.
            packed = stream.seekable() and stream.read(2) == b"\x1f\x8b"
        if packed:
            return cast("IO[bytes]", _Unpacked(path))
        return path.open("rb", buffering=buffer)
    except IsADirectoryError as error:
        raise FolderError(f"{path}: this is a folder; expected a file") from error
    except FileNotFoundError as error:
        raise GloseError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error


def abandoned(folder: Path) -> Iterator[Path]:
    """Yield the drafts in a folder that nobody will finish: their process was killed."""
    for draft in sorted(folder.glob(".*.part")):
        owner = _OWNER.search(draft.name)
        if owner is None or not _runs(int(owner[1])):
            yield draft


def _runs(process: int) -> bool:
    # Elsewhere asking a process whether it runs may end it, so there it is taken to run.
    if os.name == "posix":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
    return True


def apart(output: Path, inputs: Iterable[Path]) -> None:
    """Raise `GloseError` if an output is a folder, or one of the files that it is made from."""
    if output.is_dir():
        raise GloseError(f"{output}: {_FOLDER}")
    for path in inputs:
        if path.exists() and output.exists() and path.samefile(output):
            raise GloseError(f"{output}: this is an input too; name another file to write")


class _Unpacked(gzip.GzipFile):
    """A gzip file of which no part passes for the whole: damage is an error of ours.

    Else the end of a file that was cut would be taken for its end by whoever asks for lines.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._path = path

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError, zlib.error) as error:
            what = f"the compressed file is cut or damaged ({error}); fetch or pack it again"
            raise GloseError(f"{self._path}: {what}") from error

    def read(self, size: int | None = -1) -> bytes:
        with self._told():
            return super().read(size)

    def read1(self, size: int = -1) -> bytes:
        with self._told():
            return super().read1(size)

    def readline(self, size: int | None = -1) -> bytes:
        with self._told():
            return super().readline(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with self._told():
            return super().seek(offset, whence)


def is_special(path: Path) -> bool:
    """Whether a path is there and is neither file nor folder, but a pipe or a device.

    A file that took the name of one would be in its place for everybody.
    """
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _direct(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("wb") as stream:
            yield stream
    except OSError as error:
        if error.filename not in {None, str(path)}:
            raise
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream to write to; the file takes its name only if the block ends without error.

    Until then the bytes stand in a hidden file beside it, which an error removes. A link is
    followed. What is no file (a pipe, `/dev/null`) is written to as it is. Raises `GloseError`
    with one line where the place cannot be written to, or is full.
    """
    if path.is_dir():
        raise GloseError(f"{path}: {_FOLDER}")
    path = path.resolve() if path.is_symlink() else path
    if is_special(path):
        with _direct(path) as stream:
            yield stream
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}.part")
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
    except OSError as error:
        # An error that names another file is that file's: it is not of the writing here.
        if error.filename not in {None, str(draft)}:
            raise
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
