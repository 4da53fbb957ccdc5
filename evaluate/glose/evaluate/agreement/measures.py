"""What layers are compared on: the measures of the lists that all of them have annotated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from glose.corpus.errors import GloseError
from glose.evaluate.agreement.choice import Choice
from glose.evaluate.agreement.columns import Measure
from glose.evaluate.agreement.gamma import Gamma
from glose.evaluate.agreement.labelled import Labels, Tokens
from glose.evaluate.agreement.pairwise import Pairwise
from glose.evaluate.agreement.unitising import Unitised
from glose.evaluate.agreement.units import mentions, triggers
from glose.evaluate.metric import Metric
from glose.evaluate.protocols import abridged, find, metrics

#: What units need; those of F1 need what its metrics do.
_LISTS = {
    "mention-tokens": "mentions", "mentions": "mentions", "trigger-tokens": "events",
    "triggers": "events", "labels": "labels",
}  # fmt: skip


def measures(
    choice: Choice, there: Sequence[Sequence[str]], people: int
) -> tuple[list[Measure], list[str]]:
    """Return what is compared of the lists that all layers have annotated, and notes.

    `there` are the lists of each layer; those after the first `people` are systems. Raises
    `GloseError` for a protocol by which layers cannot be compared.
    """
    common = set(there[0]).intersection(*there[1:people])
    found, left = _scored(choice, common.intersection(*there[people:]), len(there), people)
    for lists, name in (("mentions", "mention"), ("events", "trigger")):
        if lists in common:
            found += _placed(choice, lists, name)
    if "labels" in common and "labels" in choice.units:
        found.append(Labels())
    return found, left


def needed(choice: Choice) -> list[str]:
    """Return the lists of which one at least must have been annotated."""
    wanted = dict.fromkeys(name for units, name in _LISTS.items() if units in choice.units)
    if "f1" in choice.units:
        found = metrics([find(name) for name in choice.protocols])
        wanted |= dict.fromkeys(name for each in found for name in each.statistic.lists)
    return list(wanted)


def _placed(choice: Choice, lists: str, name: str) -> list[Measure]:
    """Return the measures of units on the text."""
    chunks = {"mention": mentions, "trigger": triggers}[name]
    found: list[Measure] = []
    if f"{name}-tokens" in choice.units:
        found.append(Tokens(f"{name}-tokens", (lists,), chunks))
    if f"{name}s" in choice.units:
        found.append(Unitised(f"{name}s", (lists,), chunks))
        if choice.gamma:
            seed = choice.sampling.seed
            found.append(Gamma(f"{name}s", (lists,), chunks, choice.gamma, seed))
    return found


def _scored(
    choice: Choice, common: set[str], layers: int, people: int
) -> tuple[list[Measure], list[str]]:
    """Return the measures of pairwise F1, and a note on the metrics that are left out."""
    if "f1" not in choice.units:
        return [], []
    protocols = [find(name) for name in choice.protocols]
    fixed = {m.name for p in protocols if not p.flexible for m in metrics([p])}
    kept: list[Metric] = []
    left: list[Metric] = []
    for metric in metrics(protocols):
        whole = bool(metric.statistic.finish or metric.statistic.closed)
        if whole and metric.name in fixed:
            what = "counts all documents at once" if metric.statistic.finish else "needs gold"
            raise GloseError(
                f"{metric.name}: {what}, so layers cannot be compared by it; choose another"
            )
        there = metric.name in fixed or common.issuperset(metric.statistic.lists)
        (kept if there and not whole else left).append(metric)
    out = ", ".join(abridged(metric.name for metric in left))
    return (
        [*_pairwise(kept, layers, people)],
        [f"not annotated in all layers: {out} not compared"] if left else [],
    )


def _pairwise(kept: Sequence[Metric], layers: int, people: int) -> list[Pairwise]:
    by_statistic: dict[str, list[Metric]] = defaultdict(list)
    for metric in kept:
        by_statistic[metric.statistic.name].append(metric)
    return [
        Pairwise(own[0].statistic, tuple(own), people, layers - people)
        for own in by_statistic.values()
    ]


def lists(found: Sequence[Measure], people: int, layers: int) -> list[list[str]]:
    """Return the lists that each layer must have annotated."""
    human = {name for measure in found for name in measure.lists}
    scored = {name for m in found if isinstance(m, Pairwise) for name in m.lists}
    return [sorted(human)] * people + [sorted(scored)] * (layers - people)
