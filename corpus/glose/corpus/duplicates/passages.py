"""The longest run of words that two texts have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from glose.corpus.document import Pair
from glose.corpus.duplicates.shingles import LENGTH, places, words

Run: TypeAlias = tuple[str, ...]

#: How many places of a run that a text repeats are looked at.
REPEATED = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that two texts share, with where it stands in each, in code points."""

    words: int
    first: Pair
    second: Pair


def longest(first: str, second: str) -> Passage | None:
    """Return the longest run that two texts share, the earliest of the first if there are more.

    It has five words at least, unless the texts have fewer and are the same; `None` if there is
    none. Of a run that the second text has in more than 20 places only these are looked at.

    >>> longest("Oui : le chat noir dort ici.", "« Le chat noir dort ici », dit-il")
    Passage(words=5, first=(6, 27), second=(2, 23))
    """
    one, other = words(first), words(second)
    if one == other and one:
        found: tuple[int, int, int] | None = (len(one), 0, 0)
    else:
        found = _run(one, other)
    if found is None:
        return None
    count, here, there = found
    return Passage(count, _place(first, here, count), _place(second, there, count))


def _run(one: Sequence[str], other: Sequence[str]) -> tuple[int, int, int] | None:
    """Return how many words the longest run has, and the word that it begins with in each."""
    runs = _runs(one)
    index = _index(_runs(other), frozenset(runs))
    best = (0, 0, 0)
    before: dict[int, int] = {}
    for at, run in enumerate(runs):
        now: dict[int, int] = {}
        for there in index.get(run, ()):
            length = now[there] = before.get(there - 1, 0) + 1
            if length > best[0]:
                best = length, at - length + 1, there - length + 1
        before = now
    count, here, there = best
    return (count + LENGTH - 1, here, there) if count else None


def _runs(text: Sequence[str]) -> list[Run]:
    return list(zip(*(text[shift:] for shift in range(LENGTH)), strict=False))


def _index(runs: Sequence[Run], wanted: frozenset[Run]) -> dict[Run, list[int]]:
    """Return where each of the runs that are wanted begins, at most so many places of each."""
    found: dict[Run, list[int]] = {}
    for at, run in enumerate(runs):
        if run in wanted:
            there = found.setdefault(run, [])
            if len(there) < REPEATED:
                there.append(at)
    return found


def _place(text: str, word: int, count: int) -> Pair:
    spans = places(text)[word : word + count]
    return spans[0][0], spans[-1][1]
