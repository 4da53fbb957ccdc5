"""The words of a document in their sentences: what the taggers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby
from operator import itemgetter

from glose.corpus.document import Document, Pair
from glose.corpus.tokens import tokenize

_INVERTED = re.compile(r"(-(?:t-)?)(\w+)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its text; offsets are code points of the document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence; `number` counts the sentences of the document from 0."""

    number: int
    words: tuple[Word, ...]


def sentences(document: Document) -> list[Sentence]:
    """Return the sentences of a document that hold a word.

    They are its segments of type `sentence`, else its paragraphs, else the whole text; words that
    stand in none of them form sentences of their own.
    """
    text = document.text or ""
    placed = _placed(_words(text), _ranges(document))
    groups = [[word for word, _ in group] for _, group in groupby(placed, key=itemgetter(1))]
    return [Sentence(number, tuple(words)) for number, words in enumerate(groups)]


def _placed(words: Iterable[Word], ranges: Sequence[Pair]) -> Iterator[tuple[Word, int | None]]:
    """Yield words, in the order of the text, with the number of the first range that each is in.

    The ranges that have begun wait in a heap by their number, so each is looked at only once.
    """
    coming = sorted(range(len(ranges)), key=lambda number: ranges[number][0], reverse=True)
    begun: list[int] = []
    for word in words:
        while coming and ranges[coming[-1]][0] <= word.start:
            heappush(begun, coming.pop())
        while begun and ranges[begun[0]][1] <= word.start:
            heappop(begun)
        yield word, begun[0] if begun else None


def _ranges(document: Document) -> list[Pair]:
    for kind in ("sentence", "paragraph"):
        found = [(one.start, one.end) for one in document.segments if one.type == kind]
        if found:
            return found
    return [match.span() for match in re.finditer(r"[^\n]+", document.text or "")]


def _words(text: str) -> Iterator[Word]:
    """Yield the words of a text, an inverted subject (`-t-il`) as its link and its pronoun."""
    for start, end in tokenize(text):
        inverted = _INVERTED.fullmatch(text, start, end) if text[start] == "-" else None
        for a, b in [inverted.span(1), inverted.span(2)] if inverted else [(start, end)]:
            yield Word(a, b, text[a:b])
