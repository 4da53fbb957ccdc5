"""Sources of any size as streams of text, in a charset that fits all of their bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO

from glose.corpus.building import charset
from glose.corpus.building.content import Content
from glose.corpus.building.rejections import RejectError

#: How much is looked at, at once, in bytes.
BUFFER = 1 << 20


def encoding(content: Content) -> str:
    """Return the charset of a source: that of its mark, UTF-8 if it fits, else the best guess.

    Raises `RejectError` for what is not text.
    """
    for bom, found in charset.BOMS:
        if content.head.startswith(bom):
            return found
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    with content.stream() as stream:
        while part := stream.read(BUFFER):
            try:
                decoder.decode(part)
            except UnicodeDecodeError as error:
                return _guessed(before + part, len(before) + error.start)
            before = part[-4:]
    return "utf-8"


def _guessed(data: bytes, at: int) -> str:
    start = data.rfind(b"\n", 0, max(0, at - charset.SAMPLE // 2)) + 1
    return charset.decode(data[start : start + charset.SAMPLE])[1]


@contextmanager
def opened(content: Content) -> Iterator[tuple[IO[str], str]]:
    """Give the text of a source as a stream, line ends as they are, and its charset."""
    if not content.head.strip():
        raise RejectError("empty; expected text")
    found = encoding(content)
    with content.stream() as stream:
        text = TextIOWrapper(stream, encoding=found, newline="")
        try:
            yield text, found.removesuffix("-sig")
        except UnicodeDecodeError as error:
            raise RejectError(
                f"bytes that are no {found} ({error.reason}); save it as UTF-8"
            ) from error
        finally:
            text.detach()
