"""Sets of spans by their outer bounds, as spaCy's Scorer has them (docs/metrics/entities.md)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import numpy as np

from glose.evaluate import traces
from glose.evaluate.counts import FOUR, THREE, Shared, Statistic, common, sought
from glose.evaluate.flat import Laid, laid
from glose.evaluate.listings import Listed, Listing, Rows
from glose.evaluate.metric import Metric
from glose.evaluate.projection import View
from glose.evaluate.protocol import Protocol
from glose.evaluate.stacked import Spans, Stack, Stacked, equals
from glose.evaluate.traces import Trace, Tracing

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


def traced_labeled(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which mentions are in the sets of `labeled`."""
    sides = (view.items(laid).chunks for view in (gold, predicted))
    return traces.common(*([(_BOUNDS(c), c.id) for c in side] for side in sides))


def traced_unlabeled(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which mentions are in the sets of `unlabeled`."""
    sides = (view.items(laid).chunks for view in (gold, predicted))
    return traces.common(*([(c[1:3], c.id) for c in side] for side in sides))


def traced_entities(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which mentions are in the sets of `entities`."""
    words = gold.items(laid).words
    sides = (view.items(laid).flat(words) for view in (gold, predicted))
    return traces.common(*([(_BOUNDS(c), c.id) for c in side] for side in sides))


def stacked_labeled(stack: Stack) -> Rows:
    """Return the rows of many documents, as `labeled` has that of one."""
    return _common(stack, stack.spans(0), stack.spans(1))


def stacked_unlabeled(stack: Stack) -> Rows:
    """Return the rows of many documents, as `unlabeled` has that of one."""
    gold, predicted = stack.spans(0), stack.spans(1)
    places, place = equals(gold, predicted, typed=False)
    items, item = equals(gold, predicted)
    # Where the item of a row stands.
    where = np.empty(len(items.type), dtype=np.int64)
    where[item] = place
    precise = items.predicted & places.gold[where]
    recalled = items.gold & places.predicted[where]
    columns = [precise, items.predicted, recalled, items.gold]
    both = places.gold & places.predicted
    whole = [
        np.bincount(places.document[which], minlength=len(stack))
        for which in (both, places.predicted, both, places.gold)
    ]
    return stack.rows(list(map(items.cells, columns)), all_=whole)


def stacked_entities(stack: Stack) -> Rows:
    """Return the rows of many documents, as `entities` has that of one."""
    return _common(stack, stack.flat(0), stack.flat(1))


def _common(stack: Stack, gold: Spans, predicted: Spans) -> Rows:
    found, _ = equals(gold, predicted)
    both = found.gold & found.predicted
    return stack.rows(list(map(found.cells, (both, found.predicted, both, found.gold))))


def _same(n: Shared) -> Shared:
    return n


def _metric(name: str, count: Listing, trace: Tracing) -> Metric:
    statistic = Statistic(
        f"spacy {name}", ("mentions",), Shared, laid, count, reads=("mentions", "tokens"),
        trace=trace,
    )  # fmt: skip
    return Metric(f"spacy/{name}", statistic, _same, averages=(), undefined=0.0)


METRICS = (
    _metric("spans", Stacked(labeled, THREE, stacked_labeled), traced_labeled),
    _metric("spans-unlabeled", Stacked(unlabeled, FOUR, stacked_unlabeled), traced_unlabeled),
    _metric("ents", Stacked(entities, THREE, stacked_entities), traced_entities),
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
