"""Footnotes at the feet of columns, and the raised numbers in the text that refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from glose.corpus.building.pdf.lines import Line, Usual
from glose.corpus.building.pdf.rows import MARK

#: Footnotes are smaller than the text by this share, unless their number stands in the text.
SIZE = 1.1

_NOTE = re.compile(r"[\[(]?(\d{1,3}(?!\d)|[*†‡]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹])[\])]?(\.?)\s?[^\W\d_]")
_OVER = re.compile(r"[.!?…][\s»”\"')\]]*$")
_REFERENCE = re.compile(r"(?<=\S)\s?[\[(](\d{1,3}|[*†‡]{1,3})[\])]|\w([*†‡¹²³⁴⁵⁶⁷⁸⁹]+)")


def apart(found: Sequence[Line], usual: Usual) -> tuple[list[Line], list[Line]]:
    """Return the lines of the text, and those of footnotes."""
    marks: dict[int, set[str]] = {}
    others: dict[int, set[str]] = {}
    for line in found:
        marks.setdefault(line.page, set()).update(line.marks)
        written = (one or other for one, other in _REFERENCE.findall(line.text))
        others.setdefault(line.page, set()).update(written)
    body: list[Line] = []
    notes: list[Line] = []
    for group in _parts(found):
        page = group[0].page
        first = _first(group, marks[page], others[page], usual)
        if notes and not _OVER.search(notes[-1].text):
            first = min(first, _small(group, usual))  # the rest of a note begun before
        body += group[:first]
        notes += group[first:]
    return _unmarked(body, notes), notes


def is_first(line: Line) -> bool:
    """Whether a line begins as a note does."""
    return _NOTE.match(line.text) is not None


def _first(group: list[Line], marks: set[str], others: set[str], usual: Usual) -> int:
    """Return the index of the first line of the notes at the foot of a column.

    Small lines are notes if the page refers to the first of them, by a raised number or another
    mark; lines as large as the text if they answer to all raised numbers.
    """
    small = _small(group, usual)
    for index in range(len(group)):
        found = _NOTE.match(group[index].text)
        if index >= small and found and found[1] in marks | others:
            return index
        if _stands_off(group, index, usual) and _answer(group[index:], marks):
            return index
    return len(group)


def _small(group: list[Line], usual: Usual) -> int:
    """Return the index from which on all lines of a column are smaller than the text."""
    small = len(group)
    while small and group[small - 1].size * SIZE <= usual.size:
        small -= 1
    return small


def _answer(group: list[Line], marks: set[str]) -> bool:
    """Whether lines begin with a note that the page refers to, and have all of those."""
    starts = [found[1] for line in group if (found := _NOTE.match(line.text)) and not found[2]]
    begins = _NOTE.match(group[0].text)
    return begins is not None and not begins[2] and {begins[1]} <= marks <= set(starts)


def _stands_off(group: list[Line], index: int, usual: Usual) -> bool:
    above, line = group[max(0, index - 1)], group[index]
    return above.y - line.y > SIZE * usual.leading(line.size)


def _unmarked(body: list[Line], notes: list[Line]) -> list[Line]:
    """Return lines without the raised numbers of notes that stand on the same page."""
    numbers: dict[int, set[str]] = {}
    for line in notes:
        numbers.setdefault(line.page, set()).update(MARK.findall(line.text[:6])[:1])
    return [
        replace(line, text=line.bare)
        if line.marks and numbers.get(line.page, set()).issuperset(line.marks)
        else line
        for line in body
    ]


def _parts(found: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in found:
        if group and group[0].part != line.part:
            yield group
            group = []
        group.append(line)
    if group:
        yield group
