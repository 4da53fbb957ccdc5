"""Annotations: the single things of a record that scorers count, each with what it says.

Whatever a protocol makes of them, these are what a person marked or a system gave: mentions,
events at their triggers, arguments, relations, labels. A record can be had with some of them only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec.structs import replace

from glose.corpus.document import Argument, Document, Event, Pair, Segment, covered
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces, Places, pieces
from glose.evaluate.results import Plain

Layer: TypeAlias = Literal["entity", "trigger", "argument", "relation", "label"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: the id of what it belongs to, its type, and where it stands.

    An argument has the type of its `event`, the pieces of its `trigger` (all of them) and its
    role as its `type`; a relation has its arguments in `text`. What has no place has no `pieces`.
    """

    layer: Layer
    id: str
    type: str
    pieces: Pieces
    text: str
    event: str | None = None
    trigger: Pieces = ()
    owner: str = ""

    @property
    def label(self) -> str:
        """What it is called in a list: `PER`, or `Attack: Target`."""
        return self.type if self.event is None else f"{self.event}: {self.type}"

    @property
    def bounds(self) -> Pair | None:
        """From where to where it stands, its trigger left out."""
        return (self.pieces[0][0], self.pieces[-1][1]) if self.pieces else None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two annotations the same."""
        what = self.pieces or self.text
        return self.layer, self.type, what, self.event, self.trigger

    def plain(self) -> Plain:
        """Return the annotation for a JSON encoder."""
        return {
            "layer": self.layer,
            "id": self.id,
            "type": self.type,
            "event": self.event,
            "pieces": [list(piece) for piece in self.pieces],
            "trigger": [list(piece) for piece in self.trigger],
            "text": self.text,
        }


def listed(document: Document, layer: Layer, text: str, cut: Cut = str) -> list[Annotation]:
    """Return the annotations of a layer, in the natural order of their ids.

    An event with several triggers is one at each, one without any is one without a place. `text`
    is that of the gold document.
    """
    return list(_LISTED[layer](document, text, cut))


def _cover(text: str, where: Pieces) -> str:
    return covered(text, where[0][0], where[-1][1], where) if where else ""


def _entities(document: Document, text: str, cut: Cut) -> Iterator[Annotation]:
    for mention in sorted(document.mentions, key=lambda each: natural(each.id)):
        where = pieces(mention)
        yield Annotation("entity", mention.id, cut(mention.type), where, _cover(text, where))


def _events(document: Document) -> list[Event]:
    return sorted(document.events, key=lambda each: natural(each.id))


def _triggers(document: Document, text: str, cut: Cut) -> Iterator[Annotation]:
    for event in _events(document):
        for trigger in event.triggers:
            where = pieces(trigger)
            yield Annotation("trigger", event.id, cut(event.type), where, _cover(text, where))
        if not event.triggers:
            yield Annotation("trigger", event.id, cut(event.type), (), "")


def _arguments(document: Document, text: str, cut: Cut) -> Iterator[Annotation]:
    places = Places(document)
    entity_of = {m: entity.id for entity in document.entities for m in entity.mentions}
    for event in _events(document):
        trigger = tuple(pair for each in event.triggers for pair in pieces(each))
        for argument in event.args:
            what = places.of(event, argument)
            where, words = ((), what) if isinstance(what, str) else (what, _cover(text, what))
            owner = entity_of.get(argument.ref or "", argument.ref or "")
            yield Annotation(
                "argument", event.id, argument.role, where, words, cut(event.type), trigger, owner
            )


def _relations(document: Document, text: str, cut: Cut) -> Iterator[Annotation]:
    where = {mention.id: pieces(mention) for mention in document.mentions}
    where |= {event.id: pieces(event.triggers[0]) for event in document.events if event.triggers}
    first = {entity.id: entity.mentions[0] for entity in document.entities if entity.mentions}
    for relation in sorted(document.relations, key=lambda each: natural(each.id)):
        names = [first.get(arg.ref or "", arg.ref or "") for arg in relation.args]
        found = tuple(where[name][0] for name in names if name in where)
        said = ", ".join(
            _argument(arg, where.get(name, ()), text)
            for arg, name in zip(relation.args, names, strict=True)
        )
        yield Annotation("relation", relation.id, cut(relation.type), found, said)


def _argument(argument: Argument, where: Pieces, text: str) -> str:
    words = _cover(text, where) if where else argument.value or argument.ref or ""
    return f"{argument.role}={words}"


def _labels(document: Document, _text: str, _cut: Cut) -> Iterator[Annotation]:
    for label in document.labels:
        yield Annotation("label", label.target or "", label.scheme, (), label.value)


_LISTED: Mapping[Layer, Callable[[Document, str, Cut], Iterator[Annotation]]] = {
    "entity": _entities,
    "trigger": _triggers,
    "argument": _arguments,
    "relation": _relations,
    "label": _labels,
}


class Store:
    """A document of which some annotations of a layer can be had, by their numbers as `listed`.

    All other layers stay; an event that loses all its triggers goes.
    """

    def __init__(self, document: Document, layer: Layer) -> None:
        self.document, self.layer = document, layer
        self.events = _events(document) if layer in ("trigger", "argument") else []
        self.known = {event.id: event for event in self.events}
        self.order = list(self._order())

    def _order(self) -> Iterator[tuple[int, int]]:
        """Yield, for each annotation, its place in its list, or that of its event and in it."""
        document = self.document
        if self.layer == "label":
            yield from ((number, 0) for number in range(len(document.labels)))
        elif self.layer == "trigger":
            for number, event in enumerate(self.events):
                yield from ((number, n) for n in range(max(1, len(event.triggers))))
        elif self.layer == "argument":
            for number, event in enumerate(self.events):
                yield from ((number, n) for n in range(len(event.args)))
        else:
            entities = self.layer == "entity"
            ids = [x.id for x in (document.mentions if entities else document.relations)]
            yield from ((n, 0) for n in sorted(range(len(ids)), key=lambda n: natural(ids[n])))

    def kept(self, chosen: Iterable[int], events: Iterable[int] | None = None) -> Document:
        """Return the document with only the annotations that are chosen.

        Of arguments all events stay or, by their numbers, those with some and `events`.
        """
        places = sorted(self.order[number] for number in chosen)
        first = [number for number, _ in places]
        if self.layer == "entity":
            return replace(self.document, mentions=tuple(self.document.mentions[n] for n in first))
        if self.layer == "relation":
            relations = tuple(self.document.relations[n] for n in first)
            return replace(self.document, relations=relations)
        if self.layer == "label":
            return replace(self.document, labels=tuple(self.document.labels[n] for n in first))
        left: dict[int, list[int]] = defaultdict(list)
        for number, n in places:
            left[number].append(n)
        if self.layer == "argument":
            numbers = range(len(self.events)) if events is None else sorted({*left, *events})
            made = tuple(self._arguments(left, numbers))
            whole = len(made) == len(self.events)
            return replace(self.document, events=made) if whole else self._standing(made)
        return self._standing(tuple(self._triggers(left)))

    def _standing(self, events: tuple[Event, ...]) -> Document:
        return standing(self.document, events, self.known)

    def _triggers(self, left: Mapping[int, list[int]]) -> Iterator[Event]:
        for number, chosen in left.items():
            event = self.events[number]
            triggers = tuple(event.triggers[n] for n in chosen if event.triggers)
            yield replace(event, triggers=triggers)

    def _arguments(self, left: Mapping[int, list[int]], numbers: Iterable[int]) -> Iterator[Event]:
        for number in numbers:
            event = self.events[number]
            chosen = left.get(number, ())
            same = len(chosen) == len(event.args)
            yield event if same else replace(event, args=tuple(event.args[n] for n in chosen))


def standing(
    document: Document, events: tuple[Event, ...], known: Mapping[str, Event] | None = None
) -> Document:
    """Return a document with other events, in which arguments that are none of them still stand.

    What referred to an event that is gone refers to a segment where its trigger was, or has its
    type as a value. `known` are the events of the document by id.
    """
    there = {event.id for event in events}
    known = known if known is not None else {event.id: event for event in document.events}
    used = (arg.ref for event in events for arg in event.args if arg.ref)
    gone = {name: known[name] for name in used if name in known and name not in there}
    if not gone:
        return replace(document, events=events)
    segments = tuple(
        Segment(name, "event", event.triggers[0].start, event.triggers[0].end)
        for name, event in gone.items()
        if event.triggers
    )
    placed = {segment.id for segment in segments}

    def argument(arg: Argument) -> Argument:
        if arg.ref in gone and arg.ref not in placed:
            return replace(arg, ref=None, value=gone[arg.ref].type)
        return arg

    kept = tuple(replace(event, args=tuple(map(argument, event.args))) for event in events)
    return replace(document, segments=(*document.segments, *segments), events=kept)
