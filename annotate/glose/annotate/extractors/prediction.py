"""What an extractor is given, and what it gives back: documents without and with annotations."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from glose.corpus.document import ANNOTATIONS, Document, Entity, Event, Mention, Status


def bare(document: Document) -> Document:
    """Return a document without anything that was annotated: no list, no status, no notes.

    Text, meta data, segments and tokens stay. So no extractor ever sees the gold.
    """
    empty: dict[str, tuple[()]] = dict.fromkeys(ANNOTATIONS, ())
    return msgspec.structs.replace(document, **empty, layer="", status=Status(), extra=())


def predicted(
    document: Document,
    layer: str,
    annotated: tuple[str, ...],
    mentions: Sequence[Mention] = (),
    entities: Sequence[Entity] = (),
    events: Sequence[Event] = (),
) -> Document:
    """Return a document as a layer of predictions; `annotated` names what was looked for."""
    return msgspec.structs.replace(
        bare(document),
        layer=layer,
        mentions=tuple(mentions),
        entities=tuple(entities),
        events=tuple(events),
        status=Status(state="predicted", annotated=annotated),
    )
