"""What an item says, without ids: so that items of two layers of a document can be compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Pair,
    Relation,
    Template,
    Trigger,
)

#: Where an item stands, or what stands for it.
Place: TypeAlias = Hashable


class Shape(NamedTuple):
    """`what` an item is, the `parts` that it links, and the `rest` that is said of it."""

    what: Hashable
    parts: frozenset[Hashable]
    rest: Hashable

    def held(self, other: Shape) -> bool:
        """Tell whether another shape is the same and has all parts of this one."""
        return self.what == other.what and self.parts <= other.parts


class Shapes:
    """The shapes of the items of a document."""

    def __init__(self, document: Document) -> None:
        self._places: dict[str | None, Place] = {None: None}
        for segment in document.segments:
            self._places[segment.id] = segment.start, segment.end
        for mention in document.mentions:
            self._places[mention.id] = _pieces(mention)
        for event in document.events:
            self._places[event.id] = event.type, *map(_pieces, event.triggers)
        for entity in document.entities:
            self._places[entity.id] = self.places(entity.mentions) or entity.name

    def of(self, name: str, item: Any) -> Shape:  # noqa: ANN401  # an item of any list
        """Return the shape of an item of a list."""
        return _SHAPES[name](self, item)

    def places(self, ids: Iterable[str]) -> frozenset[Place]:
        """Return where items stand."""
        return frozenset(self.place(one) for one in ids)

    def place(self, name: str | None) -> Place:
        """Return where an item stands; what is not there stands nowhere."""
        return self._places.get(name)

    def args(self, args: Iterable[Argument]) -> frozenset[Place]:
        """Return arguments with the places of what fills them."""
        return frozenset((one.role, one.value, self.place(one.ref)) for one in args)


def _pieces(span: Mention | Trigger) -> tuple[Pair, ...]:
    return span.fragments or ((span.start, span.end),)


def _attrs(attrs: tuple[Attribute, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((one.name, one.value) for one in attrs)


def _mention(_: Shapes, item: Mention) -> Shape:
    value = item.value and (item.value.norm, item.value.mod, item.value.unit)
    links = frozenset((one.kb, one.id) for one in item.links)
    return Shape(
        (item.type, _pieces(item)), frozenset(), (item.level, value, links, _attrs(item.attrs))
    )


def _entity(shapes: Shapes, item: Entity) -> Shape:
    links = frozenset((one.kb, one.id) for one in item.links)
    parts = shapes.places(item.mentions)
    return Shape(None if parts else item.name, parts, (item.type, links, _attrs(item.attrs)))


def _relation(shapes: Shapes, item: Relation) -> Shape:
    what = item.type, frozenset(map(_pieces, item.triggers))
    return Shape(what, shapes.args(item.args), _attrs(item.attrs))


def _event(shapes: Shapes, item: Event) -> Shape:
    what = item.type, frozenset(map(_pieces, item.triggers))
    said = item.polarity, item.modality, item.tense, item.genericity, _attrs(item.attrs)
    return Shape(what, shapes.args(item.args), said)


def _cluster(shapes: Shapes, item: EventCluster) -> Shape:
    return Shape(None, shapes.places(item.events), _attrs(item.attrs))


def _template(shapes: Shapes, item: Template) -> Shape:
    return Shape(
        item.type, shapes.args(item.args), (shapes.places(item.events), _attrs(item.attrs))
    )


def _label(shapes: Shapes, item: Label) -> Shape:
    return Shape((item.scheme, item.value, shapes.place(item.target)), frozenset(), None)


_SHAPES: Mapping[str, Callable[[Shapes, Any], Shape]] = {
    "mentions": _mention,
    "entities": _entity,
    "relations": _relation,
    "events": _event,
    "event_clusters": _cluster,
    "templates": _template,
    "labels": _label,
}
