"""Coreference over documents: a cluster may go on in the next one (docs/metrics/coreference.md).

The mentions of all documents are clustered at once, so the counts of a corpus are not the sum of
those of its documents. What does add up is how many mentions each two clusters share.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import partial

from glose.evaluate import chains
from glose.evaluate.chains import Named
from glose.evaluate.contingency import Contingency, Shares, shares
from glose.evaluate.counts import Row, Statistic, Tally
from glose.evaluate.families import coreference as general
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Project
from glose.evaluate.protocol import Protocol


def counted(gold: Sequence[Named], predicted: Sequence[Named]) -> Tally:
    """Return how many mentions of a document clusters of two names share, and how many each has.

    A number is called by the names of a gold cluster and a predicted one as a JSON list; one of
    them is null for all mentions of the other.
    """
    owner = {place.pieces: name for name, chain in gold for place in chain}
    numbers: Counter[tuple[Hashable, Hashable]] = Counter()
    for name, chain in gold:
        numbers[name, None] += len(chain)
    for name, chain in predicted:
        numbers[None, name] += len(chain)
        for place in chain:
            if place.pieces in owner:
                numbers[owner[place.pieces], name] += 1
    tally: Tally = {json.dumps(names): (number,) for names, number in numbers.items()}
    tally[None] = (len(owner),)
    return tally


def finished(sums: Mapping[str, float], *, singletons: bool) -> Row:
    """Return the counts of a corpus, `Shares`; a singleton is one in the whole corpus."""
    cells: dict[tuple[Hashable, Hashable], int] = {}
    golds: dict[Hashable, int] = {}
    sizes: dict[Hashable, int] = {}
    for name in sorted(sums):
        one, other = (each and json.dumps(each) for each in json.loads(name))
        if one is None:
            sizes[other] = int(sums[name])
        elif other is None:
            golds[one] = int(sums[name])
        else:
            cells[one, other] = int(sums[name])
    if not singletons:
        golds, sizes = ({k: n for k, n in side.items() if n > 1} for side in (golds, sizes))
        cells = {(i, j): n for (i, j), n in cells.items() if i in golds and j in sizes}
    return shares(Contingency(cells, golds, sizes))


def _metrics(
    name: str, lists: tuple[str, ...], project: Project, *, singletons: bool
) -> tuple[Metric, ...]:
    statistic = Statistic(
        name, lists, Shares, project, counted, finish=partial(finished, singletons=singletons)
    )
    return tuple(general.metrics(name, statistic, ()))


_LAYERS = (
    ("cross_document", ("mentions", "entities"), chains.linked_entities),
    ("event_cross_document", ("events", "event_clusters"), chains.linked_events),
)
_FAMILIES = {
    f"{layer}{suffix}": _metrics(f"{layer}{suffix}", lists, project, singletons=not suffix)
    for layer, lists, project in _LAYERS
    for suffix in ("", "-no-singletons")
}
METRICS = tuple(metric for metrics in _FAMILIES.values() for metric in metrics)
PROTOCOLS = tuple(
    Protocol(name, tuple(metric.name for metric in metrics), "equal spans, over documents")
    for name, metrics in _FAMILIES.items()
)
