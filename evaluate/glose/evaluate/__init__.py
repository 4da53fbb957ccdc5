"""Stage 3: gold and predicted layers in, scores with intervals, tests and errors out.

From Python: `glose.evaluate.score("gold.jsonl", "crf.jsonl", ["conll"])` (docs/python.md). What is
named here is imported when it is first used, so that `import glose.evaluate` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glose.evaluate import tags as tags
    from glose.evaluate.evaluating import score as score
    from glose.evaluate.results import Evaluation as Evaluation
    from glose.evaluate.searching import Scorer as Scorer
    from glose.evaluate.trainer import compute_metrics as compute_metrics

__all__ = ["Evaluation", "Scorer", "compute_metrics", "score", "tags"]

_HOMES = {
    "Evaluation": "glose.evaluate.results",
    "Scorer": "glose.evaluate.searching",
    "compute_metrics": "glose.evaluate.trainer",
    "score": "glose.evaluate.evaluating",
}


def __getattr__(name: str) -> object:
    """Return what a name stands for, from the module that defines it."""
    if name == "tags":
        return import_module("glose.evaluate.tags")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
