"""Mentions of many pairs of documents, stacked in columns of numbers, and what is equal in them.

What flat.py does with the chunks of one document is done here with those of a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from glose.corpus.document import Document, Mention
from glose.evaluate.flat import Chunk, longest
from glose.evaluate.keyed import Cells, Margins, joined, numbered, ordered, sided
from glose.evaluate.lexicon import Lexicon, Mask, bases
from glose.evaluate.listings import Listing, Rows, Whole
from glose.evaluate.projection import Cut
from glose.evaluate.words import Words


@dataclass(slots=True)
class Columns:
    """The mentions of one side of some documents: where they stand and their types."""

    mentions: list[Sequence[Mention]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)

    def add(self, mentions: Sequence[Mention], numbers: Mapping[str, int]) -> None:
        """Add the mentions of a document, with the numbers of their types."""
        self.mentions.append(mentions)
        self.starts += [m.start for m in mentions]
        self.ends += [m.end for m in mentions]
        self.types += [numbers[m.type] for m in mentions]


class Types(dict[str, int]):
    """The numbers of types by what they are called in a record; cut to the same, the same."""

    def __init__(self, cut: Cut) -> None:
        super().__init__()
        self.cut = cut
        self.names: dict[str, int] = {}

    def __missing__(self, name: str) -> int:
        """Give a number to a type that was not met before."""
        self[name] = self.names.setdefault(self.cut(name), len(self.names))
        return self[name]

    def ranks(self) -> Whole:
        """Return for each number the rank of its name."""
        found: Whole = np.argsort(np.argsort(np.array([*self.names], dtype=np.object_)))
        return found


class Spans(NamedTuple):
    """Spans of one side, in the order of documents and text.

    `start` and `end` count on from text to text, types go by the rank of their names. `place` is
    the place of a span in its record.
    """

    document: Whole
    start: Whole
    end: Whole
    type: Whole
    place: Whole

    def only(self, which: Whole | Mask | slice) -> Spans:
        """Return some of the spans."""
        return Spans(*(column[which] for column in self))

    def cells(self, which: Whole | Mask) -> Cells:
        """Return types and documents of some."""
        return self.type[which], self.document[which]


class Stack:
    """The mentions of some pairs of documents, with their texts.

    They stand by their outer bounds and may be asked for the `words` of the text; without, they
    stand by their pieces, and each has one.
    """

    def __init__(self, cut: Cut = str, *, words: bool = True) -> None:
        self.types = Types(cut)
        self.words = words
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.texts: list[str] = []
        self.columns = Columns(), Columns()
        self._lexicon: Lexicon | None = None
        self._spans: dict[int, Spans] = {}
        self._flat: dict[int, Spans] = {}

    def __len__(self) -> int:
        """Return how many pairs of documents there are."""
        return len(self.texts)

    def add(self, gold: Document, predicted: Document) -> bool:
        """Add a pair of documents; return whether it can be.

        Words must be those of the text, or no mention may have several pieces.
        """
        sides = gold.mentions, predicted.mentions
        barred = gold.tokens if self.words else any(m.fragments for side in sides for m in side)
        if barred or gold.text is None:
            return False
        self.texts.append(gold.text)
        for columns, mentions in zip(self.columns, sides, strict=True):
            columns.add(mentions, self.types)
        return True

    @property
    def lexicon(self) -> Lexicon:
        """The words of the texts."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self.texts)
        return self._lexicon

    @property
    def names(self) -> list[str]:
        """The names of all types that were met, in their order."""
        return sorted(self.types.names)

    def spans(self, side: int) -> Spans:
        """Return all spans of a side: 0 for gold, 1 for what is predicted."""
        if side not in self._spans:
            columns = self.columns[side]
            types = self.types.ranks()[np.array(columns.types, dtype=np.int64)]
            sizes = np.array([*map(len, columns.mentions)], dtype=np.int64)
            document = np.repeat(np.arange(len(self)), sizes)
            place = np.arange(len(document)) - (np.cumsum(sizes) - sizes)[document]
            base = bases(self.texts)[document]
            start = np.array(columns.starts, dtype=np.int64) + base
            end = np.array(columns.ends, dtype=np.int64) + base
            found = Spans(document, start, end, types, place)
            self._spans[side] = found.only(ordered(start, end))
        return self._spans[side]

    def flat(self, side: int) -> Spans:
        """Return the spans of a side that tags can hold (flat.py)."""
        if side not in self._flat:
            spans = self.spans(side)
            self._flat[side] = spans.only(self._held(spans, side))
        return self._flat[side]

    def _held(self, spans: Spans, side: int) -> Mask:
        """Return which spans tags can hold."""
        firsts, sizes = groups(spans)
        held = np.zeros(len(spans.start), dtype=np.bool_)
        held[firsts[sizes == 1]] = True
        one = firsts[sizes == 2]
        first, second = self._better(spans.only(one), spans.only(one + 1))
        held[one[first]] = True
        held[one[second] + 1] = True
        told = np.ones(len(firsts), dtype=np.bool_)
        told[sizes == 2] = first | second
        told[sizes > 2] = False
        for start, size in zip(firsts[~told].tolist(), sizes[~told].tolist(), strict=True):
            held[[start + number for number in self._longest(spans, start, size, side)]] = True
        return held

    def _better(self, one: Spans, other: Spans) -> tuple[Mask, Mask]:
        """Tell of spans that overlap two by two, the first starts no later, which one stays.

        Neither, where only the ids can tell.
        """
        words = [np.subtract(*self.lexicon.places(s.start, s.end)[::-1]) for s in (one, other)]
        more, less = words[0] > words[1], words[0] < words[1]
        even, apart = words[0] == words[1], one.start < other.start
        named = ~apart & (one.type < other.type)
        same = ~apart & (one.type == other.type) & (one.end == other.end)
        after = even & ~apart & (one.type > other.type)
        return more | even & (apart | named | same), less | after

    def _longest(self, spans: Spans, first: int, size: int, side: int) -> list[int]:
        """Return which spans stay of a group of several, by their places in it."""
        document = int(spans.document[first])
        mentions, cut = self.columns[side].mentions[document], self.types.cut
        members = [mentions[place] for place in spans.place[first : first + size].tolist()]
        group = [Chunk(cut(m.type), m.start, m.end, m.id) for m in members]
        place = {id(chunk): number for number, chunk in enumerate(group)}
        return [place[id(chunk)] for chunk in longest(group, Words(self.texts[document]))]

    def nothing(self, columns: int) -> Rows:
        """Return rows of zeros."""
        whole = np.zeros((len(self), columns), dtype=np.int64)
        return Rows([], whole[None][:0], whole)

    def rows(
        self,
        columns: Sequence[Cells],
        further: Sequence[Whole] = (),
        all_: Sequence[Whole] | None = None,
    ) -> Rows:
        """Return rows with these columns, and `further` ones of what has no type.

        The rows of all items are the sum of those of the types, if `all_` does not give them.
        """
        found = Margins(self.names, len(self)).rows(columns, all_)
        if not further:
            return found
        whole = np.concatenate([found.all, np.stack(further, axis=-1)], axis=1)
        by_type = np.pad(found.by_type, ((0, 0), (0, 0), (0, len(further))))
        return Rows(found.types, by_type, whole)


