"""The lines of a document in the order in which they are read, and what is usual in it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glose.corpus.building.pdf.pieces import DIVIDED
from glose.corpus.building.pdf.rows import Cell, Row

#: The usual distance of two lines where nothing shows it, in the size of the letters.
LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: `left` and `right` are the edges of the column, `part` its number.

    `marks` are raised numbers, which the text `bare` does not have; `cells` are the texts between
    wide gaps, and `row` says that they are those of a table.
    """

    text: str
    page: int
    part: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    left: float
    right: float
    angle: int = 0
    bare: str = ""
    marks: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    row: bool = False

    @property
    def indent(self) -> float:
        """How far it begins from the left edge, in the size of its letters."""
        return (self.x0 - self.left) / self.size

    @property
    def room(self) -> float:
        """How much is left at its end, in points."""
        return self.right - self.x1


def lines(parts: Iterable[tuple[int, Sequence[Row]]]) -> Iterator[Line]:
    """Yield the lines of parts of pages; pages count from 1."""
    for number, (page, rows) in enumerate(parts):
        edges = Counter(round(row.x0) for row in rows)
        left = min(edges, key=lambda x: (-edges[x], x))
        right = max(row.x1 for row in rows)
        for row in rows:
            text = row.text.replace(DIVIDED, "-").strip()
            if text:
                yield Line(
                    text, page, number, row.x0, row.x1, row.y, max(row.size, 0.1), row.bold,
                    left, right, row.main.angle, row.bare.replace(DIVIDED, "-").strip(),
                    row.marks, row.cells,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a document: the size and weight of its letters, the distance of lines.

    `indents` says if paragraphs begin with an indent rather than after a gap.
    """

    size: float
    bold: bool
    pitch: dict[float, float]
    indents: bool

    def leading(self, size: float) -> float:
        """Return the usual distance of two lines of a size, in points."""
        return self.pitch.get(size, LEADING * size)


def usual(found: Sequence[Line]) -> Usual:
    """Return what is usual in some lines."""
    sizes: Counter[tuple[float, bool]] = Counter()
    pitches: dict[float, Counter[float]] = {}
    indented = 0
    for line in found:
        sizes[line.size, line.bold] += len(line.text)
    for above, below in itertools.pairwise(found):
        if above.part == below.part and above.size == below.size and above.y > below.y:
            gap = round((above.y - below.y) * 2) / 2
            pitches.setdefault(above.size, Counter())[gap] += 1
            indented += 0.6 < below.indent < 4 and above.indent < 0.4
    size, bold = max(sizes, key=lambda key: sizes[key]) if sizes else (1.0, False)
    # The narrowest distance counts among those that are about as frequent as the first.
    pitch = {
        size: min(gap for gap in counts if counts[gap] * 2 >= max(counts.values()))
        for size, counts in pitches.items()
    }
    return Usual(size, bold, pitch, indented * 20 >= len(found) > 0)
