"""Marks around what is to be decided, as git sets them and as every editor knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

#: How long a mark is unless git asks for more.
SIZE = 7


def marked(ours: Sequence[bytes], theirs: Sequence[bytes], size: int = SIZE) -> Iterator[bytes]:
    """Yield the lines of two versions: those that are equal once, the others between marks."""
    # What is equal at both ends is no work for the matcher, which takes long for lines that recur.
    head = _equal(ours, theirs)
    tail = _equal(ours[head:][::-1], theirs[head:][::-1])
    yield from ours[:head]
    mine, yours = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    for kind, a, b, c, d in SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from mine[a:b]
        else:
            yield from (b"<" * size + b" ours\n", *mine[a:b], b"=" * size + b"\n")
            yield from (*yours[c:d], b">" * size + b" theirs\n")
    yield from ours[len(ours) - tail :]


def _equal(ours: Sequence[bytes], theirs: Sequence[bytes]) -> int:
    """Return how many lines are equal from the beginning on."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
