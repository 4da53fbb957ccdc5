"""Invented dispatches with copies of every kind, from a seed; near-duplicates by brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from random import Random

from glose.corpus.document import Document, fingerprint
from glose.corpus.duplicates.groups import AKIN, ALIKE, FEWEST, MANY
from glose.corpus.duplicates.shingles import LENGTH, words
from glose.corpus.duplicates.stock import MOST

SYLLABLES = "ba bre can cha cler don dre fer fleu gar gnon jou lai lin mar mon nou plai".split()  # noqa: SIM905
#: How a copy differs from what it was made of.
KINDS = ("same", "edited", "updated", "prefixed", "cut", "alert", "moved", "wrapped")


@dataclass(frozen=True, slots=True)
class Story:
    """A document with the story that it tells and how it was made of the first to tell it."""

    document: Document
    number: int
    kind: str


class Press:
    """Writes dispatches in words of French-looking syllables, the frequent ones often."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._words = [
            "".join(self._some(SYLLABLES, self.random.randint(1, 4))) for _ in range(5000)
        ]
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(len(self._words))))
        self._phrases = [self.text(self.random.randint(5, 12)) for _ in range(40)]
        self._footer = self.text(25)

    def _some(self, items: Sequence[str], count: int) -> list[str]:
        return self.random.choices(items, k=count)

    def text(self, count: int) -> list[str]:
        """Return so many words."""
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def dispatch(self) -> list[str]:
        """Return a dispatch, with phrases that others have too."""
        found = self.text(self.random.randint(80, 300))
        for _ in range(3):
            at = self.random.randrange(len(found))
            found[at:at] = self.random.choice(self._phrases)
        return found + self._footer * (self.random.random() < 0.3)

    def copy(self, text: list[str], kind: str) -> list[str]:
        """Return a text as another dispatch of the same story has it."""
        half = len(text) // 2
        match kind:
            case "edited":
                return [w if self.random.random() < 0.95 else self.text(1)[0] for w in text]
            case "updated":
                return [*text[:half], *self.text(len(text)), *text[half:]]
            case "prefixed":
                return [*self.text(8), *text]
            case "cut":
                return text[: len(text) // 3]
            case "alert":
                return text[:20]
            case "moved":
                parts = [text[at : at + 30] for at in range(0, len(text), 30)]
                self.random.shuffle(parts)
                return [word for part in parts for word in part]
            case "wrapped":
                return [*self.text(300), *text, *self.text(300)]
            case _:
                return text


def corpus(stories: int, seed: int, copied: float = 0.3) -> list[Story]:
    """Return dispatches of so many stories, some with copies of one kind or several."""
    press = Press(seed)
    found: list[Story] = []
    for number in range(stories):
        text = press.dispatch()
        found.append(Story(document(f"d{len(found):05}", text), number, "first"))
        if press.random.random() < copied:
            for kind in press.random.choices(KINDS, k=press.random.choice((1, 1, 1, 2, 3))):
                copy = press.copy(text, kind)
                found.append(Story(document(f"d{len(found):05}", copy), number, kind))
    return found


def document(name: str, text: Sequence[str]) -> Document:
    """Return a document of these words."""
    joined = " ".join(text)
    return Document(id=name, layer="text", text=joined, text_sha256=fingerprint(joined))


def by_force(documents: Sequence[Document], share: float) -> set[frozenset[str]]:
    """Return the groups of near-duplicates, every pair compared by its runs of words."""
    runs = {one.id: _runs(words(one.text or "")) for one in documents}
    family = _joined(runs, lambda one, other: _akin(runs[one], runs[other]))
    homes: dict[tuple[str, ...], set[frozenset[str]]] = {}
    for name, found in runs.items():
        for run in found:
            homes.setdefault(run, set()).add(family[name])
    own = {name: {run for run in found if len(homes[run]) <= MOST} for name, found in runs.items()}

    def near(one: str, other: str) -> bool:
        shared = len(own[one] & own[other])
        enough = shared >= FEWEST and shared >= share * min(len(own[one]), len(own[other]))
        return enough or (bool(runs[one]) and runs[one] == runs[other])

    return {group for group in _joined(runs, near).values() if len(group) > 1}


def _akin(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    shared, every = len(one & other), len(one | other)
    return shared >= ALIKE * every > 0 or (shared >= AKIN * every and shared >= MANY)


def _joined(names: Iterable[str], near: Callable[[str, str], bool]) -> dict[str, frozenset[str]]:
    """Return the set that each name is in, where names that are near are in the same."""
    groups = {name: {name} for name in names}
    for one, other in combinations(groups, 2):
        if groups[one] is not groups[other] and near(one, other):
            groups[one] |= groups[other]
            for name in groups[other]:
                groups[name] = groups[one]
    return {name: frozenset(group) for name, group in groups.items()}


def _runs(text: list[str]) -> set[tuple[str, ...]]:
    count = max(len(text) - LENGTH + 1, min(1, len(text)))
    return {tuple(text[at : at + LENGTH]) for at in range(count)}
