"""Sets of spans by their outer bounds, as spaCy's Scorer has them (docs/metrics/entities.md)."""

from __future__ import annotations

from operator import itemgetter

from glose.evaluate.counts import Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.flat import Laid, flat, laid
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol


def labeled(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two sets of types and bounds."""
    wanted, found = ((chunk[:3] for chunk in side.chunks) for side in (gold, predicted))
    return typed_sets(wanted, found, itemgetter(0))


def unlabeled(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two sets of bounds, whatever the types."""
    wanted, found = (((c.type, c[1:3]) for c in side.chunks) for side in (gold, predicted))
    return sets(wanted, found)


def entities(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two sets of types and bounds, of those that one `Doc.ents` can hold."""
    wanted, found = (
        (chunk[:3] for chunk in flat(side.chunks, gold.words)) for side in (gold, predicted)
    )
    return typed_sets(wanted, found, itemgetter(0))


def _same(n: Shared) -> Shared:
    return n


METRICS = tuple(
    Metric(
        f"spacy/{name}", Statistic(f"spacy {name}", ("mentions",), Shared, laid, count), _same,
        averages=(),
        undefined=0.0,
    )
    for name, count in (("spans", labeled), ("spans-unlabeled", unlabeled), ("ents", entities))
)  # fmt: skip
PROTOCOLS = (
    Protocol(
        "spacy",
        tuple(metric.name for metric in METRICS),
        "set of spans",
        reference="spaCy 3.8.18 Scorer",
        warnings=(
            "spacy: what is predicted twice counts once",
            "spacy: a discontinuous mention counts by its outer bounds",
        ),
    ),
)
