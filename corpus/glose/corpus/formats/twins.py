"""Mentions that a format cannot tell apart, made one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
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
    firsts = _firsts(document, key)
    gone = {name for name, other in firsts.items() if name != other}
    return without(_turned(document, firsts), gone) if gone else document


def redirected(document: Document, key: Callable[[Mention], Hashable]) -> Document:
    """Return a document in which all that means a mention means the first one of its key.

    Entities keep no other mention.
    """
    firsts = _firsts(document, key)
    if all(name == other for name, other in firsts.items()):
        return document
    entities = tuple(
        replace(entity, mentions=tuple(m for m in entity.mentions if firsts[m] == m))
        for entity in document.entities
    )
    return _turned(replace(document, entities=entities), firsts)


def _firsts(document: Document, key: Callable[[Mention], Hashable]) -> dict[str, str]:
    """Return for each mention the first one of its key."""
    first: dict[Hashable, str] = {}
    return {m.id: first.setdefault(key(m), m.id) for m in document.mentions}


def _turned(document: Document, firsts: Mapping[str, str]) -> Document:
    def turned(owner: _Owner) -> _Owner:
        args = tuple(replace(a, ref=firsts.get(a.ref or "", a.ref)) for a in owner.args)
        return owner if args == owner.args else replace(owner, args=args)

    return replace(
        document,
        relations=tuple(map(turned, document.relations)),
        events=tuple(map(turned, document.events)),
    )
