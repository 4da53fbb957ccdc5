"""The order in which a page is read: columns from left to right, and what stands across them.

The page is cut where most lines stand on both sides of a white gutter: what is above is read
first, then the left side, the right side, and what is below; each part is cut again. Columns are
told from tables by their lines: those of prose fill the width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from glose.corpus.building.pdf.pieces import Piece
from glose.corpus.building.pdf.rows import Row, rows

#: A gutter is at least this wide, in the size of the letters beside it.
GUTTER = 0.7
#: A column has at least so many lines, is at least so wide (in the size of its letters), and half
#: of its lines fill at least this much of it.
LINES = 3
WIDTH = 8.0
FILLED = 0.6
#: A white band that ends columns is at least so high, from baseline to baseline, in their size.
BAND = 2.0
#: Columns that end together are at most so unequal, in the same unit.
LEVEL = 3.0
#: How often a page is cut within a part of it, and how many edges are tried each time: charts have
#: thousands of pieces.
DEEPEST = 10
EDGES = 12
#: An edge is known if one page of so many has it.
OFTEN = 8
#: How far the edge of a column may be from where other pages have it, in points.
NEAR = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """A gutter: where the column on its right begins, and the pieces on both sides."""

    edge: float
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(slots=True)
class Columns:
    """The cutting of the pages of a document.

    `known` has the edges of columns that were found with certainty. At these fewer lines are
    enough: the last column of an article may have one.
    """

    known: Counter[int] = field(default_factory=Counter)
    pages: int = 0

    def learn(self, pieces: Iterable[Piece]) -> None:
        """Note where the columns of a page begin."""
        self.pages += 1
        for cut in self._cuts(list(pieces)):
            self.known[round(cut.edge)] += 1

    def _cuts(self, pieces: list[Piece], depth: int = 0) -> Iterator[Cut]:
        cut = self.best(pieces) if depth < DEEPEST else None
        if cut:
            yield cut
            for part in _parts(pieces, cut):
                yield from self._cuts(part, depth + 1)

    def ordered(self, pieces: list[Piece], depth: int = 0) -> Iterator[list[Row]]:
        """Yield the rows of each part of a page, in the order in which the parts are read."""
        cut = self.best(pieces) if depth < DEEPEST else None
        if cut is None:
            if pieces:
                yield rows(pieces)
            return
        for part in _parts(pieces, cut):
            yield from self.ordered(part, depth + 1)

    def best(self, pieces: list[Piece]) -> Cut | None:
        """Return the gutter that has the most lines beside it, if there is one."""
        found = [cut for edge in self._edges(pieces) for cut in _at(pieces, edge)]
        found.sort(key=lambda cut: (-min(len(cut.left), len(cut.right)), cut.edge))
        cut = next((cut for cut in found if self._is_gutter(cut)), None)
        return cut and Cut(cut.edge, _ended(cut.left, cut.right), _ended(cut.right, cut.left))

    def _is_gutter(self, cut: Cut) -> bool:
        if not _parted(cut):
            return False
        return self._knows(cut.edge) or all(map(_is_column, (cut.left, cut.right)))

    def _knows(self, edge: float) -> bool:
        times = sum(self.known[round(edge) + near] for near in range(-NEAR, NEAR + 1))
        return times >= max(1, self.pages // OFTEN)

    def _edges(self, pieces: list[Piece]) -> list[float]:
        """Return where columns could begin: left edges that lines have in common."""
        least = min((piece.x0 for piece in pieces), default=0.0) + 1
        edges: dict[int, list[float]] = {}
        for piece in pieces:
            if piece.x0 > least:
                edges.setdefault(round(piece.x0), []).append(piece.x0)
        common = sorted(edges, key=lambda edge: (-len(edges[edge]), edge))
        likely = [
            edge for edge in common
            if len(edges[edge]) + len(edges.get(edge + 1, ())) >= LINES - 1 or self._knows(edge)
        ]  # fmt: skip
        return [min(edges[edge]) for edge in likely[:EDGES]]


def _at(pieces: list[Piece], edge: float) -> Iterator[Cut]:
    """Yield the gutters at an edge, one for each stretch between what crosses it."""
    crossing = sorted(-p.y for p in pieces if p.x0 < edge - 1 and p.x1 > edge)
    sides: dict[int, tuple[list[Piece], list[Piece]]] = {}
    for piece in pieces:
        is_right = piece.x0 >= edge - 1
        if is_right or piece.x1 <= edge:
            stretch = sides.setdefault(bisect_right(crossing, -piece.y), ([], []))
            stretch[is_right].append(piece)
    for left, right in sides.values():
        if left and right:
            yield Cut(edge, tuple(left), tuple(right))


def _ended(side: tuple[Piece, ...], other: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a column without what stands below both, if they end together above a white band."""
    size = median(piece.size for piece in side)
    floor = min(piece.y for piece in other)
    heights = sorted({piece.y for piece in side}, reverse=True)
    for above, below in pairwise(heights):
        if above - below > BAND * size and -LEVEL * size < above - floor < size:
            return tuple(piece for piece in side if piece.y >= above)
    return side


def _parted(cut: Cut) -> bool:
    """Whether the gutter is white and wide enough, and its sides are beside each other."""
    gap = cut.edge - max(piece.x1 for piece in cut.left)
    size = median(piece.size for piece in cut.left + cut.right)
    low = max(min(piece.y for piece in side) for side in (cut.left, cut.right))
    high = min(max(piece.y for piece in side) for side in (cut.left, cut.right))
    return gap >= GUTTER * size and low <= high + size


def _is_column(pieces: tuple[Piece, ...]) -> bool:
    lines = rows(pieces)
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    if len(lines) < LINES or width < WIDTH * median(piece.size for piece in pieces):
        return False
    return median(_inked(line) for line in lines) >= FILLED * width


def _inked(line: Row) -> float:
    return sum(piece.x1 - piece.x0 for piece in line.pieces)


def _parts(pieces: list[Piece], cut: Cut) -> Iterator[list[Piece]]:
    """Yield what is above a gutter, to its left, to its right, and below."""
    inside = cut.left + cut.right
    chosen = set(map(id, inside))
    height = max(piece.y for piece in inside)
    rest = [piece for piece in pieces if id(piece) not in chosen]
    yield [piece for piece in rest if piece.y > height]
    yield list(cut.left)
    yield list(cut.right)
    yield [piece for piece in rest if piece.y <= height]
