"""The parts of a document that is a zip archive, within limits and by their names only."""

from __future__ import annotations

import posixpath
import struct
import zlib
from io import BufferedReader, BytesIO
from lzma import LZMAError
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from glose.corpus.building import archives
from glose.corpus.building.content import Content
from glose.corpus.building.rejections import RejectError
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import markup
from glose.corpus.formats.markup import Element

#: How zipfile says that an archive is damaged; a place before its beginning is a ValueError.
BROKEN = (
    BadZipFile, EOFError, LZMAError, NotImplementedError, OSError, ValueError, struct.error,
    zlib.error,
)  # fmt: skip
#: The most parts of one document.
PARTS = 100_000


class Package:
    """A document in parts; all that is read of it together is at most `archives.LARGEST` bytes."""

    def __init__(self, content: Content) -> None:
        try:
            self._archive = ZipFile(BytesIO(content.data()))
            self.names = frozenset(self._archive.namelist())
        except BROKEN as error:
            raise RejectError(f"not a whole zip archive ({error})") from error
        if len(self.names) > PARTS:
            raise RejectError(f"it has {len(self.names)} parts; at most {PARTS} are read")
        self._left = archives.LARGEST

    def data(self, name: str) -> bytes:
        """Return the bytes of a part; raise `RejectError` where they cannot be had."""
        try:
            packed = self._archive.getinfo(name).compress_size
            with self._archive.open(name) as stream:
                unpacking = BufferedReader(archives.Unpacking(stream, packed), 1 << 16)
                data = unpacking.read(self._left + 1)
        except RejectError as error:
            raise RejectError(f"the part {name}: {error}") from error
        except KeyError as error:
            raise RejectError(f"the part {name} is missing; is the file whole?") from error
        except RuntimeError as error:  # how zipfile says that a password is needed
            raise RejectError(f"the part {name} asks for a password") from error
        except BROKEN as error:
            raise RejectError(f"the part {name} is broken ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise RejectError(f"unpacked it has more than {archives.LARGEST} bytes")
        return data

    def root(self, name: str) -> Element:
        """Return the root element of a part; raise `RejectError` if it is not well-formed."""
        try:
            return markup.root(self.data(name), Place(name))
        except InputError as error:
            raise RejectError(str(error)) from error

    def found(self, name: str | None) -> Element | None:
        """Return the root element of a part that may be missing."""
        return self.root(name) if name in self.names and name else None


def resolved(base: str, target: str) -> str:
    """Return the name of the part that another one refers to.

    >>> resolved("OEBPS/content.opf", "text/ch%201.xhtml#n1"), resolved("a/b.xml", "/c.xml")
    ('OEBPS/text/ch 1.xhtml', 'c.xml')
    """
    path = unquote(target.split("#", 1)[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")
