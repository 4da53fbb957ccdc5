"""Documents without their texts, for corpora whose texts may not be passed on."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from glose.corpus.document import Document, Event, Relation, Trigger

_Owner = TypeVar("_Owner", Relation, Event)


def without(document: Document) -> Document:
    """Return a document without its text, the words of its spans, and `extra`.

    `text_sha256` stays, so that who has the text can pair it, and so do offsets, metadata, names
    of entities and values. `extra` goes since headers are kept there whole, summaries too.
    """
    return replace(
        document,
        text=None,
        mentions=tuple(replace(mention, text="") for mention in document.mentions),
        relations=tuple(_wordless(relation) for relation in document.relations),
        events=tuple(_wordless(event) for event in document.events),
        extra=(),
    )


def _wordless(owner: _Owner) -> _Owner:
    triggers: tuple[Trigger, ...] = tuple(replace(one, text="") for one in owner.triggers)
    return replace(owner, triggers=triggers)
