"""Groupings: annotations of two layers put together where one may bear on how another is counted.

There are several for each layer, from the finest. What metric a grouping suits is not known
beforehand: it is one whose groups, counted apart, add up to the document (attribution.py).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from glose.corpus.document import Event, Pair
from glose.evaluate.annotations import Annotation, Layer, Store
from glose.evaluate.folding import fold
from glose.evaluate.projection import pieces

#: The numbers of annotations of gold, and of the predictions, that are together.
Group: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

#: Where something stands, with the number of what stands there.
Standing: TypeAlias = tuple[int, int, int]


def groups(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> list[Group]:
    """Return annotations that overlap, or share a trigger, together; by a sweep and union."""
    both = [*gold, *predicted]
    keys: list[Hashable] = list(_touching(both))
    return _grouped(keys, len(gold))


def standing(
    places: Sequence[Sequence[tuple[int, int]]], otherwise: Sequence[Hashable]
) -> list[Hashable]:
    """Return what things that overlap have in common, or what is said of those without a place.

    Each thing is its pieces, in code points. About n log n steps.
    """
    roots = _Roots(len(places))
    roots.sweep((*pair, number) for number, each in enumerate(places) for pair in each)
    return [
        root if place else ("nowhere", name)
        for root, place, name in zip(roots.all(), places, otherwise, strict=True)
    ]


def groupings(
    layer: Layer, gold: Sequence[Annotation], predicted: Sequence[Annotation],
    stores: tuple[Store, Store],
) -> Iterator[list[Group]]:  # fmt: skip
    """Yield the groupings of a layer, the finest first; at last all are together.

    Spans are together if they are the same; overlap; have the same words; or if one overlaps an
    event in a role of the other. Arguments are if their fillers overlap; their triggers do; their
    fillers are, in either layer, of one entity; have the same words; or if either overlaps.
    Relations are if all their ends overlap; are of the same entities; or if any end overlaps.
    """
    both = [*gold, *predicted]
    found: list[Group] | None = None
    for keys in _keys(layer, both, stores):
        before, found = found, _grouped(keys, len(gold))
        if found != before and len(found) > 1:
            yield found
    yield [(tuple(range(len(gold))), tuple(range(len(predicted))))]


def _keys(
    layer: Layer, both: Sequence[Annotation], stores: tuple[Store, Store]
) -> Iterator[Sequence[Hashable]]:
    """Yield, for each grouping, what annotations that are together have in common."""
    if layer in ("entity", "trigger"):
        yield [each.pieces or each.text for each in both]
    elif layer == "argument":
        yield standing([(*each.pieces, *_outer(each)) for each in both], [e.text for e in both])
        yield standing([each.trigger for each in both], [e.event for e in both])
        yield _same_entities(both, stores)
        yield [fold(each.text) for each in both]
    elif layer == "relation":
        yield _ends(both)
        yield _same_entities(both, stores)
    yield _touching(both)
    if layer == "trigger":
        yield _nested(both, stores)
    if layer in ("entity", "trigger"):
        yield [fold(each.text) for each in both]


def _touching(both: Sequence[Annotation]) -> list[int]:
    """Return, for each annotation, the same number as for all that it overlaps in any part."""
    places = [(*each.pieces, *each.trigger, *_outer(each)) for each in both]
    roots = _Roots(len(both))
    roots.sweep((*pair, number) for number, each in enumerate(places) for pair in each)
    nowhere: dict[str, int] = {}
    for number, each in enumerate(both):
        if not each.pieces:
            roots.join(number, nowhere.setdefault(each.text, number))
    return roots.all()


def _ends(both: Sequence[Annotation]) -> list[Hashable]:
    """Return what relations have in common whose ends overlap one another's."""
    own = [(number, piece) for number, each in enumerate(both) for piece in each.pieces]
    at = standing([[piece] for _, piece in own], [None] * len(own))
    found: list[list[Hashable]] = [[] for _ in both]
    for (number, _), place in zip(own, at, strict=True):
        found[number].append(place)
    return [
        frozenset(places) if places else each.text
        for each, places in zip(both, found, strict=True)
    ]


def _same_entities(both: Sequence[Annotation], stores: tuple[Store, Store]) -> list[Hashable]:
    """Return what annotations share whose places are mentions of the same entities."""
    homes = entities(stores)
    return [
        frozenset(homes.get(place, place) for place in _places(each)) if each.bounds else each.text
        for each in both
    ]


def _places(each: Annotation) -> Sequence[Pair]:
    return _outer(each) if each.layer == "argument" else each.pieces


def entities(stores: tuple[Store, Store]) -> dict[Pair, int]:
    """Return, for the bounds of each mention, a number that those of one entity have in common.

    Entities of either document are joined where they have a place in common.
    """
    places: dict[Pair, int] = {}
    documents = [store.document for store in stores]
    for document in documents:
        for mention in document.mentions:
            places.setdefault((mention.start, mention.end), len(places))
    roots = _Roots(len(places))
    for document in documents:
        bounds = {mention.id: (mention.start, mention.end) for mention in document.mentions}
        for entity in document.entities:
            own = [places[bounds[name]] for name in entity.mentions if name in bounds]
            for one, other in pairwise(own):
                roots.join(one, other)
    return dict(zip(places, roots.all(), strict=True))


def _nested(both: Sequence[Annotation], stores: tuple[Store, Store]) -> list[int]:
    """Return what triggers share that overlap, or of which one is in a role of another."""
    roots, number = _Roots(len(both)), 0
    for one, other in enumerate(_touching(both)):
        roots.join(one, other)
    for store in stores:
        first: dict[str, int] = {}
        for event in store.events:
            size = max(1, len(event.triggers))
            first[event.id] = number
            for n in range(number, number + size):
                roots.join(n, number)
            number += size
        for event in store.events:
            for argument in event.args:
                if argument.ref in first:
                    roots.join(first[event.id], first[argument.ref])
    return roots.all()


def scenes(stores: tuple[Store, Store]) -> tuple[list[Hashable], list[Hashable]]:
    """Return, for each event of two documents, what those share whose triggers overlap.

    Events without a trigger share their type.
    """
    both: list[Event] = [event for store in stores for event in store.events]
    places = [[pair for each in event.triggers for pair in pieces(each)] for event in both]
    found = standing(places, [event.type for event in both])
    golds = len(stores[0].events)
    return found[:golds], found[golds:]


def _outer(each: Annotation) -> Sequence[tuple[int, int]]:
    return (each.bounds,) if each.bounds else ()


def _grouped(keys: Sequence[Hashable], golds: int) -> list[Group]:
    found: dict[Hashable, tuple[list[int], list[int]]] = {}
    for number, key in enumerate(keys):
        sides = found.setdefault(key, ([], []))
        sides[number >= golds].append(number - golds * (number >= golds))
    return [(tuple(one), tuple(other)) for one, other in found.values()]


class _Roots:
    """Numbers that are joined (union-find)."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, number: int) -> int:
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        self.parent[self.root(one)] = self.root(other)

    def sweep(self, places: Iterable[Standing]) -> None:
        """Join what overlaps."""
        reach, last = -1, 0
        for start, end, number in sorted(places):
            if start < reach:
                self.join(number, last)
            else:
                last, reach = number, end
            reach = max(reach, end)

    def all(self) -> list[int]:
        return [self.root(number) for number in range(len(self.parent))]
