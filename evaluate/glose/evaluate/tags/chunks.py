"""Chunks of tags as conlleval reads them: tags of any scheme, and what no scheme allows.

A chunk ends and begins by the letters and types of two tags that follow each other, nothing else:
the rules of conlleval (Tjong Kim Sang 2004), with the readings of seqeval 1.2.2.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias, cast

#: Type, first and last token of a chunk, both inclusive.
Chunk: TypeAlias = tuple[str, int, int]

#: Tags of texts, one list each.
Texts: TypeAlias = Sequence[Sequence[str]]

#: Tags of one text, or of several.
Tags: TypeAlias = Sequence[str] | Texts

#: The letter and the type of a tag.
Tag: TypeAlias = tuple[str, str]

#: Whether a chunk ends before a tag, and whether one begins at it.
Step: TypeAlias = tuple[bool, bool]

OUTSIDE = "O"

#: Letters that a tag may have, alone or with a type.
_LETTERS = ("B", "I", "E", "S")


def get_entities(seq: Tags, suffix: bool = False) -> list[Chunk]:
    """Return the chunks of tags, in their order; warn of what seems to be no tag.

    Of several texts the places run on, with one `O` after each. With `suffix` the letter stands
    behind the type.

    >>> get_entities(["B-PER", "I-PER", "O", "B-LOC"])
    [('PER', 0, 1), ('LOC', 3, 3)]
    >>> get_entities([["PER-S"], ["LOC-B", "LOC-I"]], suffix=True)
    [('PER', 0, 0), ('LOC', 2, 3)]
    """
    reader = _Reader(suffix)
    chunks: list[Chunk] = []
    begin = 0
    before: str | None = None
    for place, tag in enumerate(chain(flat(seq), (OUTSIDE,))):
        if tag == before == OUTSIDE:
            continue
        ends, begins = reader.step(before, tag)
        if ends:
            chunks.append((reader.type(before), begin, place - 1))
        if begins:
            begin = place
        before = tag
    return chunks


def flat(seq: Tags) -> Iterator[str]:
    """Yield the tags of one text; of several, with one `O` after each."""
    if any(isinstance(each, list) for each in seq):
        return chain.from_iterable((*each, OUTSIDE) for each in seq)
    return iter(cast("Iterable[str]", seq))


class _Reader:
    """Reads tags, each different one and each different pair once."""

    def __init__(self, suffix: bool) -> None:
        self._suffix = suffix
        self._tags: dict[str | None, Tag] = {None: (OUTSIDE, "")}
        self._steps: dict[tuple[str | None, str], Step] = {}

    def type(self, tag: str | None) -> str:
        """Return the type of a tag that was read."""
        return self._tags[tag][1]

    def step(self, before: str | None, tag: str) -> Step:
        """Return what happens between two tags; before the first there is none."""
        found = self._steps.get((before, tag))
        if found is None:
            if tag not in self._tags:
                self._tags[tag] = self._read(tag)
            found = _step(self._tags[before], self._tags[tag])
            self._steps[before, tag] = found
        return found

    def _read(self, tag: str) -> Tag:
        there = tag.endswith(_SUFFIXES) if self._suffix else tag.startswith(_PREFIXES)
        if not there and tag not in (OUTSIDE, *_LETTERS):
            warnings.warn(f"{tag} seems not to be NE tag.", stacklevel=4)
        if self._suffix:
            return tag[-1], tag[:-1].rsplit("-", maxsplit=1)[0] or "_"
        return tag[0], tag[1:].split("-", maxsplit=1)[-1] or "_"


_PREFIXES = tuple(f"{letter}-" for letter in _LETTERS)
_SUFFIXES = tuple(f"-{letter}" for letter in _LETTERS)


def _step(before: Tag, after: Tag) -> Step:
    """Return whether a chunk ends between two tags, and whether one begins at the second."""
    (left, kind), (right, other) = before, after
    differ = kind != other
    ends = (
        left in ("E", "S")
        or (left in ("B", "I") and right in ("B", "S", "O"))
        or (left not in _NONE and differ)
    )
    begins = (
        right in ("B", "S")
        or (left in ("E", "S", "O") and right in ("E", "I"))
        or (right not in _NONE and differ)
    )
    return ends, begins


#: Letters of tags that are in no chunk.
_NONE = ("O", ".")
