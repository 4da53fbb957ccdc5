"""New annotations of both sides that got the same id by chance, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Document,
    Entity,
    Event,
    EventCluster,
    Mention,
    Segment,
)
from glose.corpus.rules import KINDS
from glose.corpus.versions import references

_NUMBER = re.compile(r"(.*?)(\d*)")


def apart(base: Document, ours: Document, theirs: Document) -> dict[str, str]:
    """Return new ids for what is new in theirs and has the id of another new thing of ours.

    What is equal, or of the same place, is the same annotation and keeps its id: it is one, or
    else a conflict.
    """
    known = _items(base)
    mine, yours = _items(ours), _items(theirs)
    shared = sorted((mine.keys() & yours.keys()) - known.keys())
    taken = {*known, *mine, *yours}
    names: dict[str, str] = {}
    # What refers to something that gets another id is another thing itself, and so on.
    while found := [
        name for name in shared if name not in names and _other(mine[name], yours[name], names)
    ]:
        for name in found:
            names[name] = _free(name, taken)
            taken.add(names[name])
    return names


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    """Return a document in which ids, and what refers to them, are those that `names` gives."""
    if not names:
        return document
    lists = {
        name: tuple(references.turned(item, names) for item in getattr(document, name))
        for name in (*KINDS, "labels")
    }
    return replace(document, **lists)


def _items(document: Document) -> dict[str, Any]:
    return {item.id: item for name in KINDS for item in getattr(document, name)}


def _other(mine: Any, yours: Any, names: Mapping[str, str]) -> bool:  # noqa: ANN401  # items
    """Whether two items of one id are two things, not two versions of one."""
    yours = references.turned(yours, names)
    return mine != yours and (
        type(mine) is not type(yours) or _places(mine).isdisjoint(_places(yours))
    )


def _places(item: object) -> set[object]:
    """Return what makes an item the same annotation as another that shares one of it."""
    if isinstance(item, (Mention, Segment)):
        return {(item.start, item.end, getattr(item, "fragments", ()))}
    if isinstance(item, Event):
        return {(trigger.start, trigger.end, trigger.fragments) for trigger in item.triggers}
    if isinstance(item, Entity):
        return set(item.mentions)
    return set(item.events) if isinstance(item, EventCluster) else set()


def _free(name: str, taken: Iterable[str]) -> str:
    """Return the next id of its kind: m42 where m41 is the highest.

    >>> _free("m3", ["m3", "m41", "e50"])
    'm42'
    """
    found = _NUMBER.fullmatch(name)
    stem = found[1] if found and found[2] else f"{name}-"
    numbers = [
        int(rest)
        for other in taken
        if other.startswith(stem) and (rest := other.removeprefix(stem)).isdecimal()
    ]
    return f"{stem}{max(numbers, default=1) + 1}"
