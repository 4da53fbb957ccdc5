"""What the measures of coreference are made of: which clusters share mentions, and how many.

Gold clusters and predicted clusters partition mentions. Where cluster i of gold and cluster j of
the predictions share n mentions there is a *cell*; every measure is a sum over the cells and over
the sizes of clusters, so nothing here takes more steps than there are mentions, but for the
alignment of CEAF (heaviest.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from glose.evaluate.counts import Numbers
from glose.evaluate.heaviest import components, solved


@dataclass(frozen=True, slots=True)
class Contingency:
    """How many mentions gold clusters and predicted ones share, and how many each has.

    Clusters are known by whatever can be a key; a cell that is not there is 0.
    """

    cells: Mapping[tuple[Hashable, Hashable], int]
    golds: Mapping[Hashable, int]
    predicted: Mapping[Hashable, int]


def contingency(
    gold: Sequence[Sequence[Hashable]], predicted: Sequence[Sequence[Hashable]]
) -> Contingency:
    """Return what clusters share whose mentions are the same where they are equal.

    On each side the clusters have no mention in common. Cells are in the order of the predicted
    clusters, then of the gold ones.
    """
    owner = {mention: number for number, cluster in enumerate(gold) for mention in cluster}
    cells: dict[tuple[Hashable, Hashable], int] = {}
    for number, cluster in enumerate(predicted):
        met: dict[int, int] = {}
        for mention in cluster:
            if mention in owner:
                met[owner[mention]] = met.get(owner[mention], 0) + 1
        for other in sorted(met):
            cells[other, number] = met[other]
    return Contingency(cells, _sizes(gold), _sizes(predicted))


def _sizes(clusters: Sequence[Sequence[Hashable]]) -> dict[Hashable, int]:
    return {number: len(cluster) for number, cluster in enumerate(clusters)}


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


def shares(found: Contingency) -> Shares:
    """Return the sums of one contingency."""
    cells, golds, sizes = found.cells, found.golds, found.predicted
    mentions, wanted, given = (sum(each.values()) for each in (cells, golds, sizes))
    pairs, pairs_gold, pairs_predicted = (_pairs(x.values()) for x in (cells, golds, sizes))
    return Shares(
        mentions, given, wanted, len(sizes), len(golds),
        mentions - len(cells), given - len(sizes), wanted - len(golds),
        fsum([n * n / sizes[j] for (_, j), n in cells.items()]),
        fsum([n * n / golds[i] for (i, _), n in cells.items()]),
        *_aligned(found),
        fsum([_resolved(n, sizes[j], golds[i]) for (i, j), n in cells.items()]),
        fsum([_resolved(n, golds[i], sizes[j]) for (i, j), n in cells.items()]),
        pairs, pairs_predicted, pairs_gold, _apart(found, pairs),
        given * (given - 1) // 2 - pairs_predicted, wanted * (wanted - 1) // 2 - pairs_gold,
    )  # fmt: skip


def likeness(found: Contingency) -> dict[tuple[Hashable, Hashable], float]:
    """Return the likeness of clusters that share mentions (phi 4 of Luo 2005)."""
    golds, sizes = found.golds, found.predicted
    return {(i, j): 2 * n / (golds[i] + sizes[j]) for (i, j), n in found.cells.items()}


def _aligned(found: Contingency) -> tuple[int, float]:
    """Return the mentions and the likeness of clusters, aligned at best for each of the two."""
    alike = likeness(found)
    mentions, parts = 0, []
    for group in components(found.cells):
        if len(group) == 1:
            mentions += found.cells[group[0]]
            parts.append(alike[group[0]])
            continue
        mentions += sum(found.cells[pair] for pair in solved(group, found.cells))
        parts += [alike[pair] for pair in solved(group, alike)]
    return mentions, fsum(parts)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _resolved(shared: int, size: int, other: int) -> float:
    """Return what a cell adds to LEA for a cluster of a size: its mentions times resolved links.

    A cluster of one mention has one link, to itself, which only another of one mention resolves.
    """
    if size == 1:
        return float(other == 1)
    return size * (shared * (shared - 1)) / (size * (size - 1))


def _apart(found: Contingency, pairs: int) -> int:
    """Return the pairs of shared mentions that are in two clusters on both sides."""
    rows: dict[Hashable, int] = defaultdict(int)
    columns: dict[Hashable, int] = defaultdict(int)
    for (i, j), n in found.cells.items():
        rows[i] += n
        columns[j] += n
    both = sum(found.cells.values())
    return both * (both - 1) // 2 - _pairs(rows.values()) - _pairs(columns.values()) + pairs
