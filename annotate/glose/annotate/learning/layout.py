"""Where spans stand among the words of a document: which words, which sentence, what is around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from glose.annotate.learning.words import Sentence

_DETERMINERS = frozenset(
    [
        "le",
        "la",
        "les",
        "l'",
        "l’",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d'",
        "d’",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "plusieurs",
        "au",
        "aux",
        "quelque",
    ]
)
_BE = frozenset(
    [
        "est",
        "sont",
        "était",
        "étaient",
        "été",
        "être",
        "sera",
        "seront",
        "soit",
        "soient",
        "serait",
        "seraient",
        "fut",
        "furent",
    ]
)
_HAVE = frozenset(
    [
        "a",
        "ont",
        "avait",
        "avaient",
        "avoir",
        "ait",
        "aient",
        "aura",
        "auront",
        "aurait",
        "auraient",
        "ayant",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """The first and last word of a span, counted over the document, and its sentence."""

    first: int
    last: int
    sentence: int


class Layout:
    """The words of a document in one row, with the sentence of each."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.words = [word for sentence in sentences for word in sentence.words]
        self.lowered = [word.text.lower() for word in self.words]
        self.sentence = [sentence.number for sentence in sentences for _ in sentence.words]
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]

    def place(self, start: int, end: int) -> Place:
        """Return where a span of offsets stands; one between words gets the word after it."""
        last_word = max(len(self.words) - 1, 0)
        first = min(bisect_right(self._ends, start), last_word)
        last = max(first, min(bisect_left(self._starts, end) - 1, last_word))
        return Place(first, last, self.sentence[first] if self.words else 0)

    def words_of(self, sentence: int) -> list[str]:
        """Return the words of a sentence, in lower case."""
        low, high = bisect_left(self.sentence, sentence), bisect_right(self.sentence, sentence)
        return self.lowered[low:high]

    def before(self, place: Place, count: int) -> list[str]:
        """Return up to so many words before a place, in lower case, within its sentence."""
        low = place.first
        while low > 0 and place.first - low < count and self.sentence[low - 1] == place.sentence:
            low -= 1
        return self.lowered[low : place.first]

    def after(self, place: Place, count: int) -> list[str]:
        """Return up to so many words after a place, in lower case, within its sentence."""
        high = place.last + 1
        while (
            high < len(self.words)
            and high - place.last <= count
            and self.sentence[high] == place.sentence
        ):
            high += 1
        return self.lowered[place.last + 1 : high]

    def voice(self, place: Place) -> str:
        """Return how a trigger stands: `noun`, `passive`, `active`, `infinitive` or `bare`."""
        near = self.before(place, 4)
        word = self.lowered[place.first] if self.words else ""
        if near and near[-1] in _DETERMINERS:
            return "noun"
        if any(one in _BE for one in near):
            return "passive"
        if any(one in _HAVE or one.startswith("-t") for one in near):
            return "active"
        return "infinitive" if word.endswith(("er", "ir", "re")) else "bare"

    @cached_property
    def quoted(self) -> list[bool]:
        """Tell of each word whether it stands in quotation marks."""
        inside, result = False, []
        for text in self.lowered:
            if text in {"«", "“"}:
                inside = True
            elif text in {"»", "”"}:
                inside = False
            elif text == '"':
                inside = not inside
            result.append(inside)
        return result
