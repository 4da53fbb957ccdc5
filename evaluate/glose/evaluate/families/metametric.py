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

#: The arguments of an event, each with how many equal ones came before it.
Bag: TypeAlias = frozenset[tuple[Hashable, int]]

#: Events of one side, by trigger and type: how many have these arguments.
Grouped: TypeAlias = dict[tuple[Bounds, str], Counter[Bag]]


def _identified(gold: Scene, predicted: Scene) -> Tally:
    return _bags([place for _, place in _places(gold)], [place for _, place in _places(predicted)])


def _classified(gold: Scene, predicted: Scene) -> Tally:
    return _bags(_places(gold), _places(predicted))


def _places(events: Iterable[Happening]) -> list[tuple[str, Bounds]]:
    return [(event.type, event.bounds) for event in events]


def _bags(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Tally:
    if not gold and not predicted:
        return _row(1, 0, 0)
    shared = (Counter(gold) & Counter(predicted)).total()
    return _row(shared, len(gold), len(predicted))


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
    groups: Grouped = defaultdict(Counter)
    for event in events:
        seen: Counter[Hashable] = Counter()
        bag = set()
        for each in map(part, event.args):
            bag.add((each, seen[each]))
            seen[each] += 1
        groups[event.bounds, event.type][frozenset(bag)] += 1
    return groups


def _worth(groups: Grouped) -> int:
    """Return what the events of one side are worth: an argument each, or 1 without arguments."""
    return sum(
        (len(bag) or 1) * times for group in groups.values() for bag, times in group.items()
    )


def _assigned(gold: Counter[Bag], predicted: Counter[Bag]) -> int:
    """Return the greatest sum of similarities of events that are paired one to one.

    Events that are equal may be paired first: for any two others a and b that equal events x could
    have had instead, |a & x| + |x & b| is at most |x| + |a & b|.
    """
    equal = gold & predicted
    sure = sum((len(bag) or 1) * times for bag, times in equal.items())
    wanted, found = (list((side - equal).elements()) for side in (gold, predicted))
    if not wanted or not found:
        return sure
    weights = [[len(one & other) for other in found] for one in wanted]
    if len(wanted) * len(found) <= SMALL:
        return sure + sum(weights[row][column] for row, column in assign(weights))
    table = {
        (row, column): weight
        for row, each in enumerate(weights)
        for column, weight in enumerate(each)
        if weight
    }
    return sure + (sum(table[pair] for pair in assign_sparse(table)) if table else 0)


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
        flexible=True,
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
