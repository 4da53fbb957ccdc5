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
    lists = {name: record[name] for name in LETTERS if isinstance(record.get(name), list)}
    taken = {name for items in lists.values() for name in _ids(items)}
    return record | {
        name: _all_named(items, _free(LETTERS[name], taken)) for name, items in lists.items()
    }


def _ids(items: list[object]) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item["id"]


def _free(letter: str, taken: set[str]) -> Iterator[str]:
    names = (f"{letter}{number}" for number in count(1))
    return (name for name in names if name not in taken)


def _all_named(items: list[object], free: Iterator[str]) -> list[object]:
    return [_named(item, free) for item in items]


def _named(item: object, free: Iterator[str]) -> object:
    if not isinstance(item, dict) or "id" in item:
        return item
    return {"id": next(free), **item}