class Equals(NamedTuple):
    """Spans of two sides by what is the same: a row for each type and place that there is.

    `gold` and `predicted` tell which side has it.
    """

    document: Whole
    type: Whole
    gold: Mask
    predicted: Mask

    def cells(self, which: Mask) -> Cells:
        """Return types and documents of some."""
        return self.type[which], self.document[which]


def equals(gold: Spans, predicted: Spans, *, typed: bool = True) -> tuple[Equals, Whole]:
    """Return which spans are the same, and the number of the row of each, gold first.

    Unless `typed`, spans at one place are one, of the type of any of them.
    """
    document, start, end, type_, _ = joined(gold, predicted)
    number, first = numbered(*((start, end, type_) if typed else (start, end)))
    found = sided(number, first, len(gold.start))
    return Equals(document[first], type_[first], found.gold, found.predicted), number


def groups(spans: Spans) -> tuple[Whole, Whole]:
    """Return the places of the first spans of groups that overlap, and how many are in each."""
    until = np.maximum.accumulate(spans.end)
    begins = np.concatenate([[True], spans.start[1:] >= until[:-1]])[: len(until)]
    firsts = np.flatnonzero(begins)
    return firsts, np.diff(firsts, append=len(until))


@dataclass(frozen=True, slots=True)
class Stacked(Listing):
    """How to count what is listed, and many documents of it in one go, by `words` or pieces."""

    taken: Callable[[Stack], Rows]
    words: bool = True
