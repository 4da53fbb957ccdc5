"""Spans as brackets on words, `(1` … `1)`: how CoNLL-2012 and CorefUD write coreference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from glose.corpus.document import Document, Pair
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.words import Words
from glose.corpus.forms import shown

_MARK = re.compile(r"\(([^()|]*)\)|\(([^()|]*)|([^()|]+)\)|\|")


class Span(NamedTuple):
    """Words from `first` to before `after`, with what the opening bracket says."""

    body: str
    first: int
    after: int


class Brackets:
    """The brackets of a document, as they open and close; the last that opened closes first.

    `key` makes of what an opening bracket says what the closing one does.
    """

    def __init__(self, key: Callable[[str], str] = lambda body: body) -> None:
        self._key = key
        self._open: dict[str, list[tuple[str, int, int]]] = defaultdict(list)

    def take(self, text: str, first: int, after: int, line: int) -> Iterator[Span]:
        """Yield the spans that end at a word; `first` is its number, and `after` the next.

        Raises `MalformedError` where a bracket closes that was not opened.
        """
        at = 0
        for found in _MARK.finditer(text):
            if found.start() != at:
                break
            at = found.end()
            whole, opening, closing = found.groups()
            if whole is not None:
                yield Span(whole, first, after)
            elif opening is not None:
                self._open[self._key(opening)].append((opening, first, line))
            elif closing is not None:
                yield self._closed(closing, after)
        if at < len(text):
            raise MalformedError(f"{shown(text[at:])}: expected brackets such as (1, 1) or (1)")

    def _closed(self, closing: str, after: int) -> Span:
        waiting = self._open[self._key(closing)]
        if not waiting:
            raise MalformedError(f"{shown(closing + ')')} closes what is not open")
        body, first, _ = waiting.pop()
        return Span(body, first, after)

    def left(self) -> Iterator[tuple[str, int]]:
        """Yield what was opened and never closed, with the line of it."""
        for waiting in self._open.values():
            yield from ((body, line) for body, _, line in waiting)


def written(spans: Iterable[tuple[Pair, str, str]], between: str = "") -> dict[int, str]:
    """Return the brackets of words by their number, of spans with an opening and closing text.

    At a word, what closes comes first: after an opening bracket it would be read as part of that.
    Of what opens, the longest comes first.
    """
    found: dict[int, list[str]] = defaultdict(list)
    closings: dict[int, list[str]] = defaultdict(list)
    ordered = sorted(spans, key=lambda span: (span[0][0], -span[0][1]))
    for (first, after), opening, closing in ordered:
        if after - first == 1:
            found[first].append(f"({opening})")
        else:
            found[first].append(f"({opening}")
            closings[after - 1].insert(0, f"{closing})")
    for number, marks in closings.items():
        found[number][:0] = marks
    return {number: between.join(marks) for number, marks in found.items()}


def tangled(document: Document) -> set[str]:
    """Return the ids of mentions that brackets cannot tell from another of their entity.

    Those are the second of two that cross, and of two that overlap and have as many pieces.
    """
    words = Words(document)
    mentions = {mention.id: mention for mention in document.mentions}
    gone: set[str] = set()
    for entity in document.entities:
        by_pieces: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for name in entity.mentions:
            ranges = words.ranges(mentions[name])
            by_pieces[len(ranges)].append((ranges[0][0], -ranges[-1][1], name))
        for pieces, own in by_pieces.items():
            gone.update(_tangled(sorted(own), nested=pieces == 1))
    return gone


def _tangled(spans: list[tuple[int, int, str]], *, nested: bool) -> Iterator[str]:
    ends: list[int] = []
    for first, negative, name in spans:
        while ends and ends[-1] <= first:
            ends.pop()
        if ends and (not nested or ends[-1] < -negative):
            yield name
        else:
            ends.append(-negative)
