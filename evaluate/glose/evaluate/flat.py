"""Mentions as tags can hold them: by their outer bounds, and none overlaps another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut
from glose.evaluate.words import Words


class Chunk(NamedTuple):
    """A mention by its outer bounds, in code points, half-open; its fragments do not count."""

    type: str
    start: int
    end: int
    id: str


@dataclass(slots=True)
class Laid:
    """The mentions of a document as chunks, in the order of the record, and its words."""

    words: Words
    chunks: list[Chunk]
    _kept: list[Chunk] = field(default_factory=list)
    _by: Words | None = None

    def flat(self, words: Words) -> list[Chunk]:
        """Return the chunks that tags of some words can hold: found once, however many ask."""
        if self._by is not words:
            self._kept, self._by = flat(self.chunks, words), words
        return self._kept


#: What overlaps one another, directly or by others: the chunks of gold and of the prediction.
Component: TypeAlias = tuple[list[Chunk], list[Chunk]]

_BOUNDS = itemgetter(1, 2)

#: Makes a named tuple of a tuple, in a third of the time of naming its parts.
_new = tuple.__new__


def laid(document: Document, cut: Cut = str) -> Laid:
    """Return the mentions of a document by their outer bounds, with its words."""
    chunks = [_new(Chunk, (cut(m.type), m.start, m.end, m.id)) for m in document.mentions]
    return Laid(Words.of(document), chunks)


def flat(chunks: Sequence[Chunk], words: Words) -> list[Chunk]:
    """Return the chunks that tags can hold, in the order of the text.

    Of chunks that overlap, the one with the most words stays; of equals the one that begins
    first, then the first type by name, then the first in the file (by its id).
    """
    kept: list[Chunk] = []
    group: list[Chunk] = []
    until = 0
    for chunk in sorted(chunks, key=_BOUNDS):
        if chunk[1] < until:
            if not group:
                group.append(kept.pop())
            group.append(chunk)
            until = max(until, chunk[2])
        else:
            if group:
                kept += _longest(group, words)
                group = []
            kept.append(chunk)
            until = chunk[2]
    return kept + _longest(group, words) if group else kept


def _longest(group: Sequence[Chunk], words: Words) -> list[Chunk]:
    return longest(group, [words.number(chunk.start, chunk.end) for chunk in group])


def longest(group: Sequence[Chunk], sizes: Sequence[int]) -> list[Chunk]:
    """Return what stays of chunks that overlap one another, in the order of the text.

    `sizes` are their numbers of words.
    """
    ranks: list[tuple[object, ...]]
    ranks = [(-size, c.start, c.type) for size, c in zip(sizes, group, strict=True)]
    if len(set(ranks)) < len(ranks):
        ranks = [(*rank, natural(c.id)) for rank, c in zip(ranks, group, strict=True)]
    kept: list[Chunk] = []
    for number in sorted(range(len(group)), key=ranks.__getitem__):
        chunk = group[number]
        # Those that are kept do not overlap, so only the one before and the one after can.
        place = bisect_left(kept, chunk.start, key=itemgetter(1))
        if (place == len(kept) or chunk.end <= kept[place].start) and (
            place == 0 or kept[place - 1].end <= chunk.start
        ):
            kept.insert(place, chunk)
    return kept


def components(gold: Sequence[Chunk], predicted: Sequence[Chunk]) -> Iterator[Component]:
    """Yield the chunks of two sides in groups that overlap one another, in the order of the text.

    Those of one side are joined too; a group may have chunks of one side only.
    """
    until = -1
    sides: Component = ([], [])
    both = [(c[1], c[2], 0, n) for n, c in enumerate(gold)]
    both += [(c[1], c[2], 1, n) for n, c in enumerate(predicted)]
    chunks = gold, predicted
    for start, end, side, number in sorted(both):
        if start >= until:
            if until >= 0:
                yield sides
            sides = ([], [])
            until = end
        elif end > until:
            until = end
        sides[side].append(chunks[side][number])
    if until >= 0:
        yield sides
