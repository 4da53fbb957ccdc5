"""Lines to paragraphs, headings, list items and footnotes.

A paragraph ends where the next line stands off, is indented, is of another size or weight, or
would have had room for its first word in the line above. Between columns and pages it goes on if
nothing of that holds; footnotes do not interrupt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glose.corpus.building.pdf import notes, tables
from glose.corpus.building.pdf.hyphens import HYPHENS, Divisions
from glose.corpus.building.pdf.lines import Line, Usual
from glose.corpus.building.pdf.pieces import DIVIDED

#: A line stands off if it is further than this from the one above, as a share of the usual.
STANDS_OFF = 1.28
#: An indent opens a paragraph between these, in the size of the letters.
INDENT = (0.6, 6.0)
#: Letters differ in size from this share on; headings are larger, footnotes smaller, by it.
SIZE = 1.1
#: The longest heading, in code points and lines.
HEADING = (200, 3)
#: The first heading is the title if no block of so many code points stands before it.
OPENING = 200

_OVER = re.compile(r"[.!?…:;][\s»”\"')\]]*$")
_OPENS = re.compile(r"[^a-zà-öø-ÿœ]")
_BULLET = re.compile(r"(?:[•◦▪‣●■◆*]|[–—-](?=\s)|\d{1,2}[.)](?=\s)|[a-z]\)(?=\s))\s*")
#: A line of a table of contents: dots that lead to a number.
CONTENTS = re.compile(r"(?:[.…·_]\s?){4,}\s*(?:\d+|[ivxlc]+)$")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, as one text; pages count from 1."""

    type: str
    text: str
    first: int
    last: int


def paragraphs(found: Sequence[Line], usual: Usual) -> Iterator[Paragraph]:
    """Yield the paragraphs of the lines of a document; a footnote comes after the one it cuts."""
    divisions = Divisions(line.text for line in found)
    body, below = notes.apart(found, usual)
    waiting = [_made(group, "note", divisions) for group in _note_groups(below, usual)]
    untitled = True
    for group in _groups(tables.marked(body), usual):
        type_ = _type(group, usual)
        if type_ == "heading" and untitled:
            type_ = "title"
        made = _made(group, type_, divisions)
        untitled = untitled and type_ != "title" and len(made.text) < OPENING
        while waiting and waiting[0].first < made.first:
            yield waiting.pop(0)
        yield made
    yield from waiting


def _groups(found: Iterable[Line], usual: Usual) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    group: list[Line] = []
    for line in found:
        if group and _ends(group, line, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _note_groups(below: Iterable[Line], usual: Usual) -> Iterator[list[Line]]:
    """Yield the lines of each note, which begins with its number."""
    for group in _groups(below, usual):
        starts = [n for n, line in enumerate(group) if n == 0 or notes.is_first(line)]
        for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
            yield group[start:end]


def _ends(group: list[Line], line: Line, usual: Usual) -> bool:
    """Whether a paragraph is over before a line."""
    last = group[-1]
    if last.row or line.row:
        return not _are_of_one_table(last, line)
    if (
        last.angle != line.angle
        or _differ(last.size, line.size)
        or (last.bold != line.bold and not _is_split(last, line))
    ):
        return True
    if last.text[-1] in HYPHENS and line.text[0].islower():
        return False
    if last.part == line.part:
        return _ends_within(group, line, usual)
    return _ends_across(last, line, usual)


def _are_of_one_table(last: Line, line: Line) -> bool:
    near = 0 < last.y - line.y < tables.APART * line.size
    return last.row and line.row and last.part == line.part and near


def _is_split(last: Line, line: Line) -> bool:
    """Whether a sentence goes on in letters of another weight."""
    return not _OVER.search(last.text) and line.text[0].islower()


def _differ(one: float, other: float) -> bool:
    return max(one, other) >= SIZE * min(one, other)


def _ends_within(group: list[Line], line: Line, usual: Usual) -> bool:
    """Whether a paragraph is over before the next line of the same column."""
    last = group[-1]
    if last.y - line.y > STANDS_OFF * usual.leading(line.size) or last.y < line.y:
        return True
    if _BULLET.match(line.text) and (_OVER.search(last.text) or _BULLET.match(group[0].text)):
        return True
    # The lines of an item stand further in than its bullet.
    hangs = line.x0 - group[0].x0 > INDENT[0] * line.size and len(group) == 1
    if INDENT[0] < line.indent < INDENT[1] and line.x0 - last.x0 > INDENT[0] * line.size:
        return not (hangs and _BULLET.match(last.text)) and last.text[-1] not in HYPHENS
    return _had_room(last, line)


def _ends_across(last: Line, line: Line, usual: Usual) -> bool:
    """Whether a paragraph is over at the end of a column or page."""
    if INDENT[0] < line.indent < INDENT[1] or _BULLET.match(line.text) or _had_room(last, line):
        return True
    return bool(_OVER.search(last.text)) and not usual.indents and bool(_OPENS.match(line.text))


def _had_room(last: Line, line: Line) -> bool:
    """Whether the first word of a line would have fitted into the one above.

    Lines of different length occur in any text, so what follows must look like a beginning too.
    """
    word = line.text.split(None, 1)[0]
    width = (line.x1 - line.x0) * len(word) / len(line.text)
    opens = _OPENS.match(line.text) is not None
    slack = line.size * (0.5 if _OVER.search(last.text) else 2)
    return opens and last.room > width + slack


def _type(group: list[Line], usual: Usual) -> str:
    if group[0].row:
        return "table"
    text = sum(len(line.text) for line in group)
    short = text <= HEADING[0] and len(group) <= HEADING[1]
    large = group[0].size >= SIZE * usual.size
    bold = group[0].bold and not usual.bold and not _OVER.search(group[-1].text)
    if short and (large or bold) and any(letter.isalpha() for letter in group[0].text):
        return "heading"
    return "item" if _BULLET.match(group[0].text) else "paragraph"


def _made(group: list[Line], type_: str, divisions: Divisions) -> Paragraph:
    if type_ == "table":
        rows = ("\t".join(cell.text for cell in line.cells) for line in group)
        text = "\n".join(rows).replace(DIVIDED, "-")
        return Paragraph(type_, text, group[0].page, group[-1].page)
    text = group[0].text
    for line in group[1:]:
        if text[-1] in HYPHENS:
            text = divisions.joined(text, line.text)
        else:
            text += ("" if _are_ideographs(text, line.text) else " ") + line.text
    return Paragraph(type_, text, group[0].page, group[-1].page)


def _are_ideographs(before: str, after: str) -> bool:
    return bool(_IDEOGRAPHS.match(before[-1]) and _IDEOGRAPHS.match(after[0]))
