"""Pieces that stand beside each other, put together to rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from glose.corpus.building.pdf.pieces import ALIKE, Piece

#: How far the baselines of one row may lie apart, in the size of the larger letters.
APART = 0.45
#: A gap that is narrower than this, in the size of the letters, parts no words.
TIGHT = 0.12
#: A gap between two cells is wider than this, in the size of the letters.
CELL = 1.8
#: How far a raised number stands above the baseline at least, in the size of the line.
RAISED = 0.15
#: What refers to a note.
MARK = re.compile(r"\d{1,3}|[*†‡]{1,3}")
#: What stands before an exponent.
EXPONENT = re.compile(r"(?:^|[^\w'’-])[^\W\d_]{1,2}$")
#: An initial is at least so many times larger than the line that it opens.
INITIAL = 1.8
INITIALS = re.compile(r"[«“\"]?\s?[^\W\d_]['’]?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a row that may be a cell of a table, and where it begins and ends."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Row:
    """Pieces on one line, from left to right."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """The words of its pieces, with a blank where there is a gap."""
        return _joined(self.pieces)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The texts between wide gaps: of running text there is one."""
        found = [[self.pieces[0]]]
        for left, right in pairwise(self.pieces):
            if right.x0 - left.x1 > CELL * self.size:
                found.append([])
            found[-1].append(right)
        return tuple(Cell(_joined(cell), cell[0].x0, cell[-1].x1) for cell in found)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The raised numbers and signs after words: they may refer to notes."""
        return tuple(piece.text for piece in self.pieces if self._is_mark(piece))

    @cached_property
    def bare(self) -> str:
        """The text without the marks."""
        return _joined(self.pieces, without=self._is_mark)

    def _is_mark(self, piece: Piece) -> bool:
        """Whether a piece is a raised number; those after `m`, `km` and `x` are exponents."""
        small = piece.size < ALIKE * self.size and piece.y > self.y + RAISED * self.size
        at = self.pieces.index(piece)
        if not (small and at and MARK.fullmatch(piece.text)):
            return False
        return EXPONENT.search(self.pieces[at - 1].text) is None

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return min(piece.x0 for piece in self.pieces)

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(piece.x1 for piece in self.pieces)

    @cached_property
    def main(self) -> Piece:
        """The piece with the most letters: it gives the row its baseline, size and weight."""
        return max(self.pieces, key=lambda piece: len(piece.text))

    @property
    def y(self) -> float:
        """The height of the baseline."""
        return self.main.y

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return self.main.size

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.bold for piece in self.pieces)


def rows(pieces: Iterable[Piece]) -> list[Row]:
    """Return the rows of some pieces, from top to bottom."""
    found: list[list[Piece]] = []
    for piece in sorted(_without_initials(list(pieces)), key=lambda p: (-p.y, p.x0)):
        if found and _beside(found[-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [Row(tuple(sorted(row, key=lambda piece: piece.x0))) for row in found]


def _joined(pieces: Sequence[Piece], without: Callable[[Piece], bool] = lambda _: False) -> str:
    """Return the text of pieces, with a blank where there is a gap around what is left out too."""
    parts, gap = [pieces[0].text], False
    for left, right in pairwise(pieces):
        gap = gap or right.x0 - left.x1 >= TIGHT * right.size
        if not without(right):
            parts += [" " if gap else "", right.text]
            gap = False
    return "".join(parts)


def _beside(row: list[Piece], piece: Piece) -> bool:
    """Whether a piece belongs to a row, which may have letters that are raised or lowered."""
    main = max(row, key=lambda other: (other.size, len(other.text)))
    return abs(main.y - piece.y) < APART * max(main.size, piece.size)


def _without_initials(pieces: list[Piece]) -> list[Piece]:
    """Return pieces, large initials put in front of the lines that they open."""
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    initials = [p for p in pieces if p.size >= INITIAL * usual and INITIALS.fullmatch(p.text)]
    for initial in initials:
        beside = [
            p for p in pieces
            if 0 <= p.x0 - initial.x1 + 1 < 2 * usual and p is not initial
            and initial.y - usual < p.y < initial.y + initial.size and p.text[0].isalpha()
        ]  # fmt: skip
        if len(beside) > 1:
            first = max(beside, key=lambda piece: piece.y)
            pieces = [p for p in pieces if p is not first and p is not initial]
            pieces.append(replace(first, text=initial.text + first.text))
    return pieces
