"""A gold document and what each system predicted for it, decoded and fit to be compared.

What would make a score wrong without a sign is refused here: another text, a span that does not
cover the text that it repeats, a list that was not annotated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from glose.corpus.document import (
    ANNOTATIONS,
    Document,
    Mention,
    Status,
    Trigger,
    fingerprint,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.jsonl import completed, decode, reader
from glose.corpus.rules import faults
from glose.evaluate.alignment import Line, Part, Row, rows
from glose.evaluate.survey import lines, reason

#: The lists that must have been annotated, for gold and then for each system.
Lists: TypeAlias = tuple[tuple[str, ...], ...]

#: From a line to its record, whole or in part.
Decode: TypeAlias = Callable[[bytes], Document]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document, and one document for each system, of the same id and the same text.

    `lines` are what they were decoded from, gold first; `None` where a system has no document.
    """

    gold: Document
    predicted: tuple[Document, ...]
    lines: tuple[bytes | None, ...]


def pairs(part: Part, lists: Lists, reads: Collection[str] | None = None) -> Iterator[Pair]:
    """Yield the pairs of a part of the work, in which the lists that are named were annotated.

    Of the lists of a record only those that `reads` names are decoded and checked, if it is given:
    nothing else may be read then. Raises `InputError` at the first document that cannot be scored.
    """
    gold, *predicted = (file.path for file in part.files)
    decoder = decode if reads is None else reader(reads)
    for row in rows(part):
        yield _pair(row, gold, predicted, lists, decoder)


def annotated(path: Path) -> tuple[str, ...] | None:
    """Return the lists that the first document of a file has annotated; `None` without one."""
    for spot, content in lines(path):
        return _decoded(Line(spot.line, content), Place(str(path), spot.line)).status.annotated
    return None


def layer(line: Line, place: Place, lists: tuple[str, ...]) -> Document:
    """Return one layer of a document, in which the lists that are named were annotated.

    Raises `InputError` where it cannot be decoded or a list was not annotated.
    """
    document = _decoded(line, place)
    _refuse_unannotated(document, place, lists, "this layer")
    return document


def _pair(row: Row, path: Path, paths: list[Path], lists: Lists, decoder: Decode) -> Pair:
    place = Place(str(path), row.gold.number, row.id)
    gold = _decoded(row.gold, place, decoder)
    if gold.text is None:
        raise InputError(place, "text: found null; expected the text of a gold document")
    _refuse_unannotated(gold, place, lists[0], "gold")
    refuse_drift(gold, gold.text, place)
    predicted = (
        _prediction(line, Place(str(path), line.number, row.id), gold, needed, decoder)
        if line
        else Document(id=row.id, status=Status(annotated=ANNOTATIONS))
        for line, path, needed in zip(row.predicted, paths, lists[1:], strict=True)
    )
    contents = (line.content if line else None for line in (row.gold, *row.predicted))
    return Pair(gold, tuple(predicted), tuple(contents))


def _prediction(
    line: Line, place: Place, gold: Document, lists: tuple[str, ...], decoder: Decode
) -> Document:
    document = _decoded(line, place, decoder)
    _refuse_unannotated(document, place, lists, "predictions")
    _refuse_other_text(document, gold, place)
    refuse_drift(document, gold.text or "", place)
    return document


def _decoded(line: Line, place: Place, decoder: Decode = decode) -> Document:
    try:
        document = decoder(line.content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(place, reason(error, line.content, place)) from error
    if place.id is not None and document.id != place.id:
        # Documents are paired by the first `id` of a line; JSON takes the last.
        raise InputError(
            place, f"the key id stands twice (again as {document.id!r}); expected one"
        )
    return document


def _refuse_unannotated(
    document: Document, place: Place, lists: tuple[str, ...], side: str
) -> None:
    annotated = document.status.annotated
    for name in lists:
        if name not in annotated:
            what = (
                f"{name} were not annotated ({', '.join(annotated) or 'no list'} in "
                f"status.annotated); add them to {side}, or choose a protocol that needs none"
            )
            raise InputError(place, what)


def _refuse_other_text(predicted: Document, gold: Document, place: Place) -> None:
    text = gold.text or ""
    same = True
    if predicted.text is not None:
        same = predicted.text == text
    elif predicted.text_sha256 is not None:
        same = predicted.text_sha256 == (gold.text_sha256 or fingerprint(text))
    if not same:
        raise InputError(place, "the text is not that of gold; predict on the text of gold")


def refuse_drift(document: Document, text: str, place: Place) -> None:
    """Raise `InputError` where a mention or a trigger is out of the text or has another text."""
    size = len(text)
    spans: list[Mention | Trigger] = [*_there(document.mentions)]
    for event in _there(document.events):
        spans += event.triggers
    for span in spans:
        start, end = span.start, span.end
        # Nearly all spans are right, and this is the quickest way to see it.
        if span.text != text[start:end] or span.fragments or not 0 <= start < end <= size:
            _refuse_wrong(document, text, place)
            return


def _there(items: tuple[T, ...] | msgspec.Raw) -> tuple[T, ...]:
    """Return the items of a list of a record, none if it was not decoded."""
    return () if isinstance(items, msgspec.Raw) else items


def _refuse_wrong(document: Document, text: str, place: Place) -> None:
    """Raise `InputError` where a span breaks a rule, in the words of the reader of corpora.

    A span without a text of its own takes the text that it covers, so only its offsets count.
    """
    spans = Document(
        id=document.id,
        text=text,
        mentions=tuple(
            msgspec.structs.replace(m, head=(), value=None) for m in _there(document.mentions)
        ),
        events=tuple(msgspec.structs.replace(e, args=()) for e in _there(document.events)),
    )
    for fault in faults(completed(spans, "spans"), spans):
        if fault.startswith(("mention ", "event ")):
            raise InputError(place, fault)
