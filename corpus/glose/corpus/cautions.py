"""What breaks no rule of the record but is seldom meant: warnings, not faults."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from glose.corpus.document import ANNOTATIONS, Document, Mention, Trigger
from glose.corpus.forms import shown

_JOINER = "\N{ZERO WIDTH JOINER}"


def warnings(document: Document) -> Iterator[str]:
    r"""Yield what is seldom meant in a record, as "where: what was found".

    >>> list(warnings(Document(id="d1", text="e\u0301", text_sha256="")))
    ['text: not in Unicode normal form C; searching it may miss words']
    """
    text = document.text
    if text is not None:
        yield from _text(document, text)
        for where, span in _spans(document):
            yield from (f"{where}: {what}" for what in _borders(text, span))
    yield from _events(document)
    yield from _annotated(document)


def _annotated(document: Document) -> Iterator[str]:
    named = document.status.annotated
    unnamed = [name for name in ANNOTATIONS if getattr(document, name) and name not in named]
    if unnamed:
        found = f"status.annotated: does not name {', '.join(unnamed)}, which the record has"
        yield f"{found}; a scorer takes them as not annotated"


def _text(document: Document, text: str) -> Iterator[str]:
    if not unicodedata.is_normalized("NFC", text):
        yield "text: not in Unicode normal form C; searching it may miss words"
    if "\ufeff" in text[1:]:
        yield f"text: a byte order mark at {text.index(chr(0xFEFF), 1)}; were files joined?"
    if document.text_sha256 is None:
        yield "text_sha256: null; other layers cannot be checked against this text"


def _spans(document: Document) -> Iterator[tuple[str, Mention | Trigger]]:
    for mention in document.mentions:
        yield f"mention {shown(mention.id)}", mention
    for event in document.events:
        for number, trigger in enumerate(event.triggers):
            yield f"event {shown(event.id)}: trigger {number}", trigger


def _borders(text: str, span: Mention | Trigger) -> Iterator[str]:
    for start, end in span.fragments or ((span.start, span.end),):
        part = text[start:end]
        if part != part.strip():
            yield f"white space at an end of {shown(part)}"
        if cuts(text, start) or cuts(text, end):
            yield f"{shown(part)} cuts a character in two (a letter and its accent, or an emoji)"


def cuts(text: str, at: int) -> bool:
    """Whether a border at an offset stands inside what readers see as one character.

    Combining marks, emoji sequences and flags are known, Hangul jamo are not (cf. UAX 29).
    """
    # Nothing below U+0300 joins what is before it; nearly all borders end here.
    if not 0 < at < len(text) or text[at] < "\u0300":
        return False
    return _joins(text[at]) or _joined(text[at - 1], text[at]) or _halves(text, at)


def _joins(character: str) -> bool:
    """Whether a character belongs to the one before it: a mark, a joiner, a skin tone."""
    if "\U0001f3fb" <= character <= "\U0001f3ff" or character == _JOINER:
        return True
    return unicodedata.category(character) in ("Mn", "Me", "Mc")


def _joined(before: str, after: str) -> bool:
    return before == _JOINER and unicodedata.category(after) == "So"


def _halves(text: str, at: int) -> bool:
    """Whether a border parts the two signs of a flag."""
    return _flag(text[at]) and _flags(text[:at]) % 2 == 1


def _flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags(text: str) -> int:
    """Return how many regional indicators a text ends with; two of them make a flag."""
    return next((n for n, c in enumerate(reversed(text)) if not _flag(c)), len(text))


def _events(document: Document) -> Iterator[str]:
    for event in document.events:
        if any(argument.ref == event.id for argument in event.args):
            yield f"event {shown(event.id)}: is an argument of itself"
    members = Counter(chain.from_iterable(group.events for group in document.event_clusters))
    for name, count in members.items():
        if count > 1:
            yield f"event {shown(name)}: is in {count} clusters; scores of chains expect one"
