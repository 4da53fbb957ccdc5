"""The blocks of a text: what stands between blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.document import Pair

_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")


def blocks(text: str) -> Iterator[Pair]:
    """Yield the ranges between blank lines, without the white space around them."""
    start = 0
    for between in _BETWEEN.finditer(text):
        yield from trimmed(text, start, between.start())
        start = between.end()
    yield from trimmed(text, start, len(text))


def trimmed(text: str, start: int, end: int) -> Iterator[Pair]:
    """Yield a range without the white space around it, unless it is nothing else."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if start < end:
        yield start, end
