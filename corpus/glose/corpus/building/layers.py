"""Annotation that was made before, attached to the documents that are built now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from glose.corpus import jsonl, rules
from glose.corpus.document import ANNOTATIONS, Document, Meta
from glose.corpus.errors import GloseError, InputError, Place

#: What an attached document has from the layer; all else is what was built, and of `meta` and
#: `language` what the build did not find.
FROM_LAYER = (*ANNOTATIONS, "layer", "status", "extra")

#: How many code points of either text an error shows.
SHOWN = 30


class Layer:
    """The records of one file, by id, waiting for the documents that they belong to."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.attached: list[Document] = []
        self._waiting: dict[str, Document] = {}
        for record in jsonl.read(path):
            if record.id in self._waiting:
                raise InputError(self._place(record.id), "the id stands twice in this layer")
            self._waiting[record.id] = record

    def offer(self, built: Document) -> None:
        """Attach the record of a built document, if there is one.

        Raises `InputError` where its text is not the one that was built.
        """
        record = self._waiting.pop(built.id, None)
        if record is None:
            return
        if record.text_sha256 != built.text_sha256 or record.text not in {None, built.text}:
            raise InputError(self._place(built.id), _difference(record.text, built.text or ""))
        fields = {name: getattr(record, name) for name in FROM_LAYER}
        fields["language"] = built.language or record.language
        fields["meta"] = _filled(built.meta, record.meta)
        document = jsonl.completed(msgspec.structs.replace(built, **fields), self.name)
        for fault in rules.faults(document):
            raise InputError(self._place(built.id), f"on the document as it was built, {fault}")
        self.attached.append(document)

    def check(self, rejected: Mapping[str, str]) -> None:
        """Raise `InputError` if a record has no document; `rejected` has ids with reasons."""
        for id_ in sorted(self._waiting):
            reason = f" (it was rejected: {rejected[id_]})" if id_ in rejected else ""
            raise InputError(
                self._place(id_),
                f"no document of this id was built{reason}; build the file that it was made from",
            )

    def _place(self, id_: str) -> Place:
        return Place(str(self.path), None, id_)


def _filled(built: Meta, stated: Meta) -> Meta:
    """Return metadata as it was built, with what only the layer states.

    What a date is of goes with the date: it is taken only for the same one.
    """
    lacking = {
        name: getattr(stated, name)
        for name in Meta.__struct_fields__
        if getattr(built, name) is None and getattr(stated, name) is not None
    }
    if built.date is not None and built.date != stated.date:
        lacking.pop("date_basis", None)
    return msgspec.structs.replace(built, **lacking)


def _difference(annotated: str | None, built: str) -> str:
    """Return what tells two texts apart first."""
    if annotated is None:
        return "its text_sha256 is not that of the text built; annotate the text that is built now"
    at = _first_difference(annotated, built)
    here, there = (text[at : at + SHOWN] for text in (annotated, built))
    return (
        f"its text differs from the text built at offset {at}: {here!r} here, {there!r} built;"
        " annotate the text that is built now"
    )


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def opened(named: Mapping[str, Path]) -> list[Layer]:
    """Return the layers of some files, sorted by name; `text` is the name of what is built."""
    for name in named:
        if name in {"text", "documents", "rejects"} or not name.replace("-", "").isalnum():
            raise GloseError(
                f"no layer can be called {name!r}; expected letters, digits and hyphens,"
                " and not text, documents or rejects"
            )
    return [Layer(name, path) for name, path in sorted(named.items())]
