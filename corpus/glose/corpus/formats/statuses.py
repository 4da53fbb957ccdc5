"""The status of documents whose format does not say what was looked for."""

from __future__ import annotations

from glose.corpus.document import Document, Status

_THERE = ("entities", "relations", "events", "event_clusters", "templates", "labels")


def stated(document: Document) -> Status:
    """Return a status in which mentions are annotated, and every list that is not empty."""
    found = ("mentions", *(name for name in _THERE if getattr(document, name)))
    return Status(annotated=found)
