"""What stands on page after page and belongs to no text: running titles, footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glose.corpus.building.pdf.pieces import Piece, directions
from glose.corpus.building.pdf.rows import Row, rows

#: At most so many rows at the top or bottom of a page run.
ROWS = 3
#: How far they are from the text at least, in the size of the letters.
STANDS_OFF = 1.6
#: A line runs if this many pages have it at the same height; of few pages two.
PAGES = 3
FEW = 4
#: How far the height may differ, in points.
NEAR = 3.0

#: What browsers print above and below a page: `11/23/26, 3:22 PM Title`, `https://… 1/3`.
PRINTED = (
    re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}[:.h]\d\d(?:\s?[AP]M)?(?:\s.*)?"),
    re.compile(r"(?:https?|file|about|data|chrome[\w-]*):\S+\s+\d+\s?/\s?\d+"),
)

_NUMBER = re.compile(r"\d+")
_ONLY_NUMBER = re.compile(
    r"[\W_]*(?:p(?:age|\.)?\s*)?(\d{1,5}|(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
    r"[\W_]*(?:(?:/|sur|of|de)\s*\d+\W*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row at the top or bottom of a page."""

    page: int
    row: Row


@dataclass(frozen=True, slots=True)
class Running:
    """A line that runs, as it stands on the first of its pages, which count from 0."""

    text: str
    pages: tuple[int, ...]


def without(pages: Sequence[list[Piece]]) -> tuple[list[list[Piece]], list[Running]]:
    """Return the pieces of pages without the lines that run, and those lines."""
    least = PAGES if len(pages) > FEW else 2
    found: dict[str, set[int]] = {}
    dropped: set[int] = set()
    for level in _alike([_outer(page) for page in pages]):
        if _runs(level, least, len(pages)):
            dropped.update(id(piece) for place in level for piece in place.row.pieces)
            found.setdefault(level[0].row.text, set()).update(place.page for place in level)
    for number, page in enumerate(pages):
        for row in _printed([piece for piece in page if id(piece) not in dropped]):
            dropped.update(map(id, row.pieces))
            found.setdefault(row.text, set()).add(number)
    kept = [[piece for piece in page if id(piece) not in dropped] for page in pages]
    lines = [Running(text, tuple(sorted(numbers))) for text, numbers in found.items()]
    return kept, sorted(lines, key=lambda line: (line.pages, line.text))


def _printed(pieces: list[Piece]) -> list[Row]:
    """Return the first and the last row of a page if they are those that a browser prints.

    Above stand date and title, below address and page, and neither without the other.
    """
    found = rows(next(directions(pieces), []))
    if len(found) < 2:
        return []
    outer = [found[0], found[-1]]
    fitting = all(shape.fullmatch(row.text) for shape, row in zip(PRINTED, outer, strict=True))
    return outer if fitting else []


def _outer(pieces: list[Piece]) -> list[Row]:
    """Return the rows at the top and at the bottom of a page that stand off from the text."""
    found = rows(next(directions(pieces), []))
    first, last = _block(found), _block(found[::-1])
    return first + [row for row in last if row not in first]


def _block(found: list[Row]) -> list[Row]:
    """Return the first rows up to a gap; none if they are many, and page numbers in any case."""
    block: list[Row] = []
    for row in found:
        if block and abs(row.y - block[-1].y) > STANDS_OFF * max(row.size, block[-1].size):
            break
        block.append(row)
    number = [row for row in block[:1] if _number(row.text) is not None]
    return block if len(block) <= ROWS else number


def _alike(outer: Sequence[list[Row]]) -> Iterator[list[_Place]]:
    """Yield the rows of pages that are alike and at the same height."""
    groups: dict[str, list[_Place]] = defaultdict(list)
    for number, found in enumerate(outer):
        for row in found:
            groups[_key(row.text)].append(_Place(number, row))
    for places in groups.values():
        yield from _levels(places)


def _key(text: str) -> str:
    """Return what is the same of a line on all its pages: all but its numbers."""
    if _number(text) is not None:
        return "#"
    return " ".join(_NUMBER.sub("#", text).casefold().split())


def _levels(places: list[_Place]) -> Iterator[list[_Place]]:
    """Yield places that are at the same height."""
    level: list[_Place] = []
    for place in sorted(places, key=lambda place: (place.row.y, place.page)):
        if level and place.row.y - level[-1].row.y > NEAR:
            yield sorted(level, key=lambda place: place.page)
            level = []
        level.append(place)
    if level:
        yield sorted(level, key=lambda place: place.page)


def _runs(level: list[_Place], least: int, pages: int) -> bool:
    numbers = [_number(place.row.text) for place in level]
    if None not in numbers:
        return _counts(level, numbers) or (pages == 1 and numbers == [1])
    return len({place.page for place in level}) >= least


def _counts(level: list[_Place], numbers: Sequence[int | None]) -> bool:
    """Whether numbers on two pages or more grow as the pages do."""
    shifts = [number - place.page for place, number in zip(level, numbers, strict=True) if number]
    return len(shifts) > 1 and max(map(shifts.count, shifts)) * 2 >= len(shifts)


def _number(text: str) -> int | None:
    """Return the page number that a line is, or `None`."""
    found = _ONLY_NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else _roman(found[1].lower())


def _roman(written: str) -> int | None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    figures = [values[letter] for letter in written]
    total = sum(
        -value if value < after else value
        for value, after in zip(figures, [*figures[1:], 0], strict=True)
    )
    return total if total > 0 else None
