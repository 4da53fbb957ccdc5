"""What a program was asked and has answered; each answer is checked against its question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import msgspec

from glose.annotate.extractors.pending import Pending
from glose.annotate.extractors.prediction import predicted
from glose.corpus import jsonl, rules
from glose.corpus.document import ANNOTATIONS, Document, fingerprint
from glose.corpus.errors import GloseError, InputError, Place

#: What a program is sent of a document: all that is no annotation.
_SENT = ("schema", "id", "language", "text", "text_sha256", "meta", "segments", "tokens")


class Answers:
    """The state of one exchange: which questions wait, which were answered, whether all were put.

    Only the ids of answered documents are kept.
    """

    def __init__(self, program: str, layer: str) -> None:
        self._program = program
        self._layer = layer
        self._pending = Pending()
        self._answered: set[str] = set()
        self._all_asked = False

    def asking(self, documents: Iterable[Document]) -> Iterator[bytes]:
        """Yield the lines that the program is sent, and remember each until it is answered."""
        for document in documents:
            if document.id in self._pending or document.id in self._answered:
                raise GloseError(
                    f"{document.id}: two documents with this id; give each an id of its own"
                )
            sent = {name: getattr(document, name) for name in _SENT}
            line = msgspec.json.encode(sent) + b"\n"
            self._pending.put(document.id, line)
            yield line
        self._all_asked = True

    def answer(self, line: bytes, number: int) -> Document:
        """Return the predictions in a line of the program's output, or raise `InputError`."""
        place = Place(f"output of {self._program}", number)
        try:
            record = jsonl.decode(line)
            json.loads(line, object_pairs_hook=_each_once)
        except ValueError as error:
            raise InputError(
                place, f"no record ({error}); expected one document a line"
            ) from error
        place = Place(place.source, number, record.id or None)
        answer = _merged(self._question(record, place), record, self._layer)
        for fault in rules.faults(answer, record):
            raise InputError(place, fault)
        self._answered.add(record.id)
        return answer

    def complete(self) -> None:
        """Raise `GloseError` unless every question that was put has been answered.

        How many there are is told only if all documents were seen.
        """
        missing, answered = len(self._pending), len(self._answered)
        if missing and self._all_asked:
            raise GloseError(
                f"{self._program} ended without an answer for {missing} of {missing + answered} "
                f"documents (the first: {self._pending.first}); expected one record for each"
            )
        if missing:
            raise GloseError(
                f"{self._program} ended before it had read all documents; {answered} are answered "
                f"(the first that is not: {self._pending.first}); expected one record for each"
            )

    def close(self) -> None:
        """Forget the questions."""
        self._pending.close()

    def _question(self, record: Document, place: Place) -> Document:
        if record.id in self._answered:
            raise InputError(place, "a second answer for this document; expected one for each")
        line = self._pending.take(record.id)
        if line is None:
            raise InputError(
                place,
                f"nothing was asked of the id {record.id!r}; answer with the id of the input",
            )
        asked = jsonl.decode(line)
        _check_text(asked, record, place)
        return asked


def _check_text(asked: Document, record: Document, place: Place) -> None:
    """Raise `InputError` where an answer is to another text than that of the question."""
    if record.text is not None and record.text != asked.text:
        raise InputError(
            place, "the text is not that of the input; leave it as it was, or leave it out"
        )
    if record.text_sha256 is not None and record.text_sha256 != _fingerprint(asked):
        raise InputError(
            place,
            f"text_sha256 is {record.text_sha256!r}, not that of the input; "
            "leave it as it was, or leave it out",
        )


def _fingerprint(asked: Document) -> str | None:
    return asked.text_sha256 if asked.text is None else fingerprint(asked.text)


def _each_once(pairs: list[tuple[str, object]]) -> None:
    """Refuse an object that has a key twice, of which a decoder would keep only the last."""
    seen = set()
    for key, _ in pairs:
        if key in seen:
            raise ValueError(f"the key {key!r} stands twice in one object")
        seen.add(key)


def _merged(asked: Document, record: Document, layer: str) -> Document:
    """Return the document asked for with the lists of an answer, its spans completed.

    Lists that an answer fills count as annotated even if its status does not say so. What else an
    answer says of the document (language, meta data, segments, tokens) is not asked for.
    """
    lists = {name: getattr(record, name) for name in ANNOTATIONS}
    stated = record.status.annotated
    named = (*stated, *(name for name in ANNOTATIONS if lists[name] and name not in stated))
    whole = msgspec.structs.replace(predicted(asked, layer, named), **lists)
    return jsonl.completed(whole, layer)
