"""The figures of the perl scorer 8.01, the norm of coreference (docs/metrics/coreference.md).

Mentions are the outer bounds of spans, and the first entity that names a span keeps it. It is one
line for each mention, so that mentions of one entity may cross, which the columns of CoNLL-2011
cannot say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from glose.evaluate.chains import entity_spots, outer
from glose.evaluate.clustered import Clustered
from glose.evaluate.contingency import Contingency, Shares
from glose.evaluate.counts import Numbers, Statistic
from glose.evaluate.families import coreference as general
from glose.evaluate.figures import Figures, figures
from glose.evaluate.metric import Metric, Ratio
from glose.evaluate.protocol import Protocol
from glose.evaluate.totals import in_turn

LISTS = ("mentions", "entities")

#: What joins the figures of several ratios into one.
Join: TypeAlias = Callable[[Sequence[Figures]], Figures]


def added(found: Contingency) -> Shares:
    """Return the sums of each document, with the roundings of the perl scorer.

    It adds up B3 mention by mention, in the order of lines, and CEAFe as 1 - (1 - likeness) entity
    by entity; where a figure is just at the edge, this shows in what it cuts off. The entities
    of a side are in the order of their first lines.
    """
    met, best = found.met, found.alike
    common, where, number = found.shared[met], found.where[met], found.documents
    return found.shares._replace(
        b3_precise=in_turn(common / found.size_given[met], where, number),
        b3_recalled=in_turn(common / found.size_gold[met], where, number),
        ceafe=in_turn(1 - (1 - found.likeness[best]), found.where[best], number),
    )


def blanc(parts: Sequence[Figures]) -> Figures:
    """Return BLANC of its two kinds of links; a kind that gold lacks is left out.

    What the predictions have of such a kind is forgiven; without any links in gold all is 0.
    """
    one, other = (np.isnan(part.recall) for part in parts)
    joined = []
    for pair in zip(*parts, strict=True):
        links, rest = np.nan_to_num(np.stack(pair))
        there = np.where(one, rest, np.where(other, links, (links + rest) / 2))
        joined.append(np.where(one & other, 0.0, there))
    return Figures(*joined)


def printed(*ratios: Ratio, join: Join | None = None) -> Callable[[Shares], Mapping[str, Numbers]]:
    """Return what gives the shares that the scorer prints: cut off after four places."""

    def extras(n: Shares) -> Mapping[str, Numbers]:
        parts = [figures(ratio(n)) for ratio in ratios]
        found = join(parts) if join else parts[0]
        return {
            f"{name}_printed": np.trunc(np.nan_to_num(share) * 10000) / 10000
            for name, share in found._asdict().items()
        }

    return extras


def average(parts: Sequence[Figures]) -> Figures:
    """Return the mean of figures; what is undefined counts as 0, as programs print it."""
    return Figures(*(np.nan_to_num(np.stack(x)).mean(axis=0) for x in zip(*parts, strict=True)))


def mean_printed(
    *prints: Callable[[Shares], Mapping[str, Numbers]],
) -> Callable[[Shares], Mapping[str, Numbers]]:
    """Return what gives the mean of the F1 that are printed, rounded as `%.2f` of percentages."""
    # Not numpy's way to round, which is by multiplying: 61.745000000000005 is 61.75.
    rounded = np.vectorize(lambda mean: round(float(mean), 2) / 100)

    def extras(n: Shares) -> Mapping[str, Numbers]:
        percent = [np.rint(each(n)["f1_printed"] * 10000) / 100 for each in prints]
        return {"f1_printed": rounded(sum(percent) / len(percent))}

    return extras


ENTITIES = Statistic(
    "perl coreference", LISTS, Shares, entity_spots, Clustered(outer, added), reads=LISTS
)
_RATIOS: tuple[tuple[str, Ratio], ...] = (
    ("identification", general.mention), ("muc", general.muc), ("bcub", general.b3),
    ("ceafm", general.ceafm), ("ceafe", general.ceafe), ("coreference-links", general.pairs),
    ("non-coreference-links", general.apart),
)  # fmt: skip
_AVERAGED: tuple[Ratio, ...] = (general.muc, general.b3, general.ceafe)
_LINKS = (general.pairs, general.apart)
METRICS = (
    *(
        Metric(f"coref/{name}", ENTITIES, ratio, extras=printed(ratio), averages=(), undefined=0)
        for name, ratio in _RATIOS
    ),
    Metric(
        "coref/blanc", ENTITIES, general.pairs, extras=printed(*_LINKS, join=blanc),
        others=(general.apart,), join=blanc, averages=(),
    ),
    Metric(
        "coref/average", ENTITIES, general.muc, extras=mean_printed(*map(printed, _AVERAGED)),
        others=_AVERAGED[1:], join=average, averages=(),
    ),
)  # fmt: skip
PROTOCOLS = (
    Protocol(
        "coref",
        tuple(metric.name for metric in METRICS),
        "outer bounds, with singletons",
        reference="perl reference-coreference-scorers 8.01, one line a mention",
        warnings=(
            "percentages are cut off, not rounded (the extras ..._printed)",
            "MUC is 0 where neither side has a link, even if all is right",
            "BLANC forgives predicted links of a kind that gold has none of",
        ),
    ),
)
