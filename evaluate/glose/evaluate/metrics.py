"""The metrics, each a few numbers read off a statistic; docs/metrics.md defines them at length.

A metric says which statistic it reads and what its numerators and denominators are. A metric whose
items, matching or credit differ is another line of `METRICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from glose.evaluate.counts import Kinds, Numbers, Shared, Statistic, Tally, kinds, sets, typed_sets
from glose.evaluate.projection import Filler, Span, arguments, entities, triggers


@dataclass(frozen=True, slots=True)
class Metric:
    """A statistic, and the numerators and denominators of precision and recall in it.

    `ratio` gets the columns of the statistic, numbers or arrays, and is linear in them. `counts`
    gives what else is worth telling, by name.
    """

    name: str
    statistic: Statistic
    ratio: Callable[[Any], Shared]
    counts: Callable[[Any], Mapping[str, Numbers]] = lambda _: {}


# --------------------------------------------------------------------------------------------
# Statistics
# --------------------------------------------------------------------------------------------


def _identified(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    return sets(gold, predicted)


def _classified(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    return typed_sets(gold, predicted, itemgetter(0))


def _filled(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Tally:
    return sets([(f.event, f[:2]) for f in gold], [(f.event, f[:2]) for f in predicted])


def _played(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Tally:
    return typed_sets(gold, predicted, attrgetter("role"))


ENTITIES = Statistic("entities", ("mentions",), Kinds, entities, kinds)
TRIGGERS = Statistic("triggers", ("events",), Shared, triggers, _identified)
TYPED_TRIGGERS = Statistic("typed triggers", ("events",), Shared, triggers, _classified)
ARGUMENTS = Statistic("arguments", ("events",), Shared, arguments, _filled)
ROLES = Statistic("roles", ("events",), Shared, arguments, _played)


# --------------------------------------------------------------------------------------------
# Numerators and denominators
# --------------------------------------------------------------------------------------------


def _gold(n: Kinds) -> Numbers:
    return n.correct + n.boundary + n.type_gold + n.both_gold + n.missed


def _predicted(n: Kinds) -> Numbers:
    return n.correct + n.boundary + n.type_predicted + n.both_predicted + n.spurious


def strict(n: Kinds) -> Shared:
    """Return what counts as correct if type and span are the same."""
    return Shared(n.correct, _predicted(n), n.correct, _gold(n))


def exact(n: Kinds) -> Shared:
    """Return what counts as correct if the span is the same, whatever the type."""
    precise, recalled = n.correct + n.type_predicted, n.correct + n.type_gold
    return Shared(precise, _predicted(n), recalled, _gold(n))


def partial(n: Kinds) -> Shared:
    """Return what counts as correct if an overlap of another span is worth a half."""
    precise = n.correct + n.type_predicted + 0.5 * (n.boundary + n.both_predicted)
    recalled = n.correct + n.type_gold + 0.5 * (n.boundary + n.both_gold)
    return Shared(precise, _predicted(n), recalled, _gold(n))


def typed(n: Kinds) -> Shared:
    """Return what counts as correct if the spans overlap and the type is the same."""
    return Shared(n.correct + n.boundary, _predicted(n), n.correct + n.boundary, _gold(n))


def _same(n: Shared) -> Shared:
    return n


def _five(correct: Numbers, incorrect: Numbers, partly: Numbers, n: Kinds) -> dict[str, Numbers]:
    return {
        "correct": correct,
        "incorrect": incorrect,
        "partial": partly,
        "missed": n.missed,
        "spurious": n.spurious,
    }


def _strict_five(n: Kinds) -> dict[str, Numbers]:
    return _five(n.correct, n.type_gold + n.boundary + n.both_gold, 0.0, n)


def _exact_five(n: Kinds) -> dict[str, Numbers]:
    return _five(n.correct + n.type_gold, n.boundary + n.both_gold, 0.0, n)


def _partial_five(n: Kinds) -> dict[str, Numbers]:
    return _five(n.correct + n.type_gold, 0.0, n.boundary + n.both_gold, n)


def _typed_five(n: Kinds) -> dict[str, Numbers]:
    return _five(n.correct + n.boundary, n.type_gold + n.both_gold, 0.0, n)


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("entity/strict", ENTITIES, strict, _strict_five),
        Metric("entity/exact", ENTITIES, exact, _exact_five),
        Metric("entity/partial", ENTITIES, partial, _partial_five),
        Metric("entity/type", ENTITIES, typed, _typed_five),
        Metric("trigger/identification", TRIGGERS, _same),
        Metric("trigger/classification", TYPED_TRIGGERS, _same),
        Metric("argument/identification", ARGUMENTS, _same),
        Metric("argument/classification", ROLES, _same),
    )
}
