"""The status of documents whose format does not say what was looked for."""

from __future__ import annotations

from glose.corpus.document import Document, Status

_THERE = ("entities", "relations", "events", "event_clusters", "templates", "labels")


def stated(document: Document, *, related: bool = False) -> Status:
    """Return a status in which mentions are annotated, and every list that is not empty.

    `related` says that relations are too, be there none.
    """
    found = (
        name for name in _THERE if getattr(document, name) or (related and name == "relations")
    )
    return Status(annotated=("mentions", *found))
