"""Precision, recall and F of types of chunks, averaged and with the warnings of seqeval 1.2.2.

Unlike elsewhere in glose what is not defined is a number here: 0 with a warning, or what
`zero_division` says. The arithmetic is that of numpy, so that sums have the same last digit.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.tags.chunks import Texts, get_entities
from glose.evaluate.tags.schemes import Scheme, strict

Numbers: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]

#: Precision, recall, F and gold chunks: numbers of an average, or one for each type.
Figures: TypeAlias = tuple[float, float, float, int] | tuple[Numbers, Numbers, Numbers, Integers]

Chunk = TypeVar("Chunk", bound=Hashable)

AVERAGES = (None, "micro", "macro", "weighted")
ALL = ("precision", "recall", "f-score")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many chunks of each type are in both, in the predictions, and in gold."""

    types: tuple[str, ...]
    correct: Integers
    predicted: Integers
    gold: Integers

    @classmethod
    def of(cls, gold: Texts, predicted: Texts, scheme: Scheme | None, suffix: bool) -> Counted:
        """Return the counts of chunks: those of a scheme, or without one of any tags."""
        if scheme is None:
            chunks = [set(get_entities(side, suffix)) for side in (gold, predicted)]
            return cls._of(itemgetter(0), *chunks)
        kept = (strict(side, scheme, suffix) for side in (gold, predicted))
        return cls._of(itemgetter(1), *kept)

    @classmethod
    def _of(cls, kind: Callable[[Chunk], str], gold: set[Chunk], predicted: set[Chunk]) -> Counted:
        sides = [Counter(map(kind, each)) for each in (gold & predicted, predicted, gold)]
        types = tuple(sorted(sides[1].keys() | sides[2].keys()))
        correct, found, wanted = (
            np.array([side[name] for name in types], dtype=np.int64) for side in sides
        )
        return cls(types, correct, found, wanted)

    def figures(
        self,
        average: str | None,
        zero_division: str | float = "warn",
        warn_for: Collection[str] = ALL,
        beta: float = 1.0,
    ) -> Figures:
        """Return precision, recall, F beta and gold chunks, by type or averaged."""
        correct, predicted, gold = self.correct, self.predicted, self.gold
        if average == "micro":
            correct, predicted, gold = (
                np.array([each.sum()]) for each in (correct, predicted, gold)
            )
        told = _Told(zero_division, warn_for, len(gold))
        precision = told.share(correct, predicted, "precision", "predicted")
        recall = told.share(correct, gold, "recall", "true")
        told.neither(predicted, gold)
        f = _f(precision, recall, beta)
        if average is None:
            return precision, recall, f, gold
        items = int(gold.sum())
        if average == "weighted" and not items:
            void = told.void if not predicted.sum() else 0.0
            return void, told.void, void, 0
        weights = gold if average == "weighted" else None
        p, r, f1 = (np.average(each, weights=weights) for each in (precision, recall, f))
        return p, r, f1, items


def _f(precision: Numbers, recall: Numbers, beta: float) -> Numbers:
    if np.isposinf(beta):
        return recall
    square = beta**2
    below = square * precision + recall
    below[below == 0.0] = 1
    return (1 + square) * precision * recall / below


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands for a share that is not defined, and of which figures a warning tells."""

    zero_division: str | float
    warn_for: Collection[str]
    size: int

    @property
    def void(self) -> float:
        return 0.0 if self.zero_division in ("warn", 0) else 1.0

    def share(self, part: Integers, whole: Integers, figure: str, items: str) -> Numbers:
        """Return the shares; warn where there is nothing to share."""
        none = whole == 0
        result: Numbers = part / np.where(none, 1, whole)
        if not none.any():
            return result
        result[none] = self.void
        if self.zero_division == "warn" and figure in self.warn_for:
            both = "f-score" in self.warn_for
            self._warn(
                f"{figure.title()} and F-score are" if both else f"{figure.title()} is", items
            )
        return result

    def neither(self, predicted: Integers, gold: Integers) -> None:
        """Warn, if of F alone, where there are neither gold nor predicted chunks."""
        alone = self.zero_division == "warn" and tuple(self.warn_for) == ("f-score",)
        if alone and (predicted[gold == 0] == 0).any():
            self._warn("F-score is", "true nor predicted")

    def _warn(self, subject: str, items: str) -> None:
        # scikit-learn is slow to import, and only its class of warnings is wanted.
        from sklearn.exceptions import UndefinedMetricWarning

        where = "due to" if self.size == 1 else "in labels with"
        text = (
            f"{subject} ill-defined and being set to 0.0 {where} no {items} samples. "
            "Use `zero_division` parameter to control this behavior."
        )
        warnings.warn(text, UndefinedMetricWarning, stacklevel=5)


def check(gold: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]]) -> None:
    """Raise `TypeError` if these are not lists of lists, `ValueError` if their lengths differ."""
    gold, predicted = list(gold), list(predicted)
    if {type(each) for each in (*gold, *predicted)} != {list}:
        raise TypeError("found something else than a list of lists of tags, one list a text")
    if len(gold) != len(predicted):
        raise ValueError(
            f"y_true has {len(gold)} texts, y_pred {len(predicted)}; expected as many"
        )
    for number, (wanted, found) in enumerate(zip(gold, predicted, strict=True)):
        if len(wanted) != len(found):
            what = f"text {number} has {len(wanted)} tags in y_true, {len(found)} in y_pred"
            raise ValueError(f"{what}; expected as many")


def check_average(average: str | None) -> None:
    """Raise `ValueError` if there is no such average."""
    if average not in AVERAGES:
        raise ValueError(f"average has to be one of {AVERAGES}, not {average!r}")
