"""Giving offsets to a record that quotes: which of several places is meant, and what is nowhere.

A quote that stands at one place only is there. Of several places hints decide first (a `start`
that is nearly right, a `context` that is quoted too), then the sentence of a trigger or of its
arguments, then what is near, then the order in which a system lists its items, if it goes with the
text; what is left is at the first place that nothing alike has taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from glose.corpus.document import Pair
from glose.corpus.files import whole
from glose.evaluate.quotations import Found, Quotable
from glose.evaluate.results import Plain

By: TypeAlias = Literal["only", "hint", "context", "same sentence", "near", "order", "first"]

#: Beyond the end of any text.
END = 1 << 60

#: The places that are left for a quote, and what decided, if anything did.
Left: TypeAlias = tuple[tuple[Pair, ...], By | None]

#: Anchors that go up, of all, from which a list is taken to go with the text.
ASCENDING = 0.75


@dataclass(frozen=True, slots=True)
class Quote:
    """What a record quotes: where in the record, a type, the words, and what hints there are."""

    path: str
    type: str
    text: str
    start: int | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote with its place, how it was found, of how many places, and what decided."""

    quote: Quote
    place: Pair
    found: Found
    by: By

    @property
    def ambiguous(self) -> bool:
        """Whether it might have stood elsewhere."""
        return len(self.found.places) > 1


@dataclass(slots=True)
class Report:
    """How quotes were found; `by` counts what decided between several places."""

    ways: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    rejects: list[Plain] = field(default_factory=list)

    def placed(self, each: Placed) -> None:
        """Count a quote that was found."""
        self.ways[each.found.way] += 1
        if each.ambiguous:
            self.by[each.by] += 1

    def rejected(self, document: str, quote: Quote, reason: str) -> None:
        """Keep a quote that has no place."""
        self.ways["not found"] += 1
        shown: Plain = {"id": document, "path": quote.path, "type": quote.type}
        self.rejects.append({**shown, "quote": quote.text, "reason": reason})

    def save(self, path: Path) -> None:
        """Write what has no place to a file, one JSON object a line."""
        with whole(path) as stream:
            stream.writelines(msgspec.json.encode(each) + b"\n" for each in self.rejects)

    def plain(self) -> Plain:
        """Return the report for a JSON encoder."""
        return {
            "documents": self.documents,
            "quotes": sum(self.ways.values()),
            "ways": {way: self.ways[way] for way in ("exact", "normalised", "fuzzy", "not found")},
            "ambiguous": sum(self.by.values()),
            "decided by": dict(sorted(self.by.items())),
            "rejects": self.rejects,
        }


@dataclass(slots=True)
class Placing:
    """The text of one document, and the places that are taken by a type and folded words.

    `sentences` are the offsets at which its sentences end, sorted.
    """

    text: Quotable
    sentences: Sequence[int] = ()
    taken: Counter[tuple[str, Pair]] = field(default_factory=Counter)

    def single(self, quote: Quote, near: Sequence[int] = ()) -> Placed | None:
        """Return a quote in its place; `near` are offsets that it is likely to be close to.

        Of several places those in the sentence of one of these come first, then the nearest.
        """
        found = self.text.find(quote.text)
        if found is None:
            return None
        left, by = self._hinted(quote, found)
        if by is None and near:
            left, by = self._close(left, near)
        return self._take(quote, found, left, by)

    def _close(self, left: Sequence[Pair], near: Sequence[int]) -> Left:
        """Return the nearest of some places, in the sentence of what is near if one is there."""
        numbers = {self._sentence(offset) for offset in near}
        same = [place for place in left if self._sentence(place[0]) in numbers]
        by: By = "same sentence" if 0 < len(same) < len(left) else "near"
        return (min(same or left, key=lambda place: (_distance(place, near), place)),), by

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.sentences, offset)

    def listed(self, quotes: Sequence[Quote]) -> list[Placed | None]:
        """Return the quotes of one list in their places, in its order."""
        founds = [self.text.find(quote.text) for quote in quotes]
        hinted = [
            None if f is None else self._hinted(q, f) for q, f in zip(quotes, founds, strict=True)
        ]
        anchors = [
            (number, each[0][0][0])
            for number, each in enumerate(hinted)
            if each and each[1] is not None
        ]
        bounds = _bounds(anchors, len(quotes))
        placed: list[Placed | None] = []
        reached = 0
        for quote, found, hint, bound in zip(quotes, founds, hinted, bounds, strict=True):
            if found is None or hint is None:
                placed.append(None)
                continue
            left, by = self._ordered(quote, hint, (max(bound[0], reached), bound[1]))
            placed.append(each := self._take(quote, found, left, by))
            if bound != _NOWHERE:
                reached = max(bound[0], each.place[0])
        return placed

    def _ordered(self, quote: Quote, hint: Left, bound: Pair) -> Left:
        """Return the first free place between two offsets, if there are several to choose from."""
        left, by = hint
        if by is not None:
            return hint
        free = [place for place in left if not self.taken[quote.type, place]]
        between = [place for place in free if bound[0] <= place[0] <= bound[1]]
        if not between or (between[0] == free[0] == left[0] and bound[1] == END):
            return hint
        return (between[0],), "order"

    def every(self, quote: Quote) -> list[Placed]:
        """Return a quote at each of its places."""
        found = self.text.find(quote.text)
        places = found.places if found else ()
        return [Placed(quote, place, found, "only") for place in places] if found else []

    def _hinted(self, quote: Quote, found: Found) -> Left:
        """Return the places that hints leave, and by what, `None` if several are left."""
        places = found.places
        if len(places) == 1:
            return places, "only"
        if quote.context:
            around = self.text.find(quote.context)
            inside = [
                place
                for place in places
                for start, end in (around.places if around else ())
                if start <= place[0] and place[1] <= end
            ]
            if inside:
                return (inside[0],), "context"
        if quote.start is not None:
            hint = quote.start
            return (min(places, key=lambda place: (abs(place[0] - hint), place)),), "hint"
        return places, None

    def _take(self, quote: Quote, found: Found, left: Sequence[Pair], by: By | None) -> Placed:
        free = (place for place in left if not self.taken[quote.type, place])
        place = next(free, left[0])
        self.taken[quote.type, place] += 1
        return Placed(quote, place, found, by or "first")


_NOWHERE: Pair = (0, -1)


def _bounds(anchors: Sequence[Pair], size: int) -> Iterator[Pair]:
    """Yield, for each item of a list, between which offsets its order puts it.

    `anchors` are numbers of items with their offsets. Nothing follows from a list that does not go
    with the text.
    """
    rising = sum(a[1] <= b[1] for a, b in pairwise(anchors))
    if rising < ASCENDING * (len(anchors) - 1):
        yield from [_NOWHERE] * size
        return
    numbers = [number for number, _ in anchors]
    for number in range(size):
        before, after = bisect_left(numbers, number), bisect_right(numbers, number)
        low = anchors[before - 1][1] if before else 0
        high = anchors[after][1] if after < len(anchors) else END
        yield low, high


def _distance(place: Pair, near: Iterable[int]) -> int:
    return min(abs(place[0] - offset) for offset in near)
