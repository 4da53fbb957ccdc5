"""Parts of a text that begin and end at white space."""

from __future__ import annotations

from glose.corpus.document import Pair


def widened(text: str, first: int, last: int) -> Pair:
    """Return a range, which may go over the ends of a text, widened so that no word is cut.

    >>> widened("Al Bab, Bab", 4, 5)
    (3, 7)
    """
    first, last = max(0, first), min(len(text), last)
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return first, last
