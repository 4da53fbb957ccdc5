"""Sets of spans by their outer bounds, as spaCy's Scorer has them (docs/metrics/entities.md)."""

from __future__ import annotations

from operator import itemgetter

from glose.evaluate.counts import FOUR, THREE, Shared, Statistic, common, sought
from glose.evaluate.flat import Laid, laid
from glose.evaluate.listings import Listed, Listing
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

_BOUNDS = itemgetter(0, 1, 2)


def labeled(gold: Laid, predicted: Laid) -> Listed:
    """Return what two sets of types and bounds have in common, and each of them."""
    return common(map(_BOUNDS, gold.chunks), map(_BOUNDS, predicted.chunks), itemgetter(0))


def unlabeled(gold: Laid, predicted: Laid) -> Listed:
    """Return two sets of bounds, whatever the types, in the order of `Shared`."""
    return sought(*([(c[0], c[1:3]) for c in side.chunks] for side in (gold, predicted)))


def entities(gold: Laid, predicted: Laid) -> Listed:
    """Return the same of the types and bounds that one `Doc.ents` can hold."""
    wanted, found = (map(_BOUNDS, side.flat(gold.words)) for side in (gold, predicted))
    return common(wanted, found, itemgetter(0))


def _same(n: Shared) -> Shared:
    return n


def _metric(name: str, count: Listing) -> Metric:
    reads = "mentions", "tokens"
    statistic = Statistic(f"spacy {name}", ("mentions",), Shared, laid, count, reads=reads)
    return Metric(f"spacy/{name}", statistic, _same, averages=(), undefined=0.0)


METRICS = (
    _metric("spans", Listing(labeled, THREE)),
    _metric("spans-unlabeled", Listing(unlabeled, FOUR)),
    _metric("ents", Listing(entities, THREE)),
)
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
