"""How far layers of a document are apart: 1 - F1 of one against the other, as glose scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from glose.corpus.document import Document
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View

#: What must be the same: type and span of mentions and triggers, event type, filler and role.
_METRICS = ("entity/strict", "trigger/classification", "argument/classification")


def disagreement(layers: Sequence[Document]) -> float | None:
    """Return 1 less the F1 of two layers of a document; of more, the mean over their pairs.

    Mentions, triggers and arguments count alike, each where both layers have annotated its list;
    `None` where they share none. F1 is the same whichever layer counts as gold.
    """
    apart = [one for pair in combinations(layers, 2) for one in _apart(*pair)]
    return sum(apart) / len(apart) if apart else None


def _apart(one: Document, other: Document) -> Iterator[float]:
    """Yield how far two layers are apart, if they can be compared."""
    views = View(one), View(other)
    shared = total = 0.0
    compared = False
    for name in _METRICS:
        metric = METRICS[name]
        if all(_has(document, metric.statistic.lists) for document in (one, other)):
            compared = True
            tally = metric.statistic.tally(*views)
            ratio = metric.ratio(metric.statistic.columns(*tally[None]))
            shared += ratio.correct_precision + ratio.correct_recall
            total += ratio.predicted + ratio.gold
    if compared:
        yield 1 - shared / total if total else 0.0


def _has(document: Document, lists: tuple[str, ...]) -> bool:
    """Tell whether lists were annotated: they are said to be, or hold something."""
    annotated = document.status.annotated
    return all(name in annotated or getattr(document, name) for name in lists)
