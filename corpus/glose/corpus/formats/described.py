"""Metadata of a document as the keys of a JSON object, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from glose.corpus.document import Attribute, Date, Document, Meta
from glose.corpus.formats.items import worded
from glose.corpus.forms import date_faults

#: Fields of a document and of its `meta` that are strings.
_STRINGS = frozenset({"language", *Meta.__struct_fields__} - {"date"})


def keys(document: Document) -> dict[str, object]:
    """Return what is known about a document; what has several values is a list of them."""
    return grouped(_pairs(document))


def grouped(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return values by their names; what has several values is a list of them.

    >>> grouped([("genre", "dispatch"), ("place", "Gao"), ("place", "Kidal")])
    {'genre': 'dispatch', 'place': ['Gao', 'Kidal']}
    """
    found: dict[str, list[object]] = {}
    for name, value in pairs:
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
    fields: dict[str, object] = {}
    extra = list(document.extra)
    for name, value in _flat(found):
        content = _content(name, value)
        if content is not None and name not in fields:
            fields[name] = content
        elif value is not None:
            extra.append(Attribute(name, worded(value)))
    return msgspec.structs.replace(
        document,
        language=fields.pop("language", None) or document.language,
        meta=msgspec.structs.replace(document.meta, **fields),
        extra=tuple(extra),
    )


def _content(name: str, value: object) -> object:
    """Return what a field of that name is to hold, or `None` if there is none or it cannot."""
    if name == "date":
        return _date(value)
    return value if name in _STRINGS and isinstance(value, str) else None


def _flat(found: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    for name, value in found.items():
        parts = value if isinstance(value, list) else []
        if parts and all(isinstance(part, (str, dict)) for part in parts):
            yield from ((name, part) for part in parts)
        else:
            yield name, value


def _date(value: object) -> Date | None:
    try:
        is_json = isinstance(value, str) and value.startswith("{")
        date = msgspec.convert(msgspec.json.decode(str(value)) if is_json else value, Date)
    except msgspec.MsgspecError:
        return None
    return None if any(date_faults(date)) else date
