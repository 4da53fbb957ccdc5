"""What headers state and no field of a record holds, so that the build can tell of it."""

from __future__ import annotations

from collections.abc import Mapping

from glose.corpus.document import Document

#: Keys of `extra` that a build writes by itself.
OWN = frozenset(("credit", "dateline"))

#: Formats whose documents may have a header.
HEADED = ("text/plain", "text/markdown")


def keys(document: Document, known: Mapping[str, str]) -> set[str]:
    """Return the keys of the header of a built document that are not known.

    Only text has a header that people wrote; other documents state what their kind has room for.
    """
    if not (document.provenance.format or "").startswith(HEADED):
        return set()
    return {a.name for a in document.extra if a.name.lower() not in known and a.name not in OWN}
