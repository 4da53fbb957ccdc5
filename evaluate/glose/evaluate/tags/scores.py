"""Single figures of tag lists, with the names, signatures and defaults of `seqeval.metrics`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import cast

from glose.evaluate.tags.chunks import Tags, Texts
from glose.evaluate.tags.schemes import find
from glose.evaluate.tags.shares import ALL, Counted, Figures, Numbers, check, check_average


def precision_score(
    y_true: Texts, y_pred: Texts, *,
    average: str | None = "micro", suffix: bool = False, mode: str | None = None,
    sample_weight: object = None, zero_division: str | float = "warn", scheme: object = None,  # noqa: ARG001
) -> float | Numbers:  # fmt: skip
    """Return the share of predicted chunks that are in gold.

    `average` is `micro`, `macro`, `weighted`, or `None` for one figure a type, sorted by type.
    With `mode="strict"` and a `scheme` only chunks that keep to the scheme count, else all that
    conlleval would see. `zero_division` stands for what is undefined; `warn` is 0 with a warning.
    `sample_weight` is ignored, as it is by seqeval.
    """
    return _figures(y_true, y_pred, average, suffix, mode, scheme, zero_division, "precision")[0]


def recall_score(
    y_true: Texts, y_pred: Texts, *,
    average: str | None = "micro", suffix: bool = False, mode: str | None = None,
    sample_weight: object = None, zero_division: str | float = "warn", scheme: object = None,  # noqa: ARG001
) -> float | Numbers:  # fmt: skip
    """Return the share of gold chunks that were predicted; arguments as in `precision_score`."""
    return _figures(y_true, y_pred, average, suffix, mode, scheme, zero_division, "recall")[1]


def f1_score(
    y_true: Texts, y_pred: Texts, *,
    average: str | None = "micro", suffix: bool = False, mode: str | None = None,
    sample_weight: object = None, zero_division: str | float = "warn", scheme: object = None,  # noqa: ARG001
) -> float | Numbers:  # fmt: skip
    """Return the harmonic mean of precision and recall; arguments as in `precision_score`."""
    return _figures(y_true, y_pred, average, suffix, mode, scheme, zero_division, "f-score")[2]


def _figures(
    gold: Texts, predicted: Texts, average: str | None, suffix: bool, mode: str | None,
    scheme: object, zero_division: str | float, warned: str,
) -> Figures:  # fmt: skip
    check_average(average)
    check(gold, predicted)
    rules = find(scheme) if mode == "strict" and scheme else None
    counted = Counted.of(gold, predicted, rules, suffix)
    return counted.figures(average, zero_division, (warned,))


def precision_recall_fscore_support(
    y_true: Texts, y_pred: Texts, *,
    average: str | None = None, warn_for: Collection[str] = ALL, beta: float = 1.0,
    sample_weight: object = None, zero_division: str | float = "warn", suffix: bool = False,  # noqa: ARG001
) -> Figures:  # fmt: skip
    """Return precision, recall, F beta and the number of gold chunks, by type or averaged."""
    if beta < 0:
        raise ValueError(f"beta: found {beta}; expected 0 or more")
    check_average(average)
    check(y_true, y_pred)
    counted = Counted.of(y_true, y_pred, None, suffix)
    return counted.figures(average, zero_division, warn_for, beta)


def accuracy_score(y_true: Tags, y_pred: Tags) -> float:
    """Return the share of tags that are equal; raise `ZeroDivisionError` where there are none.

    >>> accuracy_score([["B-PER", "O"]], [["B-PER", "B-LOC"]])
    0.5
    """
    gold, predicted = _flat(y_true, y_pred)
    same = sum(wanted == found for wanted, found in zip(gold, predicted, strict=False))
    return same / len(gold)


def performance_measure(y_true: Tags, y_pred: Tags) -> dict[str, int]:
    """Return how many tags are right (TP), wrongly given (FP), wrongly `O` (FN), rightly `O` (TN).

    A tag that is given for another is a FP alone.

    >>> performance_measure(["B-PER", "O", "O", "B-LOC"], ["B-PER", "B-PER", "O", "O"])
    {'TP': 1, 'FP': 1, 'FN': 1, 'TN': 1}
    """
    pairs = list(zip(*_flat(y_true, y_pred), strict=False))
    right = sum(wanted == found for wanted, found in pairs)
    outside = sum(wanted == found == "O" for wanted, found in pairs)
    missed = sum(wanted != "O" and found == "O" for wanted, found in pairs)
    wrong = len(pairs) - right - missed
    return {"TP": right - outside, "FP": wrong, "FN": missed, "TN": outside}


def _flat(gold: Tags, predicted: Tags) -> tuple[Sequence[str], Sequence[str]]:
    """Return the tags of both sides in one list each."""
    if any(isinstance(each, list) for each in gold):
        return list(chain.from_iterable(gold)), list(chain.from_iterable(predicted))
    return cast("Sequence[str]", gold), cast("Sequence[str]", predicted)
