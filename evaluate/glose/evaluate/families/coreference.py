"""Coreference of entities and of events, one document at a time (docs/metrics/coreference.md).

Each variant (mentions that are equal, that share a head, with and without singletons) is a
statistic of its own, which the same nine metrics read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate import chains
from glose.evaluate.chains import Chain, Spots, equal
from glose.evaluate.clustered import Clustered
from glose.evaluate.clusters import Sides, clusters, ranked
from glose.evaluate.contingency import Contingency, Shares
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.figures import Figures
from glose.evaluate.heaviest import greatest
from glose.evaluate.likeness import Alike, overlapping, renamed
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.overlaps import length
from glose.evaluate.projection import Project
from glose.evaluate.protocol import Protocol

#: The mentions of each cluster with their heads.
Chains: TypeAlias = Sequence[Chain]

#: The mean over documents, of what each defines.
BY_DOCUMENT = (Averaging("macro-document", over="documents"),)


class Overlap(NamedTuple):
    """The columns of mention overlap: shared code points, and those of the mentions of a side."""

    points: Numbers
    predicted: Numbers
    gold: Numbers


def mention(n: Shares) -> Shared:
    """Return what counts as correct if a mention is found, in whatever cluster."""
    return Shared(n.mentions, n.mentions_predicted, n.mentions, n.mentions_gold)


def muc(n: Shares) -> Shared:
    """Return the links of MUC: of each cluster one fewer than it has mentions."""
    return Shared(n.links, n.links_predicted, n.links, n.links_gold)


def b3(n: Shares) -> Shared:
    """Return the sums of B³: of each mention what its two clusters share."""
    return Shared(n.b3_precise, n.mentions_predicted, n.b3_recalled, n.mentions_gold)


def ceafm(n: Shares) -> Shared:
    """Return the mentions that the best alignment of clusters shares (phi 3)."""
    return Shared(n.ceafm, n.mentions_predicted, n.ceafm, n.mentions_gold)


def ceafe(n: Shares) -> Shared:
    """Return the likeness of clusters, aligned at best (phi 4), over their number."""
    return Shared(n.ceafe, n.clusters_predicted, n.ceafe, n.clusters_gold)


def lea(n: Shares) -> Shared:
    """Return the resolved share of links of each cluster, times its mentions."""
    return Shared(n.lea_precise, n.mentions_predicted, n.lea_recalled, n.mentions_gold)


def pairs(n: Shares) -> Shared:
    """Return the pairs of mentions that are coreferent."""
    return Shared(n.pairs, n.pairs_predicted, n.pairs, n.pairs_gold)


def apart(n: Shares) -> Shared:
    """Return the pairs of mentions that are not coreferent."""
    return Shared(n.apart, n.apart_predicted, n.apart, n.apart_gold)


def mor(n: Overlap) -> Shared:
    """Return the code points that mentions share, aligned at best."""
    return Shared(n.points, n.predicted, n.points, n.gold)


def joined(parts: Sequence[Figures]) -> Figures:
    """Return the mean of the parts that are defined; what is defined in half counts as 0 there."""
    there = np.stack([~np.isnan(part.f1) for part in parts])
    number = there.sum(axis=0)
    means = (
        np.where(there, np.nan_to_num(np.stack(each)), 0.0).sum(axis=0) / np.maximum(number, 1)
        for each in zip(*parts, strict=True)
    )
    return Figures(*(np.where(number > 0, mean, np.nan) for mean in means))


def linked(n: Shares) -> Mapping[str, Numbers]:
    """Return the numbers behind BLANC: pairs that are coreferent, and pairs that are not."""
    return {
        "coreferent": n.pairs, "coreferent_predicted": n.pairs_predicted,
        "coreferent_gold": n.pairs_gold, "apart": n.apart,
        "apart_predicted": n.apart_predicted, "apart_gold": n.apart_gold,
    }  # fmt: skip


def shares(found: Contingency) -> Shares:
    """Return the sums of each document."""
    return found.shares


def alike(gold: Chains, predicted: Chains, same: Alike, *, singletons: bool = True) -> Sides:
    """Return the clusters of one document whose mentions may be the same by `same`."""
    if not singletons:
        gold, predicted = _plural(gold), _plural(predicted)
    wanted = [[place.pieces for place in chain] for chain in gold]
    return ranked(clusters(wanted), clusters(renamed(gold, predicted, same)))


def overlap(gold: Spots, predicted: Spots, *, singletons: bool = True) -> Tally:
    """Return how many code points the mentions of one document share, `Overlap`."""
    wanted, given = (
        [("", pieces) for pieces in side.covered.of(1 if singletons else 2)]
        for side in (gold, predicted)
    )
    sizes = (sum(length(pieces) for _, pieces in side) for side in (given, wanted))
    return {None: Overlap(greatest(overlapping(wanted, given)), *sizes)}


def _plural(chains: Chains) -> Chains:
    return [chain for chain in chains if len(chain) > 1]


_RATIOS: tuple[tuple[str, Callable[[Shares], Shared]], ...] = (
    ("mention", mention), ("muc", muc), ("b3", b3), ("ceafm", ceafm), ("ceafe", ceafe),
    ("lea", lea),
)  # fmt: skip


def metrics(
    family: str, statistic: Statistic, averages: tuple[Averaging, ...] = BY_DOCUMENT
) -> Iterator[Metric]:
    """Yield the metrics of one variant, named `family/muc` and so on."""
    for name, ratio in _RATIOS:
        yield Metric(f"{family}/{name}", statistic, ratio, averages=averages)
    yield Metric(
        f"{family}/blanc", statistic, pairs, linked, others=(apart,), join=joined,
        averages=averages,
    )  # fmt: skip
    yield Metric(
        f"{family}/conll", statistic, muc, others=(b3, ceafe), join=joined, averages=averages
    )


class Variant(NamedTuple):
    """A protocol's name, the lists that it needs, and how mentions are matched.

    `spots` is the projection for equal spans, `places` that for mentions that are `alike`.
    """

    name: str
    lists: tuple[str, ...]
    spots: Project
    places: Project
    alike: Alike | None
    singletons: bool

    def metrics(self) -> tuple[Metric, ...]:
        """Return the metrics of the variant; overlap is the same however mentions are matched."""
        if self.alike is not None:
            sides = partial(alike, same=self.alike, singletons=self.singletons)
            count = Clustered(sides, shares)
            return tuple(metrics(self.name, self._statistic("", Shares, self.places, count)))
        count = Clustered(equal, shares, self.singletons)
        places = partial(overlap, singletons=self.singletons)
        overlaps = self._statistic(" overlap", Overlap, self.spots, places)
        found = metrics(self.name, self._statistic("", Shares, self.spots, count))
        return (*found, Metric(f"{self.name}/mor", overlaps, mor, averages=BY_DOCUMENT))

    def _statistic(
        self, what: str, columns: type[object], project: Project, count: Callable[..., Tally]
    ) -> Statistic:
        name = f"{self.name}{what}"
        return Statistic(name, self.lists, columns, project, count, reads=self.lists)

    def protocol(self) -> Protocol:
        """Return the protocol of all metrics of the variant."""
        names = tuple(metric.name for metric in self.metrics())
        return Protocol(self.name, names, self.matching)

    @property
    def matching(self) -> str:
        """How mentions and clusters are matched, for the signature."""
        name = self.alike.__name__.replace("_", " ") if self.alike else "equal spans"
        return f"{name}, {'with' if self.singletons else 'without'} singletons"


ENTITIES = (("mentions", "entities"), chains.entity_spots, chains.entities)
EVENTS = (("events", "event_clusters"), chains.event_spots, chains.events)
LAYERS = {"coreference": ENTITIES, "event_coreference": EVENTS}
_VARIANTS = tuple(Variant(name, *layer, None, singletons=True) for name, layer in LAYERS.items())
METRICS = tuple(metric for variant in _VARIANTS for metric in variant.metrics())
PROTOCOLS = tuple(variant.protocol() for variant in _VARIANTS)
