"""What a metric counts in one pair of documents."""

from __future__ import annotations

from glose.corpus.document import Document
from glose.evaluate.counts import Shared
from glose.evaluate.metrics import METRICS
from glose.evaluate.projection import View


def shares(name: str, gold: Document, predicted: Document, type_: str | None = None) -> Shared:
    """Return numerators and denominators of one type, or of all; zeros where nothing is."""
    metric = METRICS[name]
    tally = metric.statistic.tally(View(gold), View(predicted))
    row = tally.get(type_, (0.0,) * metric.statistic.width)
    return metric.ratio(metric.statistic.columns(*row))


def counted(
    name: str, gold: Document, predicted: Document, type_: str | None = None
) -> tuple[float, ...]:
    """Return what is correct (as predicted, as gold where that differs), predicted and gold."""
    found = shares(name, gold, predicted, type_)
    if found.correct_precision == found.correct_recall:
        return found.correct_precision, found.predicted, found.gold
    return found.correct_precision, found.correct_recall, found.predicted, found.gold
