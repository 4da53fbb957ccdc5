"""The figures of TextEE (Huang et al. 2024): ED, EAE and E2E (docs/metrics/events.md)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from glose.evaluate.counts import Keyed, Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Happening, Scene, given, scene
from glose.evaluate.keyed import Keys, Margins, common, joined, numbered, ranks, sought
from glose.evaluate.listings import Rows
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.staged import Fillers, Stage, Staged

#: Arguments as (event type, role, the trigger if it counts, bounds).
Known = tuple[str, str, Bounds, Bounds]


class Level(NamedTuple):
    """What counts the arguments of one pair of documents, and the keys of many and their rows."""

    tally: Callable[..., Tally]
    keys: Callable[..., Keys]
    margins: Callable[[Stage], Margins]


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


def _trigger_keys(stage: Stage, side: int) -> Keys:
    """Return the triggers of many documents, as `_triggers` has those of one."""
    events = stage.events(side)
    found = events.only(events.placed)
    return Keys(found.type, found.document, (found.bounds,))


def _staged_identified(stage: Stage) -> Rows:
    return sought(_trigger_keys(stage, 0), _trigger_keys(stage, 1), stage.by_type())


def _staged_classified(stage: Stage) -> Rows:
    return common(_trigger_keys(stage, 0), _trigger_keys(stage, 1), stage.by_type())


def _given(stage: Stage) -> Fillers:
    """Return the arguments of the predicted events that `given` pairs with one of gold."""
    gold, predicted, fillers = stage.events(0), stage.events(1), stage.fillers(1)
    number, first = numbered(*joined((gold.bounds, gold.type), (predicted.bounds, predicted.type)))
    wanted = np.bincount(number[: len(gold.type)], minlength=len(first))
    own = number[len(gold.type) :]
    return fillers.only((ranks(own) < wanted[own])[fillers.event])


def _filler_keys(found: Fillers, *, attached: bool) -> Keys:
    """Return arguments by the types of their events, which tell them apart."""
    trigger = (found.of.bounds,) if attached else ()
    return Keys(found.of.type, found.of.document, (*trigger, found.bounds))


def _role_keys(found: Fillers, *, attached: bool) -> Keys:
    """Return arguments by their roles."""
    trigger = (found.of.bounds,) if attached else ()
    return Keys(found.role, found.of.document, (found.of.type, *trigger, found.bounds))


def _counted(name: str, level: Level, *, attached: bool, paired: bool) -> Statistic:
    """Return a statistic of arguments, of all events or of those whose trigger is given."""

    def tally(gold: Scene, predicted: Scene) -> Tally:
        events = given(gold, predicted) if paired else predicted
        return level.tally(gold, events, attached=attached)

    def taken(stage: Stage) -> Rows:
        sides = stage.fillers(0), _given(stage) if paired else stage.fillers(1)
        gold, predicted = (level.keys(side, attached=attached) for side in sides)
        return common(gold, predicted, level.margins(stage))

    return _statistic(name, Staged(tally, taken))


def _statistic(name: str, count: Staged) -> Statistic:
    return Statistic(f"textee {name}", ("events",), Shared, scene, count, reads=FILLERS)


#: With and without roles.
_LEVELS = {
    "identification": Level(_filled, _filler_keys, Stage.by_type),
    "classification": Level(_played, _role_keys, Stage.by_role),
}


def _arguments_of(task: str, *, paired: bool) -> Iterator[Metric]:
    for attached in (False, True):
        for called, level in _LEVELS.items():
            name = f"{task}argument-{'attached-' if attached else ''}{called}"
            statistic = _counted(name, level, attached=attached, paired=paired)
            yield Metric(f"textee/{name}", statistic, same, averages=(), undefined=0.0)


TRIGGERS = _statistic("triggers", Staged(_identified, _staged_identified))
TYPED_TRIGGERS = _statistic("typed triggers", Staged(_classified, _staged_classified))

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
