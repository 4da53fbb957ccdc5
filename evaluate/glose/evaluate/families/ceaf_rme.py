"""The figures of IterX for templates: CEAF-RME (docs/metrics/templates.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.frames import Filled, Frame, frames
from glose.evaluate.heaviest import greatest
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

#: How alike a gold and a predicted template are, for precision and for recall.
Likeness: TypeAlias = Callable[[Frame, Frame], tuple[float, float]]

#: Rows for gold templates, columns for predicted ones.
Table: TypeAlias = list[list[tuple[float, float]]]


class Matched(NamedTuple):
    """What is alike in the best pairs of templates, and all; the last of documents with gold."""

    correct_precision: float
    predicted: float
    correct_recall: float
    gold: float
    predicted_with_gold: float


def subset(gold: Frame, predicted: Frame) -> tuple[int, int]:
    """Return how many predicted fillers share a name with a gold one, and how many gold ones.

    Each predicted filler meets one gold filler: the first that has the first of its names that
    any has. Several may meet the same one.
    """
    if gold.type != predicted.type:
        return 0, 0
    places: dict[tuple[str, str], int] = {}
    for number, filler in enumerate(gold.fillers):
        for name in filler.names:
            places.setdefault((filler.role, name), number)
    met = [
        next((places[f.role, name] for name in f.names if (f.role, name) in places), None)
        for f in predicted.fillers
    ]
    found = [number for number in met if number is not None]
    return len(found), len(set(found))


def shared_names(gold: Frame, predicted: Frame) -> tuple[float, float]:
    """Return how many names fillers have in common that are paired at their best."""
    cells = {
        (g, p): _common(one, other)
        for g, one in enumerate(gold.fillers)
        for p, other in enumerate(predicted.fillers)
        if one.role == other.role and gold.type == predicted.type
    }
    most = greatest({pair: common for pair, common in cells.items() if common})
    return most, most


def _common(gold: Filled, predicted: Filled) -> int:
    return sum(name in gold.names for name in predicted.names)


def _split(gold: Sequence[Frame]) -> list[list[Frame]]:
    """Return the readings of each template: one for each type of `attack / bombing`.

    A template without fillers has its type nowhere that the program looks.
    """
    return [
        [frame._replace(type=part.strip()) for part in frame.type.split("/")]
        if frame.fillers and "/" in frame.type
        else [frame]
        for frame in gold
    ]


def _alike(gold: Sequence[Frame], predicted: Sequence[Frame], likeness: Likeness) -> Table:
    """Return how alike templates are; of a gold template of several types one reading counts.

    It is the reading that is most like all predictions together, the first of equals.
    """
    table: Table = []
    for readings in _split(gold):
        rows = [[likeness(reading, other) for other in predicted] for reading in readings]
        best = max(range(len(rows)), key=lambda n: (sum(cell[0] for cell in rows[n]), -n))
        # The other readings stay, as rows that are like nothing: they may change which of several
        # equally good pairings is taken.
        table += [row if n == best else [(0, 0)] * len(row) for n, row in enumerate(rows)]
    return table


def _paired(table: Table) -> tuple[float, float]:
    """Return what the best pairs are worth for precision, and what the same are for recall.

    Of pairings that are equally good for precision, recall depends on which is taken: it is the
    one of scipy, as in the program.
    """
    if not table or not table[0]:
        return 0, 0
    if all(cell[0] == cell[1] for row in table for cell in row):
        cells = {(r, c): x[0] for r, row in enumerate(table) for c, x in enumerate(row) if x[0]}
        most = greatest(cells)
        return most, most
    from scipy.optimize import linear_sum_assignment

    weights = np.array(table, dtype=np.float64)
    rows, columns = linear_sum_assignment(-weights[:, :, 0])
    precise, recalled = weights[rows, columns].sum(axis=0)
    return float(precise), float(recalled)


def _count(
    gold: Sequence[Frame], predicted: Sequence[Frame], likeness: Likeness
) -> tuple[float, float]:
    return _paired(_alike(gold, [frame for frame in predicted if frame.fillers], likeness))


def _by_subset(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    precise, recalled = _count(gold, predicted, subset)
    given, wanted = (sum(len(frame.fillers) for frame in side) for side in (predicted, gold))
    return {None: (precise, given, recalled, wanted, given if gold else 0)}


def _by_names(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    precise, recalled = _count(gold, predicted, shared_names)
    given = _names(predicted)
    # Names of a template of two types count twice in gold, unless nothing was predicted.
    readings = [reading for readings in _split(gold) for reading in readings]
    wanted = _names(readings if predicted else gold)
    return {None: (precise, given, recalled, wanted, given if gold else 0)}


def _names(items: Sequence[Frame]) -> int:
    return sum(len(filler.names) for frame in items for filler in frame.fillers)


SUBSET = Statistic("ceaf-rme subset", ("templates",), Matched, frames, _by_subset)
NAMES = Statistic("ceaf-rme names", ("templates",), Matched, frames, _by_names)


def _all(n: Matched) -> Shared:
    return Shared(n.correct_precision, n.predicted, n.correct_recall, n.gold)


def _with_gold(n: Matched) -> Shared:
    return Shared(n.correct_precision, n.predicted_with_gold, n.correct_recall, n.gold)


METRICS = (
    Metric("ceaf-rme/phi-subset", SUBSET, _all, averages=(), undefined=0.0),
    Metric("ceaf-rme/phi-subset-with-gold", SUBSET, _with_gold, averages=(), undefined=0.0),
    Metric("ceaf-rme/phi-3", NAMES, _all, averages=(), undefined=0.0),
    Metric("ceaf-rme/phi-3-with-gold", NAMES, _with_gold, averages=(), undefined=0.0),
)
PROTOCOLS = (
    Protocol(
        "ceaf-rme",
        tuple(metric.name for metric in METRICS),
        "assignment of templates",
        reference="IterX ceaf_rme.py (Chen et al. 2023)",
        warnings=(
            "in phi-subset several predicted fillers may meet one of gold",
            "in phi-subset recall depends on which of equally good pairings is taken",
            "in phi-3 the names of a gold template of two types (attack / bombing) count twice",
            "the figures -with-gold leave out what is predicted where gold has no template",
        ),
    ),
)
