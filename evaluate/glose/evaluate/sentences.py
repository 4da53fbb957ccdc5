"""The sentences of a document, so that distances can be told in sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from glose.corpus.building import sentences as splitter
from glose.corpus.building.blocks import blocks
from glose.corpus.document import Document

#: A full stop between blanks, as texts have it whose words are given.
_ALONE = re.compile(r"(?<=\s)[.!?](?!\S)")


def ends(document: Document) -> tuple[int, ...]:
    """Return where the sentences of a document end, in code points, sorted.

    They are the record's own. Without any, a sentence ends at each `.`, `!` or `?` that stands
    between blanks; where there is none either, as `glose corpus build` splits the text.
    """
    own = {segment.end for segment in document.segments if segment.type == "sentence"}
    text = document.text or ""
    if own:
        return tuple(sorted(own))
    alone = tuple(found.end() for found in _ALONE.finditer(text))
    if alone:
        return alone
    return tuple(
        after for start, end in blocks(text) for _, after in splitter.spans(text, start, end)
    )


def distance(ends: Sequence[int], source: int, target: int) -> int:
    """Return how many sentences after that of `source` the one of `target` stands.

    Both are offsets; what stands between two sentences belongs to the later one.

    >>> distance([10, 20, 30], 22, 4)
    -2
    """
    return bisect_right(ends, target) - bisect_right(ends, source)
