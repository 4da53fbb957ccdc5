"""Which ids an item refers to, and what remains of it if only some of them matter."""

from __future__ import annotations

from collections.abc import Container, Iterator

import msgspec

from glose.annotate.store.operations import Comment, Item
from glose.corpus.document import Event, Label, Mention, Relation, Template
from glose.corpus.rules import DOCUMENT_TIME

#: What holds ids of other items, in whatever kind of item there is such a list.
_GROUPED = ("mentions", "events", "evidence")


def references(item: Item) -> Iterator[str]:
    """Yield the ids that an item refers to, as often as it does.

    >>> list(references(Comment("k1", target="v1")))
    ['v1']
    """
    if isinstance(item, Mention):
        yield from _anchors(item)
    if isinstance(item, (Relation, Event, Template)):
        yield from (argument.ref for argument in item.args if argument.ref is not None)
    if isinstance(item, (Label, Comment)) and item.target is not None:
        yield item.target
    for name in _GROUPED:
        yield from getattr(item, name, ())


def _anchors(mention: Mention) -> Iterator[str]:
    """Yield the id of the mention that a value counts from, if there is one."""
    anchor = mention.value.anchor if mention.value else None
    if anchor is not None and anchor != DOCUMENT_TIME:
        yield anchor


def trimmed(item: Item, wanted: Container[str]) -> Item:
    """Return an item without the references that are not wanted.

    So a chain of a thousand mentions costs no more than one of two where two are looked at.
    """
    changes: dict[str, object] = {}
    for name in _GROUPED:
        ids = getattr(item, name, ())
        if ids:
            changes[name] = tuple(one for one in ids if one in wanted)
    if isinstance(item, (Relation, Event, Template)):
        changes["args"] = tuple(one for one in item.args if one.ref is None or one.ref in wanted)
    return msgspec.structs.replace(item, **changes) if changes else item
