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

#: No character from here on is white space.
_LAST = 0x3001


class Lexicon:
    """The words between white space of some texts, as `words.Words` has those of one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.bases: Whole = np.array([0, *accumulate(len(text) + 1 for text in texts)])
        blank = _blank(" ".join(["", *texts, ""]))
        # Between a blank and none a word begins, between none and a blank it ends.
        self.starts: Whole = np.flatnonzero(blank[:-1] & ~blank[1:])
        self.ends: Whole = np.flatnonzero(~blank[:-1] & blank[1:])

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
    codes: NDArray[np.generic]
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), np.uint8)
    else:
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        if len(codes) != len(text):
            wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
            codes = np.minimum(wide, _LAST)
    found: Mask = _spaces()[codes]
    return found


@cache
def _spaces() -> Mask:
    """Return a table of the characters that are white space, for all of 16 bits."""
    table = np.zeros(1 << 16, dtype=np.bool_)
    table[[code for code in range(_LAST) if chr(code).isspace()]] = True
    return table
