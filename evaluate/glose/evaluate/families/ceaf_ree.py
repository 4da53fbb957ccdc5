"""The figures of GRIT for entities that fill roles: CEAF-REE (docs/metrics/templates.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.frames import Filled, Frame, frames
from glose.evaluate.heaviest import greatest
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: How alike a gold and a predicted filler are.
Likeness = Callable[[Filled, Filled], float]


def within(gold: Filled, predicted: Filled) -> float:
    """Return 1 if gold has every name that was predicted."""
    return float(set(predicted.names) <= set(gold.names))


def share(gold: Filled, predicted: Filled) -> float:
    """Return how many names of gold were predicted, by the number of predicted ones."""
    return sum(name in predicted.names for name in gold.names) / len(predicted.names)


def _roles(items: Sequence[Frame]) -> dict[str, list[Filled]]:
    """Return the fillers of all templates of a document by role."""
    found = defaultdict(list)
    for frame in items:
        for filler in frame.fillers:
            found[filler.role].append(filler)
    return found


def _cells(
    gold: Sequence[Filled], predicted: Sequence[Filled], likeness: Likeness
) -> dict[tuple[int, int], float]:
    """Return how alike fillers are that share a name, by their numbers; the rest is not at all."""
    places = defaultdict(set)
    for number, filler in enumerate(gold):
        for name in filler.names:
            places[name].add(number)
    pairs = (
        (number, at)
        for at, filler in enumerate(predicted)
        for number in sorted({n for name in filler.names for n in places.get(name, ())})
    )
    cells = {(g, p): likeness(gold[g], predicted[p]) for g, p in pairs}
    return {pair: worth for pair, worth in cells.items() if worth}


def _paired(gold: Sequence[Frame], predicted: Sequence[Frame], likeness: Likeness) -> Tally:
    wanted, found = _roles(gold), _roles(predicted)
    tally: Tally = {}
    for role in sorted({*wanted, *found}):
        ours, theirs = wanted.get(role, []), found.get(role, [])
        alike = greatest(_cells(ours, theirs, likeness))
        tally[role] = (alike, len(theirs), alike, len(ours))
    tally[None] = tuple(map(sum, zip(*tally.values(), strict=True))) or (0, 0, 0, 0)
    return tally


STRICT = Statistic(
    "ceaf-ree strict", ("templates",), Shared, frames, partial(_paired, likeness=within)
)
PROPORTION = Statistic(
    "ceaf-ree share", ("templates",), Shared, frames, partial(_paired, likeness=share)
)

METRICS = (
    Metric("ceaf-ree/strict", STRICT, same, averages=(), undefined=0.0),
    Metric("ceaf-ree/prop", PROPORTION, same, averages=(), undefined=0.0),
)
PROTOCOLS = (
    Protocol(
        "ceaf-ree",
        tuple(metric.name for metric in METRICS),
        "assignment by role",
        reference="GRIT eval.py (Du et al. 2021)",
        warnings=(
            "ceaf-ree/strict forgives names of gold that were not predicted",
            "ceaf-ree/prop gives a filler more than 1 where gold repeats a name",
        ),
    ),
)
