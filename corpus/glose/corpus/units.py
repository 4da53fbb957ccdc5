"""In which unit the offsets of a record were counted, where they are no code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from glose.corpus.document import Document, Event, Mention, Relation, Trigger, covered

#: How wide a character is in each unit that other programs count in.
_UNITS = {
    "UTF-16 units": lambda character: 2 if character > "\uffff" else 1,
    "bytes": lambda character: len(character.encode("utf-8", "surrogatepass")),
}


def suspected(document: Document) -> str:
    """Return the unit in which all spans of a record are right, or "".

    They must fit inside the text in that unit and cover the words that they state. One of them
    must not do so in code points; a text whose characters are all one wide has no such unit.
    """
    text = document.text or ""
    for name, width in _UNITS.items():
        borders = [0, *accumulate(map(width, text))]
        if borders[-1] > len(text) and _right(document, text, borders):
            return name
    return ""


def _right(document: Document, text: str, borders: list[int]) -> bool:
    """Whether all spans are right in a unit, and one of them not in code points."""
    told = False
    for span in _spans(document):
        pairs = span.fragments or ((span.start, span.end),)
        places = tuple((_place(start, borders), _place(end, borders)) for start, end in pairs)
        if not all(0 <= start < end for start, end in places):
            return False
        if span.text not in {"", covered(text, 0, 0, places)}:
            return False
        told = told or span.end > len(text) or span.text not in {"", covered(text, 0, 0, pairs)}
    return told


def _place(offset: int, borders: list[int]) -> int:
    """Return the code point at an offset of another unit, -1 within one and outside the text."""
    at = bisect_left(borders, offset)
    return at if at < len(borders) and borders[at] == offset else -1


def _spans(document: Document) -> Iterator[Mention | Trigger]:
    yield from document.mentions
    owners: tuple[Relation | Event, ...] = (*document.relations, *document.events)
    for owner in owners:
        yield from owner.triggers
