"""The parts of a text: title, dateline, paragraphs, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from glose.corpus.building import sentences
from glose.corpus.building.blocks import trimmed
from glose.corpus.building.datelines import Dateline
from glose.corpus.building.drafts import Part
from glose.corpus.document import Pair, Segment

#: The longest first line that is taken for a title, in code points.
TITLE = 160
#: Blocks that are one sentence each, whatever they hold.
WHOLE = frozenset(("title", "heading", "dateline", "byline"))

_NOT_A_TITLE = tuple(".…,;:")


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


def titled(text: str, parts: list[Part], stated: str | None) -> list[Part]:
    """Return the blocks of a text with its title as one, if its first paragraph is it."""
    if parts and parts[0].type == "paragraph":
        heading = title(text, [(part.start, part.end) for part in parts], stated)
        if heading:
            return [replace(parts[0], type="title"), *parts[1:]]
    return parts


def segments(
    text: str, parts: list[Part], spans: list[Part], dateline: Dateline | None
) -> tuple[Segment, ...]:
    """Return the segments of a text, in the order of the record, with ids from `g1` on.

    `parts` are its blocks and `spans` what blocks stand in. Every word is in exactly one sentence:
    a title or heading is one, and so is the dateline with its dash.
    """
    found = [(part.start, -part.end, part.type, part.src) for part in (*parts, *spans)]
    for part in parts:
        found += ((s, -e, "sentence", None) for s, e in _sentences(text, part, dateline))
    if dateline:
        found.append((dateline.start, -dateline.end, "dateline", None))
    return tuple(
        Segment(f"g{number}", type_, start, -end, src)
        for number, (start, end, type_, src) in enumerate(sorted(found, key=_order), start=1)
    )


def _order(found: tuple[int, int, str, str | None]) -> tuple[int, int, str, str]:
    return *found[:3], found[3] or ""


def _sentences(text: str, part: Part, dateline: Dateline | None) -> Iterator[Pair]:
    if part.type in WHOLE:
        yield part.start, part.end
    elif dateline and part.start == dateline.start:
        body = min(dateline.body, part.end)
        yield from trimmed(text, part.start, body)
        yield from sentences.spans(text, body, part.end)
    else:
        yield from sentences.spans(text, part.start, part.end)
