"""Rows of tables among lines: two or more, one below the other, with white between their cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from glose.corpus.building.pdf.lines import Line

#: The white that two rows have in common between cells is at least so wide, in letters' size.
STRIP = 1.2
#: That of two lines which fill their column: words of justified text may stand far apart.
FULL = 3.0
#: Rows of one table are at most so far apart, in the size of their letters.
APART = 4.0


def marked(found: Sequence[Line]) -> list[Line]:
    """Return lines, those of tables marked as rows."""
    beside = [_are_rows(above, below) for above, below in itertools.pairwise(found)]
    beside = [False, *beside, False]
    return [
        replace(line, row=True) if beside[n] or beside[n + 1] else line
        for n, line in enumerate(found)
    ]


def _are_rows(above: Line, below: Line) -> bool:
    """Whether two lines are rows of one table."""
    if above.part != below.part or not 0 < above.y - below.y < APART * below.size:
        return False
    strip = FULL if _is_full(above) and _is_full(below) else STRIP
    return any(
        min(right, other_right) - max(left, other_left) > strip * below.size
        for left, right in _gaps(above)
        for other_left, other_right in _gaps(below)
    )


def _is_full(line: Line) -> bool:
    return line.indent < 1 and line.room < line.size


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Return where the white between the cells of a line begins and ends."""
    return [(left.x1, right.x0) for left, right in zip(line.cells, line.cells[1:], strict=False)]
