"""Relations as sets, by the spans of what they relate or by its clusters, directed or not.

Defined in docs/metrics/relations.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from glose.evaluate.assignment import assign, assign_sparse
from glose.evaluate.counts import Shared, Statistic, Tally, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.relating import Cluster, Net, Related, Relating, nets, relations

#: What must be equal of what is related.
Key: TypeAlias = Callable[[Related], Hashable]

#: Up to so many gold times predicted clusters a table is assigned here, not by scipy.
SMALL = 2_500


def _typed(related: Related) -> Hashable:
    return related.type, related.what


def _what(related: Related) -> Hashable:
    return related.what


def _keys(items: Iterable[Relating], key: Key, *, directed: bool) -> list[Hashable]:
    """Return what must be equal of each relation; the order of its arguments never matters."""
    found: list[Hashable] = []
    for item in items:
        args = Counter((directed and related.role, key(related)) for related in item.args)
        found.append((item.type, frozenset(args.items())))
    return found


def _sets(name: str, key: Key, *, directed: bool) -> Statistic:
    """Return a comparison of sets of relations."""

    def count(gold: Sequence[Relating], predicted: Sequence[Relating]) -> Tally:
        wanted, found = (_keys(side, key, directed=directed) for side in (gold, predicted))
        return typed_sets(wanted, found, itemgetter(0))

    return Statistic(name, ("relations",), Shared, relations, count)


def _clustered(name: str, *, directed: bool) -> Statistic:
    """Return a comparison of relations between clusters, which are aligned one to one first."""

    def count(gold: Sequence[Net], predicted: Sequence[Net]) -> Tally:
        (wanted,), (found,) = gold, predicted
        partners = _aligned(wanted.clusters, found.clusters)

        def of_gold(related: Related) -> Hashable:
            return related.cluster or related.what

        def of_predicted(related: Related) -> Hashable:
            # A cluster without a partner is unlike any of gold, even one that looks the same.
            partner = partners.get(related.cluster, (related.cluster,))
            return partner if related.cluster else related.what

        return typed_sets(
            _keys(wanted.relations, of_gold, directed=directed),
            _keys(found.relations, of_predicted, directed=directed),
            itemgetter(0),
        )

    return Statistic(name, ("relations",), Shared, nets, count)


def _aligned(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Mapping[Cluster, Cluster]:
    """Return the gold cluster of each predicted one that has one.

    One to one, so that the clusters share as many mentions as possible. A place may be in several
    clusters, where mentions of several have the same span.
    """
    homes: dict[Hashable, list[int]] = {}
    for number, cluster in enumerate(gold):
        for place in cluster:
            homes.setdefault(place, []).append(number)
    shared = Counter(
        (home, number)
        for number, cluster in enumerate(predicted)
        for place in cluster
        for home in homes.get(place, ())
    )
    return {predicted[p]: gold[g] for g, p in _best(shared, len(gold), len(predicted))}


def _best(shared: Mapping[tuple[int, int], int], rows: int, columns: int) -> list[tuple[int, int]]:
    if not shared:
        return []
    if rows * columns > SMALL:
        return assign_sparse(shared)
    return assign([[shared.get((g, p), 0) for p in range(columns)] for g in range(rows)])


METRICS = tuple(
    Metric(statistic.name, statistic, same)
    for statistic in (
        _sets("relation/strict", _typed, directed=True),
        _sets("relation/strict-undirected", _typed, directed=False),
        _sets("relation/boundary", _what, directed=True),
        _sets("relation/boundary-undirected", _what, directed=False),
        _clustered("relation/cluster", directed=True),
        _clustered("relation/cluster-undirected", directed=False),
    )
)
PROTOCOLS = (Protocol("relations", tuple(metric.name for metric in METRICS), "set"),)
