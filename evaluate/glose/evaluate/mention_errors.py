"""Kinds of errors of what is said of mentions: their links, and the values of times.

Mentions are numbered in the natural order of their ids, as annotations are listed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeAlias

from glose.corpus.document import Document, Mention
from glose.evaluate.cases import Case, Steps
from glose.evaluate.groupings import standing
from glose.evaluate.linked import NIL, Entry, Linked, linked
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces, pieces
from glose.evaluate.temporal import Time, is_time, value

LINKS = (
    "correct", "duplicate", "mention type", "wrong entry", "NIL for entry", "entry for NIL",
    "no link", "needless link", "boundary", "unlinked", "missed", "spurious",
)  # fmt: skip
TIMES = (
    "correct", "duplicate", "value", "type", "type and value", "extent", "extent and more",
    "missed", "spurious",
)  # fmt: skip

#: What a mention is linked to: an entry, that there is none, or nothing.
Answer: TypeAlias = Entry | str | None


def links(gold: Document, predicted: Document, cut: Cut = str) -> Iterator[Case]:
    """Yield the cases of the links of two documents; mentions without a link are among them."""
    golds, guesses = (_linked(each, cut) for each in (gold, predicted))
    steps = Steps(dict(enumerate(golds)), dict(enumerate(guesses)))
    spots = _spots([each.pieces for each in (*golds, *guesses)])
    yield from steps.paired("correct", lambda each: (each.pieces, each.type, _answer(each)))
    yield from steps.duplicates(lambda each: (each.pieces, each.type, _answer(each)))
    yield from steps.paired("mention type", lambda each: (each.pieces, _answer(each)))
    yield from steps.paired(_confused, lambda each: (each.pieces, each.type))
    yield from steps.paired(_confused, lambda each: each.pieces)
    yield from steps.paired(
        "boundary", lambda each: (spots[each.pieces], _answer(each)),
        lambda a, b: _touch(a.pieces, b.pieces),
    )  # fmt: skip
    yield from steps.chosen("unlinked", _unsaid, _unsaid)
    yield from steps.rest()


def _unsaid(mention: Linked) -> bool:
    return _answer(mention) is None


def _linked(document: Document, cut: Cut) -> list[Linked]:
    order = sorted(range(len(document.mentions)), key=lambda n: natural(document.mentions[n].id))
    found = linked(document, cut)
    return [found[number] for number in order]


def _answer(mention: Linked) -> Answer:
    return mention.entry or (NIL if mention.nil else None)


def _confused(gold: Linked, predicted: Linked) -> str:
    wanted, found = _answer(gold), _answer(predicted)
    if wanted is None or found is None:
        return "needless link" if wanted is None else "no link"
    if wanted == NIL:
        return "entry for NIL"
    return "NIL for entry" if found == NIL else "wrong entry"


def times(gold: Document, predicted: Document, cut: Cut = str) -> Iterator[Case]:
    """Yield the cases of the time expressions of two documents."""
    golds, guesses = (_times(each, cut) for each in (gold, predicted))
    steps = Steps(golds, guesses)
    spots = _spots([each.pieces for each in (*golds.values(), *guesses.values())])

    def touching(one: Time, other: Time) -> bool:
        return _touch(one.pieces, other.pieces)

    yield from steps.paired("correct", lambda each: each)
    yield from steps.duplicates(lambda each: each)
    yield from steps.paired("value", lambda each: (each.type, each.pieces))
    yield from steps.paired("type", lambda each: (each.value, each.pieces))
    yield from steps.paired("type and value", lambda each: each.pieces)
    yield from steps.paired(
        "extent", lambda each: (each.type, each.value, spots[each.pieces]), touching
    )
    yield from steps.paired("extent and more", lambda each: spots[each.pieces], touching)
    yield from steps.rest()


def _times(document: Document, cut: Cut) -> dict[int, Time]:
    ordered: list[Mention] = sorted(document.mentions, key=lambda each: natural(each.id))
    return {
        number: Time(cut(each.type), pieces(each), value(each))
        for number, each in enumerate(ordered)
        if is_time(each)
    }


def _spots(places: Sequence[Pieces]) -> dict[Pieces, Hashable]:
    return dict(zip(places, standing(places, [None] * len(places)), strict=True))


def _touch(one: Pieces, other: Pieces) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)
