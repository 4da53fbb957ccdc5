"""The regions of many pairs of documents at once, found in sorted columns of numbers.

A *region* is a stretch of text that spans of gold or of a prediction cover without a gap.

Most regions are one span, or one of gold and one of the prediction: their shapes are told from
which bounds and which type come first, for all regions in one go. Only the rest is looked at one
by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from glose.corpus.document import Document
from glose.evaluate import hashmap, listings
from glose.evaluate.counts import Local, Statistic
from glose.evaluate.keyed import joined
from glose.evaluate.listings import Whole
from glose.evaluate.numbering import natural
from glose.evaluate.roster import Roster
from glose.evaluate.shapes import HELD, Met, Shapes
from glose.evaluate.stretches import MOST, made
from glose.evaluate.words import Words

#: Documents are set apart by more than a text can be long.
_APART = 1 << 32

#: How the bounds and types of two spans compare: 3 x 3 x 3 ways; then a span of one side alone.
_WAYS = 27


class Sorted(NamedTuple):
    """Spans of both sides in the order of documents and text.

    `start` and `end` count on from document to document. `origin` is the place of a span in the
    columns, gold before predictions.
    """

    document: Whole
    start: Whole
    end: Whole
    type: Whole
    side: Whole
    origin: Whole

    def only(self, which: Whole) -> Sorted:
        """Return some of the spans."""
        return Sorted(*(column[which] for column in self))

    def regions(self) -> tuple[Whole, Whole]:
        """Return the places of the first spans of the regions, and how many spans each has."""
        until = np.maximum.accumulate(self.end)
        begins = np.concatenate([[True], self.start[1:] >= until[:-1]])[: len(until)]
        firsts = np.flatnonzero(begins)
        return firsts, np.diff(firsts, append=len(until))


@dataclass(slots=True)
class Regions:
    """The regions of the pairs of documents of a roster, and the shapes that were met so far.

    `kinds` are the ways of counting that are asked for, `known` the types that count where only
    those of gold do. What does not go by regions is in `others`: the numbers of pairs, by the way
    of counting; pairs that go by none are `left` out.
    """

    kinds: Collection[Local]
    roster: Roster
    known: Collection[str] = ()
    shapes: dict[Local, Shapes[bytes]] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    others: dict[Local, list[int]] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    _met: dict[Local, Met] = field(default_factory=dict)

    def add(self, gold: Document, predicted: Document) -> frozenset[Local]:
        """Add the last pair of the roster; return the ways of counting that do not suit it."""
        number = len(self.roster) - 1
        barred = frozenset(self._barred(gold, predicted))
        for kind in barred:
            self.others.setdefault(kind, []).append(number)
        if barred == frozenset(self.kinds):
            self.left.append(number)
        if {"words", "closed"}.intersection(self.kinds):
            self.words.append(Words.of(gold))
        return barred

    def _barred(self, gold: Document, predicted: Document) -> Iterator[Local]:
        sides = gold.mentions, predicted.mentions
        if len(self.roster) - 1 in self.roster.pieced or any(len(side) > MOST for side in sides):
            yield from self.kinds
            return
        if "bare" in self.kinds and any(m.head for side in sides for m in side):
            yield "bare"
        if "hash" in self.kinds and any(len({m.id for m in s}) < len(s) for s in sides):
            yield "hash"
        if "closed" in self.kinds:
            types = {self.roster.cut(m.type) for m in sides[1]}
            if not types <= {*self.known}:
                yield "closed"

    def settle(self) -> None:
        """Find the regions of the pairs that were added."""
        spans = self._sorted()
        for kind in dict.fromkeys(map(_base, self.kinds)):
            known = self.shapes.get(kind)
            if known is None or known.spans > HELD:
                known = self.shapes[kind] = Shapes(made)
            self._met[kind] = self._meet(spans, kind, known)

    def rows(self, statistic: Statistic, kind: Local) -> listings.Rows:
        """Return the rows of a statistic, of the pairs that its way of counting suits."""
        known = self.shapes[_base(kind)].rows(statistic)
        without = self.others.get(kind, ())
        return self._met[_base(kind)].counted(known, self.roster.names, len(self.roster), without)

    def clear(self, roster: Roster) -> None:
        """Begin anew with another roster, and the shapes that were met."""
        for known in self.shapes.values():
            known.settle()
        self.roster = roster
        self.words, self.others, self.left, self._met = [], {}, [], {}

    def _sorted(self) -> Sorted:
        both = self.roster.columns
        document, types, start, end = joined(*both)
        side = np.repeat([0, 1], [len(each.document) for each in both])
        start, end = start + document * _APART, end + document * _APART
        order = np.argsort(start, kind="stable")
        if self.left:
            there = np.ones(len(self.roster), dtype=np.bool_)
            there[self.left] = False
            order = order[there[document[order]]]
        return Sorted(document, start, end, types, side, np.arange(len(start))).only(order)

    def _meet(self, spans: Sorted, kind: Local, known: Shapes[bytes]) -> Met:
        """Return the shapes of all regions, by their numbers."""
        firsts, sizes = spans.regions()
        guesses = np.add.reduceat(spans.side, firsts) if len(firsts) else firsts
        pairs = (sizes == 2) & (guesses == 1)
        if kind == "words":
            # How two spans stand to one another is then for the words to tell.
            pairs[pairs] = _placed(spans, firsts[pairs])
        alone = sizes == 1
        met = _simple(spans, firsts[alone], firsts[pairs], known)
        others = ~(alone | pairs)
        if not others.any():
            return met
        rest = spans.only(np.repeat(others, sizes))
        return met.joined(self._shaped(rest, kind, known))

    def _shaped(self, spans: Sorted, kind: Local, known: Shapes[bytes]) -> Met:
        """Return the shapes of regions that are looked at one by one."""
        firsts, sizes = spans.regions()
        region = np.repeat(np.arange(len(firsts)), sizes)
        low = spans.start[firsts][region]
        types = _ranked(region, spans.type)
        rows = np.stack(
            [
                region,
                spans.side,
                spans.start - low,
                spans.end - low,
                types,
                *self._order(spans, kind),
            ]
        )
        if kind == "words":
            rows = np.concatenate([rows, self._words(spans, firsts, sizes)], axis=1)
        rows = rows[:, np.lexsort((*rows[5:], rows[1], rows[0]))]
        rows[2:4] = _ranked(np.stack([rows[0]] * 2), rows[2:4])
        kinds = np.maximum.reduceat(types, firsts) + 1
        shapes = _numbered(rows[1:5], np.bincount(rows[0]), kinds, known)
        places = np.array(known.firsts, dtype=np.int64)[shapes][region] + types
        # A type of a region counts once, however many spans have it.
        once = np.unique(region * (int(kinds.max()) + 1) + types, return_index=True)[1]
        documents = spans.document[once]
        return Met(spans.document[firsts], shapes, documents, spans.type[once], places[once])

    def _order(self, spans: Sorted, kind: Local) -> tuple[Whole, ...]:
        """Return what the spans of one side of a region are sorted by: three keys, the last first.

        Ids that are the same but for zeros before a number stand as in the record.
        """
        if kind == "order":
            return spans.type, spans.end, spans.start
        gold, predicted = self.roster.sides
        ids = [*gold.ids, *predicted.ids]
        names = [ids[origin] for origin in spans.origin.tolist()]
        ranks = {key: rank for rank, key in enumerate(sorted({*map(natural, names)}))}
        order = np.array([ranks[natural(name)] for name in names])
        if kind == "words":
            return spans.end, spans.start, order
        sizes = gold.sizes, predicted.sizes
        places = zip(names, spans.side.tolist(), spans.document.tolist(), strict=True)
        buckets = [hashmap.bucket(name, sizes[side][number]) for name, side, number in places]
        return spans.origin, order, np.array(buckets)

    def _words(self, spans: Sorted, firsts: Whole, sizes: Whole) -> Whole:
        """Return rows for the words of regions: a side of their own, in the order of the text."""
        ends = np.maximum.reduceat(spans.end, firsts)
        columns = (each.tolist() for each in (spans.document[firsts], spans.start[firsts], ends))
        found: list[tuple[int, int, int]] = []
        for number, (document, start, end) in enumerate(zip(*columns, strict=True)):
            first, last = start % _APART, end % _APART
            for one, other in self.words[document].cut(first, last):
                found.append((number, one - first, other - first))
        region, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
        none = np.zeros(len(region), dtype=np.int64)
        return np.stack([region, none + 2, start, end, none, none, none, start])


def _numbered(table: Whole, sizes: Whole, kinds: Whole, known: Shapes[bytes]) -> Whole:
    """Return the numbers of shapes: so many columns of the table each, with so many types."""
    data, size = np.ascontiguousarray(table.T).tobytes(), table.itemsize * len(table)
    ends = np.cumsum(sizes) * size
    places = (ends - sizes * size).tolist(), ends.tolist(), kinds.tolist()
    found = zip(*places, strict=True)
    numbers = [
        known.number(data[first:last], some, (last - first) // size) for first, last, some in found
    ]
    return np.array(numbers, dtype=np.int64)


def _base(kind: Local) -> Local:
    """Return the way of counting whose shapes serve."""
    if kind == "closed":
        return "words"
    return "order" if kind == "bare" else kind


def _simple(spans: Sorted, alone: Whole, pairs: Whole, known: Shapes[bytes]) -> Met:
    """Return the shapes of spans that are alone, and of those that are one of each side."""
    gold, predicted = pairs + spans.side[pairs], pairs + 1 - spans.side[pairs]
    ways = np.zeros(len(pairs), dtype=np.int64)
    for column in (spans.start, spans.end, spans.type):
        ways = ways * 3 + np.sign(column[gold] - column[predicted]) + 1
    ways = np.concatenate([ways, spans.side[alone] + _WAYS])
    shapes, rows = _ways(ways, known)
    types = np.sort(np.stack([spans.type[gold], spans.type[predicted]]), axis=0)
    types = np.concatenate([types, np.stack([spans.type[alone]] * 2)], axis=1)
    both = types[0] != types[1]
    documents = np.concatenate([spans.document[gold], spans.document[alone]])
    return Met(
        documents,
        shapes,
        np.concatenate([documents, documents[both]]),
        np.concatenate([types[0], types[1][both]]),
        np.concatenate([rows, rows[both] + 1]),
    )


def _ways(ways: Whole, known: Shapes[bytes]) -> tuple[Whole, Whole]:
    """Return the shape of each way in which spans can stand, and its first row."""
    numbers = np.zeros(_WAYS + 2, dtype=np.int64)
    for way in np.flatnonzero(np.bincount(ways, minlength=_WAYS + 2)).tolist():
        start, end, name = way // 9 - 1, way // 3 % 3 - 1, way % 3 - 1
        table = np.array([[0, 2, 6, 1], [1, 2 - start, 6 - end, 1 - name]])
        if way >= _WAYS:
            table = np.array([[way - _WAYS, 0, 1, 0]])
        table[:, 1:3] = _ranks(table[:, 1:3])
        table[:, 3] = _ranks(table[:, 3])
        numbers[way] = known.number(table.tobytes(), int(table[:, 3].max()) + 1, len(table))
    return numbers[ways], np.array(known.firsts, dtype=np.int64)[numbers[ways]]


def _ranks(numbers: Whole) -> Whole:
    """Return the rank of each number among those that there are, from 0 on."""
    found: Whole = np.unique(numbers, return_inverse=True)[1].reshape(numbers.shape)
    return found


def _ranked(region: Whole, numbers: Whole) -> Whole:
    """Return the rank of each number among those of its region."""
    size = int(numbers.max()) + 1
    once, where = np.unique(region * size + numbers, return_inverse=True)
    firsts = np.searchsorted(once, np.arange(int(region.max()) + 1) * size)
    found: Whole = where.reshape(numbers.shape) - firsts[region]
    return found


def _placed(spans: Sorted, pairs: Whole) -> Whole:
    """Tell whether a span has the bounds of the next."""
    bounds = (column[pairs] == column[pairs + 1] for column in (spans.start, spans.end))
    found: Whole = np.logical_and(*bounds)
    return found
