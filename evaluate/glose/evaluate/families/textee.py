"""The figures of TextEE (Huang et al. 2024): ED, EAE and E2E (docs/metrics/events.md)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import itemgetter

from glose.evaluate.counts import Keyed, Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Happening, Scene, given, scene
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: Arguments as (event type, role, the trigger if it counts, bounds).
Known = tuple[str, str, Bounds, Bounds]


def _triggers(events: Iterable[Happening]) -> Iterator[Keyed]:
    return ((e.type, e.bounds) for e in events if e.trigger)


def _arguments(events: Iterable[Happening], *, attached: bool) -> Iterator[Known]:
    for event in events:
        trigger = event.bounds if attached else ""
        for arg in event.args:
            yield event.type, arg.role, trigger, arg.bounds


def _identified(gold: Scene, predicted: Scene) -> Tally:
    return sets(_triggers(gold), _triggers(predicted))


def _classified(gold: Scene, predicted: Scene) -> Tally:
    return typed_sets(_triggers(gold), _triggers(predicted), itemgetter(0))


def _filled(gold: Iterable[Happening], predicted: Iterable[Happening], *, attached: bool) -> Tally:
    def keys(events: Iterable[Happening]) -> Iterator[tuple[str, Hashable]]:
        for type_, _, trigger, bounds in _arguments(events, attached=attached):
            yield type_, (type_, trigger, bounds)

    return sets(keys(gold), keys(predicted))


def _played(gold: Iterable[Happening], predicted: Iterable[Happening], *, attached: bool) -> Tally:
    found = _arguments(predicted, attached=attached)
    return typed_sets(_arguments(gold, attached=attached), found, itemgetter(1))


def _counted(name: str, count: Callable[..., Tally], *, attached: bool, paired: bool) -> Statistic:
    """Return a statistic of arguments, of all events or of those whose trigger is given."""

    def tally(gold: Scene, predicted: Scene) -> Tally:
        events = given(gold, predicted) if paired else predicted
        return count(gold, events, attached=attached)

    return Statistic(f"textee {name}", ("events",), Shared, scene, tally, local="events")


def _arguments_of(task: str, *, paired: bool) -> Iterator[Metric]:
    for attached in (False, True):
        for level, count in (("identification", _filled), ("classification", _played)):
            name = f"{task}argument-{'attached-' if attached else ''}{level}"
            statistic = _counted(name, count, attached=attached, paired=paired)
            yield Metric(f"textee/{name}", statistic, same, averages=(), undefined=0.0)


TRIGGERS = Statistic("textee triggers", ("events",), Shared, scene, _identified, local="events")
TYPED_TRIGGERS = Statistic(
    "textee typed triggers", ("events",), Shared, scene, _classified, local="events"
)

METRICS = (
    Metric("textee/trigger-identification", TRIGGERS, same, averages=(), undefined=0.0),
    Metric("textee/trigger-classification", TYPED_TRIGGERS, same, averages=(), undefined=0.0),
    *_arguments_of("", paired=False),
    *_arguments_of("eae-", paired=True),
)
PROTOCOLS = (
    Protocol(
        "textee",
        tuple(metric.name for metric in METRICS),
        "set",
        reference="TextEE scorer (ej0cl6/TextEE, TextEE/scorer.py, db8a95e)",
        warnings=(
            "textee/*: what is predicted twice counts once",
            (
                "textee/argument-identification, -classification: the right arguments of the "
                "wrong trigger count as right; the attached figures do not"
            ),
        ),
    ),
)
