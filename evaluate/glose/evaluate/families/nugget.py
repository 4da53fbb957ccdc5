"""The figures of EvmEval v1.8, the scorer of TAC KBP event nuggets (docs/metrics/nuggets.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate.awareness import Awareness
from glose.evaluate.clustered import Clustered
from glose.evaluate.clusters import Numbered, Sides, clusters
from glose.evaluate.contingency import Shares
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.families import coreference as general
from glose.evaluate.families.coref import added, average, blanc, mean_printed, printed
from glose.evaluate.figures import Figures
from glose.evaluate.metric import Metric, Ratio
from glose.evaluate.nuggets import NOT_ANNOTATED, Nugget, Nuggets, Pairs, dice, greedy, nuggets
from glose.evaluate.projection import View
from glose.evaluate.protocol import Protocol
from glose.evaluate.sequencing import TYPES, sequenced
from glose.evaluate.traces import Trace

#: What must be equal, but for their characters, of a gold and of a predicted nugget.
Agree: TypeAlias = Callable[[Nugget, Nugget], bool]


class Credit(NamedTuple):
    """The columns of nuggets: the sum of Dice, and the nuggets of both sides.

    `documents` counts those that have gold nuggets; the others count nothing here. `precision`
    and `recall` are sums of the shares of documents; one without predictions has 0.
    """

    dice: Numbers
    predicted: Numbers
    gold: Numbers
    documents: Numbers
    precision: Numbers
    recall: Numbers


def plain(_gold: Nugget, _predicted: Nugget) -> bool:
    """Tell that nothing but the characters counts."""
    return True


def typed(gold: Nugget, predicted: Nugget) -> bool:
    """Tell whether two nuggets have the same type."""
    return gold.type == predicted.type


def real(gold: Nugget, predicted: Nugget) -> bool:
    """Tell whether two nuggets have the same realis, or gold has none."""
    return gold.realis in (NOT_ANNOTATED, predicted.realis)


def both(gold: Nugget, predicted: Nugget) -> bool:
    """Tell whether two nuggets have the same type and the same realis."""
    return typed(gold, predicted) and real(gold, predicted)


def counted(gold: Sequence[Nuggets], predicted: Sequence[Nuggets], agree: Agree) -> Tally:
    """Return the counts of one document, `Credit`; none if it has no gold nuggets."""
    wanted, given = gold[0].nuggets, predicted[0].nuggets
    if not wanted:
        return {None: (0.0,) * len(Credit._fields)}
    pairs = greedy(dice(wanted, given), lambda g, p: agree(wanted[g], given[p]))
    credit = sum(score for *_, score in pairs)
    precision = credit / len(given) if given else 0.0
    row = Credit(credit, len(given), len(wanted), 1, precision, credit / len(wanted))
    return {None: row}


def traced(gold: View, predicted: View, agree: Agree) -> Iterator[Trace]:
    """Yield which nuggets are there and in pairs; nothing of the shares of documents."""
    wanted, given = (view.items(nuggets)[0].nuggets for view in (gold, predicted))
    if wanted:
        yield from (Trace((0, 0, 1, 0, 0, 0), nugget.id) for nugget in wanted)
        yield from (Trace((0, 1, 0, 0, 0, 0), None, nugget.id) for nugget in given)
        for g, p, score in greedy(dice(wanted, given), lambda g, p: agree(wanted[g], given[p])):
            yield Trace((score, 0, 0, 0, 0, 0), wanted[g].id, given[p].id)


def coreferent(gold: Sequence[Nuggets], predicted: Sequence[Nuggets]) -> Sides:
    """Return the clusters of one document, of nuggets as the lines on which they stand.

    Nuggets are the same that have the same characters and, taken greedily, the same type.
    """
    wanted, given = gold[0], predicted[0]
    names = {p: g for g, p, score in _same_type(wanted, given) if score >= 1}
    size = len(wanted.nuggets)
    called = [names.get(number, size + number) for number in range(len(given.nuggets))]
    return _clustered(wanted, range(size)), _clustered(given, called)


def _clustered(side: Nuggets, lines: Sequence[int]) -> Numbered:
    """Return the clusters of nuggets by lines; those of no cluster are alone."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for nugget, line in zip(side.nuggets, lines, strict=True):
        found[side.clusters.get(nugget.id, nugget.id)].append(line)
    return Numbered.of(clusters(found.values()))


def micro(n: Credit) -> Shared:
    """Return the credit over all nuggets."""
    return Shared(n.dice, n.predicted, n.dice, n.gold)


