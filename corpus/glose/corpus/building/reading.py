"""One source to its documents: read by its kind, segmented, in a language, with provenance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from glose.corpus.building import creation, datelines, dates, language, segments
from glose.corpus.building.agencies import canonical
from glose.corpus.building.blocks import blocks
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, Lost, Part, Skipped, flat, take_credit
from glose.corpus.building.readers import table
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError, Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import Document, Meta, Provenance, Status, fingerprint
from glose.corpus.rules import faults

_BROKEN = re.compile("[\ud800-\udfff\0]")
#: How many kinds of what is no document a message names.
SHOWN = 5
#: Blocks that a dateline may open.
OPENING = frozenset(("lead", "paragraph"))


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was read.

    `own` is the id that it has by itself, which goes to `extra` as `key` where it is not used.
    `number` is its place among the records of its source, from 1; `left` is what of it is no
    text, such as attachments, and `undated` what it states as a date and is none.
    """

    document: Document
    number: int
    own: str | None
    left: tuple[str, ...]
    undated: tuple[str, ...] = ()
    key: str | None = None


def read(source: Source, id_: str, rules: Rules) -> Iterator[Made | Rejection | Skipped]:
    """Yield the documents of a source, and what of it cannot be read or is no document.

    All documents have the id of the source for the time being.
    """
    content = Content(source.path, source.name, source.member)
    try:
        yield from _found(table.recognised(content), content, id_, rules)
    except RejectError as error:
        yield _rejection(content, str(error))


def _found(
    reader: Reader, content: Content, id_: str, rules: Rules
) -> Iterator[Made | Rejection | Skipped]:
    number = 0
    skipped = Counter[str]()
    for found in reader.documents(content, rules):
        number += not isinstance(found, Skipped)
        if isinstance(found, Lost):
            yield _rejection(content, found.reason, found.place)
        elif isinstance(found, Skipped):
            skipped[found.what] += found.count
            yield found
        else:
            try:
                document = _document(found, id_, rules, provenance(found, reader, content))
                left, undated = tuple(found.left), tuple(found.undated)
                yield Made(document, number, found.id, left, undated, found.id_key)
            except RejectError as error:
                yield _rejection(content, str(error), found.place)
    if not number:
        only = ", ".join(f"{what} ({count})" for what, count in sorted(skipped.items())[:SHOWN])
        raise RejectError(
            f"no document in it, only {only}" if only else f"empty; expected {reader.description}"
        )


def _rejection(content: Content, reason: str, place: str = "") -> Rejection:
    return Rejection(content.name, flat(reason), flat(place) or None)


def provenance(draft: Draft, reader: Reader, content: Content) -> Provenance:
    """Return where a draft came from, and by what."""
    media = draft.media or reader.media
    return Provenance(content.name, content.sha256, media, _converter())


def _document(draft: Draft, id_: str, rules: Rules, origin: Provenance) -> Document:
    """Return the document of a draft; raise `RejectError` for one that would break a rule."""
    document = finished(draft, id_, rules, origin)
    for fault in faults(document):
        raise RejectError(fault)
    return document


@cache
def _converter() -> str:
    return f"glose {version('glose')}"


def finished(draft: Draft, id_: str, rules: Rules, origin: Provenance) -> Document:
    """Return the document of a draft: credit taken; dateline, title, segments, language added."""
    take_credit(draft, rules)
    text = draft.text
    if broken := _BROKEN.search(text):
        raise RejectError(f"half a character ({broken[0]!a}) at {broken.start()}; expected text")
    parts = draft.parts
    if parts is None:
        parts = [Part("paragraph", start, end, draft.src) for start, end in blocks(text)]
    if not parts:
        raise RejectError("no text below its header; expected a text")
    if draft.parts is None or "title" in draft.meta:
        # Where a document marks its blocks, none is taken for a title by its looks.
        parts = segments.titled(text, parts, draft.meta.get("title"))
    _state_title(draft, parts[0], origin)
    dateline = _dateline(text, parts, rules)
    if dateline:
        _state_dateline(draft, dateline)
    for name, value in rules.known(origin.file or "").items():
        draft.meta.setdefault(name, canonical(value) if name == "agency" else value)
    found = draft.meta.pop("language", None) or rules.language or language.identify(text)
    return Document(
        id=id_,
        layer="text",
        language=found,
        text=text,
        text_sha256=fingerprint(text),
        meta=Meta(**draft.meta, date=draft.date, date_basis=draft.basis),
        segments=segments.segments(text, parts, draft.spans, dateline),
        status=Status(state="raw"),
        provenance=origin,
        extra=tuple(draft.extra),
    )


def _state_title(draft: Draft, first: Part, origin: Provenance) -> None:
    """State the title that the first block is; of Markdown, without its `#`, which stays there."""
    if first.type != "title":
        return
    line = draft.text[first.start : first.end]
    markdown = (origin.format or "").startswith("text/markdown")
    draft.meta.setdefault("title", line.strip("#").strip() or line if markdown else line)


def _dateline(text: str, parts: list[Part], rules: Rules) -> datelines.Dateline | None:
    """Return the dateline of the first running text, if the document marks none by itself."""
    if any(part.type == "dateline" for part in parts):
        return None
    opening = next((part for part in parts if part.type in OPENING), None)
    return datelines.find(text, opening.start, rules.agencies) if opening else None


def _state_dateline(draft: Draft, dateline: datelines.Dateline) -> None:
    draft.meta.setdefault("place", dateline.place)
    if dateline.agency:
        draft.state("agency", dateline.agency, "dateline")
    own = dateline.date.known() if dateline.date else None
    if draft.basis == creation.BASIS and own:
        draft.date = None
    date = dates.refined(draft.date, dateline.date)
    if draft.date is None and date is not None:
        draft.basis = "dateline"
    draft.date = date
