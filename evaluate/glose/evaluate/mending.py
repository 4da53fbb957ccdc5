"""Mending: predictions in which some cases of errors are replaced by what gold has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Entity, Event, Segment
from glose.evaluate.annotations import standing
from glose.evaluate.attribution import Sides
from glose.evaluate.cases import Case


def mended(sides: Sides, found: Sequence[Case], chosen: Collection[str]) -> Document:
    """Return the predictions with the cases of some kinds replaced by what gold has.

    What is in no case stays. What is taken from gold has ids of its own. Only the layer of the
    cases is complete.
    """
    golds = [n for case in found if case.kind in chosen for n in case.gold]
    gone = {n for case in found if case.kind in chosen for n in case.predicted}
    guesses = [n for n in range(len(sides.predicted)) if n not in gone]
    gold, predicted = sides.stores[0].kept(golds), sides.stores[1].kept(guesses)
    if sides.layer == "entity":
        added = tuple(replace(m, id=_named(m.id)) for m in gold.mentions)
        return replace(predicted, mentions=(*predicted.mentions, *added))
    if sides.layer == "trigger":
        events = tuple(replace(e, id=_named(e.id), args=()) for e in gold.events)
        kept = (replace(e, args=()) for e in predicted.events)
        return replace(predicted, events=(*kept, *events))
    if sides.layer == "relation":
        return _with_relations(gold, predicted)
    return _with_arguments(gold, predicted, drop="trigger spurious" in chosen)


def _with_arguments(gold: Document, predicted: Document, *, drop: bool) -> Document:
    """Return the predictions with arguments of gold, at the events that have them in gold."""
    events = {_key(event): event for event in reversed(predicted.events)}
    others = [event for event in predicted.events if events[_key(event)] is not event]
    bare = {event.id: event.type for event in gold.events if not event.triggers}
    for event in gold.events:
        if event.args:
            own = events.get(_key(event)) or replace(event, id=_named(event.id), args=())
            args = tuple(_renamed(arg, bare) for arg in event.args)
            events[_key(event)] = replace(own, args=(*own.args, *args))
    if drop:
        there = {_key(event) for event in gold.events}
        events = {key: e for key, e in events.items() if key in there}
        others = [e for e in others if _key(e) in there]
    mentions = tuple(replace(m, id=_named(m.id)) for m in gold.mentions)
    segments = [replace(s, id=_named(s.id)) for s in gold.segments]
    # An argument that is an event stands where its first trigger does.
    segments += [
        Segment(_named(event.id), "event", event.triggers[0].start, event.triggers[0].end)
        for event in gold.events
        if event.triggers
    ]
    made = replace(
        predicted,
        mentions=(*predicted.mentions, *mentions),
        segments=(*predicted.segments, *segments),
        entities=(*predicted.entities, *_entities(gold)),
    )
    return standing(made, (*events.values(), *others))


def _with_relations(gold: Document, predicted: Document) -> Document:
    """Return the predictions with relations of gold, and nothing that no relation refers to."""
    added = tuple(
        replace(each, id=_named(each.id), args=tuple(_renamed(arg, {}) for arg in each.args))
        for each in gold.relations
    )
    relations = (*predicted.relations, *added)
    used = {arg.ref for each in relations for arg in each.args}
    entities = [e for e in (*predicted.entities, *_entities(gold)) if used & {e.id, *e.mentions}]
    used |= {name for entity in entities for name in entity.mentions}
    mentions = (*predicted.mentions, *(replace(m, id=_named(m.id)) for m in gold.mentions))
    events = (*predicted.events, *(replace(e, id=_named(e.id), args=()) for e in gold.events))
    segments = (*predicted.segments, *(replace(s, id=_named(s.id)) for s in gold.segments))
    return replace(
        predicted,
        relations=relations,
        entities=tuple(entities),
        mentions=tuple(each for each in mentions if each.id in used),
        events=tuple(replace(each, args=()) for each in events if each.id in used),
        segments=segments,
    )


def _key(event: Event) -> tuple[object, ...]:
    return event.type, tuple((t.start, t.end, t.fragments) for t in event.triggers)


def _renamed(argument: Argument, bare: Mapping[str, str]) -> Argument:
    """Return an argument of gold beside predictions; an event without a place is its type."""
    if argument.ref is not None and argument.ref in bare:
        return replace(argument, ref=None, value=bare[argument.ref])
    return replace(argument, ref=_named(argument.ref)) if argument.ref else argument


def _entities(gold: Document) -> Iterator[Entity]:
    for entity in gold.entities:
        yield replace(entity, id=_named(entity.id), mentions=tuple(map(_named, entity.mentions)))


def _named(name: str) -> str:
    return f"gold-{name}"
