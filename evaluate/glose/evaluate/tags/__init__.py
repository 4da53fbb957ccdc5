"""Scores of tag lists: a drop-in for `seqeval.metrics` and `seqeval.scheme` 1.2.2.

`from glose.evaluate.tags import classification_report, f1_score, IOB2` in place of the imports of
seqeval gives the same figures, texts and warnings, to the last digit; a report takes a tenth of
the time. docs/python.md says in what little the two differ.
"""

from __future__ import annotations

from glose.evaluate.tags.chunks import get_entities as get_entities
from glose.evaluate.tags.reports import classification_report as classification_report
from glose.evaluate.tags.schemes import BILOU, IOB1, IOB2, IOBES, IOE1, IOE2
from glose.evaluate.tags.scores import (
    accuracy_score,
    f1_score,
    performance_measure,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
)

__all__ = [
    "BILOU",
    "IOB1",
    "IOB2",
    "IOBES",
    "IOE1",
    "IOE2",
    "accuracy_score",
    "classification_report",
    "f1_score",
    "get_entities",
    "performance_measure",
    "precision_recall_fscore_support",
    "precision_score",
    "recall_score",
]
