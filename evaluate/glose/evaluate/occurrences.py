"""Occurrences: where else the words of a marked span stand, and how they are marked there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from glose.corpus.document import Pair

#: What is marked in a document: the types of each span, by its bounds.
Marked: TypeAlias = Mapping[Pair, str]

#: A string as its words.
Words: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"\w+|[^\w\s]")

#: Words that are longer, or are only a letter or two, tell little.
LONGEST = 8
SHORTEST = 3

#: How often another marking has to occur, and in what share of the other places.
TIMES = 2
SHARE = 0.6


def words(text: str) -> list[tuple[str, int, int]]:
    """Return the words and marks of a text with their offsets."""
    return [(found[0], *found.span()) for found in _WORD.finditer(text)]


@dataclass(slots=True)
class Strings:
    """How strings of a corpus are marked: strings that are marked somewhere, as their words."""

    lengths: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    known: set[tuple[str, ...]] = field(default_factory=set)
    marks: dict[tuple[str, ...], Counter[str | None]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def learn(self, text: str, marked: Marked) -> None:
        """Take the strings of what is marked in a document; all documents come first."""
        for start, end in marked:
            key = tuple(word for word, _, _ in words(text[start:end]))
            if 0 < len(key) <= LONGEST and len("".join(key)) >= SHORTEST:
                self.known.add(key)
                self.lengths[key[0]].add(len(key))

    def count(self, marked: Marked, places: Iterable[tuple[Words, Pair]]) -> None:
        """Count how the strings are marked in a document, in all places where they stand."""
        for key, place in places:
            self.marks[key][marked.get(place)] += 1

    def places(self, text: str, marked: Marked) -> Iterator[tuple[Words, Pair]]:
        """Yield where the strings stand, but for parts of what is marked as something longer."""
        inside = covered(text, marked)
        for key, place in self.standing(text):
            if place in marked or not any(inside[slice(*place)]):
                yield key, place

    def standing(self, text: str) -> Iterator[tuple[Words, Pair]]:
        """Yield where the strings stand, whatever is marked there."""
        there = words(text)
        for number, (word, start, _) in enumerate(there):
            for length in sorted(self.lengths.get(word, ())):
                key = tuple(each for each, _, _ in there[number : number + length])
                if len(key) == length and key in self.known:
                    yield key, (start, there[number + length - 1][2])

    def other(self, key: tuple[str, ...], mark: str | None) -> tuple[str | None, float] | None:
        """Return how a string is marked elsewhere, and in what share, if that is another way.

        `None` if it is marked alike elsewhere, now this way and now that, or nowhere else.
        """
        elsewhere = Counter(self.marks[key])
        elsewhere[mark] -= 1
        total = elsewhere.total()
        if total < TIMES:
            return None
        best, times = max(elsewhere.items(), key=lambda each: (each[1], str(each[0])))
        if best == mark or times < TIMES or times < SHARE * total:
            return None
        return best, times / total


def covered(text: str, marked: Iterable[Pair]) -> bytearray:
    """Return, for each code point of a text, whether it is within something marked."""
    found = bytearray(len(text))
    for start, end in marked:
        found[start:end] = b"\1" * (end - start)
    return found


def capitals(text: str) -> Iterator[Pair]:
    """Yield runs of words with a capital that do not begin a sentence."""
    run: Pair | None = None
    before = "."
    for word, start, end in words(text):
        if word[0].isupper() and (run is not None or before not in '.!?"«'):
            run = (run[0], end) if run else (start, end)
        elif run is not None:
            yield run
            run = None
        before = word
    if run is not None:
        yield run
