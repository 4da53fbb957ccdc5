"""The figures of the TempEval-3 toolkit: events, times, temporal awareness (docs/metrics/time.md).

Items of the two sides are one if they stand on the same span, else if they overlap; links are
compared after that. As inline tags cannot cross, an event that overlaps a time or an earlier event
is no item, though its links are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.corpus.document import Document, Event, Mention
from glose.evaluate import overlaps
from glose.evaluate.awareness import Awareness, awareness
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.figures import Figures
from glose.evaluate.metric import Metric
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, View
from glose.evaluate.protocol import Protocol
from glose.evaluate.temporal import Linked, intervals, links, place, value
from glose.evaluate.timegraph import TimeLink
from glose.evaluate.traces import Trace

#: What is compared of an item that both sides have: class, tense and aspect of an event, type and
#: value of a time.
Features: TypeAlias = tuple[str | None, ...]


class Item(NamedTuple):
    """An event or a time by its outer bounds."""

    id: str
    start: int
    end: int
    features: Features


class Timed(NamedTuple):
    """Times, events and links of a document, each in the order of their ids."""

    times: tuple[Item, ...]
    events: tuple[Item, ...]
    links: tuple[Linked, ...]


def timed(document: Document, cut: Cut = str) -> list[Timed]:
    """Return the times, events and links of a document, as one value."""
    found = sorted(intervals(document).values(), key=lambda each: natural(each.id))
    events = tuple(_event(each, cut) for each in found if isinstance(each, Event))
    times = tuple(_time(each, cut) for each in found if isinstance(each, Mention))
    ordered = sorted(links(document), key=lambda link: natural(link.id))
    return [Timed(times, events, tuple(ordered))]


def _event(event: Event, cut: Cut) -> Item:
    aspect = next((each.value for each in event.attrs if each.name == "aspect"), None)
    return _item(event, (cut(event.type), event.tense, aspect))


def _time(mention: Mention, cut: Cut) -> Item:
    kind = cut(mention.type).upper().removeprefix("TIMEX3.")
    return _item(mention, (kind, value(mention)))


def _item(interval: Event | Mention, features: Features) -> Item:
    parts = place(interval)
    return Item(interval.id, parts[0][0], parts[-1][1], features)


class Extents(NamedTuple):
    """Items of one kind: matched at all, matched in extent, matched in each feature, and all."""

    relaxed: float
    strict: float
    first: float
    second: float
    third: float
    predicted: float
    gold: float


#: What is gold and what was predicted, and which gold item a predicted one is, by ids.
Paired: TypeAlias = tuple[Sequence[Item], Sequence[Item], Mapping[str, str]]

_PREDICTED, _GOLD = (0, 0, 0, 0, 0, 1, 0), (0, 0, 0, 0, 0, 0, 1)


def _extents(gold: Sequence[Item], predicted: Sequence[Item], names: Mapping[str, str]) -> Tally:
    rows = [trace.row for trace in _traces(gold, predicted, names)]
    return {None: tuple(map(sum, zip(*rows, strict=True))) or (0,) * len(Extents._fields)}


def _traces(
    gold: Sequence[Item], predicted: Sequence[Item], names: Mapping[str, str]
) -> Iterator[Trace]:
    yield from (Trace(_GOLD, item.id) for item in gold)
    yield from (Trace(_PREDICTED, None, item.id) for item in predicted)
    wanted = {item.id: item for item in gold}
    for other in predicted:
        one = wanted.get(names.get(other.id, ""))
        if one is not None:
            same = [one.features[n : n + 1] == other.features[n : n + 1] for n in range(3)]
            row = 1, int(one[1:3] == other[1:3]), *map(int, same), 0, 0
            yield Trace(row, one.id, other.id)


def _times(gold: Sequence[Timed], predicted: Sequence[Timed]) -> Tally:
    return _extents(*_paired_times(gold, predicted))


def _paired_times(gold: Sequence[Timed], predicted: Sequence[Timed]) -> Paired:
    [one], [other] = gold, predicted
    return written(one.times), written(other.times), aligned(one.times, other.times)


def _events(gold: Sequence[Timed], predicted: Sequence[Timed]) -> Tally:
    return _extents(*_paired_events(gold, predicted))


def _paired_events(gold: Sequence[Timed], predicted: Sequence[Timed]) -> Paired:
    [one], [other] = gold, predicted
    items = written(one.events, one.times), written(other.events, other.times)
    return *items, aligned(one.events, other.events)


def _traced_times(gold: View, predicted: View) -> Iterator[Trace]:
    return _traces(*_paired_times(gold.items(timed), predicted.items(timed)))


def _traced_events(gold: View, predicted: View) -> Iterator[Trace]:
    return _traces(*_paired_events(gold.items(timed), predicted.items(timed)))


def _aware(gold: Sequence[Timed], predicted: Sequence[Timed]) -> Tally:
    [one], [other] = gold, predicted
    names = {**aligned(one.times, other.times), **aligned(one.events, other.events)}
    wanted = [TimeLink(*link[1:]) for link in one.links]
    found = [
        # An id that is not aligned stays apart from the ids of gold.
        TimeLink(names.get(source, f"{source}?"), names.get(target, f"{target}?"), relation)
        for _, source, target, relation in other.links
    ]
    return {None: tuple(awareness(wanted, found))}


def aligned(gold: Sequence[Item], predicted: Sequence[Item]) -> dict[str, str]:
    """Return which gold item each predicted item is, by id.

    In the order of the predictions, each takes the first gold item that is left on the same span;
    then each that has none the first that is left and overlaps it.
    """
    places = defaultdict(list)
    for item in reversed(gold):
        places[item[1:3]].append(item.id)
    names = {item.id: places[item[1:3]].pop() for item in predicted if places.get(item[1:3])}
    taken = set(names.values())
    rest = [item for item in predicted if item.id not in names]
    free = [item for item in gold if item.id not in taken]
    met = overlaps.shared([((i.start, i.end),) for i in free], [((i.start, i.end),) for i in rest])
    for g, p in sorted(met, key=lambda pair: pair[::-1]):
        if rest[p].id not in names and free[g].id not in taken:
            names[rest[p].id] = free[g].id
            taken.add(free[g].id)
    return names


def written(items: Sequence[Item], before: Sequence[Item] = ()) -> list[Item]:
    """Return the items that can be written as tags: those that overlap no earlier one."""
    kept, bounds = set[str](), list[tuple[int, int]]()
    for each in (*before, *items):
        at = bisect_left(bounds, (each.end, each.end))
        if not at or bounds[at - 1][1] <= each.start:
            insort(bounds, (each.start, each.end))
            kept.add(each.id)
    return [each for each in items if each.id in kept]


TIMES = Statistic("tempeval3 times", ("mentions",), Extents, timed, _times, trace=_traced_times)
EVENTS = Statistic(
    "tempeval3 events", ("mentions", "events"), Extents, timed, _events, trace=_traced_events
)
LINKS = Statistic("tempeval3 links", ("mentions", "events", "relations"), Awareness, timed, _aware)


def _strict(n: Extents) -> Shared:
    return Shared(n.strict, n.predicted, n.strict, n.gold)


def _relaxed(n: Extents) -> Shared:
    return Shared(n.relaxed, n.predicted, n.relaxed, n.gold)


def _first(n: Extents) -> Shared:
    return Shared(n.first, n.predicted, n.first, n.gold)


def _second(n: Extents) -> Shared:
    return Shared(n.second, n.predicted, n.second, n.gold)


def _third(n: Extents) -> Shared:
    return Shared(n.third, n.predicted, n.third, n.gold)


def _reduced(n: Awareness) -> Shared:
    return Shared(n.precise, n.predicted, n.recalled, n.gold)


def _all(n: Awareness) -> Shared:
    return Shared(n.all_precise, n.all_predicted, n.all_recalled, n.all_gold)


def _with_implicit(n: Awareness) -> Shared:
    return Shared(n.precise, n.predicted, n.recalled + n.implicit, n.gold)


def _printed(parts: Sequence[Figures]) -> Figures:
    """Return figures as the toolkit prints them: F1 is 1 where neither side has an item."""
    [(precision, recall, f1)] = parts
    return Figures(np.nan_to_num(precision), np.nan_to_num(recall), np.nan_to_num(f1, nan=1.0))


METRICS = (
    Metric("tempeval3/event-strict", EVENTS, _strict, averages=(), join=_printed),
    Metric("tempeval3/event-relaxed", EVENTS, _relaxed, averages=(), join=_printed),
    Metric("tempeval3/event-class", EVENTS, _first, averages=(), join=_printed),
    Metric("tempeval3/event-tense", EVENTS, _second, averages=(), join=_printed),
    Metric("tempeval3/event-aspect", EVENTS, _third, averages=(), join=_printed),
    Metric("tempeval3/time-strict", TIMES, _strict, averages=(), join=_printed),
    Metric("tempeval3/time-relaxed", TIMES, _relaxed, averages=(), join=_printed),
    Metric("tempeval3/time-type", TIMES, _first, averages=(), join=_printed),
    Metric("tempeval3/time-value", TIMES, _second, averages=(), join=_printed),
    Metric("tempeval3/awareness", LINKS, _reduced, averages=(), undefined=0.0),
    Metric("tempeval3/awareness-acl11", LINKS, _all, averages=(), undefined=0.0),
    Metric("tempeval3/awareness-implicit", LINKS, _with_implicit, averages=(), undefined=0.0),
)
PROTOCOLS = (
    Protocol(
        "tempeval3",
        tuple(metric.name for metric in METRICS),
        "aligned by span then overlap, timegraph",
        reference="TempEval-3 toolkit (UzZaman et al. 2013)",
        warnings=(
            "which links follow depends on their order in the file, and BEGINS never follows",
            "an event that overlaps a time or an earlier event is not counted as an event",
        ),
    ),
)
