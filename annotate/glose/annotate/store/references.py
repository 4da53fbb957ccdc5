"""Which ids an item refers to, and what remains of it if only some of them matter."""

from __future__ import annotations

from collections.abc import Container, Iterator

import msgspec

from glose.annotate.store.operations import Comment, Item
from glose.corpus.document import (
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Template,
)
from glose.corpus.rules import DOCUMENT_TIME


def references(item: Item) -> Iterator[str]:
    """Yield the ids that an item refers to, as often as it does.

    >>> list(references(EventCluster("c1", ("v1", "v2"))))
    ['v1', 'v2']
    """
    if isinstance(item, Mention):
        anchor = item.value.anchor if item.value else None
        yield from () if anchor in {None, DOCUMENT_TIME} else (str(anchor),)
    elif isinstance(item, (Relation, Event, Template)):
        yield from (argument.ref for argument in item.args if argument.ref is not None)
        yield from item.evidence if isinstance(item, Relation) else ()
        yield from item.events if isinstance(item, Template) else ()
    elif isinstance(item, Entity):
        yield from item.mentions
    elif isinstance(item, EventCluster):
        yield from item.events
    elif isinstance(item, (Label, Comment)) and item.target is not None:
        yield item.target


def trimmed(item: Item, wanted: Container[str]) -> Item:
    """Return an item without the references that are not wanted.

    So a chain of a thousand mentions costs no more than one of two where two are looked at.
    """
    changes: dict[str, object] = {}
    for name in ("mentions", "events", "evidence"):
        ids = getattr(item, name, ())
        if ids:
            changes[name] = tuple(one for one in ids if one in wanted)
    if isinstance(item, (Relation, Event, Template)):
        changes["args"] = tuple(one for one in item.args if one.ref is None or one.ref in wanted)
    return msgspec.structs.replace(item, **changes) if changes else item
