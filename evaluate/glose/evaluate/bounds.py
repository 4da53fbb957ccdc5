"""Bounds: spans of gold beside strings that gold marks as a whole in other places.

Either a span is part of such a string where it stands (`Ben` of `Ben Cole`), or it has words more
that are otherwise marked by nothing (`Ben Cole a`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from glose.corpus.document import Pair
from glose.evaluate.occurrences import SHARE, TIMES, Marked, Strings, Words, covered, words
from glose.evaluate.overlaps import shared


class Standing(NamedTuple):
    """A string that stands where gold has other bounds: its words, its place, and those spans."""

    key: Words
    place: Pair
    beside: tuple[Pair, ...]


class Move(NamedTuple):
    """Other bounds for a span of gold: the type, how often it is so elsewhere, and in what share.

    With `both` gold has spans like both elsewhere, one in the other. `loose` is the share of other
    places at which the words that the span has too much are marked by nothing.
    """

    gold: Pair
    place: Pair
    type: str
    times: int
    share: float
    loose: float = 1.0
    both: bool = False


@dataclass(slots=True)
class Bounds:
    """How the strings of a corpus are bounded by gold: as a whole, cut, or within more."""

    strings: Strings
    cut: Counter[Words] = field(default_factory=Counter)
    within: Counter[Words] = field(default_factory=Counter)
    parts: Counter[tuple[Words, int, int]] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    unmarked: Counter[str] = field(default_factory=Counter)

    def learn(self, text: str, gold: Marked) -> list[Standing]:
        """Count how strings are bounded in a document; return those that gold bounds otherwise."""
        there = list(self.strings.standing(text))
        beside = touching(gold, {place for _, place in there})
        inside = covered(text, gold)
        for word, start, _ in words(text):
            self.seen[word] += 1
            self.unmarked[word] += not inside[start]
        found = []
        for key, place in there:
            spans = beside.get(place, ())
            if place in gold:
                for start, end in spans:
                    self.parts[key, start - place[0], end - place[0]] += 1
            elif spans:
                found.append(Standing(key, place, tuple(spans)))
                held = any(contains(span, place) for span in spans)
                (self.within if held else self.cut)[key] += 1
        return found

    def moves(self, text: str, gold: Marked, found: Sequence[Standing]) -> Iterator[Move]:
        """Yield the other bounds for spans of a document; all documents were learnt before."""
        for each in found:
            around = [span for span in each.beside if contains(span, each.place)]
            if around:
                yield from self._less(text, gold, each, min(around, key=_size))
            else:
                yield from self._more(each)

    def _more(self, each: Standing) -> Iterator[Move]:
        """Yield the string for the spans that are parts of it, or cross it."""
        found = self._usual(each.key, self.cut[each.key] - 1)
        if found is not None:
            type_, times, share = found
            odd = [span for span in each.beside if not self._usual_part(each, span, times)]
            span = max(odd or each.beside, key=lambda span: (overlap(span, each.place), span))
            yield Move(span, each.place, type_, times, share, both=not odd)

    def _usual_part(self, each: Standing, span: Pair, times: int) -> bool:
        start = each.place[0]
        return 2 * self.parts[each.key, span[0] - start, span[1] - start] > times

    def _less(self, text: str, gold: Marked, each: Standing, span: Pair) -> Iterator[Move]:
        """Yield the string for a span of its type that has words more which are never marked."""
        found = self._usual(each.key, self.cut[each.key] + self.within[each.key] - 1)
        loose = self._loose(text, span, each.place)
        if found is not None and found[0] == gold[span] and loose >= SHARE:
            yield Move(span, each.place, *found, loose)

    def _usual(self, key: Words, otherwise: int) -> tuple[str, int, float] | None:
        """Return the type that a string has elsewhere as a whole, how often, and in what share."""
        marks = self.strings.marks[key]
        times, type_ = max(((n, type_) for type_, n in marks.items() if type_), default=(0, ""))
        total = marks.total() + otherwise
        return (type_, times, times / total) if times >= max(TIMES, SHARE * total) else None

    def _loose(self, text: str, span: Pair, place: Pair) -> float:
        """Return in what share of other places the outer words of a span are not marked."""
        before, after = words(text[span[0] : place[0]]), words(text[place[1] : span[1]])
        outer = [word for word, _, _ in (*before[:1], *after[-1:])]
        return min(
            (self.unmarked[w] / (self.seen[w] - 1) if self.seen[w] > TIMES else 0 for w in outer),
            default=1.0,
        )


def touching(gold: Collection[Pair], places: Collection[Pair]) -> Mapping[Pair, list[Pair]]:
    """Return, for each of some places, the spans of gold that overlap it."""
    wanted, there = sorted(gold), sorted(places)
    found: dict[Pair, list[Pair]] = defaultdict(list)
    for one, other in shared([(span,) for span in wanted], [(place,) for place in there]):
        found[there[other]].append(wanted[one])
    return found


def contains(outer: Pair, inner: Pair) -> bool:
    """Tell whether a span is more than another that it has in it."""
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def overlap(one: Pair, other: Pair) -> int:
    """Return how many code points two spans share; negative if they are apart."""
    return min(one[1], other[1]) - max(one[0], other[0])


def _size(span: Pair) -> tuple[int, Pair]:
    return span[1] - span[0], span
