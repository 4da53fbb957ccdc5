"""The words of many texts at once: where they start and end, as columns of numbers.

Texts stand one after another, with a blank between; a place counts from the first of them on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.listings import Whole

Mask: TypeAlias = NDArray[np.bool_]

#: A blank, and the last character of ASCII.
_SPACE, _ASCII = 0x20, 0x7F

#: No character from here on is white space.
_LAST = 0x3001


def bases(texts: Sequence[str]) -> Whole:
    """Return where each text begins, and where one after the last would."""
    return np.array([0, *accumulate(len(text) + 1 for text in texts)])


class Lexicon:
    """The words between white space of some texts, as `words.Words` has those of one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.bases = bases(texts)
        blank = _blank(" ".join(["", *texts, ""]))
        # Between a blank and none a word begins, between none and a blank it ends.
        borders: Whole = np.flatnonzero(blank[:-1] != blank[1:])
        self.starts, self.ends = borders[::2], borders[1::2]

    def numbers(self) -> Whole:
        """Return how many words each text has."""
        found: Whole = np.diff(np.searchsorted(self.starts, self.bases))
        return found

    def texts(self, words: Whole) -> Whole:
        """Return for each word, by its number, the number of its text."""
        found: Whole = np.searchsorted(self.bases, self.starts[words], side="right") - 1
        return found

    def places(self, starts: Whole, ends: Whole) -> tuple[Whole, Whole]:
        """Return the numbers of the words that spans share code points with, half-open.

        >>> [column.tolist() for column in Lexicon(["Anna Berg", "là."]).places([5, 10], [9, 13])]
        [[1, 2], [2, 3]]
        """
        first = np.searchsorted(self.ends, starts, side="right")
        return first, np.searchsorted(self.starts, ends, side="left")


def _blank(text: str) -> Mask:
    """Return for each code point whether it is white space."""
    try:
        narrow = text.encode("latin-1")
    except UnicodeEncodeError:
        return _wide(text)
    return np.frombuffer(narrow.translate(_spaces()[:256].tobytes()), np.bool_)


def _wide(text: str) -> Mask:
    """Return the same of a text with letters of more than a byte."""
    codes: NDArray[np.unsignedinteger]
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) != len(text):
        whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = np.minimum(whole, _LAST)
    found: Mask = codes == _SPACE
    # Most of a text is letters of ASCII and blanks, which need no table.
    others = np.flatnonzero((codes < _SPACE) | (codes > _ASCII))
    found[others] = _spaces()[codes[others]]
    return found


@cache
def _spaces() -> Mask:
    """Return a table of the characters that are white space, for all of 16 bits."""
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[[code for code in range(_LAST) if chr(code).isspace()]] = True
    return table