def macro(n: Credit) -> Shared:
    """Return the shares of documents over the documents that have gold nuggets."""
    return Shared(n.precision, n.documents, n.recall, n.documents)


def strict(parts: Sequence[Figures]) -> Figures:
    """Return figures with F1 undefined where P or R is so, or both are 0, as EvmEval has it."""
    [found] = parts
    some = found.precision + found.recall > 0
    return found._replace(f1=np.where(some, found.f1, np.nan))


def linked(gold: Sequence[Nuggets], predicted: Sequence[Nuggets], types: Sequence[str]) -> Tally:
    """Return the counts of links of some types of one document, `Awareness`.

    Nuggets are the same that share characters and, taken greedily, have the same type.
    """
    return {
        None: tuple(sequenced(gold[0], predicted[0], _same_type(gold[0], predicted[0]), types))
    }


def aware(n: Awareness) -> Shared:
    """Return the links that the other side has or implies, with a little for implied ones."""
    return Shared(n.precise, n.predicted, n.recalled + n.implicit, n.gold)


def _same_type(gold: Nuggets, predicted: Nuggets) -> Pairs:
    wanted, given = gold.nuggets, predicted.nuggets
    return greedy(dice(wanted, given), lambda g, p: typed(wanted[g], given[p]))


_RATIOS: Mapping[str, Ratio] = {
    "bcub": general.b3, "ceafe": general.ceafe, "ceafm": general.ceafm, "muc": general.muc,
}  # fmt: skip
_MEASURES = (general.b3, general.ceafe, general.muc)
_LINKS = (general.pairs, general.apart)


def four(parts: Sequence[Figures]) -> Figures:
    """Return the mean of B3, CEAFe, MUC and BLANC, which EvmEval calls the CoNLL score."""
    *three, links, others = parts
    return average([*three, blanc([links, others])])


_AGREE: Mapping[str, Agree] = {"plain": plain, "type": typed, "realis": real, "both": both}
_COREFERENCE = Statistic(
    "EvmEval coreference",
    ("events", "event_clusters"),
    Shares,
    nuggets,
    Clustered(coreferent, added),
)


def _found() -> list[Metric]:
    made = []
    for name, agree in _AGREE.items():
        statistic = Statistic(
            f"EvmEval {name}", ("events",), Credit, nuggets, partial(counted, agree=agree),
            trace=partial(traced, agree=agree),
        )  # fmt: skip
        made.append(Metric(f"nugget/{name}", statistic, micro, join=strict, averages=()))
        made.append(Metric(f"nugget/{name}-macro", statistic, macro, join=strict, averages=()))
    return made


_MENTIONS = tuple(_found())
_CLUSTERS = (
    *(
        Metric(
            f"nugget/coref-{name}", _COREFERENCE, ratio, extras=printed(ratio), averages=(),
            undefined=0,
        )
        for name, ratio in _RATIOS.items()
    ),
    Metric(
        "nugget/coref-blanc", _COREFERENCE, general.pairs, extras=printed(*_LINKS, join=blanc),
        others=(general.apart,), join=blanc, averages=(),
    ),
    Metric(
        "nugget/coref-average", _COREFERENCE, general.b3,
        extras=mean_printed(*map(printed, _MEASURES), printed(*_LINKS, join=blanc)),
        others=(general.ceafe, general.muc, *_LINKS), join=four, averages=(),
    ),
)  # fmt: skip
_LINKED: Mapping[str, Sequence[str]] = {
    "subevent": ("Subevent",), "after": ("After",), "all": tuple(TYPES),
}  # fmt: skip
_SEQUENCES = tuple(
    Metric(
        f"nugget/sequencing-{name}",
        Statistic(
            f"EvmEval {name}", ("events", "event_clusters", "relations"), Awareness, nuggets,
            partial(linked, types=types),
        ),
        aware, averages=(), undefined=0,
    )
    for name, types in _LINKED.items()
)  # fmt: skip
METRICS = (*_MENTIONS, *_CLUSTERS, *_SEQUENCES)
PROTOCOLS = (
    Protocol(
        "nugget",
        tuple(metric.name for metric in METRICS),
        "greedy by Dice of characters, first come first",
        reference="EvmEval scorer_v1.8.py (TAC KBP 2015-17)",
        warnings=(
            "a document without gold nuggets is left out: what is predicted there costs nothing",
            "of equally good pairs the one whose ids come first is taken",
            "F1 is undefined, not 0, if nothing is right",
            "which links follow from others depends on their order (see tempeval3)",
            "its CoNLL score is the mean of four measures; MUC and BLANC are 0 without links",
        ),
    ),
)
