"""Bytes of files, of gzip files and of members of zip archives, within limits.

Nothing is ever unpacked to disk, so the paths inside an archive cannot matter. Sizes that an
archive states are not believed: what is read is counted.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader, RawIOBase
from lzma import LZMAError
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from zipfile import BadZipFile, ZipFile

from glose.corpus.building.rejections import RejectError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: The largest document, unpacked, in bytes.
LARGEST = 256 * 1024 * 1024
#: A document that is larger than this and was packed more than this many times smaller is a bomb:
#: text is packed some 3 to 10 times smaller.
SUSPECT = 4 * 1024 * 1024
RATIO = 200
#: How zipfile says that an archive is damaged; a place before its beginning is a ValueError.
BROKEN = (
    BadZipFile, EOFError, LZMAError, NotImplementedError, ValueError, struct.error, zlib.error,
)  # fmt: skip
#: The most members of one archive.
MEMBERS = 1_000_000


def is_zip(path: Path) -> bool:
    """Say if a file is a zip archive, by its first bytes."""
    return _first(path) in {b"PK\x03\x04", b"PK\x05\x06"}


def is_gzip(path: Path) -> bool:
    """Say if a file is packed with gzip, by its first bytes."""
    return _first(path)[:2] == b"\x1f\x8b"


def _first(path: Path) -> bytes:
    """Return the first four bytes of a file; none of what is no file or may not be read."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as stream:
            return stream.read(4)
    except OSError:
        return b""  # reading it as a document says what is wrong


def members(path: Path) -> list[str]:
    """Return the names of the files in a zip archive."""
    try:
        with ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if not item.is_dir()]
    except (*BROKEN, OSError) as error:
        raise RejectError(f"not a whole zip archive ({error})") from error
    if len(names) > MEMBERS:
        raise RejectError(f"the archive has {len(names)} files; at most {MEMBERS} are read")
    return names


def streams(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the files in a zip archive by name, in its order, each to be read before the next.

    Raises `RejectError` where the archive is broken, or what is read of it is far too much.
    """
    with ExitStack() as stack:
        with _told():
            archive = stack.enter_context(ZipFile(path))
            items = [item for item in archive.infolist() if not item.is_dir()]
        if len(items) > MEMBERS:
            raise RejectError(f"the archive has {len(items)} files; at most {MEMBERS} are read")
        for item in items:
            with _told():
                inner = archive.open(item)
            with inner:
                yield item.filename, BufferedReader(Unpacking(inner, item.compress_size), 1 << 16)


def unpacked(path: Path, member: str | None) -> bytes:
    """Return the bytes of a file or of a member of a zip archive; gzip is unpacked.

    Raises `RejectError` with the reason where they cannot be had, or are more than `LARGEST`.
    """
    with opened(path, member) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RejectError(f"unpacked it has more than {LARGEST} bytes, which is too much")
    return data


@contextmanager
def opened(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    """Give the bytes of a file or of a member of a zip archive, of any size, as a stream.

    What is packed like a bomb, cut or damaged raises `RejectError`, at once or when it is read.
    """
    with ExitStack() as stack:
        with _told():
            stream, packed = _opened(path, member, stack)
        yield stack.enter_context(BufferedReader(Unpacking(stream, packed), 1 << 16))


def _opened(path: Path, member: str | None, stack: ExitStack) -> tuple[IO[bytes], int | None]:
    return _file(path, stack) if member is None else _member(path, member, stack)


def _file(path: Path, stack: ExitStack) -> tuple[IO[bytes], int | None]:
    """Return the stream of a file, and its packed size if it is packed."""
    if path.exists() and not path.is_file():
        raise RejectError("neither a file nor a folder; expected a regular file")
    stream = stack.enter_context(path.open("rb"))
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    if not packed:
        return stream, None
    inner = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=stream)))
    return inner, path.stat().st_size


def _member(path: Path, member: str, stack: ExitStack) -> tuple[IO[bytes], int | None]:
    archive = stack.enter_context(ZipFile(path))
    size = archive.getinfo(member).compress_size
    return stack.enter_context(archive.open(member)), size


class Unpacking(RawIOBase):
    """A stream that counts what it gives, of which none is believed to be as large as it says."""

    def __init__(self, stream: IO[bytes], packed: int | None) -> None:
        self._stream = stream
        self._left = None if packed is None else max(SUSPECT, RATIO * packed)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer; raise `RejectError` where the bytes cannot be had or are too many."""
        with memoryview(buffer) as view, _told():
            data = self._stream.read(len(view))
            view[: len(data)] = data
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise RejectError("unpacked it is far larger than its packed size: a bomb?")
        return len(data)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what goes wrong with a file or an archive into a `RejectError`."""
    try:
        yield
    except (*BROKEN, KeyError) as error:
        raise RejectError(f"the archive is broken ({error})") from error
    except RuntimeError as error:  # how zipfile says that a password is needed
        raise RejectError(f"the archive cannot be opened ({error})") from error
    except OSError as error:
        raise RejectError(f"cannot be read ({error.strerror or error})") from error
