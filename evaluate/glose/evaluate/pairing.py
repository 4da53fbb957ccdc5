"""A gold document and what each system predicted for it, decoded and fit to be compared.

What would make a score wrong without a sign is refused here: another text, a span that does not
cover the text that it repeats, a list that was not annotated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

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
from glose.evaluate.projection import DocumentError
from glose.evaluate.survey import lines, reason
from glose.evaluate.unpaired import Unpaired

#: The lists that must have been annotated, for gold and then for each system.
Lists: TypeAlias = tuple[tuple[str, ...], ...]

#: From a line to its record, whole or in part.
Decode: TypeAlias = Callable[[bytes], Document]

T = TypeVar("T")


class Pair(NamedTuple):
    """A gold document, and one document for each system, of the same id and the same text.

    `lines` are what they were decoded from, gold first; `None` where a system has no document.
    """

    gold: Document
    predicted: tuple[Document, ...]
    lines: tuple[Line | None, ...]


def pairs(
    part: Part,
    lists: Lists,
    reads: Collection[str] | None = None,
    unpaired: Unpaired | None = None,
) -> Iterator[Pair]:
    """Yield the pairs of a part of the work, in which the lists that are named were annotated.

    Of the lists of a record only those that `reads` names are decoded and checked, if it is given:
    nothing else may be read then. What has no counterpart is added to `unpaired`. Raises
    `InputError` at the first document that cannot be scored.
    """
    decoder = decode if reads is None else reader(reads)
    called = ["gold", *["predictions"] * (len(lists) - 1)]
    gold, *systems = (
        _Side(str(file.path), each, side, decoder)
        for file, each, side in zip(part.files, lists, called, strict=True)
    )
    for row in rows(part, unpaired):
        yield _pair(row, gold, systems)


def located(error: DocumentError, pair: Pair, part: Part) -> InputError:
    """Return what counting found wrong with a document of a pair, with its file and line."""
    for file, line, document in zip(
        part.files, pair.lines, (pair.gold, *pair.predicted), strict=True
    ):
        if line is not None and document is error.document:
            return InputError(Place(str(file.path), line.number, document.id), error.what)
    return error


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


@dataclass(frozen=True, slots=True)
class _Side:
    """The file of gold or of a system, with the lists that must have been annotated in it."""

    source: str
    lists: tuple[str, ...]
    called: str
    decoder: Decode

    def document(self, line: Line, name: str) -> Document:
        """Return the document of a line, which has this id."""
        try:
            document = self.decoder(line.content)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise _undecoded(error, line, self.place(line, name)) from error
        if document.id != name:
            _refuse_two_ids(document, self.place(line, name))
        annotated = document.status.annotated
        for each in self.lists:
            if each not in annotated:
                _refuse_unannotated(document, self.place(line, name), self.lists, self.called)
        return document

    def place(self, line: Line, name: str) -> Place:
        return Place(self.source, line.number, name)


def _pair(row: Row, side: _Side, systems: list[_Side]) -> Pair:
    gold = side.document(row.gold, row.id)
    if gold.text is None:
        what = "text: found null; expected the text of a gold document"
        raise InputError(side.place(row.gold, row.id), what)
    if _drifts(gold, gold.text):
        _refuse_wrong(gold, gold.text, side.place(row.gold, row.id))
    predicted: list[Document] = []
    for line, system in zip(row.predicted, systems, strict=True):
        if line is None:
            predicted.append(Document(id=row.id, status=Status(annotated=ANNOTATIONS)))
        else:
            predicted.append(_prediction(line, system, gold, gold.text))
    return Pair(gold, tuple(predicted), (row.gold, *row.predicted))


def _prediction(line: Line, system: _Side, gold: Document, text: str) -> Document:
    document = system.document(line, gold.id)
    if not _of_text(document, gold, text):
        what = "the text is not that of gold; predict on the text of gold"
        raise InputError(system.place(line, gold.id), what)
    if _drifts(document, text):
        _refuse_wrong(document, text, system.place(line, gold.id))
        return _filled(document, text)
    return document


def _filled(document: Document, text: str) -> Document:
    """Return a prediction with what its spans cover, where it does not say that itself."""
    names = [
        name
        for name in ("mentions", "relations", "events")
        if not isinstance(getattr(document, name), msgspec.Raw)
    ]
    lists = {name: getattr(document, name) for name in names}
    whole = completed(Document(id=document.id, text=text, **lists), document.layer)
    filled = {name: getattr(whole, name) for name in names}
    return msgspec.structs.replace(document, **filled)


def _decoded(line: Line, place: Place) -> Document:
    try:
        return decode(line.content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _undecoded(error, line, place) from error


def _undecoded(error: Exception, line: Line, place: Place) -> InputError:
    return InputError(place, reason(error, line.content, place))


def _refuse_two_ids(document: Document, place: Place) -> None:
    # Documents are paired by the first `id` of a line; JSON takes the last.
    raise InputError(place, f"the key id stands twice (again as {document.id!r}); expected one")


def _refuse_unannotated(
    document: Document, place: Place, lists: tuple[str, ...], side: str
) -> None:
    annotated = document.status.annotated
    for name in lists:
        if name not in annotated:
            what = (
                f"{name} were not annotated ({', '.join(annotated) or 'no list'} in "
                f"status.annotated); add them to {side} if somebody looked (convert has --option "
                "annotated=…), or choose a protocol that needs none"
            )
            raise InputError(place, what)


def _of_text(predicted: Document, gold: Document, text: str) -> bool:
    """Tell whether a predicted document is of the text of gold, as far as it says."""
    if predicted.text is not None:
        return predicted.text == text
    if predicted.text_sha256 is not None:
        return predicted.text_sha256 == (gold.text_sha256 or fingerprint(text))
    return True


def refuse_drift(document: Document, text: str, place: Place) -> None:
    """Raise `InputError` where a mention or a trigger is out of the text or has another text."""
    if _drifts(document, text):
        _refuse_wrong(document, text, place)


def _drifts(document: Document, text: str) -> bool:
    """Tell whether a mention or a trigger may be wrong, or has pieces, which takes a closer look.

    Nearly all spans are right, and this is the quickest way to see it.
    """
    size = len(text)
    spans: Sequence[Mention | Trigger] = _there(document.mentions)
    if len({m.id for m in _there(document.mentions)}) < len(spans):
        return True
    if document.events:
        triggers = (event.triggers for event in _there(document.events))
        spans = [*spans, *chain.from_iterable(triggers)]
    for span in spans:
        start, end = span.start, span.end
        if span.text != text[start:end] or span.fragments or not 0 <= start < end <= size:
            return True
    return False


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
        if fault.startswith(("mention ", "event ", "the id ")):
            raise InputError(place, fault)
