"""What a document states, by kind of structure: what a conversion keeps, changes or drops.

A fact has a kind (`mentions`, `nested mentions`, `links`), a key that says whose it is, and a
content. One annotation may be several facts: a nested mention with a link is one of each kind, so
that a format which keeps the mention and loses the link is seen to do so. Ids of annotations are
names and no facts; nor are `status` and `provenance`, which say what was done and not what stands
in the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import chain
from typing import TypeAlias

from glose.corpus.document import (
    Document,
    Entity,
    Event,
    Mention,
    Relation,
    Template,
    Trigger,
)

#: Contents by key by kind; a key has several where an item has (two fillers of one role).
Facts: TypeAlias = dict[str, dict[Hashable, list[object]]]
Fact: TypeAlias = tuple[str, Hashable, object]

#: What a mention of a format without types is called.
UNTYPED = "MENTION"
#: What the two ends of a relation are called by a format without roles.
ENDS = ("Arg1", "Arg2")


def facts(document: Document) -> Facts:
    """Return all that a document states."""
    found: Facts = defaultdict(dict)
    every = chain(
        _text(document),
        _parts(document),
        _mentions(document),
        _entities(document),
        _relations(document),
        _events(document),
        _templates(document),
        _labels(document),
    )
    for kind, key, content in every:
        found[kind].setdefault(key, []).append(content)
    return found


def _text(document: Document) -> Iterator[Fact]:
    if document.text is not None:
        yield "texts", document.id, document.text_sha256
    for name in document.meta.__struct_fields__:
        if (content := getattr(document.meta, name)) is not None:
            yield "metadata", name, content
    if document.language is not None:
        yield "metadata", "language", document.language
    for attribute in document.extra:
        yield "metadata", attribute.name, attribute.value


def _parts(document: Document) -> Iterator[Fact]:
    for segment in document.segments:
        kind = "sentences" if segment.type == "sentence" else "segments"
        yield kind, segment.id, (segment.type, segment.start, segment.end)
        if segment.src is not None:
            yield "sources of segments", segment.id, segment.src
    for token in document.tokens:
        yield "tokens", token, token


def _mentions(document: Document) -> Iterator[Fact]:
    for mention in document.mentions:
        yield from _mention(mention)
    nested, crossing = overlapping(document.mentions)
    yield from (("nested mentions", key, key) for key in nested)
    yield from (("crossing mentions", key, key) for key in crossing)


def _mention(mention: Mention) -> Iterator[Fact]:
    key = mention.id
    yield "mentions", key, (mention.start, mention.end, mention.fragments)
    if mention.type != UNTYPED:
        yield "types of mentions", key, mention.type
    yield from _span(mention, key, "mentions")
    if mention.level is not None:
        yield "levels", key, mention.level
    if mention.value is not None:
        yield "values", key, mention.value
    for link in mention.links:
        yield "links", key, link
    for attribute in mention.attrs:
        yield "attributes of mentions", key, (attribute.name, attribute.value)


def _span(span: Mention | Trigger, key: Hashable, of: str) -> Iterator[Fact]:
    if span.fragments:
        yield f"discontinuous {of}", key, span.fragments
    if span.head:
        yield "heads", key, span.head


def overlapping(mentions: tuple[Mention, ...]) -> tuple[list[str], list[str]]:
    """Return the ids of the mentions inside another, and of those that cross one.

    Mentions are taken by start, then longest first, as bounds without gaps; of two with one span
    the second is inside the first. What crosses is left out when those after it are looked at, so
    that without it they may be right.
    """
    nested, crossing = [], []
    furthest = 0
    ends: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.id)):
        while ends and ends[0] <= mention.start:
            heappop(ends)
        inside = mention.end <= furthest
        if inside:
            nested.append(mention.id)
        if ends and ends[0] < mention.end:
            crossing.append(mention.id)
            continue
        heappush(ends, mention.end)
        furthest = max(furthest, mention.end)
    return nested, crossing


def _entities(document: Document) -> Iterator[Fact]:
    mentions = {mention.id: mention for mention in document.mentions}
    for entity in document.entities:
        yield from _entity(entity, first(entity, mentions))


def first(entity: Entity, mentions: Mapping[str, Mention]) -> Mention | None:
    """Return the mention of an entity that comes first in the text, the longest of several."""
    own = (mentions[name] for name in entity.mentions)
    return min(own, key=lambda m: (m.start, -m.end, m.type, m.id), default=None)


def _entity(entity: Entity, earliest: Mention | None) -> Iterator[Fact]:
    key = entity.id
    yield _members(entity), key, frozenset(entity.mentions) if entity.mentions else entity.name
    if entity.type != (earliest.type if earliest else UNTYPED):
        yield "types of entities", key, entity.type
    # Without mentions an entity is its name.
    if entity.name is not None and entity.mentions:
        yield "names of entities", key, entity.name
    for link in entity.links:
        yield "links of entities", key, link
    for attribute in entity.attrs:
        yield "attributes of entities", key, (attribute.name, attribute.value)


def _members(entity: Entity) -> str:
    """Return the kind of an entity by how many mentions it has."""
    kinds = "entities without mentions", "entities of one mention", "entities"
    return kinds[min(len(entity.mentions), 2)]


def _relations(document: Document) -> Iterator[Fact]:
    kinds = references(document)
    for relation in document.relations:
        yield from _arguments(relation, kinds)
        for number, trigger in enumerate(relation.triggers):
            yield "triggers of relations", relation.id, _content(trigger)
            yield from _span(trigger, (relation.id, number), "triggers")
        for segment in relation.evidence:
            yield "evidence", relation.id, segment
        yield from _attributes(relation, "relations")


def _arguments(relation: Relation, kinds: Mapping[str, str]) -> Iterator[Fact]:
    """Yield a relation, of what it is where not of mentions, and its roles if it has any."""
    key, roles = relation.id, tuple(argument.role for argument in relation.args)
    yield "relations", key, (relation.type, *((a.role, a.ref) for a in relation.args))
    for kind in {kinds.get(a.ref or "", "values") for a in relation.args} - {"mentions"}:
        yield f"relations of {kind}", key, kind
    if len(roles) != len(ENDS):
        yield "relations not of two", key, len(roles)
    elif roles != ENDS:
        yield "roles in relations", key, roles


def references(document: Document) -> dict[str, str]:
    """Return in which list each id that may fill a role stands."""
    return {
        item.id: name
        for name in ("mentions", "entities", "events", "segments")
        for item in getattr(document, name)
    }


def _content(trigger: Trigger) -> object:
    return trigger.start, trigger.end, trigger.fragments


def _attributes(owner: Relation | Event | Template, of: str) -> Iterator[Fact]:
    for attribute in owner.attrs:
        yield f"attributes of {of}", owner.id, (attribute.name, attribute.value)
    for argument in owner.args:
        for attribute in argument.attrs:
            key = owner.id, argument.role, argument.ref, argument.value
            yield "attributes of arguments", key, (attribute.name, attribute.value)


def _events(document: Document) -> Iterator[Fact]:
    kinds = references(document)
    for event in document.events:
        yield "events", event.id, (event.type, *map(_content, event.triggers[:1]))
        yield from _triggers(event)
        yield from _fillers(event, kinds)
        for name in ("polarity", "modality", "tense", "genericity"):
            if (content := getattr(event, name)) is not None:
                yield "properties of events", (event.id, name), content
        yield from _attributes(event, "events")
    for cluster in document.event_clusters:
        yield "event clusters", cluster.id, frozenset(cluster.events)
        for attribute in cluster.attrs:
            yield "attributes of event clusters", cluster.id, (attribute.name, attribute.value)


def _fillers(event: Event, kinds: Mapping[str, str]) -> Iterator[Fact]:
    for argument in event.args:
        key, content = (event.id, argument.role), (argument.ref, argument.value)
        yield "arguments", key, content
        kind = kinds.get(argument.ref or "", "values")
        if kind != "mentions":
            yield f"{kind} as arguments", key, content


def _triggers(event: Event) -> Iterator[Fact]:
    if not event.triggers:
        yield "events without trigger", event.id, event.type
    for number, trigger in enumerate(event.triggers):
        if number:
            yield "further triggers", event.id, _content(trigger)
        yield from _span(trigger, (event.id, number), "triggers")


def _templates(document: Document) -> Iterator[Fact]:
    for template in document.templates:
        fillers = [(argument.role, argument.ref, argument.value) for argument in template.args]
        yield "templates", template.id, (template.type, fillers, template.events)
        yield from _attributes(template, "templates")


def _labels(document: Document) -> Iterator[Fact]:
    for label in document.labels:
        kind = "labels" if label.target is None else "labels of items"
        key = label.scheme, label.target
        yield kind, key, label.value
        if label.score is not None:
            yield "scores of labels", (*key, label.value), label.score


def count(found: Facts) -> dict[str, int]:
    """Return how many facts there are of each kind."""
    return {kind: sum(map(len, by_key.values())) for kind, by_key in found.items()}


def difference(before: list[object], after: list[object]) -> tuple[int, int]:
    """Return how many of the contents of a key were changed, and how many dropped.

    >>> difference(["a", "b", "c"], ["a", "d"])
    (1, 1)
    """
    rest = list(after)
    lost = 0
    for content in before:
        if content in rest:
            rest.remove(content)
        else:
            lost += 1
    changed = min(lost, len(rest))
    return changed, lost - changed
