"""Tags of tokens as spans, and back: IO, IOB1, IOB2, IOBES and its other names.

Reading needs to know no scheme: a span begins where conlleval (Tjong Kim Sang and Buchholz, 2000)
says that one begins, which is right for all of them. Which scheme the tags are of is found on
the way, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

#: The schemes that are written; BILOU is IOBES with other letters.
SCHEMES = ("IOB2", "IOB1", "IO", "IOBES", "BILOU")
OUTSIDE = "O"

_TAG = re.compile(r"([BIESULMW])[-_](.+)", re.DOTALL)
_ROLES = {"L": "E", "U": "S", "M": "I", "W": "S"}
#: What IOBES is called with other letters: the letters of a scheme that no other has, by its name.
_NAMES = {"BILOU": frozenset("LU"), "BMEWO": frozenset("W"), "BMES": frozenset("M")}


class Tag(NamedTuple):
    """A tag: B, I, E, S or O, a type, and the letter that the file has for the first."""

    role: str
    type: str
    letter: str


class Chunk(NamedTuple):
    """Tokens from `start` to before `end` that are of a type."""

    start: int
    end: int
    type: str


def is_tag(text: str) -> bool:
    """Whether a column has a tag with a prefix, or O."""
    return text == OUTSIDE or _TAG.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def parsed(text: str) -> Tag:
    """Return what a tag says; one without a prefix is inside."""
    if text == OUTSIDE:
        return Tag(OUTSIDE, "", OUTSIDE)
    found = _TAG.fullmatch(text)
    if found is None:
        return Tag("I", text, "I")
    return Tag(_ROLES.get(found[1], found[1]), found[2], found[1])


class Chunker:
    """Makes chunks of the tags of sentences, and finds out which scheme they are of."""

    def __init__(self) -> None:
        self._letters: set[str] = set()
        # B after O or another type; I at a beginning; how many chunks there were.
        self._free = self._inside = self._chunks = 0

    def chunks(self, tags: Sequence[str]) -> Iterator[Chunk]:
        """Yield the chunks of a sentence."""
        before = parsed(OUTSIDE)
        start = 0
        for number, tag in enumerate(map(parsed, (*tags, OUTSIDE))):
            if tag is before and tag.role in "OI":
                continue
            begins = _begins(before, tag)
            if before.role != OUTSIDE and (begins or tag.role == OUTSIDE):
                yield Chunk(start, number, before.type)
            if begins:
                start = number
                self._count(before, tag)
            self._letters.add(tag.letter)
            before = tag

    def _count(self, before: Tag, tag: Tag) -> None:
        self._chunks += 1
        if tag.role in "BS" and tag.type != before.type:
            self._free += 1
        elif tag.role in "IE":
            self._inside += 1

    @property
    def scheme(self) -> str:
        """What the tags were, as a note of it; `""` where there was no chunk."""
        if not self._chunks:
            return ""
        if self._letters & set("ESLUMW"):
            names = (name for name, own in _NAMES.items() if self._letters & own)
            return f"tags are {next(names, 'IOBES')}{self._departures()}"
        if "B" not in self._letters:
            return "tags are IO: neighbours of one type are read as one mention"
        if self._free == 0:
            return "tags are IOB1: B- only between neighbours of one type"
        return f"tags are IOB2{self._departures()}"

    def _departures(self) -> str:
        if not self._inside:
            return ""
        inside = " or ".join(f"{letter}-" for letter in "IMEL" if letter in self._letters)
        return f", but for {self._inside} {inside} that begin a mention and are read so"


def _begins(before: Tag, tag: Tag) -> bool:
    if tag.role == OUTSIDE:
        return False
    return before.role in "OES" or tag.role in "BS" or before.type != tag.type


def tags(size: int, chunks: Iterable[Chunk], scheme: str) -> list[str]:
    """Return the tags of a sentence of so many tokens.

    >>> tags(4, [Chunk(0, 2, "PER"), Chunk(2, 3, "PER")], "IOB1")
    ['I-PER', 'I-PER', 'B-PER', 'O']
    """
    found = [OUTSIDE] * size
    previous = Chunk(-1, -1, "")
    for chunk in sorted(chunks):
        touching = (previous.end, previous.type) == (chunk.start, chunk.type)
        for number in range(chunk.start, chunk.end):
            letter = _letter(chunk, number, scheme, touching=touching)
            found[number] = f"{letter}-{chunk.type}"
        previous = chunk
    return found


def _letter(chunk: Chunk, number: int, scheme: str, *, touching: bool) -> str:
    first, last = number == chunk.start, number == chunk.end - 1
    if scheme in ("IOBES", "BILOU"):
        letters = "SBEI" if scheme == "IOBES" else "UBLI"
        return letters[0 if first and last else 1 if first else 2 if last else 3]
    begins = scheme == "IOB2" or (scheme == "IOB1" and touching)
    return "B" if first and begins else "I"
