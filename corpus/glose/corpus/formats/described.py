"""Metadata of a document as the keys of a JSON object, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from glose.corpus.document import Attribute, Date, Document, Meta
from glose.corpus.forms import date_faults

#: Fields of `meta` that are strings.
_STRINGS = tuple(name for name in Meta.__struct_fields__ if name != "date")


def keys(document: Document) -> dict[str, object]:
    """Return what is known about a document; what has several values is a list of them."""
    found: dict[str, list[object]] = {}
    for name, value in _pairs(document):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def _pairs(document: Document) -> Iterator[tuple[str, object]]:
    if document.language is not None:
        yield "language", document.language
    for name in Meta.__struct_fields__:
        if (value := getattr(document.meta, name)) is not None:
            yield name, msgspec.to_builtins(value)
    for attribute in document.extra:
        yield attribute.name, attribute.value


def described(found: Mapping[str, object], document: Document) -> Document:
    """Return a document with metadata: known keys to their fields, others to `extra`.

    What is no string goes there as JSON.
    """
    meta: dict[str, object] = {}
    language: str | None = None
    extra = list(document.extra)
    for name, value in _flat(found):
        date = _date(value) if name == "date" else None
        if date and "date" not in meta:
            meta["date"] = date
        elif name == "language" and isinstance(value, str) and language is None:
            language = value
        elif name in _STRINGS and isinstance(value, str) and name not in meta:
            meta[name] = value
        elif value is not None:
            extra.append(Attribute(name, value if isinstance(value, str) else _json(value)))
    return msgspec.structs.replace(
        document,
        meta=msgspec.structs.replace(document.meta, **meta),
        language=language or document.language,
        extra=tuple(extra),
    )


def _flat(found: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    for name, value in found.items():
        parts = value if isinstance(value, list) else []
        if parts and all(isinstance(part, (str, dict)) for part in parts):
            yield from ((name, part) for part in parts)
        else:
            yield name, value


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _date(value: object) -> Date | None:
    try:
        is_json = isinstance(value, str) and value.startswith("{")
        date = msgspec.convert(msgspec.json.decode(str(value)) if is_json else value, Date)
    except msgspec.MsgspecError:
        return None
    return None if any(date_faults(date)) else date
