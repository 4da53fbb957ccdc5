"""The words of a text by number: where a span stands in the text of a program that has tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add

from glose.corpus.document import Document, Pair

_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Words:
    """The tokens of a document or, if it has none, the words between white space.

    Nothing is looked for in the text before it is asked for.
    """

    text: str
    tokens: Sequence[Pair] = ()
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _number: int | None = None

    @classmethod
    def of(cls, document: Document) -> Words:
        """Return the words of a document; one without a text has none of its own."""
        return cls(document.text or "", document.tokens)

    def __len__(self) -> int:
        """Return how many words there are."""
        if self._number is None:
            self._number = len(self.tokens) or len(self.text.split())
        return self._number

    def place(self, start: int, end: int) -> Pair:
        """Return the numbers of the words that a span shares code points with, half-open.

        >>> Words("Anna Berg est là.").place(5, 12)
        (1, 3)
        """
        if not self._starts:
            self._look()
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def number(self, start: int, end: int) -> int:
        """Return how many words a span shares code points with.

        >>> Words("Anna Berg est là.").number(5, 12)
        2
        """
        if not self.tokens and not self._starts:
            return len(self.text[start:end].split())
        first, last = self.place(start, end)
        return last - first

    def within(self, start: int, end: int) -> Sequence[int]:
        """Return what tells the words apart that a span shares code points with, in order.

        >>> Words("Anna Berg est là.").within(6, 12) == Words("Anna Berg est là.").within(5, 10)
        False
        """
        if self.tokens:
            return range(*self.place(start, end))
        first = start
        while 0 < first < len(self.text) and not self.text[first - 1].isspace():
            first -= 1
        found = [word.start() for word in _WORD.finditer(self.text, first, end)]
        return found if first == start or not self.text[start].isspace() else found[1:]

    def cut(self, start: int, end: int) -> list[Pair]:
        """Return the words of a range, and of words that reach beyond it the part within.

        >>> Words("Anna Berg est là.").cut(6, 12)
        [(6, 9), (10, 12)]
        """
        if not self.tokens:
            return [word.span() for word in _WORD.finditer(self.text, start, end)]
        first, last = self.place(start, end)
        words = self.tokens[first:last]
        return [(max(start, one), min(end, other)) for one, other in words]

    def _look(self) -> None:
        """Find where all words start and end."""
        words = [] if self.tokens else self.text.split()
        lengths = list(map(len, words))
        if words and sum(lengths) + len(words) - 1 == len(self.text):
            # Each two are parted by one character: four times as fast as looking at the text.
            self._ends = list(map(add, accumulate(lengths), range(len(words))))
            self._starts = [0, *(end + 1 for end in self._ends[:-1])]
        else:
            found = self.tokens or [word.span() for word in _WORD.finditer(self.text)]
            self._starts = [word[0] for word in found]
            self._ends = [word[1] for word in found]
