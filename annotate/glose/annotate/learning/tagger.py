"""A sequence tagger: conditional random fields by python-crfsuite, in its own file format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path
from sys import float_info
from typing import Protocol

from glose.corpus.errors import GloseError

Rows = Sequence[Sequence[str]]
#: Regularisation and how long to train; chosen on the dev split of the sample.
OPTIONS = {"c1": 0.2, "c2": 0.01, "max_iterations": 50, "feature.minfreq": 2}


class Tagger(Protocol):
    """Labels the words of a sentence from their features."""

    def tag(self, rows: Rows) -> list[str]:
        """Return one label a word."""

    def likelihood(self, labels: Sequence[str]) -> float:
        """Return the natural logarithm of how probable labels are of what was tagged last.

        A probability too small for a float counts as the least that one can be.
        """


def train(path: Path, examples: Iterable[tuple[Rows, Sequence[str]]]) -> None:
    """Train a tagger on sentences and their labels, and write it to a file.

    L-BFGS starts from nothing and draws nothing by chance: the same examples give the same file.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=OPTIONS, verbose=False)
    for rows, labels in examples:
        trainer.append([list(row) for row in rows], list(labels))
    trainer.train(str(path))


def load(path: Path) -> Tagger:
    """Return the tagger that a file holds; raises `GloseError` where it is none."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(path))
    except (ValueError, OSError) as error:
        raise GloseError(f"{path}: no model of crfsuite ({error}); train it anew") from error
    return _Crf(tagger)


class _Crf:
    def __init__(self, tagger: object) -> None:
        self._tagger = tagger

    def tag(self, rows: Rows) -> list[str]:
        return list(self._tagger.tag([list(row) for row in rows])) if rows else []  # type: ignore[attr-defined]  # pycrfsuite has no types

    def likelihood(self, labels: Sequence[str]) -> float:
        if not labels:
            return 0.0
        probability = self._tagger.probability(list(labels))  # type: ignore[attr-defined]  # pycrfsuite has no types
        return log(min(max(probability, float_info.min), 1.0))
