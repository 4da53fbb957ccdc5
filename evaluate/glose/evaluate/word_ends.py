"""Word ends: spans that begin or end within a word, where those of a corpus hardly ever do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glose.corpus.document import Pair

#: Such a share of the bounds of a corpus stands at the ends of words, or it has no such habit.
HABIT = 0.9


@dataclass(slots=True)
class WordEnds:
    """How many bounds of the spans of a corpus stand at the ends of words."""

    bounds: int = 0
    whole: int = 0

    def learn(self, text: str, marked: Iterable[Pair]) -> None:
        """Count the bounds of the spans of a document."""
        for place in marked:
            for offset in place:
                self.bounds += 1
                self.whole += not inside(text, offset)

    @property
    def share(self) -> float:
        """The share of bounds at the ends of words; 0 if there is no such habit."""
        found = self.whole / self.bounds if self.bounds else 0.0
        return found if found >= HABIT else 0.0

    def odd(self, text: str, place: Pair) -> bool:
        """Tell whether a span cuts a word, and those of the corpus hardly ever do."""
        return self.share > 0 and any(inside(text, offset) for offset in place)


def inside(text: str, offset: int) -> bool:
    """Tell whether an offset stands between two letters that may be small or capital.

    Scripts without capitals often write no blanks, or write small words together with the next.
    """
    return 0 < offset < len(text) and _cased(text[offset - 1]) and _cased(text[offset])


def widened(text: str, place: Pair) -> Pair:
    """Return a span that reaches to the ends of the words that it cuts."""
    start, end = place
    while inside(text, start):
        start -= 1
    while inside(text, end):
        end += 1
    return start, end


def _cased(letter: str) -> bool:
    return letter.islower() or letter.isupper()
