"""Marks around what is to be decided, as git sets them and as every editor knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

#: How long a mark is unless git asks for more.
SIZE = 7


def marked(ours: Sequence[bytes], theirs: Sequence[bytes], size: int = SIZE) -> Iterator[bytes]:
    """Yield the lines of two versions: those that are equal once, the others between marks."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from ours[a:b]
        else:
            yield from (b"<" * size + b" ours\n", *ours[a:b], b"=" * size + b"\n")
            yield from (*theirs[c:d], b">" * size + b" theirs\n")
