"""Folding: a text without what a quote gets wrong, and the way back to its offsets.

Case, white space, quotation marks, dashes and composed or decomposed letters (NFC) make no
difference; what has no width (soft hyphens, joiners) is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category, combining, normalize

from glose.corpus.document import Pair

_QUOTES = "‘’‚‛ʼ′´`" + "“”„‟″«»"
_DASHES = "‐‑‒–—―−﹘﹣－"
_MARKS = {
    **dict.fromkeys(_QUOTES[:8], "'"),
    **dict.fromkeys(_QUOTES[8:], '"'),
    **dict.fromkeys(_DASHES, "-"),
    "…": "...",
}
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` and `ends[i]` say where its character i came from."""

    text: str
    starts: list[int]
    ends: list[int]

    def place(self, start: int, end: int) -> Pair:
        """Return the offsets, in the text as it was, of some of the folded text."""
        return self.starts[start], self.ends[end - 1]

    def words(self) -> list[tuple[str, int, int]]:
        """Return the words and marks of the folded text, with their offsets in it."""
        return [(found[0], *found.span()) for found in _WORD.finditer(self.text)]


def folded(text: str) -> Folded:
    r"""Return a text folded.

    >>> folded("«L’Été»  –").text
    '"l\'été" -'
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at, size = 0, len(text)
    while at < size:
        end = at + 1
        while end < size and combining(text[end]):
            end += 1
        shown = _fold(text[at:end])
        if shown == " " and out and out[-1] == " ":
            ends[-1] = end
            shown = ""
        for each in shown:
            out.append(each)
            starts.append(at)
            ends.append(end)
        at = end
    return Folded("".join(out), starts, ends)


def fold(text: str) -> str:
    r"""Return a short text folded, without white space around it.

    >>> fold("  PARIS\n(Reuters) ")
    'paris (reuters)'
    """
    return folded(text).text.strip()


def _fold(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if len(cluster) == 1:
        if cluster in _MARKS:
            return _MARKS[cluster]
        if not cluster.isascii() and category(cluster) == "Cf":
            return ""
    return normalize("NFC", cluster).casefold()
