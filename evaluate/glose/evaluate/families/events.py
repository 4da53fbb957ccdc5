"""Triggers and arguments of events as sets: TI, TC, AI and AC (docs/metrics.md)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from glose.evaluate.counts import THREE, Shared, Statistic, common, sets
from glose.evaluate.listings import Listed, Listing
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Filler, Span, arguments, triggers
from glose.evaluate.protocol import Protocol


def _classified(gold: Sequence[Span], predicted: Sequence[Span]) -> Listed:
    return common(gold, predicted, itemgetter(0))


def _filled(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Listed:
    # What fills is told apart by the type of its event, which is the type that it counts under.
    return common([f[:2] for f in gold], [f[:2] for f in predicted], itemgetter(0))


def _played(gold: Sequence[Filler], predicted: Sequence[Filler]) -> Listed:
    return common(gold, predicted, itemgetter(2))


#: The lists of a record in which what fills a role may stand.
FILLERS = ("segments", "mentions", "entities", "events")

TRIGGERS = Statistic("triggers", ("events",), Shared, triggers, sets, reads=("events",))
TYPED_TRIGGERS = Statistic(
    "typed triggers", ("events",), Shared, triggers, Listing(_classified, THREE),
    reads=("events",),
)  # fmt: skip
ARGUMENTS = Statistic(
    "arguments", ("events",), Shared, arguments, Listing(_filled, THREE), reads=FILLERS
)
ROLES = Statistic("roles", ("events",), Shared, arguments, Listing(_played, THREE), reads=FILLERS)


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
