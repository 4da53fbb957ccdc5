"""Documents with something taken out, and nothing left that refers to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from glose.corpus.document import (
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Segment,
    Template,
    Trigger,
)
from glose.corpus.formats.facts import ENDS, UNTYPED, first, references

_Owner = TypeVar("_Owner", Relation, Event, Template)
_Triggered = TypeVar("_Triggered", Relation, Event)
_Item = TypeVar("_Item", Segment, Mention, Entity, Relation, Event, EventCluster, Template)


def without(document: Document, gone: Collection[str]) -> Document:
    """Return a document without the items of these ids, and without what cannot be without them.

    An entity loses its mention, and goes with its last one unless it has a name. An event loses
    the argument; a relation goes, since without one of its arguments it would say something
    else. Labels of the item go, and so do groups that become empty.
    """
    missing = set(gone)
    if not missing:
        return document
    entities = _entities(document.entities, missing)
    missing |= _ids(document.entities) - _ids(entities)
    relations = _relations(document.relations, missing)
    missing |= _ids(document.relations) - _ids(relations)
    clusters = _clusters(document.event_clusters, missing)
    missing |= _ids(document.event_clusters) - _ids(clusters)
    return replace(
        document,
        segments=_left(document.segments, missing),
        mentions=tuple(_anchored(m, missing) for m in _left(document.mentions, missing)),
        entities=entities,
        relations=relations,
        events=tuple(_filled(e, missing) for e in _left(document.events, missing)),
        event_clusters=clusters,
        templates=tuple(_template(t, missing) for t in _left(document.templates, missing)),
        labels=tuple(label for label in document.labels if label.target not in missing),
    )


def _ids(items: Iterable[_Item]) -> set[str]:
    return {item.id for item in items}


def _left(items: Iterable[_Item], gone: Collection[str]) -> tuple[_Item, ...]:
    """Return the items that stay."""
    return tuple(item for item in items if item.id not in gone)


def _kept(names: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    """Return the names of the items that stay."""
    return tuple(name for name in names if name not in gone)


def _entities(entities: Iterable[Entity], gone: Collection[str]) -> tuple[Entity, ...]:
    found = []
    for entity in _left(entities, gone):
        members = _kept(entity.mentions, gone)
        if members or entity.name:
            same = len(members) == len(entity.mentions)
            found.append(entity if same else replace(entity, mentions=members))
    return tuple(found)


def _relations(relations: Iterable[Relation], gone: Collection[str]) -> tuple[Relation, ...]:
    return tuple(
        replace(r, evidence=_kept(r.evidence, gone)) if r.evidence else r
        for r in _left(relations, gone)
        if not any(argument.ref in gone for argument in r.args)
    )


def _clusters(clusters: Iterable[EventCluster], gone: Collection[str]) -> tuple[EventCluster, ...]:
    kept = (replace(c, events=_kept(c.events, gone)) for c in _left(clusters, gone))
    return tuple(cluster for cluster in kept if cluster.events)


def _template(template: Template, gone: Collection[str]) -> Template:
    return replace(_filled(template, gone), events=_kept(template.events, gone))


def _filled(owner: _Owner, gone: Collection[str]) -> _Owner:
    if not any(argument.ref in gone for argument in owner.args):
        return owner
    return replace(owner, args=tuple(a for a in owner.args if a.ref not in gone))


def _anchored(mention: Mention, gone: Collection[str]) -> Mention:
    if mention.value is None or mention.value.anchor not in gone:
        return mention
    return replace(mention, value=replace(mention.value, anchor=None))


def grounded(document: Document, *, relations: bool) -> Document:
    """Return a document whose arguments refer to the first mention of an entity, not to it.

    Those of relations are replaced if `relations`, else those of events and templates. An entity
    without mentions leaves no argument.
    """
    mentions = {m.id: m for m in document.mentions}
    earliest = {e.id: found.id for e in document.entities if (found := first(e, mentions))}
    empty = {e.id for e in document.entities if not e.mentions}
    turned = partial(_turned, earliest=earliest)
    if relations:
        left = _relations(document.relations, empty)
        return replace(document, relations=tuple(map(turned, left)))
    return replace(
        document,
        events=tuple(_filled(turned(e), empty) for e in document.events),
        templates=tuple(_filled(turned(t), empty) for t in document.templates),
    )


def _turned(owner: _Owner, earliest: Mapping[str, str]) -> _Owner:
    """Return an owner of arguments that refer to the first mentions of entities."""
    args = tuple(replace(a, ref=earliest.get(a.ref or "", a.ref)) for a in owner.args)
    return owner if args == owner.args else replace(owner, args=args)


def arguments(document: Document, kind: str) -> Document:
    """Return a document whose events and templates have no argument of a kind.

    The kind is a list of the record (`events`, `segments`), or `values`; `""` is all of them.
    """
    kinds = references(document)

    def left(owner: _Owner) -> _Owner:
        args = tuple(a for a in owner.args if kind and kinds.get(a.ref or "", "values") != kind)
        return owner if args == owner.args else replace(owner, args=args)

    return replace(
        document,
        events=tuple(map(left, document.events)),
        templates=tuple(map(left, document.templates)),
    )


def relations(document: Document, wanted: Callable[[Relation], bool]) -> Document:
    """Return a document without the relations that are not wanted."""
    return without(document, {r.id for r in document.relations if not wanted(r)})


def relations_of(document: Document, kind: str) -> Document:
    """Return a document without the relations of which an argument is of a kind."""
    kinds = references(document)
    return relations(
        document,
        lambda r: all(kinds.get(a.ref or "", "values") != kind for a in r.args),
    )


def unnamed(document: Document) -> Document:
    """Return a document whose relations of two call their arguments Arg1 and Arg2."""

    def plain(relation: Relation) -> Relation:
        if len(relation.args) != len(ENDS):
            return relation
        args = zip(relation.args, ENDS, strict=True)
        return replace(relation, args=tuple(replace(a, role=role) for a, role in args))

    return replace(document, relations=tuple(map(plain, document.relations)))


def untyped(document: Document) -> Document:
    """Return a document whose mentions are all of one type."""
    mentions = tuple(replace(mention, type=UNTYPED) for mention in document.mentions)
    return replace(document, mentions=mentions)


def derived(document: Document) -> Document:
    """Return a document whose entities have the type of their first mention."""
    mentions = {m.id: m for m in document.mentions}

    def typed(entity: Entity) -> Entity:
        earliest = first(entity, mentions)
        return replace(entity, type=earliest.type if earliest else UNTYPED)

    return replace(document, entities=tuple(map(typed, document.entities)))


def emptied(document: Document, name: str, **fields: object) -> Document:
    """Return a document with the items of a list changed: `emptied(d, "mentions", links=())`."""
    items = tuple(replace(item, **fields) for item in getattr(document, name))
    return replace(document, **{name: items})


def triggers(document: Document, change: Callable[[Trigger], Trigger]) -> Document:
    """Return a document with the triggers of events and relations changed, one by one."""

    def changed(owner: _Triggered) -> _Triggered:
        return replace(owner, triggers=tuple(map(change, owner.triggers)))

    return replace(
        document,
        relations=tuple(map(changed, document.relations)),
        events=tuple(map(changed, document.events)),
    )


def headless(document: Document) -> Document:
    """Return a document whose spans have no heads."""
    bare = emptied(document, "mentions", head=())
    return triggers(bare, lambda trigger: replace(trigger, head=()))


def joined_triggers(document: Document) -> Document:
    """Return a document whose triggers go from their first piece to their last without gaps."""
    text = document.text or ""

    def joined(trigger: Trigger) -> Trigger:
        if not trigger.fragments:
            return trigger
        return replace(trigger, fragments=(), text=text[trigger.start : trigger.end])

    return triggers(document, joined)


def unnamed_entities(document: Document) -> Document:
    """Return a document whose entities have no name, but for those that have nothing else."""
    entities = tuple(replace(e, name=None) if e.mentions else e for e in document.entities)
    return replace(document, entities=entities)


def bare_arguments(document: Document) -> Document:
    """Return a document whose arguments have no attributes."""

    def bare(owner: _Owner) -> _Owner:
        return replace(owner, args=tuple(replace(a, attrs=()) for a in owner.args))

    return replace(
        document,
        relations=tuple(map(bare, document.relations)),
        events=tuple(map(bare, document.events)),
        templates=tuple(map(bare, document.templates)),
    )


def labels(document: Document, wanted: Callable[[Label], bool]) -> Document:
    """Return a document with the labels that are wanted."""
    return replace(document, labels=tuple(filter(wanted, document.labels)))


def all_of(document: Document, name: str) -> set[str]:
    """Return the ids of all items of a list."""
    return {item.id for item in getattr(document, name)}
