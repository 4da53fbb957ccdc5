"""What the app is told: a project, its schema and its documents, as JSON has them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

import msgspec

from glose.annotate.assist.phrases import phrases
from glose.annotate.assist.sentences import sentences
from glose.annotate.store.operations import LISTS
from glose.annotate.store.project import Snapshot
from glose.corpus.document import ANNOTATIONS, Document
from glose.corpus.schema import Schema
from glose.corpus.tokens import tokenize

#: What the app is told of an entry of each section of a schema, in this order.
_TYPE = ("description", "colour", "key", "levels", "values", "entity")
_ROLE = ("description", "key", "fillers", "values", "min", "max")
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "mentions": _TYPE,
    "entities": ("description", "colour", "key"),
    "events": ("description", "colour", "key", "roles"),
    "relations": ("description", "colour", "key", "roles"),
    "templates": ("description", "colour", "key", "roles"),
    "attributes": ("description", "on", "key", "values"),
    "labels": ("description", "colour", "key", "values"),
}
#: How much of texts is kept ready for who opens them again (bytes of JSON).
_KEPT = 64 << 20

_encoder = msgspec.json.Encoder()


def schema(found: Schema) -> dict[str, Any]:
    """Return a schema, its entries in the order of its file."""
    head = {name: getattr(found, name) for name in ("name", "version", "description", "required")}
    return head | {
        section: {name: _entry(entry, fields) for name, entry in getattr(found, section).items()}
        for section, fields in _SECTIONS.items()
    }


def _entry(entry: object, fields: Iterable[str]) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in fields}
    if "roles" in told:
        told["roles"] = {name: _entry(role, _ROLE) for name, role in told["roles"].items()}
    return told


def record(snapshot: Snapshot) -> dict[str, Any]:
    """Return the items of a record by list: all ten, each item with every key."""
    document = snapshot.document
    found: dict[str, Any] = {name: getattr(document, name) for name in ANNOTATIONS}
    found["status"] = (document.status,)
    found["comments"] = snapshot.comments
    found["decisions"] = snapshot.decisions
    return {name: found[name] for name in LISTS}


def suggestion(document: Document) -> dict[str, Any]:
    """Return the lists of a layer of suggestions that have items."""
    found = {name: getattr(document, name) for name in ANNOTATIONS}
    return {name: items for name, items in found.items() if items}


class Texts:
    """Texts as JSON, with the tokens, sentences and phrases that are found in them once."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._size = 0
        self._texts: OrderedDict[tuple[str, str | None], msgspec.Raw] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document) -> msgspec.Raw:
        """Return what the app is told of a document besides its annotation."""
        key = (document.id, document.text_sha256)
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        found = msgspec.Raw(_encoder.encode(_text(document)))
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str | None], found: msgspec.Raw) -> None:
        if key not in self._texts:
            self._texts[key] = found
            self._size += len(bytes(found))
        while self._size > self._kept:
            _, old = self._texts.popitem(last=False)
            self._size -= len(bytes(old))


def _text(document: Document) -> dict[str, Any]:
    text = document.text or ""
    tokens = document.tokens or tokenize(text)
    return {
        "id": document.id,
        "language": document.language,
        "text": text,
        "text_sha256": document.text_sha256,
        "meta": document.meta,
        "segments": document.segments,
        "tokens": tokens,
        "sentences": sentences(document),
        "phrases": phrases(text, tokens, document.language),
    }
