"""The event figures of metametric (Chen et al. 2023): docs/metrics/events.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeAlias

from glose.evaluate.assignment import assign, assign_sparse
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.happenings import Bounds, Filled, Happening, Scene, scene
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.protocol import Protocol

#: Up to so many pairs of events on one trigger are assigned without scipy.
SMALL = 2_500

#: What of an argument is compared.
Part: TypeAlias = Callable[[Filled], Hashable]

#: Events of one side, by trigger and type: the arguments of each.
Grouped: TypeAlias = dict[tuple[Bounds, str], list[Counter[Hashable]]]


def _identified(gold: Scene, predicted: Scene) -> Tally:
    return _bags([place for _, place in _places(gold)], [place for _, place in _places(predicted)])


def _classified(gold: Scene, predicted: Scene) -> Tally:
    return _bags(_places(gold), _places(predicted))


def _places(events: Iterable[Happening]) -> list[tuple[str, Bounds]]:
    return [(event.type, event.bounds) for event in events]


def _bags(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Tally:
    return _row(_similar(Counter(gold), Counter(predicted)), len(gold), len(predicted))


def _similar(gold: Counter[Hashable], predicted: Counter[Hashable]) -> int:
    """Return how many items two bags share; two empty bags are worth 1."""
    return (gold & predicted).total() if gold or predicted else 1


def _row(shared: int, gold: int, predicted: int) -> Tally:
    """Return the counts of a document; without items on a side, that side is worth 1."""
    return {None: (shared, predicted or 1, shared, gold or 1)}


def _filled(gold: Scene, predicted: Scene) -> Tally:
    return _events(gold, predicted, lambda arg: arg.bounds)


def _played(gold: Scene, predicted: Scene) -> Tally:
    return _events(gold, predicted, lambda arg: (arg.role, arg.bounds))


def _events(gold: Scene, predicted: Scene, part: Part) -> Tally:
    if not gold and not predicted:
        return _row(1, 0, 0)
    wanted, found = _grouped(gold, part), _grouped(predicted, part)
    shared = sum(_assigned(wanted[key], found[key]) for key in wanted.keys() & found.keys())
    return _row(shared, _worth(wanted), _worth(found))


def _grouped(events: Iterable[Happening], part: Part) -> Grouped:
    groups: Grouped = defaultdict(list)
    for event in events:
        key = (event.bounds, event.type)
        groups[key].append(Counter(map(part, event.args)))
    return groups


def _worth(groups: Grouped) -> int:
    """Return what the events of one side are worth: an argument each, or 1 without arguments."""
    return sum(each.total() or 1 for group in groups.values() for each in group)


def _assigned(gold: list[Counter[Hashable]], predicted: list[Counter[Hashable]]) -> int:
    """Return the greatest sum of similarities of events that are paired one to one."""
    if len(gold) == len(predicted) == 1:
        return _similar(gold[0], predicted[0])
    weights = [[_similar(wanted, found) for found in predicted] for wanted in gold]
    if len(gold) * len(predicted) <= SMALL:
        return sum(weights[row][column] for row, column in assign(weights))
    table = {
        (row, column): weight
        for row, each in enumerate(weights)
        for column, weight in enumerate(each)
        if weight
    }
    return sum(table[pair] for pair in assign_sparse(table)) if table else 0


#: The figures of coreference, which are in their own family.
_COREFERENCE = (
    "metametric/muc",
    "metametric/b_cubed",
    "metametric/ceaf_phi4",
    "metametric/coreference",
)

_MEAN = (Averaging("macro-document", "documents"),)

METRICS = tuple(
    Metric(
        f"metametric/{name}",
        Statistic(f"metametric {name}", ("events",), Shared, scene, count),
        same,
        averages=_MEAN,
    )
    for name, count in (
        ("trigger-identification", _identified),
        ("trigger-classification", _classified),
        ("argument-identification", _filled),
        ("argument-classification", _played),
    )
)
PROTOCOLS = (
    Protocol(
        "metametric",
        (*(metric.name for metric in METRICS), *_COREFERENCE),
        "assignment of events, and of entities",
        reference="metametric 0.2.1 (event_extraction_suite, coref_suite)",
        warnings=(
            (
                "metametric/trigger-*, argument-*: a document, or an event, that is empty on both "
                "sides counts as one item that is right; published figures are means over "
                "documents (macro-document)"
            ),
        ),
    ),
)
