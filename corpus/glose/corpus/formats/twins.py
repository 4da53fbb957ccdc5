"""Mentions that a format cannot tell apart, made one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from msgspec.structs import replace

from glose.corpus.document import Document, Event, Mention, Relation
from glose.corpus.formats.pruning import without

_Owner = TypeVar("_Owner", Relation, Event)


def span_and_type(mention: Mention) -> Hashable:
    """Return what tells most mentions apart."""
    return mention.start, mention.end, mention.fragments, mention.type


def untwinned(document: Document, key: Callable[[Mention], Hashable] = span_and_type) -> Document:
    """Return a document with the first of the mentions of each key; what meant others means it."""
    first: dict[Hashable, str] = {}
    kept = {m.id: first.setdefault(key(m), m.id) for m in document.mentions}
    gone = {name for name, other in kept.items() if name != other}
    if not gone:
        return document

    def turned(owner: _Owner) -> _Owner:
        args = tuple(
            replace(a, ref=kept[a.ref]) if a.ref in gone and a.ref else a for a in owner.args
        )
        return owner if args == owner.args else replace(owner, args=args)

    found = replace(
        document,
        relations=tuple(map(turned, document.relations)),
        events=tuple(map(turned, document.events)),
    )
    return without(found, gone)
