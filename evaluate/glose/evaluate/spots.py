"""Places in texts by numbers, those of one pair of documents after those of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from glose.corpus.document import Document
from glose.evaluate.happenings import Bounds, What, outer


class Spots(dict[What | None, int]):
    """The numbers of what stands somewhere in a pair of documents; `None` is no trigger.

    `bounds` has for each number that of its outer bounds, `starts` its first code point, or -1 if
    it has no place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bounds: list[int] = []
        self.starts: list[int] = []

    def __missing__(self, what: What | None) -> int:
        """Give a number to what was not met before in this pair."""
        number = self[what] = len(self.bounds)
        self.bounds.append(number)
        self.starts.append(-1)
        if what is None:
            self.bounds[number] = self[""]
        elif not isinstance(what, str):
            self.starts[number] = what[0][0]
            if len(what) > 1:
                self.bounds[number] = self[((what[0][0], what[-1][1]),)]
        return number


@dataclass(slots=True)
class Wording:
    """The words at places: `said` has a number for each, the same where the words are.

    `words` are the numbers of outer bounds of triggers that are those of one word of gold: of a
    token, or without any of what blanks set apart.
    """

    said: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, gold: Document, spots: Spots, triggers: Collection[int]) -> None:
        """Add the places of a pair of documents, some of which are predicted triggers."""
        text, numbers = gold.text or "", self._numbers
        for what in spots:
            words = _read(outer(what or ""), text)
            self.said.append(numbers.setdefault(words, len(numbers)))
        self.words += _words(gold, spots, {*triggers})


def _read(bounds: Bounds, text: str) -> str:
    return bounds if isinstance(bounds, str) else text[slice(*bounds)]


def _words(gold: Document, spots: Spots, triggers: Collection[int]) -> Iterator[int]:
    tokens = frozenset(gold.tokens if triggers else ())
    for what, number in spots.items():
        if number in triggers and what and not isinstance(what, str):
            start, end = what[0][0], what[-1][1]
            if (start, end) in tokens if tokens else _apart(gold.text or "", start, end):
                yield spots.bounds[number]


def _apart(text: str, start: int, end: int) -> bool:
    """Tell whether a span is what blanks set apart."""
    word = text[start:end]
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return word.split() == [word] and not beside.strip()
