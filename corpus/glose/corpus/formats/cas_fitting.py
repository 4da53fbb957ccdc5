"""What a CAS of INCEpTION cannot say of a document, taken out of it and accounted for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar
from unicodedata import normalize

from msgspec.structs import replace

from glose.corpus.document import Attribute, Document, Entity, Link, Mention, Segment
from glose.corpus.formats import entries
from glose.corpus.formats.bioc_writing import speakable
from glose.corpus.formats.brat_reading import PROPERTIES
from glose.corpus.formats.cas_layers import (
    ANNOTATION,
    BUILT_IN,
    KEPT,
    Events,
    Layers,
    Mentions,
    Relations,
    features,
)
from glose.corpus.formats.cas_metadata import about, metadata
from glose.corpus.formats.cas_opening import is_name
from glose.corpus.formats.cas_reading import IRI, PARTS, Claims, entry
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.rules import DOCUMENT_TIME

_Layer = TypeVar("_Layer", Mentions, Events, Relations)


class Targets:
    """The layers that documents are written to: those of a map, else those of INCEpTION."""

    def __init__(self, given: Layers) -> None:
        self._mentions = given.mentions or BUILT_IN.mentions
        self._events = given.events or BUILT_IN.events
        self._relations = given.relations or BUILT_IN.relations[:1], BUILT_IN.relations[1:]

    def mention(self, type_: str) -> Mentions | None:
        """Return the layer of mentions of a type; `None` if the map has none."""
        return _chosen(self._mentions, type_)

    def event(self, type_: str) -> Events | None:
        """Return the layer of events of a type."""
        return _chosen(self._events, type_)

    def relation(self, type_: str, *, of_events: bool) -> Relations | None:
        """Return the layer of relations of a type, of two mentions or of two events."""
        return _chosen(self._relations[of_events], type_)

    def range(self, layer: Mentions | Events | None) -> str:
        """Return the type of what may refer to a layer: any, where there are several."""
        only = {one.type for one in (*self._mentions[1:], *self._events[1:])} == set()
        return layer.type if only and layer is not None else ANNOTATION


def _chosen(layers: tuple[_Layer, ...], type_: str) -> _Layer | None:
    """Return the layer of nothing but this type, else the first that has a feature for it."""
    alone = next((one for one in layers if one.fixed == type_ and not one.label), None)
    return alone or next((one for one in layers if one.label), None)


def fitted(document: Document, targets: Targets, losses: Losses, *, xml: bool) -> Document:
    """Return a document as a CAS can say it, and account for what was changed or dropped."""
    if xml:
        document = losses.step(speakable(document), "XML has no control characters")
    for change, reason in (
        (_layered, "the layer map has no layer for it, or relations join a mention and an event"),
        (_anchored, "a time is anchored to the time of the document at most"),
        (_linked, "a span has one link, without a score"),
        (_respelt, "the layer has no feature for it, or features have names of their own"),
        (_apart, "sentences do not overlap"),
        (_claimed, "coreference is told by span and type alone"),
        (_described, "some names of metadata have a meaning of their own"),
    ):
        after = change(document, targets)
        if after != document:
            document = losses.step(after, reason)
    return document


def written(link: Link) -> str:
    """Return a link as the feature of a mention has it: `kb:id`, or an IRI."""
    return link.id if link.kb == IRI else entries.written(link)


def _layered(document: Document, targets: Targets) -> Document:
    gone = {m.id for m in document.mentions if targets.mention(m.type) is None}
    gone |= {e.id for e in document.events if targets.event(e.type) is None}
    events = {event.id for event in document.events}
    for relation in document.relations:
        of_events = {argument.ref in events for argument in relation.args}
        found = targets.relation(relation.type, of_events=True in of_events)
        if found is None or len(of_events) > 1:
            gone.add(relation.id)
    document = without(document, gone)
    slotless = {e.id for e in document.events if not _slots(e.type, targets)}
    kept = (replace(e, args=()) if e.id in slotless else e for e in document.events)
    return replace(document, events=tuple(kept))


def _slots(type_: str, targets: Targets) -> tuple[str, ...]:
    layer = targets.event(type_)
    return layer.arguments if layer else ()


def _anchored(document: Document, _: Targets) -> Document:
    """Return a document whose values are anchored to nothing but the time of the document."""

    def anchored(mention: Mention) -> Mention:
        value = mention.value
        if value is None or value.anchor in {None, DOCUMENT_TIME}:
            return mention
        return replace(mention, value=replace(value, anchor=None))

    return replace(document, mentions=tuple(map(anchored, document.mentions)))


def _linked(document: Document, _: Targets) -> Document:
    mentions = (replace(m, links=_links(m.links)) for m in document.mentions)
    return replace(document, mentions=tuple(mentions))


def _respelt(document: Document, targets: Targets) -> Document:
    events = []
    for event in document.events:
        layer = targets.event(event.type)
        taken = {*KEPT, *PROPERTIES, *(features(layer) if layer else ())}
        fields = {name: getattr(event, name) or None for name in PROPERTIES}
        events.append(replace(event, attrs=_named(event.attrs, taken), **fields))
    relations = []
    for relation in document.relations:
        of_events = any(argument.ref == e.id for argument in relation.args for e in events)
        found = targets.relation(relation.type, of_events=of_events)
        taken = {*KEPT, *(features(found) if found else ())}
        relations.append(replace(relation, attrs=_named(relation.attrs, taken)))
    return replace(
        document,
        mentions=tuple(_mention(m, targets) for m in document.mentions),
        events=tuple(events),
        relations=tuple(relations),
    )


def _mention(mention: Mention, targets: Targets) -> Mention:
    layer = targets.mention(mention.type)
    if layer is None:
        return mention
    taken = {*KEPT, *features(layer), *PARTS}
    return replace(
        mention,
        links=mention.links if layer.link else (),
        level=(mention.level or None) if layer.level else None,
        value=mention.value if layer.norm else None,
        attrs=_named(mention.attrs, taken),
    )


def _links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the first of some links that is told by what is written of it."""
    plain = (replace(link, score=None) for link in links)
    return tuple(link for link in plain if entry(written(link)) == link)[:1]


