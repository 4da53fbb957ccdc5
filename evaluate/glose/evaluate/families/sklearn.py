"""Labels as the reports of scikit-learn have them (docs/metrics/labels.md)."""

from __future__ import annotations

import numpy as np

from glose.evaluate.counts import Numbers
from glose.evaluate.families.labels import LABELS, chance, overlap, ratio
from glose.evaluate.labels import Labeled, scheme
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.protocol import Protocol


def _chance(n: Labeled) -> dict[str, Numbers]:
    """Return the same with a Matthews coefficient of 0 where it is undefined."""
    found = chance(n)
    constant = np.isnan(found["mcc"]) & ~np.isnan(found["balanced_accuracy"])
    return {**found, "mcc": np.where(constant, 0.0, found["mcc"])}


def _overlap(n: Labeled, names: int) -> dict[str, Numbers]:
    """Return the same with a Jaccard index of 0 for a document without labels."""
    either = n.gold + n.predicted - n.correct
    found = overlap(n, names)
    return {**found, "jaccard": np.where(either > 0, found["jaccard"], 0.0)}


METRICS = (
    Metric(
        "labels/report",
        LABELS,
        ratio,
        averages=(
            Averaging("macro", undefined=0.0, whole=_chance),
            Averaging("weighted", undefined=0.0, weighted=True),
            Averaging("macro-document", "documents", undefined=0.0, each=_overlap),
        ),
        undefined=0.0,
        group=scheme,
    ),
)
PROTOCOLS = (
    Protocol(
        "labels",
        ("labels/report",),
        "set",
        reference="scikit-learn 1.9.1",
        warnings=(
            "labels: what is undefined counts as 0 in means, as classification_report has it",
        ),
    ),
)
