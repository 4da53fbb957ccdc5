"""Gatherings: events of gold and of a prediction that share a place, directly or by others.

Two events share a place if their triggers start at the same code point, or if the same fills a
role in both; events without a trigger gather too. Of a gathering nothing counts but which types,
roles and places are the same, so gatherings of one shape are counted once (shapes.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

import numpy as np

from glose.corpus.document import Argument, Document, Event, Mention, Trigger
from glose.evaluate import listings, shapes
from glose.evaluate.counts import Statistic
from glose.evaluate.happenings import Bounds, Happening, What
from glose.evaluate.shapes import HELD, Made, Met, Shapes

#: A place by numbers: of its start and its end, or that of a string.
Place: TypeAlias = tuple[int, int] | int

#: An event by numbers: its type, where its trigger stands, and its roles with what fills them.
Played: TypeAlias = tuple[int, Place | None, tuple[tuple[int, Place], ...]]

#: The events of gold and of the prediction.
Cast: TypeAlias = tuple[tuple[Played, ...], tuple[Played, ...]]

#: Ends of spans stand after so many starts.
_ENDS = 1 << 30


@dataclass(slots=True)
class Gatherings:
    """The gatherings of some pairs of documents, and the shapes that were met so far.

    `others` are the numbers of pairs that do not go by gatherings: something in them has gaps.
    """

    shapes: Shapes[Cast] = field(default_factory=lambda: Shapes(made))
    pairs: int = 0
    others: list[int] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)
    _whole: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    _types: tuple[list[int], list[int], list[int]] = field(default_factory=lambda: ([], [], []))

    def __len__(self) -> int:
        """Return how many pairs of documents there are."""
        return self.pairs

    def add(self, gold: Sequence[Happening], predicted: Sequence[Happening]) -> bool:
        """Add the events of a pair of documents; return whether they go by gatherings."""
        number = self.pairs
        self.pairs += 1
        if any(map(_gaps, chain(gold, predicted))):
            self.others.append(number)
            return False
        for part in gathered(gold, predicted):
            cast, names = shaped(*part)
            size = sum(1 + len(played[2]) for side in cast for played in side)
            shape = self.shapes.number(cast, len(names), size)
            self._whole[0].append(number)
            self._whole[1].append(shape)
            for row, name in enumerate(names, self.shapes.firsts[shape]):
                self._types[0].append(number)
                self._types[1].append(self._names.setdefault(name, len(self._names)))
                self._types[2].append(row)
        return True

    def rows(self, statistic: Statistic) -> listings.Rows:
        """Return the rows of a statistic, of the pairs that go by gatherings."""
        met = Met(*(np.array(column, dtype=np.int64) for column in (*self._whole, *self._types)))
        return met.counted(self.shapes.rows(statistic), [*self._names], self.pairs, self.others)

    def clear(self) -> None:
        """Begin anew, with the shapes that were met."""
        self.shapes.settle()
        if self.shapes.spans > HELD:
            self.shapes = Shapes(made)
        self.pairs, self.others, self._names = 0, [], {}
        self._whole, self._types = ([], []), ([], [], [])


def _gaps(event: Happening) -> bool:
    """Tell whether a trigger or a filler has several pieces."""
    return bool(event.trigger and len(event.trigger) > 1) or any(
        _parted(a.what) for a in event.args
    )


def _parted(what: What) -> bool:
    return not isinstance(what, str) and len(what) > 1


def gathered(
    gold: Sequence[Happening], predicted: Sequence[Happening]
) -> Iterator[tuple[list[Happening], list[Happening]]]:
    """Yield the gatherings of two layers, each side in its order."""
    home: dict[Hashable, int] = {}
    above: list[int] = []
    for number, event in enumerate(chain(gold, predicted)):
        above.append(number)
        first = event.trigger[0][0] if event.trigger else None
        for place in (first, *[arg.bounds for arg in event.args]):
            one, other = _top(above, home.setdefault(place, number)), _top(above, number)
            above[max(one, other)] = min(one, other)
    found: dict[int, tuple[list[Happening], list[Happening]]] = defaultdict(lambda: ([], []))
    for number, event in enumerate(chain(gold, predicted)):
        found[_top(above, number)][number >= len(gold)].append(event)
    yield from found.values()


def _top(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number


def shaped(gold: Sequence[Happening], predicted: Sequence[Happening]) -> tuple[Cast, list[str]]:
    """Return the shape of a gathering, and the names that its numbers stand for.

    >>> shaped([Happening("Die", ((9, 12),), (9, 12), ())], [])
    ((((0, (0, 0), ()),), ()), ['Die'])
    """
    names: dict[str, int] = {}
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    values: dict[str, int] = {}

    def place(bounds: Bounds) -> Place:
        if isinstance(bounds, str):
            return values.setdefault(bounds, len(values))
        start, end = bounds
        return starts.setdefault(start, len(starts)), ends.setdefault(end, len(ends))

    def name(given: str) -> int:
        return names.setdefault(given, len(names))

    one, other = (
        tuple(
            (
                name(event.type),
                place(event.bounds) if event.trigger else None,
                tuple([(name(arg.role), place(arg.bounds)) for arg in event.args]),
            )
            for event in side
        )
        for side in (gold, predicted)
    )
    return (one, other), [*names]


def made(cast: Cast) -> Made:
    """Return a document for each side of a gathering, with its places by their numbers."""
    gold, predicted = map(_document, cast)
    return gold, predicted


def _document(side: Sequence[Played]) -> Document:
    places = {place for _, _, args in side for _, place in args if not isinstance(place, int)}
    mentions = {place: f"m{number}" for number, place in enumerate(sorted(places))}
    events = [
        Event(
            id=f"v{number}",
            type=shapes.name(name),
            triggers=() if isinstance(place, int | None) else (Trigger(*_bounds(place)),),
            args=tuple(
                Argument(shapes.name(role), value=str(what))
                if isinstance(what, int)
                else Argument(shapes.name(role), ref=mentions[what])
                for role, what in args
            ),
        )
        for number, (name, place, args) in enumerate(side)
    ]
    found = [Mention(name, "", *_bounds(place)) for place, name in mentions.items()]
    return Document(mentions=tuple(found), events=tuple(events))


def _bounds(place: tuple[int, int]) -> tuple[int, int]:
    return place[0], _ENDS + place[1]
