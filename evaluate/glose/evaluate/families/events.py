"""Triggers and arguments of events as sets: TI, TC, AI and AC (docs/metrics.md)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter

from glose.evaluate.counts import Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Filler, Span, arguments, triggers
from glose.evaluate.protocol import Protocol


def _identified(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    return sets(gold, predicted)


def _classified(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    return typed_sets(gold, predicted, itemgetter(0))


def _filled(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Tally:
    # What fills is told apart by the type of its event, which is the type that it counts under.
    return typed_sets([f[:2] for f in gold], [f[:2] for f in predicted], itemgetter(0))


def _played(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Tally:
    return typed_sets(gold, predicted, attrgetter("role"))


TRIGGERS = Statistic("triggers", ("events",), Shared, triggers, _identified)
TYPED_TRIGGERS = Statistic("typed triggers", ("events",), Shared, triggers, _classified)
ARGUMENTS = Statistic("arguments", ("events",), Shared, arguments, _filled)
ROLES = Statistic("roles", ("events",), Shared, arguments, _played)


def same(n: Shared) -> Shared:
    """Return the columns of a comparison of sets as they are."""
    return n


METRICS = (
    Metric("trigger/identification", TRIGGERS, same),
    Metric("trigger/classification", TYPED_TRIGGERS, same),
    Metric("argument/identification", ARGUMENTS, same),
    Metric("argument/classification", ROLES, same),
)
PROTOCOLS = (Protocol("events", tuple(metric.name for metric in METRICS), "set"),)
