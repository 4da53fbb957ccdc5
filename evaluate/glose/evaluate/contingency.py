"""What the measures of coreference are made of: which clusters share mentions, and how many.

Gold clusters and predicted clusters partition mentions. Where cluster i of gold and cluster j of
the predictions share n mentions there is a *cell*; every measure is a sum over the cells and over
the sizes of clusters, so nothing here takes more steps than sorting the mentions does, but for the
alignment of CEAF (forest.py). All documents of a batch are done at once: what takes a few numbers
from each document costs more to call than to compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from glose.evaluate.clusters import BITS, Numbered, Sides
from glose.evaluate.counts import Numbers
from glose.evaluate.forest import Forest, Mask
from glose.evaluate.joint import Array
from glose.evaluate.listings import Whole
from glose.evaluate.totals import totals

_MENTIONS, _SIZES = itemgetter(0), itemgetter(1)

#: What a whole number of 64 bits stays below.
_WHOLE = 2**63


@dataclass(frozen=True, slots=True)
class Side:
    """The clusters of one side: how many mentions each has, and the number of its document."""

    sizes: Whole
    documents: Whole

    @property
    def plural(self) -> Side:
        """The clusters of more than one mention."""
        many = self.sizes > 1
        return Side(self.sizes[many], self.documents[many])


@dataclass(frozen=True)
class Contingency:
    """How many mentions gold clusters and predicted ones share, and how many each has.

    The clusters of a side are numbered through all documents. Cells have the numbers of their
    clusters in `gold` and `given`, and what these share in `shared`; a cell that is not there is
    0. `met` has the cell of each shared mention, in the order of predicted clusters and places.
    """

    documents: int
    golds: Side
    predicted: Side
    gold: Whole
    given: Whole
    shared: Whole
    met: Whole

    @cached_property
    def where(self) -> Whole:
        """The document of each cell."""
        return self.predicted.documents[self.given]

    @cached_property
    def size_gold(self) -> Whole:
        """How many mentions the gold cluster of each cell has."""
        return self.golds.sizes[self.gold]

    @cached_property
    def size_given(self) -> Whole:
        """How many mentions the predicted cluster of each cell has."""
        return self.predicted.sizes[self.given]

    @cached_property
    def likeness(self) -> Array:
        """The likeness of the clusters of each cell (phi 4 of Luo 2005)."""
        alike: Array = 2 * self.shared / (self.size_gold + self.size_given)
        return alike

    @cached_property
    def forest(self) -> Forest:
        """The cells as edges between gold and predicted clusters."""
        return Forest.of(self.gold, self.given, len(self.golds.sizes), len(self.predicted.sizes))

    @cached_property
    def alike(self) -> Whole:
        """The cells of clusters that are aligned by their likeness at best, by gold cluster."""
        [cells] = np.nonzero(self.forest.heaviest(self.likeness))
        return cells[np.argsort(self.gold[cells])]

    def only(self, kept: Mask) -> Contingency:
        """Return the contingency with some of its cells."""
        met = (np.cumsum(kept) - 1)[self.met[kept[self.met]]]
        cells = self.gold[kept], self.given[kept], self.shared[kept]
        return Contingency(self.documents, self.golds, self.predicted, *cells, met)

    @cached_property
    def shares(self) -> Shares:
        """The sums of each document."""
        return _shares(self)


def contingency(pairs: Sequence[Sides], *, singletons: bool = True) -> Contingency:
    """Return what the clusters of documents share.

    Clusters are in the order of their first mentions, cells in that of the predicted clusters and
    then of the gold ones. Without `singletons` clusters of one mention are not there.
    """
    laid = [_Laid.of([pair[side] for pair in pairs]) for side in (0, 1)]
    gold, predicted = _ordered(len(pairs), *(x if singletons else x.plural() for x in laid))
    place = np.searchsorted(gold.keys, predicted.keys)
    place[place == len(gold.keys)] = 0
    same = np.nonzero(gold.keys[place] == predicted.keys)[0] if len(gold.keys) else place[:0]
    height = max(1, len(gold.sizes))
    each = predicted.owners[same] * height + gold.owners[place[same]]
    cells, shared = np.unique(each, return_counts=True)
    # Within a predicted cluster mentions stay in the order of places.
    order = np.argsort(predicted.owners[same], kind="stable")
    return Contingency(
        len(pairs), Side(gold.sizes, gold.documents), Side(predicted.sizes, predicted.documents),
        cells % height, cells // height, shared, np.searchsorted(cells, each[order]),
    )  # fmt: skip


def tabled(
    cells: Sequence[tuple[int, int, int]], golds: Sequence[int], sizes: Sequence[int]
) -> Contingency:
    """Return the contingency of one document from its cells and the sizes of clusters.

    A cell is the number of its gold cluster, of its predicted cluster, and what they share.
    """
    columns = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    wanted, given = (
        Side(np.array(x, dtype=np.int64), np.zeros(len(x), dtype=np.int64)) for x in (golds, sizes)
    )
    gold, predicted, shared = columns
    met = np.repeat(np.arange(len(shared)), shared)
    return Contingency(1, wanted, given, gold, predicted, shared, met)


@dataclass(frozen=True, slots=True)
class _Laid:
    """The clusters of one side of all documents: `keys` and `owners` are of their mentions."""

    keys: Whole
    owners: Whole
    sizes: Whole
    documents: Whole

    @classmethod
    def of(cls, sides: Sequence[Numbered]) -> _Laid:
        keys = np.frombuffer(b"".join(map(_MENTIONS, sides)), np.int64)
        sizes = np.frombuffer(b"".join(map(_SIZES, sides)), np.int64)
        documents = np.repeat(np.arange(len(sides)), [len(side.sizes) for side in sides])
        return cls(keys, np.repeat(np.arange(len(sizes)), sizes), sizes, documents)

    def plural(self) -> _Laid:
        """Return the clusters of more than one mention."""
        many = self.sizes > 1
        sizes = self.sizes[many]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        return _Laid(self.keys[many[self.owners]], owners, sizes, self.documents[many])

    def sorted(self, keys: Whole) -> _Laid:
        """Return mentions sorted by keys, and clusters by their first mentions."""
        order = np.argsort(keys)
        owners = self.owners[order]
        first = np.empty(len(self.sizes), dtype=np.int64)
        # Of what is assigned several times the last one stays.
        first[owners[::-1]] = np.arange(len(owners))[::-1]
        by = np.argsort(first)
        ranks = np.empty_like(by)
        ranks[by] = np.arange(len(by))
        return _Laid(keys[order], ranks[owners], self.sizes[by], self.documents[by])


def _ordered(documents: int, gold: _Laid, predicted: _Laid) -> tuple[_Laid, _Laid]:
    """Return both sides with keys that tell documents apart too, sorted by them."""
    both = np.concatenate([gold.keys, predicted.keys])
    starts, ends = both >> BITS, both & (1 << BITS) - 1
    width = int(max(starts.max(initial=0), ends.max(initial=0))) + 1
    spots, most = starts * width + ends, width * width
    if most * documents >= _WHOLE:
        every, spots = np.unique(both, return_inverse=True)
        most = len(every)
    documents_of = [side.documents[side.owners] * most for side in (gold, predicted)]
    cut = len(gold.keys)
    one, other = spots[:cut] + documents_of[0], spots[cut:] + documents_of[1]
    return gold.sorted(one), predicted.sorted(other)


class Shares(NamedTuple):
    """The sums from which the measures of coreference follow.

    `mentions` are shared ones, `links` those of MUC (mentions less clusters), `pairs` coreferent
    pairs of mentions and `apart` pairs of mentions that are not. `…_predicted` and `…_gold` are
    the numbers of one side, `…_precise` and `…_recalled` numerators that differ.
    """

    mentions: Numbers
    mentions_predicted: Numbers
    mentions_gold: Numbers
    clusters_predicted: Numbers
    clusters_gold: Numbers
    links: Numbers
    links_predicted: Numbers
    links_gold: Numbers
    b3_precise: Numbers
    b3_recalled: Numbers
    ceafm: Numbers
    ceafe: Numbers
    lea_precise: Numbers
    lea_recalled: Numbers
    pairs: Numbers
    pairs_predicted: Numbers
    pairs_gold: Numbers
    apart: Numbers
    apart_predicted: Numbers
    apart_gold: Numbers


def _shares(found: Contingency) -> Shares:
    number, where, n = found.documents, found.where, found.shared
    mentions, pairs = summed(where, n, number), summed(where, _pairs(n), number)
    (given, sizes, pairs_predicted), (wanted, golds, pairs_gold) = (
        (
            summed(side.documents, side.sizes, number),
            np.bincount(side.documents, minlength=number),
            summed(side.documents, _pairs(side.sizes), number),
        )
        for side in (found.predicted, found.golds)
    )
    exactly = partial(totals, groups=where, number=number)
    ours, theirs, best = found.size_gold, found.size_given, found.alike
    return Shares(
        mentions, given, wanted, sizes, golds,
        mentions - np.bincount(where, minlength=number), given - sizes, wanted - golds,
        exactly(n * n / theirs), exactly(n * n / ours),
        _aligned(found), totals(found.likeness[best], where[best], number),
        exactly(_resolved(n, theirs, ours)), exactly(_resolved(n, ours, theirs)),
        pairs, pairs_predicted, pairs_gold, _apart(found, mentions, pairs),
        _pairs(given) - pairs_predicted, _pairs(wanted) - pairs_gold,
    )  # fmt: skip


def _aligned(found: Contingency) -> Whole:
    """Return the mentions of clusters that are aligned by their mentions at best."""
    best = found.forest.greatest(found.shared.astype(np.float64))
    documents = np.concatenate([found.golds.documents, found.predicted.documents])
    return summed(documents, best, found.documents)


def summed(groups: Whole, numbers: Whole | Array, size: int) -> Whole:
    """Return the sums of whole numbers by group; they are below 2**53, so floats hold them."""
    return np.bincount(groups, numbers, size).astype(np.int64)


def _pairs(sizes: Whole) -> Whole:
    pairs: Whole = sizes * (sizes - 1) // 2
    return pairs


def _resolved(shared: Whole, sizes: Whole, others: Whole) -> Array:
    """Return what cells add to LEA for clusters of a size: mentions times resolved links.

    A cluster of one mention has one link, to itself, which only another of one mention resolves.
    """
    links = shared * (shared - 1) / np.maximum(sizes - 1, 1)
    return np.where(sizes == 1, others == 1, links)


def _apart(found: Contingency, mentions: Whole, pairs: Whole) -> Whole:
    """Return the pairs of shared mentions that are in two clusters on both sides."""
    together = -pairs
    for side, of in ((found.golds, found.gold), (found.predicted, found.given)):
        shared = summed(of, found.shared, len(side.sizes))
        together += summed(side.documents, _pairs(shared), found.documents)
    return _pairs(mentions) - together
