"""The text of a page as PDFium has it: pieces that stand on one line, with their places.

A piece ends where the line does, and at a gap that could lie between two columns. Coordinates are
in points, turned so that the text of a page runs to the right and `y` grows upwards.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from ctypes import c_double
from dataclasses import dataclass
from typing import Any

#: A gap that is wider than this, in the height of its letters, ends a piece.
GAP = 0.7
#: A letter that stands higher or lower than this, in the same unit, is on another line.
SHIFT = 0.6
#: Letters of one piece are at least so large, as a share of the largest: raised numbers are not.
ALIKE = 0.8
#: Letters that PDFium cannot name are told with these.
UNNAMED = frozenset("\0\ufffd\ufffe\uffff")
#: Where PDFium knows that a hyphen divides a word.
DIVIDED = "\x02"

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
     "\uf0b7": "•", "\uf0a7": "•", "\uf02d": "–", "\xad": "-"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on one line of a page: its box, baseline, size and weight.

    `angle` is how far its writing is turned, in degrees clockwise; `unnamed` counts letters that
    the file does not name.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    angle: int = 0
    unnamed: int = 0

    @property
    def top(self) -> float:
        """The height that its capitals reach, about."""
        return self.y + 0.7 * self.size


def directions(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces that are written in each direction, the direction of most letters first."""
    angles: dict[int, list[Piece]] = {}
    for piece in pieces:
        angles.setdefault(piece.angle, []).append(piece)
    yield from sorted(angles.values(), key=lambda found: -sum(len(piece.text) for piece in found))


@dataclass(slots=True)
class _Letters:
    """The letters of one piece as they come."""

    angle: int
    first: int
    text: list[str]
    x0: float
    x1: float
    y: float
    height: float
    last: int
    back: float
    unnamed: int = 0

    def goes_on(self, x: float, y: float, height: float, angle: int) -> bool:
        """Whether a letter at a place belongs to the piece."""
        if angle != self.angle or min(height, self.height) < ALIKE * max(height, self.height):
            return False
        # Letters of a ligature stand in the same place.
        near = x >= self.back - 0.1 * self.height and x - self.x1 < self.height * GAP
        return near and abs(y - self.y) < self.height * SHIFT


class Sheet:
    """The letters of one page, by the functions of PDFium."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  # pypdfium2 brings no types
        from pypdfium2 import raw

        self._raw = raw
        self._text = page.get_textpage()
        self._box = raw.FS_RECTF()
        self._place = (c_double(), c_double())

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces of the page, in the order of the file."""
        letters: _Letters | None = None
        turn, turns = 0, (1.0, 0.0)
        for index in range(self._text.count_chars()):
            code = self._raw.FPDFText_GetUnicode(self._text, index)
            letter = chr(code) if code <= sys.maxunicode else "\ufffd"
            if letter in "\r\n":
                yield from self._finished(letters)
                letters = None
                continue
            if letter.isspace():
                if letters:
                    letters.text.append(letter)
                continue
            angle = self._angle(index)
            if angle != turn:
                turn, turns = angle, _turns(angle)
            x0, x1, y, height = self._placed(index, turns)
            if letters is None or not letters.goes_on(x0, y, height, angle):
                yield from self._finished(letters)
                letters = _Letters(angle, index, [], x0, x1, y, height, index, x0)
            letters.text.append(letter)
            letters.x1 = max(letters.x1, x1)
            letters.last, letters.back = index, x0
            letters.unnamed += letter in UNNAMED
        yield from self._finished(letters)

    def _angle(self, index: int) -> int:
        turned: float = self._raw.FPDFText_GetCharAngle(self._text, index)
        return round(math.degrees(turned)) % 360 if turned > 0 else 0

    def _placed(self, index: int, turns: tuple[float, float]) -> tuple[float, float, float, float]:
        """Return left, right, bottom and height of a letter, its page turned."""
        box = self._box
        self._raw.FPDFText_GetLooseCharBox(self._text, index, box)
        cos, sin = turns
        if sin == 0.0 and cos == 1.0:
            return box.left, box.right, box.bottom, box.top - box.bottom
        xs, ys = zip(
            *(
                (x * cos - y * sin, x * sin + y * cos)
                for x in (box.left, box.right)
                for y in (box.bottom, box.top)
            ),
            strict=True,
        )
        return min(xs), max(xs), min(ys), max(ys) - min(ys)

    def _finished(self, letters: _Letters | None) -> Iterator[Piece]:
        if letters is None:
            return
        text = _whole("".join(letters.text).translate(_LIGATURES))
        size = self._size(letters.first) or letters.height
        bold = self._bold(letters.first) and self._bold(letters.last)
        yield Piece(
            text.strip(" \t"), letters.x0, letters.x1, self._baseline(letters), size, bold,
            letters.angle, letters.unnamed,
        )  # fmt: skip

    def _baseline(self, letters: _Letters) -> float:
        x, y = self._place
        self._raw.FPDFText_GetCharOrigin(self._text, letters.first, x, y)
        cos, sin = _turns(letters.angle)
        return x.value * sin + y.value * cos

    def _size(self, index: int) -> float:
        """Return the size that a letter is seen in: that of its font, scaled by its matrix."""
        matrix = self._raw.FS_MATRIX()
        if not self._raw.FPDFText_GetMatrix(self._text, index, matrix):
            return 0.0
        size: float = self._raw.FPDFText_GetFontSize(self._text, index)
        return round(size * math.hypot(matrix.c, matrix.d), 1)

    def _bold(self, index: int) -> bool:
        """Whether the font of a letter calls itself bold."""
        from ctypes import c_int, create_string_buffer

        name = create_string_buffer(128)
        self._raw.FPDFText_GetFontInfo(self._text, index, name, 128, c_int())
        return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


def _turns(angle: int) -> tuple[float, float]:
    """Return cosine and sine that turn writing back to the horizontal."""
    return (1.0, 0.0) if angle == 0 else (
        math.cos(math.radians(angle)), math.sin(math.radians(angle))
    )  # fmt: skip


def _whole(text: str) -> str:
    """Return a text whose surrogates are joined to the signs that they make, or else unnamed."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
