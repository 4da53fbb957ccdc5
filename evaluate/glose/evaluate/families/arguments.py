"""Arguments beyond their own span: attached, by head, by entity, by distance (docs/metrics)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import itemgetter

from glose.corpus.document import Pair
from glose.evaluate.counts import Keyed, Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Filled, Happening, Scene, outer, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.sentences import distance

#: Up to how many sentences from its trigger an argument is told from one further away.
FAR = 2

#: Says what two spans must have in common to be the same argument.
Alike = Callable[[Bounds], Hashable]


def _attached(events: Iterable[Happening]) -> Iterator[Keyed]:
    return ((e.type, (e.trigger, e.type, arg.what)) for e in events for arg in e.args)


def _attached_roles(events: Iterable[Happening]) -> Iterator[tuple[str, Hashable]]:
    return ((arg.role, (e.trigger, e.type, arg.what)) for e in events for arg in e.args)


def _found(gold: Scene, predicted: Scene) -> Tally:
    return sets(_attached(gold), _attached(predicted))


def _played(gold: Scene, predicted: Scene) -> Tally:
    return typed_sets(_attached_roles(gold), _attached_roles(predicted), itemgetter(0))


def _far(gold: Scene, predicted: Scene) -> Tally:
    ends = gold.ends

    def placed(events: Scene) -> Iterator[tuple[str, Hashable]]:
        for event in events:
            for arg in event.args:
                yield _distance(ends, event, arg), (event.trigger, event.type, *arg)

    return typed_sets(placed(gold), placed(predicted), itemgetter(0))


def _distance(ends: tuple[int, ...], event: Happening, arg: Filled) -> str:
    """Return the name of the distance in sentences from a trigger to what fills a role."""
    if event.trigger is None or isinstance(arg.what, str):
        return "none"
    sentences = distance(ends, event.trigger[0][0], arg.what[0][0])
    if abs(sentences) > FAR:
        return f"over {FAR} {'after' if sentences > 0 else 'before'}"
    return f"{sentences:+}" if sentences else "0"


def _alike(
    gold: Iterable[tuple[str, str, str, Bounds]],
    predicted: Iterable[tuple[str, str, str, Bounds]],
    alike: tuple[Alike, Alike],
) -> Tally:
    """Return the counts of two sets of (label, type, role, bounds), matched one to one.

    Two match if they are the same but for the bounds, and `alike` says the same of these.
    """
    sides = [
        Counter((*rest, place(bounds)) for *rest, bounds in set(each))
        for each, place in zip((gold, predicted), alike, strict=True)
    ]
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    shared = sides[0] & sides[1]
    for columns, keys in (((0, 2), shared), ((1,), sides[1]), ((3,), sides[0])):
        for key, times in keys.items():
            for name in (None, str(key[0])):
                for column in columns:
                    rows[name][column] += times
    tally: Tally = {name: tuple(row) for name, row in rows.items()}
    tally.setdefault(None, (0, 0, 0, 0))
    return tally


def _items(events: Scene, *, roles: bool) -> Iterator[tuple[str, str, str, Bounds]]:
    """Return arguments as (label, type, role, bounds): with their role, or without any."""
    for event in events:
        for arg in event.args:
            if roles:
                yield arg.role, event.type, arg.role, outer(arg.what)
            else:
                yield event.type, event.type, "", outer(arg.what)


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


def _told(events: Scene, *, roles: bool) -> Iterator[tuple[str, str, str, Bounds]]:
    """Return arguments, each where the most informative mention of its entity stands."""
    for *rest, bounds in _items(events, roles=roles):
        label, type_, role = rest
        yield label, type_, role, events.telling.get(events.entities.get(bounds, ""), bounds)


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
            Statistic(f"{name} of arguments", lists, Shared, scene, found),
            same,
        ),
        Metric(
            whole, Statistic(f"{name} and role of arguments", lists, Shared, scene, played), same
        ),
    )


ATTACHED = Statistic("attached arguments", ("events",), Shared, scene, _found)
ATTACHED_ROLES = Statistic("attached roles", ("events",), Shared, scene, _played)
DISTANCES = Statistic("distances of arguments", ("events",), Shared, scene, _far)

METRICS = (
    Metric("argument/attached-identification", ATTACHED, same),
    Metric("argument/attached-classification", ATTACHED_ROLES, same),
    *_two("head", ("events",), _by_head),
    *_two("coreference", ("entities", "events"), _by_entity),
    *_two("informative", ("entities", "events"), _informative),
    Metric("argument/distance", DISTANCES, same),
)
PROTOCOLS = (
    Protocol("arguments", tuple(metric.name for metric in METRICS), "set, by class one-to-one"),
)
