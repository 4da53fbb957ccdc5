"""The event figures of metametric (Chen et al. 2023): docs/metrics/events.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate.assignment import assign, assign_sparse
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.happenings import Bounds, Filled, Happening, Scene, scene
from glose.evaluate.keyed import joined, numbered, ranks, shares, summed, untyped
from glose.evaluate.lexicon import Mask
from glose.evaluate.listings import Rows, Whole
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.staged import Fillers, Stage, Staged

#: Up to so many pairs of events on one trigger are assigned without scipy.
SMALL = 2_500

#: What of an argument is compared.
Part: TypeAlias = Callable[[Filled], Hashable]

#: The same of the arguments of many documents.
Columned: TypeAlias = Callable[[Fillers], tuple[Whole, ...]]

#: The arguments of an event, each with how many equal ones came before it.
Bag: TypeAlias = frozenset[tuple[Hashable, int]]

#: Events of one side, by trigger and type: how many have these arguments.
Grouped: TypeAlias = dict[tuple[Bounds, str], Counter[Bag]]


class Groups(NamedTuple):
    """The events of both sides of many documents, by trigger and type.

    `own` has for each side the group of each event; of each group there is the document, and how
    many events it has on each side.
    """

    own: tuple[Whole, Whole]
    document: Whole
    gold: Whole
    predicted: Whole


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


def _staged_identified(stage: Stage) -> Rows:
    gold, predicted = map(stage.events, (0, 1))
    return _bagged(stage, ((gold.bounds,), (predicted.bounds,)))


def _staged_classified(stage: Stage) -> Rows:
    gold, predicted = map(stage.events, (0, 1))
    return _bagged(stage, ((gold.type, gold.bounds), (predicted.type, predicted.bounds)))


def _bagged(stage: Stage, what: tuple[Sequence[Whole], Sequence[Whole]]) -> Rows:
    """Return the rows of bags of what events are, as `_bags` has one."""
    documents = [stage.events(side).document for side in (0, 1)]
    number, first = numbered(*joined(*what))
    shared = shares(number, len(documents[0]))
    document = np.concatenate(documents)[first]
    gold, predicted = (summed(each, len(stage)) for each in documents)
    return _whole(summed(document, len(stage), shared), gold, predicted)


def _whole(shared: Whole, gold: Whole, predicted: Whole) -> Rows:
    """Return the rows of documents, as `_row` has one, by what the sides are worth."""
    shared = np.where((gold == 0) & (predicted == 0), 1, shared)
    return untyped([shared, np.maximum(predicted, 1), shared, np.maximum(gold, 1)])


def _staged_filled(stage: Stage) -> Rows:
    return _staged_events(stage, lambda fillers: (fillers.bounds,))


def _staged_played(stage: Stage) -> Rows:
    return _staged_events(stage, lambda fillers: (fillers.bounds, fillers.role))


def _staged_events(stage: Stage, part: Columned) -> Rows:
    sides = [stage.fillers(side) for side in (0, 1)]
    groups = stage.items(_groups)
    item, _ = numbered(*joined(*map(part, sides)))
    items = np.split(item, [len(sides[0].event)])
    shared = _alone(stage, groups, items) + _together(stage, groups, items)
    gold, predicted = (
        summed(stage.events(side).document, len(stage), np.maximum(_sizes(stage, side), 1))
        for side in (0, 1)
    )
    return _whole(shared, gold, predicted)


def _sizes(stage: Stage, side: int) -> Whole:
    """Return how many arguments each event of a side has."""
    number = len(stage.events(side).document)
    found: Whole = np.bincount(stage.fillers(side).event, minlength=number)
    return found


def _groups(stage: Stage) -> Groups:
    gold, predicted = map(stage.events, (0, 1))
    number, first = numbered(*joined((gold.bounds, gold.type), (predicted.bounds, predicted.type)))
    own, other = np.split(number, [len(gold.type)])
    document = np.concatenate([gold.document, predicted.document])[first]
    sizes = (np.bincount(each, minlength=len(first)) for each in (own, other))
    return Groups((own, other), document, *sizes)


def _alone(stage: Stage, groups: Groups, items: Sequence[Whole]) -> Whole:
    """Return what is shared in each document by events that have one trigger and type by twos."""
    single = (groups.gold == 1) & (groups.predicted == 1)
    at = [own[stage.fillers(side).event] for side, own in enumerate(groups.own)]
    kept = [single[each] for each in at]
    pairs = ((each[which], item[which]) for each, which, item in zip(at, kept, items, strict=True))
    number, first = numbered(*joined(*pairs))
    shared = shares(number, int(kept[0].sum()))
    group = np.concatenate([each[which] for each, which in zip(at, kept, strict=True)])[first]
    empty = single.copy()
    empty[np.concatenate(at)] = False
    document = np.concatenate([groups.document[group], groups.document[empty]])
    worth = np.concatenate([shared, np.ones(int(empty.sum()), dtype=np.int64)])
    return summed(document, len(stage), worth)


def _together(stage: Stage, groups: Groups, items: Sequence[Whole]) -> Whole:
    """Return what is shared in each document by events that are several on a side, assigned."""
    several = (groups.gold > 0) & (groups.predicted > 0) & (groups.gold + groups.predicted > 2)
    found = np.zeros(len(stage), dtype=np.int64)
    if several.any():
        gold, predicted = (_grouped_bags(stage, side, groups, several, items) for side in (0, 1))
        for group in np.flatnonzero(several).tolist():
            found[groups.document[group]] += _assigned(gold[group], predicted[group])
    return found


def _grouped_bags(
    stage: Stage, side: int, groups: Groups, some: Mask, items: Sequence[Whole]
) -> dict[int, Counter[Bag]]:
    """Return the events of some groups of a side as bags, as `_grouped` has them."""
    own, fillers = groups.own[side], stage.fillers(side)
    which = some[own[fillers.event]]
    event, item = fillers.event[which], items[side][which]
    before = ranks(numbered(event, item)[0])
    bags: dict[int, list[tuple[Hashable, int]]] = defaultdict(list)
    for at, *each in np.stack([event, item, before], axis=-1).tolist():
        bags[at].append((each[0], each[1]))
    found: dict[int, Counter[Bag]] = defaultdict(Counter)
    for at in np.flatnonzero(some[own]).tolist():
        found[int(own[at])][frozenset(bags[at])] += 1
    return found


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
        Statistic(f"metametric {name}", ("events",), Shared, scene, count, reads=FILLERS),
        same,
        averages=_MEAN,
    )
    for name, count in (
        ("trigger-identification", Staged(_identified, _staged_identified)),
        ("trigger-classification", Staged(_classified, _staged_classified)),
        ("argument-identification", Staged(_filled, _staged_filled)),
        ("argument-classification", Staged(_played, _staged_played)),
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