def _named(attrs: Iterable[Attribute], taken: Collection[str]) -> tuple[Attribute, ...]:
    """Return attributes whose names are those of features, each once."""
    found: dict[str, Attribute] = {}
    for attribute in attrs:
        name = _spelt(attribute.name)
        while name in taken or not is_name(name):
            name = f"x_{name}"
        found.setdefault(name, Attribute(name, attribute.value))
    return tuple(found.values())


def _spelt(name: str) -> str:
    """Return a name with nothing in it that none has; `x_` before it makes any of them a name.

    >>> _spelt("a b"), _spelt("9x"), _spelt("\u0bf0")
    ('a_b', 'x', '')
    """
    letters = (c if f"x{c}".isidentifier() else "_" for c in normalize("NFKC", name))
    return normalize("NFKC", "".join(letters).lstrip("_0123456789"))


def _apart(document: Document, _: Targets) -> Document:
    gone: set[str] = set()
    last = 0
    for segment in sorted(document.segments, key=_place):
        if segment.type == "sentence":
            if segment.start < last:
                gone.add(segment.id)
            last = max(last, segment.end) if segment.id not in gone else last
    return without(document, gone)


def _place(segment: Segment) -> tuple[int, int]:
    return segment.start, -segment.end


def _claimed(document: Document, _: Targets) -> Document:
    """Return a document whose entities have the mentions that a reader takes for theirs."""
    mentions = {mention.id: mention for mention in document.mentions}
    claims = Claims(document.mentions)

    def claimed(entity: Entity) -> Entity:
        own = [mentions[name] for name in entity.mentions]
        taken = (claims.take(m.start, m.end, m.type) for m in own)
        return replace(entity, mentions=tuple(one.id for one in taken if one is not None))

    return replace(document, entities=tuple(map(claimed, document.entities)))


def _described(document: Document, _: Targets) -> Document:
    bare = replace(document, language=None, meta=type(document.meta)(), extra=())
    return about(bare, metadata(document), document.language)
