"""From a document of ours to what a BioC file holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Mention,
    Relation,
    Segment,
    Trigger,
    fingerprint,
)
from glose.corpus.formats import bioc_model as bioc
from glose.corpus.formats.bioc_sheet import (
    BASES,
    IDENTIFIER,
    KIND,
    LANGUAGE,
    MEMBER,
    META,
    NAME,
    SOURCE,
    TRIGGER,
    TYPE,
)
from glose.corpus.formats.brat_reading import LEVEL, PROPERTIES, VALUE
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.pubtator_reading import SEPARATOR
from glose.corpus.formats.pubtator_writing import concept, identifier
from glose.corpus.rulers import Ruler

_Owner = TypeVar("_Owner", Relation, Event)

#: Keys that are something else than an attribute, in small letters, by what has them.
_OF_MENTIONS = frozenset({TYPE, IDENTIFIER, LEVEL, KIND, *VALUE, *BASES})
_OF_EVENTS = frozenset({TYPE, KIND, *PROPERTIES})
_OF_ENTITIES = frozenset({TYPE, KIND, NAME, IDENTIFIER})
_OF_RELATIONS = frozenset({TYPE, KIND})
_OF_DOCUMENTS = frozenset({LANGUAGE, *META})
_GAP = re.compile(r"\n{0,2}")


def fitted(document: Document, losses: Losses, *, xml: bool) -> Document:
    """Return a document as BioC can say it, and account for what was changed or dropped."""
    if xml:
        document = losses.step(speakable(document), "XML has no control characters")
    undated = replace(document, meta=replace(document.meta, date=None))
    document = losses.step(undated, "infons are strings, and hold no date")
    document = losses.step(_tiled(document), "passages are the whole text, one after the other")
    return losses.step(
        _respelt(document), "infons are of one value, and some names have a meaning of their own"
    )


def speakable(document: Document) -> Document:
    """Return a document with U+FFFD for every character that XML cannot hold."""
    plain = msgspec.to_builtins(document)
    if not any(map(bioc.UNSPEAKABLE.search, _strings(plain))):
        return document
    found = msgspec.convert(_replaced(plain), Document)
    return replace(found, text_sha256=fingerprint(found.text or ""))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return bioc.UNSPEAKABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _replaced(part) for key, part in value.items()}
    return list(map(_replaced, value)) if isinstance(value, (list, tuple)) else value


def _tiled(document: Document) -> Document:
    """Return a document without segments, unless they are the text with line ends between."""
    if are_passages(document.segments, document.text or ""):
        return document
    return without(document, {segment.id for segment in document.segments})


def are_passages(segments: Iterable[Segment], text: str) -> bool:
    """Whether segments are all of a text, in order, with two line ends at most between two."""
    bounds = sorted((s.start, s.end) for s in segments)
    ends = [(0, 0), *bounds, (len(text), len(text))]
    gaps = [(b, c) for (_, b), (c, _) in pairwise(ends)]
    inner = all(b <= c and _GAP.fullmatch(text, b, c) for b, c in gaps)
    # At the beginning of a passage a byte order mark would be taken for one.
    plain = not any(text.startswith("\ufeff", start) for start, _ in bounds)
    return plain and inner and bool(bounds) and gaps[0] == (0, 0) and len(set(gaps[-1])) == 1


def _respelt(document: Document) -> Document:
    return replace(
        document,
        extra=_single(document.extra, _OF_DOCUMENTS),
        mentions=tuple(map(_mention, document.mentions)),
        entities=tuple(map(_entity, document.entities)),
        relations=tuple(_roles(_relation(r)) for r in document.relations),
        events=tuple(_roles(_event(e)) for e in document.events),
        event_clusters=tuple(
            replace(c, attrs=_single(c.attrs, {KIND})) for c in document.event_clusters
        ),
    )


def _single(attrs: Iterable[Attribute], taken: Collection[str]) -> tuple[Attribute, ...]:
    """Return attributes of names that are free, each once."""
    found: dict[str, str] = {}
    for attribute in attrs:
        name = attribute.name
        while name.lower() in taken or name in found:
            name += "_"
        found[name] = attribute.value
    return tuple(Attribute(name, value) for name, value in found.items())


def _mention(mention: Mention) -> Mention:
    links = tuple(concept(link, "") for link in mention.links)
    attrs = _single(mention.attrs, _OF_MENTIONS)
    return replace(mention, type=mention.type or UNTYPED, links=links, attrs=attrs)


def _entity(entity: Entity) -> Entity:
    links = tuple(concept(link, "") for link in entity.links)
    attrs = _single(entity.attrs, _OF_ENTITIES)
    return replace(entity, type=entity.type or UNTYPED, links=links, attrs=attrs)


def _relation(relation: Relation) -> Relation:
    attrs = _single(relation.attrs, _OF_RELATIONS)
    return replace(relation, type=relation.type or UNTYPED, attrs=attrs)


def _event(event: Event) -> Event:
    return replace(event, type=event.type or UNTYPED, attrs=_single(event.attrs, _OF_EVENTS))


def _roles(owner: _Owner) -> _Owner:
    """Return a relation or event of which no argument has the role of a trigger."""
    args = tuple(
        replace(a, role=f"{a.role}_") if a.role.lower() == TRIGGER.lower() else a
        for a in owner.args
    )
    return owner if args == owner.args else replace(owner, args=args)


# --------------------------------------------------------------------------------------------
# What is written
# --------------------------------------------------------------------------------------------


def document(found: Document, unit: str) -> bioc.Document:
    """Return what a file holds of a document that is fitted, with offsets in a unit."""
    text = found.text or ""
    ruler = Ruler(text, unit)
    taken = {item.id for name in ("mentions", "entities", "relations", "events", "event_clusters")
             for item in getattr(found, name)}  # fmt: skip
    triggers = _Triggers(taken, ruler)
    relations = [
        *map(_as_relation, found.relations),
        *(_as_event(event, triggers) for event in found.events),
        *map(_as_entity, found.entities),
        *map(_as_cluster, found.event_clusters),
    ]
    infons = {n: value for n in META if (value := getattr(found.meta, n)) is not None}
    infons |= {} if found.language is None else {LANGUAGE: found.language}
    infons |= _infons(found.extra)
    annotations = [*(_as_annotation(m, ruler) for m in found.mentions), *triggers.annotations]
    passages = list(_passages(found, ruler))
    _shared(passages, annotations)
    return bioc.Document(id=found.id, infons=infons, passages=passages, relations=relations)


def _passages(found: Document, ruler: Ruler) -> Iterator[bioc.Passage]:
    text = found.text or ""
    if not found.segments:
        yield bioc.Passage(offset=0, text=text)
    for segment in sorted(found.segments, key=lambda s: s.start):
        infons = {TYPE: segment.type}
        infons |= {} if segment.src is None else {SOURCE: segment.src}
        words = text[segment.start : segment.end]
        yield bioc.Passage(offset=ruler.offset(segment.start), infons=infons, text=words)


def _shared(passages: list[bioc.Passage], annotations: list[bioc.Annotation]) -> None:
    """Put each annotation into the passage in which it begins."""
    last = len(passages) - 1
    number = 0
    for one in sorted(annotations, key=lambda a: a.locations[0].offset):
        start = one.locations[0].offset
        while number < last and passages[number + 1].offset <= start:
            number += 1
        passages[number].annotations.append(one)


def _infons(attrs: Iterable[Attribute]) -> dict[str, str]:
    return {attribute.name: attribute.value for attribute in attrs}


def _locations(span: Mention | Trigger, ruler: Ruler) -> list[bioc.Location]:
    bounds = (
        (ruler.offset(a), ruler.offset(b)) for a, b in span.fragments or ((span.start, span.end),)
    )
    return [bioc.Location(start, end - start) for start, end in bounds]


def _as_annotation(mention: Mention, ruler: Ruler) -> bioc.Annotation:
    infons = {TYPE: mention.type}
    if mention.links:
        infons[IDENTIFIER] = SEPARATOR.join(identifier(link, "") for link in mention.links)
    if mention.level is not None:
        infons[LEVEL] = mention.level
    for name, part in VALUE.items():
        if mention.value is not None and (value := getattr(mention.value, part)) is not None:
            infons[name] = value
    infons |= _infons(mention.attrs)
    places = _locations(mention, ruler)
    return bioc.Annotation(id=mention.id, infons=infons, text=mention.text, locations=places)


class _Triggers:
    """The annotations of triggers, one for each span and type, with ids of their own."""

    def __init__(self, taken: set[str], ruler: Ruler) -> None:
        self.annotations: list[bioc.Annotation] = []
        self._taken = taken
        self._ruler = ruler
        self._known: dict[object, str] = {}

    def name(self, type_: str, trigger: Trigger) -> str:
        """Return the id of the annotation of a trigger."""
        spot = type_, trigger.start, trigger.end, trigger.fragments
        if spot not in self._known:
            number = len(self._known) + 1
            while f"trigger-{number}" in self._taken:
                number += 1
            self._known[spot] = name = f"trigger-{number}"
            self._taken.add(name)
            infons = {KIND: "trigger", TYPE: type_}
            places = _locations(trigger, self._ruler)
            one = bioc.Annotation(id=name, infons=infons, text=trigger.text, locations=places)
            self.annotations.append(one)
        return self._known[spot]


def _nodes(args: Iterable[Argument]) -> list[bioc.Node]:
    return [bioc.Node(argument.ref or "", argument.role) for argument in args]


def _as_relation(relation: Relation) -> bioc.Relation:
    infons = {TYPE: relation.type} | _infons(relation.attrs)
    return bioc.Relation(id=relation.id, infons=infons, nodes=_nodes(relation.args))


def _as_event(event: Event, triggers: _Triggers) -> bioc.Relation:
    infons = {KIND: "event", TYPE: event.type}
    infons |= {n: value for n in PROPERTIES if (value := getattr(event, n)) is not None}
    infons |= _infons(event.attrs)
    nodes = [bioc.Node(triggers.name(event.type, t), TRIGGER) for t in event.triggers]
    return bioc.Relation(id=event.id, infons=infons, nodes=[*nodes, *_nodes(event.args)])


def _as_entity(entity: Entity) -> bioc.Relation:
    infons = {KIND: "entity", TYPE: entity.type}
    if entity.name is not None:
        infons[NAME] = entity.name
    if entity.links:
        infons[IDENTIFIER] = SEPARATOR.join(identifier(link, "") for link in entity.links)
    infons |= _infons(entity.attrs)
    nodes = [bioc.Node(mention, MEMBER) for mention in entity.mentions]
    return bioc.Relation(id=entity.id, infons=infons, nodes=nodes)


def _as_cluster(cluster: EventCluster) -> bioc.Relation:
    infons = {KIND: "cluster"} | _infons(cluster.attrs)
    nodes = [bioc.Node(event, MEMBER) for event in cluster.events]
    return bioc.Relation(id=cluster.id, infons=infons, nodes=nodes)
