"""The figures of anaforatools for temporal links (docs/metrics/time.md)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from glose.evaluate.closure import Link
from glose.evaluate.counts import Shared, Statistic, Tally, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.families.timelinks import CLOSED, LISTS
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.temporal import spanned


def _exact(gold: Sequence[Link], predicted: Sequence[Link]) -> Tally:
    return typed_sets(gold, predicted, attrgetter("relation"))


EXACT = Statistic("anafora links", LISTS, Shared, spanned, _exact)

METRICS = (
    Metric("anafora/exact", EXACT, same, undefined=1.0),
    Metric("anafora/closure", CLOSED, same, undefined=1.0),
)
PROTOCOLS = (
    Protocol(
        "anafora",
        tuple(metric.name for metric in METRICS),
        "set, closure",
        reference="anaforatools 2022 (Bethard)",
        warnings=("precision is 1 without any prediction, recall is 1 without any gold",),
    ),
)
