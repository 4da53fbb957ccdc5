"""Offsets of other programs, counted in other units of a raw text, as places in ours and back.

A raw text may have what the text of a record has not: CR LF line ends, a byte order mark, NUL and
lone surrogates. A `Ruler` knows both, so that a reader hands over the text as its source has it
and the offsets as they were written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate

import regex

from glose.corpus.document import Pair, covered

#: How wide a character is in each unit.
WIDTHS: Mapping[str, Callable[[str], int]] = {
    "code points": lambda _: 1,
    "utf16": lambda character: 2 if character > "\uffff" else 1,
    "bytes": lambda character: len(character.encode("utf-8", "surrogatepass")),
}
#: The units in which programs count; graphemes are what readers see as one character.
UNITS = (*WIDTHS, "graphemes")

_ENDS = re.compile("\r\n?")
_REPLACED = re.compile("[\0\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
# What \X takes from a row of flags costs the length of the row; two letters are one flag anyway.
_CLUSTER = regex.compile(
    r"\p{Regional_Indicator}{2}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X"
)


class MisplacedError(ValueError):
    """Offsets that are no place in a text, or that cover other words than they should."""


def normal(raw: str) -> str:
    r"""Return a text as a record has it: LF line ends, no byte order mark, NUL or surrogate.

    >>> normal("\ufeffa\r\nb\rc")
    'a\nb\nc'
    """
    text = raw.removeprefix("\ufeff")
    if "\r" in text:
        text = _ENDS.sub("\n", text)
    return _REPLACED.sub("\ufffd", text)


class Ruler:
    """The places of a raw text, counted in a unit, and those of the text of its record.

    `text` is what the record has. Offsets go to code points of it by `place`, and back by
    `offset`, in logarithmic time at most; what is made for a text is linear in it, and nothing is
    made where the two are the same.
    """

    def __init__(self, raw: str, unit: str = "code points") -> None:
        self.unit = unit
        self.text = normal(raw)
        self._raw = raw
        # Made where a span is wrong, to tell in which unit it would be right.
        self._others: dict[str, Ruler] = {}
        self._clusters = _clusters(raw) if unit == "graphemes" else None
        self._borders = None if unit == "graphemes" else _borders(raw, unit)
        # The text itself is longer than nothing only where something was left out.
        self._ours = None if len(self.text) == len(raw) else _ours(raw)

    @property
    def size(self) -> int:
        """How long the raw text is in the unit."""
        if self._clusters is not None:
            return len(self._clusters) - 1
        return self._borders[-1] if self._borders is not None else len(self._raw)

    def place(self, offset: int) -> int:
        """Return the code point of the text that stands at an offset.

        Raises `MisplacedError` outside the text and within a character.
        """
        if not 0 <= offset <= self.size:
            raise MisplacedError(f"offset {offset} is outside the text (0 to {self.size})")
        at = offset
        if self._clusters is not None:
            at = self._clusters[offset]
        elif self._borders is not None:
            at = bisect_left(self._borders, offset)
            if self._borders[at] != offset:
                raise MisplacedError(f"offset {offset} is inside a character ({self.unit})")
        return at if self._ours is None else self._ours[at]

    def offset(self, place: int) -> int:
        """Return the offset at which a code point of the text stands.

        Within what the unit takes as one character it is that at which this begins.
        """
        at = place if self._ours is None else bisect_right(self._ours, place) - 1
        if self._clusters is not None:
            return bisect_right(self._clusters, at) - 1
        return at if self._borders is None else self._borders[at]

    def span(self, start: int, end: int, words: str | None = None) -> Pair:
        """Return a span in code points; raise `MisplacedError` if it is none or covers others.

        `words` are what the source says that it covers. Where they are not, the error says in
        which unit they would be, if there is one.
        """
        return self.spans(((start, end),), words)[0]

    def spans(self, pairs: tuple[Pair, ...], words: str | None = None) -> tuple[Pair, ...]:
        """Return the pieces of a span in code points; `words` has one space between them."""
        try:
            found = tuple(self._pair(start, end) for start, end in pairs)
        except MisplacedError as error:
            raise MisplacedError(f"{error}{self._hint(pairs, words)}") from None
        there = covered(self.text, 0, 0, found)
        if words is not None and not same(there, words):
            what = f"the text has {there[:60]!r} there, not {words[:60]!r}"
            raise MisplacedError(f"{what}{self._hint(pairs, words)}")
        return found

    def _pair(self, start: int, end: int) -> Pair:
        if start >= end:
            raise MisplacedError(f"the span {start} to {end} is empty; expected start < end")
        found = self.place(start), self.place(end)
        if found[0] == found[1]:
            raise MisplacedError(f"the span {start} to {end} has nothing but half a line end")
        return found

    def _hint(self, pairs: tuple[Pair, ...], words: str | None) -> str:
        """Return in which other unit the words stand there, as what an error adds."""
        if not words or (self._raw.isascii() and "\r" not in self._raw):
            return ""
        if "\r" in self._raw and _right(self._other("", normal(self._raw)), pairs, words):
            return " (right where CR LF counts as one; if all are, turn the file to LF ends)"
        for unit in UNITS:
            if unit != self.unit and _right(self._other(unit, self._raw), pairs, words):
                return f" (right in {unit}; if all are, --option unit={unit!r} reads them so)"
        return ""

    def _other(self, unit: str, raw: str) -> Ruler:
        if unit not in self._others:
            self._others[unit] = Ruler(raw, unit or self.unit)
        return self._others[unit]


def same(there: str, words: str) -> bool:
    """Whether two strings are the same but for how much white space is inside or at the end.

    White space at the beginning counts: without it, what is shifted by one could pass for right.
    """
    return there == words or (
        _BLANKS.sub(" ", there).rstrip() == _BLANKS.sub(" ", words).rstrip() != ""
    )


def _right(ruler: Ruler, pairs: tuple[Pair, ...], words: str) -> bool:
    try:
        found = tuple((ruler.place(start), ruler.place(end)) for start, end in pairs)
    except MisplacedError:
        return False
    return same(covered(ruler.text, 0, 0, found), words)


def _borders(raw: str, unit: str) -> list[int] | None:
    """Return the offset of each code point and of the end; `None` where it is its number."""
    widest = {"code points": "\U0010ffff", "utf16": "\uffff", "bytes": "\x7f"}[unit]
    if not raw or max(raw) <= widest:
        return None
    return [0, *accumulate(map(WIDTHS[unit], raw))]


def _clusters(raw: str) -> list[int] | None:
    """Return where each cluster begins, and the end; `None` where each is one code point."""
    if raw.isascii() and "\r\n" not in raw:
        return None
    return [0, *(found.end() for found in _CLUSTER.finditer(raw))]


def _ours(raw: str) -> list[int]:
    """Return where each code point of a raw text, and its end, stand in the text of its record."""
    mark = raw.startswith("\ufeff")
    followers = f"{raw[1:]} "
    kept = (one != "\r" or other != "\n" for one, other in zip(raw, followers, strict=True))
    return [max(place - mark, 0) for place in (0, *accumulate(map(int, kept)))]
