"""The parts of a text: title, dateline, paragraphs, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.building import sentences
from glose.corpus.building.datelines import Dateline
from glose.corpus.document import Pair, Segment

#: The longest first line that is taken for a title, in code points.
TITLE = 160

_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")
_NOT_A_TITLE = tuple(".…,;:")


def blocks(text: str) -> Iterator[Pair]:
    """Yield the ranges between blank lines, without the white space around them."""
    start = 0
    for between in _BETWEEN.finditer(text):
        yield from _block(text, start, between.start())
        start = between.end()
    yield from _block(text, start, len(text))


def _block(text: str, start: int, end: int) -> Iterator[Pair]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if start < end:
        yield start, end


def title(text: str, ranges: list[Pair], stated: str | None) -> Pair | None:
    """Return the range of the title, or `None`.

    It is the first block if that is one short line without a full stop and more follows. Where
    the title is `stated` by a header, only the same words are one.
    """
    if len(ranges) < 2:
        return None
    start, end = ranges[0]
    line = text[start:end]
    if stated is not None:
        return ranges[0] if " ".join(line.split()) == " ".join(stated.split()) else None
    short = len(line) <= TITLE and "\n" not in line
    return ranges[0] if short and not line.endswith(_NOT_A_TITLE) else None


def segments(
    text: str, ranges: list[Pair], heading: Pair | None, dateline: Dateline | None
) -> tuple[Segment, ...]:
    """Return the segments of a text, in the order of the record, with ids from `g1` on.

    Every word is in exactly one sentence: the title is one, and so is the dateline with its dash.
    """
    found: list[tuple[int, int, str]] = []
    for start, end in ranges:
        found.append((start, -end, "title" if (start, end) == heading else "paragraph"))
        found += ((s, -e, "sentence") for s, e in _sentences(text, start, end, heading, dateline))
    if dateline:
        found.append((dateline.start, -dateline.end, "dateline"))
    return tuple(
        Segment(f"g{number}", type_, start, -end)
        for number, (start, end, type_) in enumerate(sorted(found), start=1)
    )


def _sentences(
    text: str, start: int, end: int, heading: Pair | None, dateline: Dateline | None
) -> Iterator[Pair]:
    if (start, end) == heading:
        yield start, end
    elif dateline and start == dateline.start:
        body = min(dateline.body, end)
        yield from _block(text, start, body)
        yield from sentences.spans(text, body, end)
    else:
        yield from sentences.spans(text, start, end)
