"""What is known of a document, as fields of a CAS and back."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from glose.corpus.document import Document
from glose.corpus.formats import described

#: Metadata that have a feature of their own.
TITLES = {"title": "documentTitle", "url": "documentUri"}
#: The language of a CAS that says none.
UNKNOWN = "x-unspecified"


def metadata(document: Document) -> dict[str, list[str]]:
    """Return what is known of a document as the strings of its fields, but for the language."""
    found = described.keys(replace(document, language=None))
    return {
        name: [one if isinstance(one, str) else _json(one) for one in _list(value)]
        for name, value in found.items()
    }


def about(found: Document, given: Mapping[str, list[str]], language: str | None) -> Document:
    """Return a document with what the fields of its metadata say."""
    known = None if language in (None, "", UNKNOWN) else language
    return described.described(given, replace(found, language=known))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
