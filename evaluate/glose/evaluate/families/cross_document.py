"""Coreference over documents: a cluster may go on in the next one (docs/metrics/coreference.md).

The mentions of all documents are clustered at once, so the counts of a corpus are not the sum of
those of its documents. What does add up is how many mentions each two clusters share.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from itertools import count

from glose.evaluate import chains
from glose.evaluate.chains import Named
from glose.evaluate.contingency import Shares, tabled
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
    found: dict[tuple[bool, bool], dict[tuple[str, str], int]] = defaultdict(dict)
    for name in sorted(sums):
        one, other = json.loads(name)
        key = json.dumps(one), json.dumps(other)
        found[one is None, other is None][key] = int(sums[name])
    golds = {one: n for (one, _), n in found[False, True].items() if singletons or n > 1}
    sizes = {other: n for (_, other), n in found[True, False].items() if singletons or n > 1}
    rows, columns = (dict(zip(side, count())) for side in (golds, sizes))
    cells = [
        (rows[one], columns[other], n)
        for (one, other), n in found[False, False].items()
        if one in rows and other in columns
    ]
    whole = tabled(cells, [*golds.values()], [*sizes.values()])
    return tuple(column.item() for column in whole.shares)


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
