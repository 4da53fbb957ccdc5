"""The rules of the record, as functions from a document to its faults."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.document import Document


def faults(document: Document) -> Iterator[str]:
    """Yield what breaks a rule of the record, as "where: what was found; what was expected"."""
    if not document.id:
        yield "id: empty; expected a string"
