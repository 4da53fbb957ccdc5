"""Finding what a system quotes: exactly, then folded, then by its letters.

The words of a text are indexed once. A quote is looked for where its rarest word stands, so the
time is that of the places which share a word with it, and never that of the text for each quote;
what is inexact is compared at a bounded number of places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from glose.corpus.document import Pair
from glose.evaluate.folding import Folded, fold, folded

Way: TypeAlias = Literal["exact", "normalised", "fuzzy"]

#: How alike the letters of a quote and of a place must be: twice what they share, of all.
ALIKE = 0.8
#: So many places are compared with an inexact quote, and so many similar words are tried.
PLACES = 60
NEIGHBOURS = 8
#: A longer quote is not looked for by its letters, and its parts may be so far apart (characters).
LONG = 400

_GAP = re.compile(r"\.\.\.+|\[\.\.\.\]|\(\.\.\.\)")
_EDGES = " \"'.,;:!?()[]{}-"


@dataclass(frozen=True, slots=True)
class Found:
    """The places that a quote may stand at, in the order of the text, and how they were found.

    `likeness` is 1 unless the way is `fuzzy`.
    """

    way: Way
    places: tuple[Pair, ...]
    likeness: float = 1.0


class Quotable:
    """A text in which quotes are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: Folded = folded(text)
        self.words = self.folded.words()
        self.positions: dict[str, list[int]] = defaultdict(list)
        for number, (word, _, _) in enumerate(self.words):
            self.positions[word].append(number)
        self.known: dict[str, Found | None] = {}
        self.grams: dict[str, list[str]] | None = None

    def find(self, quote: str) -> Found | None:
        """Return where a quote may stand, `None` if nowhere."""
        if quote not in self.known:
            self.known[quote] = self._find(quote)
        return self.known[quote]

    def _find(self, quote: str) -> Found | None:
        shown = fold(quote)
        if not shown:
            return None
        places = self._worded(shown) or self._within(quote, shown)
        if not places and shown.strip(_EDGES):
            places = self._worded(shown.strip(_EDGES))
        if not places:
            return self._fuzzy(shown)
        same = tuple(place for place in places if self.text[place[0] : place[1]] == quote.strip())
        return Found("exact", same) if same else Found("normalised", tuple(places))

    def _worded(self, shown: str) -> list[Pair]:
        """Return the places where the words of a folded quote stand in a row."""
        words = [word for word, _, _ in folded(shown).words()]
        if not words:
            return []
        rarest = min(range(len(words)), key=lambda n: len(self.positions.get(words[n], ())))
        found = []
        for position in self.positions.get(words[rarest], ()):
            first = position - rarest
            if first >= 0 and self._stands(first, words, shown):
                found.append(self._place(first, first + len(words)))
        return found

    def _stands(self, first: int, words: list[str], shown: str) -> bool:
        if first + len(words) > len(self.words):
            return False
        if any(self.words[first + n][0] != word for n, word in enumerate(words)):
            return False
        start, end = self.words[first][1], self.words[first + len(words) - 1][2]
        # White space where the quote has none is no difference, nor the other way round.
        return self.folded.text[start:end].replace(" ", "") == shown.replace(" ", "")

    def _place(self, first: int, end: int) -> Pair:
        return self.folded.place(self.words[first][1], self.words[end - 1][2])

    def _within(self, quote: str, shown: str) -> list[Pair]:
        """Return places inside of words: languages without spaces, and parts of compounds."""
        found: list[Pair] = []
        at = self.folded.text.find(shown)
        while at >= 0 and len(found) < PLACES:
            found.append(self.folded.place(at, at + len(shown)))
            at = self.folded.text.find(shown, at + 1)
        if any(mark.isspace() for mark in quote) or not quote.isascii():
            return found
        # A whole short word inside of another is chance: `he` is not in `the`.
        return found if len(shown) > 3 else []

    def _fuzzy(self, shown: str) -> Found | None:
        if len(shown) > LONG:
            return None
        parts = [part.strip(_EDGES) for part in _GAP.split(shown)]
        if len(parts) > 1 and (spanned := self._spanned([part for part in parts if part])):
            return Found("fuzzy", tuple(spanned))
        words = [word for word, _, _ in folded(shown).words()]
        best: dict[Pair, float] = {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(shown)
        for first in self._windows(words):
            for size in range(max(1, len(words) - 1), len(words) + 2):
                end = min(first + size, len(self.words))
                likeness = self._likeness(matcher, max(0, first), end)
                if likeness >= ALIKE:
                    best[self._place(max(0, first), end)] = likeness
        if not best:
            return None
        most = max(best.values())
        return Found("fuzzy", tuple(sorted(p for p, like in best.items() if like == most)), most)

    def _likeness(self, matcher: SequenceMatcher[str], first: int, end: int) -> float:
        if end <= first:
            return 0.0
        matcher.set_seq1(self.folded.text[self.words[first][1] : self.words[end - 1][2]])
        if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
            return 0.0
        return matcher.ratio()

    def _spanned(self, parts: list[str]) -> list[Pair]:
        """Return the places from the first part of a quote with a gap to its last part."""
        if len(parts) < 2:
            return []
        firsts, lasts = self._worded(parts[0]), self._worded(parts[-1])
        starts = [start for start, _ in lasts]
        found = []
        for start, end in firsts[:PLACES]:
            number = bisect_left(starts, end)
            if number < len(lasts) and lasts[number][1] - start <= LONG:
                found.append((start, lasts[number][1]))
        return found

    def _windows(self, words: list[str]) -> list[int]:
        """Return the numbers of words at which an inexact quote may begin, the likeliest first."""
        votes: Counter[int] = Counter()
        near = {
            number: [self.positions[each] for each in self._similar(word)]
            for number, word in enumerate(words)
            if word[0].isalnum()
        }
        by_rarity = sorted(near, key=lambda number: sum(map(len, near[number])) or len(self.words))
        for number in by_rarity[:NEIGHBOURS]:
            for positions in near[number]:
                votes.update(position - number for position in positions[:PLACES])
        return [first for first, _ in votes.most_common(PLACES)]

    def _similar(self, word: str) -> list[str]:
        """Return the words of the text that share most of their letters with a word."""
        if word in self.positions:
            return [word]
        if self.grams is None:
            self.grams = defaultdict(list)
            for known in self.positions:
                for gram in _grams(known):
                    self.grams[gram].append(known)
        shared = Counter(known for gram in _grams(word) for known in self.grams.get(gram, ()))
        size = len(word)
        likely = {known: 2 * n / (size + len(known)) for known, n in shared.items()}
        ranked = sorted(likely, key=lambda known: (-likely[known], known))
        return [known for known in ranked[:NEIGHBOURS] if likely[known] > 0.3]


def _grams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[n : n + 2] for n in range(len(padded) - 1)}
