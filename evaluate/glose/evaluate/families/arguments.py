"""Arguments beyond their own span: attached, by head, by entity, by distance (docs/metrics)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TypeAlias

from glose.corpus.document import Pair
from glose.evaluate.bags import typed_bags
from glose.evaluate.counts import Keyed, Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Filled, Happening, Scene, scene
from glose.evaluate.keyed import Keys, common
from glose.evaluate.listings import Rows
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.sentences import distance
from glose.evaluate.staged import Stage, Staged

#: Up to how many sentences from its trigger an argument is told from one further away.
FAR = 2

#: An argument: the label under which it counts, what else must be the same, and where it stands.
Item: TypeAlias = tuple[str, str, Bounds]

#: Says what two spans must have in common to be the same argument.
Alike: TypeAlias = Callable[[Bounds], Hashable]


def _attached(events: Iterable[Happening]) -> Iterator[Keyed]:
    return ((e.type, (e.trigger, e.type, arg.what)) for e in events for arg in e.args)


def _attached_roles(events: Iterable[Happening]) -> Iterator[tuple[str, Hashable]]:
    return ((arg.role, (e.trigger, e.type, arg.what)) for e in events for arg in e.args)


def _found(gold: Scene, predicted: Scene) -> Tally:
    return sets(_attached(gold), _attached(predicted))


def _played(gold: Scene, predicted: Scene) -> Tally:
    return typed_sets(_attached_roles(gold), _attached_roles(predicted), itemgetter(0))


def _staged_found(stage: Stage) -> Rows:
    gold, predicted = (
        Keys(each.of.type, each.of.document, (each.of.trigger, each.what))
        for each in map(stage.fillers, (0, 1))
    )
    # The type is part of the key.
    return common(gold, predicted, stage.by_type())


def _staged_played(stage: Stage) -> Rows:
    gold, predicted = (
        Keys(each.role, each.of.document, (each.of.trigger, each.of.type, each.what))
        for each in map(stage.fillers, (0, 1))
    )
    return common(gold, predicted, stage.by_role())


def _far(gold: Scene, predicted: Scene) -> Tally:
    ends = gold.ends

    def placed(events: Scene) -> Iterator[tuple[str, Hashable]]:
        for event in events:
            for arg in event.args:
                key = (event.trigger, event.type, arg.what, arg.role)
                yield _distance(ends, event, arg), key

    return typed_sets(placed(gold), placed(predicted), itemgetter(0))


def _distance(ends: tuple[int, ...], event: Happening, arg: Filled) -> str:
    """Return the name of the distance in sentences from a trigger to what fills a role."""
    if event.trigger is None or isinstance(arg.what, str):
        return "none"
    sentences = distance(ends, event.trigger[0][0], arg.what[0][0])
    if abs(sentences) > FAR:
        return f"over {FAR} {'after' if sentences > 0 else 'before'}"
    return f"{sentences:+}" if sentences else "0"


def _alike(gold: Iterable[Item], predicted: Iterable[Item], alike: tuple[Alike, Alike]) -> Tally:
    """Return the counts of two sets of items, matched one to one.

    Two match if they are the same but for the bounds, and `alike` says the same of these.
    """
    wanted, found = (
        [(label, rest, place(bounds)) for label, rest, bounds in set(each)]
        for each, place in zip((gold, predicted), alike, strict=True)
    )
    return typed_bags(wanted, found, itemgetter(0))


def _items(events: Scene, *, roles: bool) -> list[Item]:
    """Return arguments with the label of their role, or, without roles, that of their event."""
    if roles:
        return [(arg.role, event.type, arg.bounds) for event in events for arg in event.args]
    return [(event.type, "", arg.bounds) for event in events for arg in event.args]


def _headed(own: Mapping[Bounds, Pair], other: Mapping[Bounds, Pair]) -> Alike:
    """Return what gives a span's head: as its layer states it, else the other, else the span."""
    return lambda bounds: own.get(bounds) or other.get(bounds) or bounds


def _by_head(gold: Scene, predicted: Scene, *, roles: bool) -> Tally:
    alike = _headed(gold.heads, predicted.heads), _headed(predicted.heads, gold.heads)
    return _alike(_items(gold, roles=roles), _items(predicted, roles=roles), alike)


def _by_entity(gold: Scene, predicted: Scene, *, roles: bool) -> Tally:
    def entity(bounds: Bounds) -> Hashable:
        return gold.entities.get(bounds, bounds)

    return _alike(_items(gold, roles=roles), _items(predicted, roles=roles), (entity, entity))


def _informative(gold: Scene, predicted: Scene, *, roles: bool) -> Tally:
    alike = _headed(gold.heads, predicted.heads), _headed(predicted.heads, gold.heads)
    return _alike(_told(gold, roles=roles), _told(predicted, roles=roles), alike)


def _told(events: Scene, *, roles: bool) -> list[Item]:
    """Return arguments, each where the most informative mention of its entity stands."""
    entities, telling = events.entities, events.telling
    return [
        (label, rest, telling.get(entities.get(bounds, ""), bounds))
        for label, rest, bounds in _items(events, roles=roles)
    ]


def _two(name: str, lists: tuple[str, ...], count: Callable[..., Tally]) -> tuple[Metric, Metric]:
    """Return a metric without roles and one with them."""

    def found(gold: Scene, predicted: Scene) -> Tally:
        return count(gold, predicted, roles=False)

    def played(gold: Scene, predicted: Scene) -> Tally:
        return count(gold, predicted, roles=True)

    whole = f"argument/{name}"
    return (
        Metric(
            f"{whole}-identification",
            Statistic(f"{name} of arguments", lists, Shared, scene, found, reads=FILLERS),
            same,
        ),
        Metric(
            whole,
            Statistic(
                f"{name} and role of arguments", lists, Shared, scene, played, reads=FILLERS
            ),
            same,
        ),
    )


ATTACHED = Statistic(
    "attached arguments", ("events",), Shared, scene, Staged(_found, _staged_found), reads=FILLERS
)
ATTACHED_ROLES = Statistic(
    "attached roles", ("events",), Shared, scene, Staged(_played, _staged_played), reads=FILLERS
)
DISTANCES = Statistic("distances of arguments", ("events",), Shared, scene, _far, reads=FILLERS)

METRICS = (
    Metric("argument/attached-identification", ATTACHED, same),
    Metric("argument/attached-classification", ATTACHED_ROLES, same),
    *_two("head", ("events",), _by_head),
    *_two("coreference", ("entities", "events"), _by_entity),
    *_two("informative", ("entities", "events"), _informative),
    Metric("argument/distance", DISTANCES, same),
)
PROTOCOLS = (
    Protocol(
        "arguments",
        tuple(metric.name for metric in METRICS),
        "set, by head or entity one-to-one",
        flexible=True,
    ),
)
