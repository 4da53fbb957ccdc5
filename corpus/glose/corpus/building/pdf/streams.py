"""Streams of a PDF file that are packed like a bomb, found before PDFium unpacks them.

PDFium makes some twenty bytes of each byte of a page, so that a megabyte could take all memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from glose.corpus.building.archives import LARGEST, RATIO, SUSPECT
from glose.corpus.building.rejections import RejectError

#: The largest stream, unpacked, that is no picture and no attachment, in bytes.
STREAM = 64 * 1024 * 1024
#: How far before a stream its dictionary is looked for.
DICTIONARY = 4096

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_APART = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b")


def check(data: bytes) -> None:
    """Raise `RejectError` if a stream is far larger than its packed size."""
    for dictionary, packed in _streams(data):
        limit = LARGEST
        if not _APART.search(dictionary):
            limit = min(STREAM, max(SUSPECT, RATIO * len(packed)))
        content: bytes | memoryview = packed
        for _ in _PACKED.findall(dictionary):
            content = _unpacked(content, limit)
            if len(content) > limit:
                raise RejectError("a stream in it is far larger than its packed size: a bomb?")


def _streams(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the dictionaries and the bytes of the streams that are packed."""
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        start = found.end()
        before = data[max(0, found.start() - DICTIONARY) : found.start()]
        dictionary = before[before.rfind(b"obj") + 3 :]
        if _PACKED.search(dictionary):
            end = data.find(b"endstream", start)
            yield dictionary, view[start : end if end >= 0 else len(data)]


def _unpacked(content: bytes | memoryview, limit: int) -> bytes:
    """Return what is unpacked, one byte more than a limit at most; of what is broken nothing."""
    try:
        return zlib.decompressobj().decompress(content, limit + 1)
    except zlib.error:
        return b""
