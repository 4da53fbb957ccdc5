"""Divisions: two documents as parts that can be counted apart, by each grouping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from glose.corpus.document import Pair
from glose.evaluate.annotations import Annotation, Layer, Store
from glose.evaluate.excerpts import Excerpts
from glose.evaluate.groupings import Group, entities, groupings, scenes
from glose.evaluate.projection import Cut, View


@dataclass(frozen=True, slots=True)
class Part:
    """A group of annotations by their numbers, and both documents with no others of their layer.

    In these documents they have the numbers `own`. Annotations that are there beside those of the
    group have the numbers `beside`, and are a part of their own.
    """

    group: Group
    stores: tuple[Store, Store]
    views: tuple[View, View]
    own: Group
    beside: Group = ((), ())


class Divisions:
    """The parts of two documents by each grouping, the finest first; each is made once."""

    def __init__(
        self, layer: Layer, sides: tuple[Sequence[Annotation], Sequence[Annotation]],
        stores: tuple[Store, Store], cut: Cut,
    ) -> None:  # fmt: skip
        self.sides, self.stores, self.cut = sides, stores, cut
        self.left = groupings(layer, *sides, stores)
        self.made: list[list[Part]] = []
        self.beside: _Beside | None = None

    def __iter__(self) -> Iterator[list[Part]]:
        """Yield the parts by each grouping; by the last one there is a single part."""
        for number in count():
            if number == len(self.made):
                found = next(self.left, None)
                if found is None:
                    return
                self.made.append([self._part(group, found) for group in found])
            yield self.made[number]

    @cached_property
    def whole(self) -> Part:
        """Return all of both documents as a part."""
        everything = tuple(tuple(range(len(side))) for side in self.sides)
        gold, predicted = (
            View(store.kept(own), self.cut)
            for store, own in zip(self.stores, everything, strict=True)
        )
        group = everything[0], everything[1]
        return Part(group, self.stores, (gold, predicted), group)

    def together(self, parts: Sequence[Part]) -> list[Part]:
        """Return parts with the smallest that has both sides, which comes first, beside the rest.

        Some programs give something of its own to a side that is empty; no side is so then. If
        no part has both sides, there are none.
        """
        full = [part for part in parts if all(part.group)]
        if not full or len(parts) == 1:
            return []
        first = min(full, key=lambda part: (sum(map(len, part.group)), part.group))
        return [first, *(self._beside(part, first) for part in parts if part is not first)]

    def _beside(self, part: Part, other: Part) -> Part:
        gold, predicted = (
            tuple(sorted((*a, *b))) for a, b in zip(part.group, other.group, strict=True)
        )
        both = self._cut_down((gold, predicted))
        own, beside = (
            tuple(
                tuple(map({n: at for at, n in enumerate(side)}.__getitem__, chosen))
                for side, chosen in zip((gold, predicted), each.group, strict=True)
            )
            for each in (part, other)
        )
        return replace(both, group=part.group, own=(own[0], own[1]), beside=(beside[0], beside[1]))

    def _part(self, group: Group, found: Sequence[Group]) -> Part:
        return self.whole if len(found) == 1 else self._cut_down(group)

    def _cut_down(self, group: Group) -> Part:
        if self.beside is None:
            self.beside = _Beside(self.stores)
        items = [[own[n] for n in chosen] for own, chosen in zip(self.sides, group, strict=True)]
        gold, predicted = self.beside.cut_down(group, items)
        views = self._view(gold), self._view(predicted)
        own = tuple(range(len(group[0]))), tuple(range(len(group[1])))
        return Part(group, (gold, predicted), views, own)

    def _view(self, store: Store) -> View:
        return View(store.document, self.cut)


class _Beside:
    """What is known of two documents to cut both down to the same places."""

    def __init__(self, stores: tuple[Store, Store]) -> None:
        self.excerpts = Excerpts(stores[0]), Excerpts(stores[1])
        self.scene: list[dict[str, Hashable]] = []
        self.events: list[dict[Hashable, list[int]]] = []
        for store, keys in zip(stores, scenes(stores), strict=True):
            self.scene.append(dict(zip((e.id for e in store.events), keys, strict=True)))
            numbers: dict[Hashable, list[int]] = defaultdict(list)
            for number, key in enumerate(keys):
                numbers[key].append(number)
            self.events.append(numbers)
        self.homes: dict[Pair, int] = {}
        self.places: dict[int, list[Pair]] = defaultdict(list)
        if stores[0].layer == "relation":
            self.homes = entities(stores)
            for place, home in self.homes.items():
                self.places[home].append(place)

    def cut_down(self, group: Group, items: Sequence[Sequence[Annotation]]) -> Iterator[Store]:
        """Yield gold and predicted without anything that does not bear on a group."""
        found = [places for side in items for each in side if (places := _places(each))]
        within = [place for places in found for place in places]
        reach = [(min(places)[0], max(end for _, end in places)) for places in found]
        homes = {self.homes[place] for place in within if place in self.homes}
        within += [place for home in homes for place in self.places[home]]
        keys = {
            known[each.id]
            for known, side in zip(self.scene, items, strict=True)
            for each in side
            if each.event is not None
        }
        for excerpts, events, chosen in zip(self.excerpts, self.events, group, strict=True):
            there = [number for key in keys for number in events.get(key, ())]
            yield excerpts.of(chosen, there, within, reach)


def _places(each: Annotation) -> tuple[Pair, ...]:
    bounds = (each.bounds,) if each.bounds else ()
    return (*each.pieces, *each.trigger, *bounds)
