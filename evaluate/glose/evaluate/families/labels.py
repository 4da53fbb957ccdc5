"""Labels of documents, each scheme by itself (docs/metrics/labels.md)."""

from __future__ import annotations

import numpy as np

from glose.evaluate.counts import Numbers, Shared, Statistic
from glose.evaluate.figures import divide
from glose.evaluate.labels import Labeled, count, labels, scheme
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.protocol import Protocol

LABELS = Statistic("labels", ("labels",), Labeled, labels, count)


def ratio(n: Labeled) -> Shared:
    """Return the columns of a comparison of sets."""
    return Shared(n.correct, n.predicted, n.correct, n.gold)


def chance(n: Labeled) -> dict[str, Numbers]:
    """Return the figures of all labels of a scheme at once; the last axis of n are the labels.

    `kappa`, `mcc` and `balanced_accuracy` are defined where each document has one label in gold
    and one in the predictions, or none in either.
    """
    total, alone = n.gold.sum(axis=-1), n.alone.sum(axis=-1)
    single = np.isclose(alone, total) & np.isclose(alone, n.predicted.sum(axis=-1)) & (total > 0)
    correct = n.correct.sum(axis=-1)
    agreed = (n.gold * n.predicted).sum(axis=-1)
    spread = [total**2 - (each**2).sum(axis=-1) for each in (n.gold, n.predicted)]
    found = {
        "kappa": divide(correct * total - agreed, total**2 - agreed),
        "mcc": divide(correct * total - agreed, np.sqrt(np.maximum(spread[0] * spread[1], 0.0))),
        "balanced_accuracy": divide(
            np.nan_to_num(divide(n.correct, n.gold)).sum(axis=-1), (n.gold > 0).sum(axis=-1)
        ),
    }
    return {name: np.where(single, figure, np.nan) for name, figure in found.items()}


def overlap(n: Labeled, names: int) -> dict[str, Numbers]:
    """Return what a document has: whether all its labels are right, and how many of them.

    `jaccard` is the share of those on both sides in those on either, `hamming_loss` that of wrong
    decisions in all, of which there is one for each of the labels of the scheme. A document
    without labels on both sides is right.
    """
    either = n.gold + n.predicted - n.correct
    right = n.correct == either
    return {
        "accuracy": right * 1.0,
        "jaccard": np.where(either > 0, divide(n.correct, either), 1.0),
        "hamming_loss": (either - n.correct) / max(names, 1),
    }


METRICS = (
    Metric(
        "label/value",
        LABELS,
        ratio,
        averages=(
            Averaging("macro", whole=chance),
            Averaging("weighted", weighted=True),
            Averaging("macro-document", "documents", each=overlap),
        ),
        group=scheme,
    ),
)
PROTOCOLS: tuple[Protocol, ...] = ()
