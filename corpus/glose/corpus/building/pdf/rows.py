"""Pieces that stand beside each other, put together to rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from glose.corpus.building.pdf.pieces import ALIKE, Piece

#: How far the baselines of one row may lie apart, in the size of the larger letters.
APART = 0.45
#: A gap that is narrower than this, in the size of the letters, parts no words.
TIGHT = 0.12
#: How far a raised number stands above the baseline at least, in the size of the line.
RAISED = 0.15
#: What refers to a note.
MARK = re.compile(r"\d{1,3}|[*†‡]{1,3}")
#: An initial is at least so many times larger than the line that it opens.
INITIAL = 1.8
INITIALS = re.compile(r"[«“\"]?\s?[^\W\d_]['’]?")


@dataclass(frozen=True)
class Row:
    """Pieces on one line, from left to right."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """The words of its pieces, with a blank where there is a gap."""
        return _joined(self.pieces)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The raised numbers and signs after words: they may refer to notes."""
        return tuple(piece.text for piece in self.pieces[1:] if self._is_mark(piece))

    @cached_property
    def bare(self) -> str:
        """The text without the marks."""
        return _joined([piece for piece in self.pieces if not self._is_mark(piece)])

    def _is_mark(self, piece: Piece) -> bool:
        small = piece.size < ALIKE * self.size and piece.y > self.y + RAISED * self.size
        return small and piece is not self.pieces[0] and MARK.fullmatch(piece.text) is not None

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


def _joined(pieces: Sequence[Piece]) -> str:
    parts = [pieces[0].text]
    for left, right in itertools.pairwise(pieces):
        parts += ["" if right.x0 - left.x1 < TIGHT * right.size else " ", right.text]
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
