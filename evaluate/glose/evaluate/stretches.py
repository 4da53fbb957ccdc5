"""Stretches of text as documents of their own, from the keys of their shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.corpus.document import Document, Mention
from glose.evaluate import shapes
from glose.evaluate.shapes import Made

#: A span of a region: its start and end, and the number of its type.
Spot: TypeAlias = tuple[int, int, int]

#: Spans of a side may be so many: as many ids stand in the same order in a hash table.
MOST = 4096
_FIRST_ID = 0x4000


class Shape(NamedTuple):
    """The spans of both sides, by bounds and types that are numbered from 0 on, and the words."""

    gold: tuple[Spot, ...]
    predicted: tuple[Spot, ...]
    words: tuple[Spot, ...] = ()


#: A key has the spans of a shape, each as its side (2 for words), start, end and type, which are
#: numbers of so many bytes.
FIELDS, _BYTES = 4, 8


def shape(key: bytes) -> Shape:
    """Return the shape that a key stands for: rows of `FIELDS` whole numbers.

    >>> shape(np.array([[0, 0, 2, 1], [1, 0, 1, 0]]).tobytes())
    Shape(gold=((0, 2, 1),), predicted=((0, 1, 0),), words=())
    """
    rows = np.frombuffer(key, dtype=np.int64).reshape(-1, FIELDS).tolist()
    sides = (
        tuple((start, end, name) for side, start, end, name in rows if side == wanted)
        for wanted in range(3)
    )
    return Shape(*sides)


def documented(side: Sequence[Spot], words: Sequence[Spot] = ()) -> Document:
    """Return one side of a shape as a document, with ids in the order of its spans.

    That is also their order in a hash table, where an id of one letter has the place of its code.
    The text is blank: words are given.
    """
    mentions = [
        Mention(id=chr(_FIRST_ID + number), type=shapes.name(name), start=start, end=end)
        for number, (start, end, name) in enumerate(side)
    ]
    size = max((end for _, end, _ in side), default=0)
    tokens = tuple(word[:2] for word in words)
    return Document(text=" " * size, tokens=tokens, mentions=tuple(mentions))


def made(key: bytes) -> Made:
    """Return the documents of gold and of the prediction that a key stands for."""
    found = shape(key)
    return documented(found.gold, found.words), documented(found.predicted, found.words)
