"""Mentions of many pairs of documents, stacked in columns of numbers, and what is equal in them.

What flat.py does with the chunks of one document is done here with those of a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from glose.corpus.document import Document
from glose.evaluate.flat import Chunk, longest
from glose.evaluate.keyed import Cells, Margins, joined, numbered, ordered, sided
from glose.evaluate.lexicon import Lexicon, Mask, bases
from glose.evaluate.listings import Listing, Rows, Whole
from glose.evaluate.roster import Roster


class Spans(NamedTuple):
    """Spans of one side, in the order of documents and text.

    `start` and `end` count on from text to text, types go by the rank of their names. `origin` is
    the place of a span in the columns of the roster.
    """

    document: Whole
    start: Whole
    end: Whole
    type: Whole
    origin: Whole

    def only(self, which: Whole | Mask | slice) -> Spans:
        """Return some of the spans."""
        return Spans(*(column[which] for column in self))

    def cells(self, which: Whole | Mask) -> Cells:
        """Return types and documents of some."""
        return self.type[which], self.document[which]


class Stack:
    """The mentions of some pairs of documents of a roster, with their texts.

    They stand by their outer bounds and may be asked for the `words` of the text; without, they
    stand by their pieces, and each has one.
    """

    def __init__(self, roster: Roster, *, words: bool = True) -> None:
        self.roster, self.words = roster, words
        self.pairs: list[int] = []
        self.texts: list[str] = []
        self._lexicon: Lexicon | None = None
        self._spans: dict[int, Spans] = {}
        self._flat: dict[int, Spans] = {}

    def __len__(self) -> int:
        """Return how many pairs of documents there are."""
        return len(self.texts)

    def add(self, gold: Document) -> bool:
        """Add the last pair of the roster, of this gold document; return whether it can be.

        Words must be those of the text, or no mention may have several pieces.
        """
        number = len(self.roster) - 1
        barred = gold.tokens if self.words else number in self.roster.pieced
        if barred or gold.text is None:
            return False
        self.pairs.append(number)
        self.texts.append(gold.text)
        return True

    @property
    def lexicon(self) -> Lexicon:
        """The words of the texts."""
        if self._lexicon is None:
            self._lexicon = Lexicon(self.texts)
        return self._lexicon

    @property
    def names(self) -> list[str]:
        """The names of all types of the roster, in their order."""
        return self.roster.names

    def spans(self, side: int) -> Spans:
        """Return all spans of a side: 0 for gold, 1 for what is predicted."""
        if side not in self._spans:
            document, types, start, end = self.roster.columns[side]
            origin = np.arange(len(document))
            if len(self) < len(self.roster):
                number = np.full(len(self.roster), -1)
                number[self.pairs] = np.arange(len(self))
                origin = np.flatnonzero(number[document] >= 0)
                document, types = number[document[origin]], types[origin]
                start, end = start[origin], end[origin]
            base = bases(self.texts)[document]
            found = Spans(document, start + base, end + base, types, origin)
            self._spans[side] = found.only(ordered(found.start, found.end))
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
        rest = np.repeat(~told, sizes)
        held[rest] = self._longest(spans.only(rest), sizes[~told], side)
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

    def _longest(self, spans: Spans, sizes: Whole, side: int) -> Mask:
        """Return which spans stay of groups of several, of so many each."""
        names, ids = self.names, self.roster.sides[side].ids
        words = np.subtract(*self.lexicon.places(spans.start, spans.end)[::-1]).tolist()
        columns = zip(*(column.tolist() for column in spans[1:]), strict=True)
        chunks = [Chunk(names[kind], start, end, ids[at]) for start, end, kind, at in columns]
        place = {id(chunk): number for number, chunk in enumerate(chunks)}
        held = np.zeros(len(chunks), dtype=np.bool_)
        first = 0
        for size in sizes.tolist():
            group = slice(first, first := first + size)
            held[[place[id(chunk)] for chunk in longest(chunks[group], words[group])]] = True
        return held

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
