"""Bytes of files, of gzip files and of members of zip archives, within limits.

Nothing is ever unpacked to disk, so the paths inside an archive cannot matter. Sizes that an
archive states are not believed: what is read is counted.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from glose.corpus.building.rejections import RejectError

#: The largest document, unpacked, in bytes.
LARGEST = 256 * 1024 * 1024
#: A document that is larger than this and was packed more than this many times smaller is a bomb:
#: text is packed some 3 to 10 times smaller.
SUSPECT = 4 * 1024 * 1024
RATIO = 200
#: The most members of one archive.
MEMBERS = 1_000_000


def is_zip(path: Path) -> bool:
    """Say if a file is a zip archive, by its first bytes."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    except OSError:
        return False  # reading it as a document says what is wrong


def members(path: Path) -> list[str]:
    """Return the names of the files in a zip archive."""
    try:
        with ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if not item.is_dir()]
    except (BadZipFile, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise RejectError(f"not a whole zip archive ({error})") from error
    if len(names) > MEMBERS:
        raise RejectError(f"the archive has {len(names)} files; at most {MEMBERS} are read")
    return names


def unpacked(path: Path, member: str | None) -> bytes:
    """Return the bytes of a file or of a member of a zip archive; gzip is unpacked.

    Raises `RejectError` with the reason where they cannot be had.
    """
    try:
        data = _member(path, member) if member is not None else _file(path)
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, KeyError) as error:
        raise RejectError(f"the archive is broken ({error})") from error
    except RuntimeError as error:  # how zipfile says that a password is needed
        raise RejectError(f"the archive cannot be opened ({error})") from error
    except OSError as error:
        raise RejectError(f"cannot be read ({error.strerror or error})") from error
    return data


def _file(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise RejectError("neither a file nor a folder; expected a regular file")
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if not packed:
            return _limited(stream, None)
        with gzip.open(stream) as inner:
            return _limited(inner, path.stat().st_size)


def _member(path: Path, member: str) -> bytes:
    with ZipFile(path) as archive:
        size = archive.getinfo(member).compress_size
        with archive.open(member) as stream:
            return _limited(stream, size)


def _limited(stream: IO[bytes] | gzip.GzipFile, packed: int | None) -> bytes:
    """Return what a stream holds; refuse what is too large, or too much larger than `packed`."""
    limit = LARGEST if packed is None else min(LARGEST, max(SUSPECT, RATIO * packed))
    data = stream.read(limit + 1)
    if len(data) > limit:
        why = "is too much" if limit == LARGEST else "does not fit its packed size: a bomb?"
        raise RejectError(f"unpacked it has more than {limit} bytes, which {why}")
    return data
