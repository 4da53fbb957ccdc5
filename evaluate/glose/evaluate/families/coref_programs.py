"""The figures of programs for coreference beside the perl scorer (docs/metrics/coreference.md).

coval, e2e-coref, MAVEN-ERE, neleval and metametric; mentions are outer bounds, as in coref.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from glose.evaluate.chains import entity_spots, outer
from glose.evaluate.clustered import Clustered
from glose.evaluate.contingency import Contingency, Shares, summed
from glose.evaluate.counts import Numbers, Shared, Statistic
from glose.evaluate.families import coreference as general
from glose.evaluate.families.coref import LISTS, Join, average
from glose.evaluate.figures import Figures, figures
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric, Ratio
from glose.evaluate.protocol import Protocol
from glose.evaluate.totals import in_turn, totals


class Plural(NamedTuple):
    """The sums of e2e-coref: as in `Shares`, but singletons are left out of B3 and of CEAFe."""

    links: Numbers
    links_predicted: Numbers
    links_gold: Numbers
    b3_precise: Numbers
    b3_predicted: Numbers
    b3_recalled: Numbers
    b3_gold: Numbers
    ceafe: Numbers
    clusters_predicted: Numbers
    clusters_gold: Numbers


class Sums(NamedTuple):
    """The figures of each document added up, as metametric has them, and the documents."""

    documents: Numbers
    muc_precision: Numbers
    muc_recall: Numbers
    muc_f1: Numbers
    b3_precision: Numbers
    b3_recall: Numbers
    ceaf_precision: Numbers
    ceaf_recall: Numbers
    ceaf_f1: Numbers


class Closed(NamedTuple):
    """The pairs of mentions of `Shares`, and how many documents have other mentions than gold."""

    pairs: Numbers
    pairs_predicted: Numbers
    pairs_gold: Numbers
    apart: Numbers
    apart_predicted: Numbers
    apart_gold: Numbers
    different: Numbers


def plural(found: Contingency) -> Plural:
    """Return the counts of e2e-coref.

    Of B3, singletons of either side are left out; of CEAFe, only predicted ones.
    """
    all_, number = found.shares, found.documents
    kept = found.only(found.size_given > 1)
    both = kept.only(kept.size_gold > 1)
    squares, best = both.shared * both.shared, kept.alike
    sizes, golds = found.predicted.plural, found.golds.plural
    return Plural(
        all_.links, all_.links_predicted, all_.links_gold,
        in_turn(squares / both.size_given, both.where, number),
        summed(sizes.documents, sizes.sizes, number),
        in_turn(squares / both.size_gold, both.where, number),
        summed(golds.documents, golds.sizes, number),
        totals(kept.likeness[best], kept.where[best], number),
        np.bincount(sizes.documents, minlength=number), all_.clusters_gold,
    )  # fmt: skip


def closed(found: Contingency) -> Closed:
    """Return the pairs of mentions."""
    all_ = found.shares
    missed = all_.mentions != all_.mentions_gold
    return Closed(*all_[-6:], (missed | (all_.mentions != all_.mentions_predicted)).astype(int))


def means(found: Contingency) -> Sums:
    """Return the figures of each document; one without links on a side has none."""
    all_ = found.shares
    there = (all_.links_gold > 0) & (all_.links_predicted > 0)
    muc, b3, ceaf = (figures(ratio(all_)) for ratio in (general.muc, general.b3, general.ceafe))
    return Sums(there.astype(int), *(np.where(there, x, 0.0) for x in (*muc, *b3[:2], *ceaf)))


def by_clusters(n: Shares) -> Shared:
    """Return CEAFm as coval divides it: mentions by clusters, so that it may be above 1."""
    return Shared(n.ceafm, n.clusters_predicted, n.ceafm, n.clusters_gold)


def _muc(n: Plural) -> Shared:
    return Shared(n.links, n.links_predicted, n.links, n.links_gold)


def _b3(n: Plural) -> Shared:
    return Shared(n.b3_precise, n.b3_predicted, n.b3_recalled, n.b3_gold)


def _ceafe(n: Plural) -> Shared:
    return Shared(n.ceafe, n.clusters_predicted, n.ceafe, n.clusters_gold)


def _different(n: Closed) -> Shared:
    return Shared(*(n.different,) * 4)


def _closed(parts: Sequence[Figures]) -> Figures:
    """Return the mean of coreferent and other pairs; undefined where mentions differ."""
    *pairs, different = parts
    there = np.isnan(different.f1)
    return Figures(*(np.where(there, each, np.nan) for each in average(pairs)))


def _nudged(n: Closed) -> Mapping[str, Numbers]:
    """Return precision and recall as MAVEN-ERE prints them, a millionth in the denominator."""
    little = 1e-6
    precision = n.pairs / (n.pairs_predicted + little) + n.apart / (n.apart_predicted + little)
    recall = n.pairs / (n.pairs_gold + little) + n.apart / (n.apart_gold + little)
    there = np.where(np.asarray(n.different) > 0, np.nan, 0.5)
    return {"precision_printed": precision * there, "recall_printed": recall * there}


def _neleval(ratio: Ratio) -> Callable[[Shares], Mapping[str, Numbers]]:
    """Return what gives the four counts that neleval prints."""

    def counts(n: Shares) -> Mapping[str, Numbers]:
        share = ratio(n)
        return {
            "ptp": share.correct_precision, "fp": share.predicted - share.correct_precision,
            "rtp": share.correct_recall, "fn": share.gold - share.correct_recall,
        }  # fmt: skip

    return counts


def _of_documents(precision: str, recall: str) -> Ratio:
    def ratio(n: Sums) -> Shared:
        sums = getattr(n, precision), getattr(n, recall)
        return Shared(sums[0], n.documents, sums[1], n.documents)

    return ratio


def _mean_f1(parts: Sequence[Figures]) -> Figures:
    """Return the means of precision and recall, and the mean of F1, which the last part is."""
    means, f1 = parts
    return Figures(means.precision, means.recall, f1.f1)


def _mean_average(parts: Sequence[Figures]) -> Figures:
    """Return the mean of the three F1, of which that of B3 is of the mean precision and recall."""
    means, f1 = average(parts[:3]), [parts[3].f1, parts[1].f1, parts[4].f1]
    return Figures(means.precision, means.recall, np.stack(f1).mean(axis=0))


def _statistic(
    name: str, columns: type[object], sums: Callable[[Contingency], Sequence[Array]]
) -> Statistic:
    return Statistic(name, LISTS, columns, entity_spots, Clustered(outer, sums), reads=LISTS)


_PLAIN = _statistic("coreference of outer bounds", Shares, general.shares)
_LINKED = Statistic(
    "coreference of outer bounds, no singletons", LISTS, Shares, entity_spots,
    Clustered(outer, general.shares, singletons=False), reads=LISTS,
)  # fmt: skip
_PLURAL = _statistic("e2e-coref", Plural, plural)
_CLOSED = _statistic("MAVEN-ERE", Closed, closed)
_SUMS = _statistic("metametric coreference", Sums, means)


def _metric(name: str, statistic: Statistic, *ratios: Ratio, join: Join | None = None) -> Metric:
    return Metric(
        name, statistic, ratios[0], others=ratios[1:], join=join, averages=(), undefined=0.0
    )


def _coval(name: str, statistic: Statistic) -> tuple[Metric, ...]:
    return (
        _metric(f"{name}/mentions", statistic, general.mention),
        _metric(f"{name}/muc", statistic, general.muc),
        _metric(f"{name}/b_cubed", statistic, general.b3),
        _metric(f"{name}/ceafe", statistic, general.ceafe),
        _metric(f"{name}/ceafm", statistic, by_clusters),
        _metric(f"{name}/lea", statistic, general.lea),
        _metric(f"{name}/conll", statistic, general.muc, general.b3, general.ceafe, join=average),
    )


_COVAL = _coval("coval", _PLAIN)
_COVAL_LINKED = _coval("coval-no-singletons", _LINKED)
_E2E = (
    _metric("e2e-coref/muc", _PLURAL, _muc),
    _metric("e2e-coref/b_cubed", _PLURAL, _b3),
    _metric("e2e-coref/ceafe", _PLURAL, _ceafe),
    _metric("e2e-coref/average", _PLURAL, _muc, _b3, _ceafe, join=average),
)
_MAVEN = (
    _metric("maven-ere/muc", _PLAIN, general.muc),
    _metric("maven-ere/b_cubed", _PLAIN, general.b3),
    _metric("maven-ere/ceafe", _PLAIN, general.ceafe),
    Metric(
        "maven-ere/blanc", _CLOSED, general.pairs, extras=_nudged,
        others=(general.apart, _different), join=_closed, averages=(),
    ),
)  # fmt: skip
_NELEVAL = tuple(
    Metric(
        f"neleval-coref/{name}", _PLAIN, ratio, _neleval(ratio), averages=(), undefined=0.0
    )
    for name, ratio in (
        ("muc", general.muc), ("b_cubed", general.b3), ("b_cubed_plus", general.b3),
        ("entity_ceaf", general.ceafe), ("mention_ceaf", general.ceafm),
        ("mention_ceaf_plus", general.ceafm), ("typed_mention_ceaf", general.ceafm),
        ("typed_mention_ceaf_plus", general.ceafm), ("pairwise", general.pairs),
    )
)  # fmt: skip
_MEANS = {
    name: (_of_documents(f"{name}_precision", f"{name}_recall"), _of_documents(f1, f1))
    for name, f1 in (("muc", "muc_f1"), ("b3", "b3_recall"), ("ceaf", "ceaf_f1"))
}
_METAMETRIC = (
    _metric("metametric/muc", _SUMS, *_MEANS["muc"], join=_mean_f1),
    _metric("metametric/b_cubed", _SUMS, _MEANS["b3"][0]),
    _metric("metametric/ceaf_phi4", _SUMS, *_MEANS["ceaf"], join=_mean_f1),
    _metric(
        "metametric/coreference", _SUMS, *(_MEANS[name][0] for name in _MEANS),
        _MEANS["muc"][1], _MEANS["ceaf"][1], join=_mean_average,
    ),
)  # fmt: skip
METRICS = (*_COVAL, *_COVAL_LINKED, *_E2E, *_MAVEN, *_NELEVAL, *_METAMETRIC)


def _protocol(
    name: str, metrics: Sequence[Metric], reference: str, *warnings: str, kept: str = "with"
) -> Protocol:
    names = tuple(metric.name for metric in metrics)
    return Protocol(name, names, f"outer bounds, {kept} singletons", False, reference, warnings)


_BY_CLUSTERS = "CEAFm divides mentions by entities, so it may be above 1"
PROTOCOLS = (
    _protocol("coval", _COVAL, "coval 2020-07", _BY_CLUSTERS),
    _protocol(
        "coval-no-singletons", _COVAL_LINKED, "coval 2020-07, remove_singletons", _BY_CLUSTERS,
        kept="without",
    ),
    _protocol(
        "e2e-coref", _E2E, "e2e-coref metrics.py (Lee et al. 2017)",
        "B3 leaves out singletons, CEAFe predicted ones only: gold against itself may be below 1",
    ),
    _protocol(
        "maven-ere", _MAVEN, "MAVEN-ERE evaluate.py (Wang et al. 2022)",
        "BLANC is undefined unless the predictions have exactly the mentions of gold",
    ),
    _protocol(
        "neleval-coref", _NELEVAL, "neleval 3.1.1, prepare-conll-coref and evaluate",
        "clusters of a coreference file have no types and no links: the typed_ and _plus measures "
        "are those without",
    ),
    _protocol(
        "metametric-coref", _METAMETRIC, "metametric 0.2.1 coref_suite",
        "means over documents that have links on both sides, which it divides by",
    ),
)  # fmt: skip
