"""Mentions as spans with a type: four metrics of one alignment (docs/metrics.md)."""

from __future__ import annotations

from collections.abc import Iterator

from glose.evaluate import matching, tracing
from glose.evaluate.counts import EIGHT, Kinds, Numbers, Shared, Statistic, aligned
from glose.evaluate.matched import matched
from glose.evaluate.metric import Metric
from glose.evaluate.projection import View, entities
from glose.evaluate.protocol import Protocol
from glose.evaluate.stacked import Stacked
from glose.evaluate.traces import Trace


def traced(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which mentions the alignment puts side by side."""
    found = matching.spans(gold.items(entities), predicted.items(entities))
    return tracing.aligned(found, tracing.mentioned(gold), tracing.mentioned(predicted))


ENTITIES = Statistic(
    "entities",
    ("mentions",),
    Kinds,
    entities,
    Stacked(aligned, EIGHT, matched, words=False),
    reads=("mentions",),
    trace=traced,
)


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


METRICS = (
    Metric("entity/strict", ENTITIES, strict, _strict_five),
    Metric("entity/exact", ENTITIES, exact, _exact_five),
    Metric("entity/partial", ENTITIES, partial, _partial_five),
    Metric("entity/type", ENTITIES, typed, _typed_five),
)
PROTOCOLS = (Protocol("entities", tuple(metric.name for metric in METRICS), "one-to-one"),)
