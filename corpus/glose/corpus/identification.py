"""Ids for the items of sparse records, which a foreign system need not give."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

#: The lists whose items have ids, and the letter that ids begin with.
LETTERS = {
    "segments": "g",
    "mentions": "m",
    "entities": "e",
    "relations": "r",
    "events": "v",
    "event_clusters": "c",
    "templates": "t",
}


def identified(record: object) -> object:
    """Return the JSON of a record with a free id (m1, v1 …) for each item that has none.

    >>> identified({"mentions": [{"type": "GPE"}, {"id": "m1"}]})
    {'mentions': [{'id': 'm2', 'type': 'GPE'}, {'id': 'm1'}]}
    """
    if not isinstance(record, dict):
        return record
    ids = (item.get("id") for name in LETTERS for item in _items(record, name))
    taken = {name for name in ids if isinstance(name, str)}
    named = dict(record)
    for name, letter in LETTERS.items():
        free = (f"{letter}{n}" for n in count(1) if f"{letter}{n}" not in taken)
        if name in record and isinstance(record[name], list):
            named[name] = [_named(item, free) for item in record[name]]
    return named


def _items(record: dict[str, object], name: str) -> Iterator[dict[str, object]]:
    items = record.get(name)
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, dict))


def _named(item: object, free: Iterator[str]) -> object:
    if not isinstance(item, dict) or "id" in item:
        return item
    return {"id": next(free), **item}
