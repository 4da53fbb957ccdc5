"""Figures for the Trainer of transformers: label ids in, precision, recall, F1, accuracy out.

transformers itself is not imported: what it hands over is unpacked, whatever its class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from glose.corpus.errors import GloseError
from glose.evaluate.tags import schemes
from glose.evaluate.tags.reports import classification_report
from glose.evaluate.tags.scores import accuracy_score

#: The label id of what is no token of its own: special tokens, padding, word pieces.
IGNORED = -100

#: The means over chunks and types that a report has.
AVERAGES = ("micro", "macro", "weighted")

#: Names of labels by their ids, as `model.config.id2label` has them, or in the order of the ids.
Labels: TypeAlias = Sequence[str] | Mapping[int, str] | Mapping[str, str]

#: Predictions (logits or label ids) and label ids, as `EvalPrediction` holds them.
Prediction: TypeAlias = Iterable[Any]


def compute_metrics(
    labels: Labels,
    *,
    scheme: str | None = None,
    average: str = "micro",
    by_type: bool = False,
    ignored: int = IGNORED,
    suffix: bool = False,
    zero_division: float = 0,
) -> TokenFigures:
    """Return what `Trainer(compute_metrics=...)` takes, for models that label tokens.

    Tokens whose gold label id is `ignored` are left out. With a `scheme` (such as IOB2) only
    chunks that keep to it count, else all that conlleval sees. `average` is micro, macro or
    weighted. With `by_type` the figures of each type are added. Raises `GloseError` for an average
    or a scheme that there is not, before a model is trained, and later for ids without a label.
    """
    if average not in AVERAGES:
        raise GloseError(f"no average is called {average!r} (there are: {', '.join(AVERAGES)})")
    if scheme is not None:
        try:
            schemes.find(scheme)
        except ValueError as error:
            raise GloseError(str(error)) from None
    items = labels.items() if isinstance(labels, Mapping) else enumerate(labels)
    names = {int(number): name for number, name in items}
    return TokenFigures(names, scheme, f"{average} avg", by_type, ignored, suffix, zero_division)


@dataclass(slots=True)
class TokenFigures:
    """Turns predictions into figures; batches may be given one by one (`batch_eval_metrics`)."""

    labels: Mapping[int, str]
    scheme: str | None
    average: str
    by_type: bool
    ignored: int
    suffix: bool
    zero_division: float
    gold: list[list[str]] = field(default_factory=list)
    predicted: list[list[str]] = field(default_factory=list)

    def __call__(self, prediction: Prediction, compute_result: bool = True) -> dict[str, float]:
        """Return precision, recall, F1 and accuracy; of all batches since the last result.

        Without `compute_result` the batch is kept, and nothing is returned.
        """
        predictions, label_ids, *_ = prediction
        if isinstance(predictions, tuple):
            predictions = predictions[0]
        added = [self._tags(*batch) for batch in _batches(predictions, label_ids)]
        for gold, predicted in added:
            self.gold += gold
            self.predicted += predicted
        if not compute_result:
            return {}
        whole, self.gold, self.predicted = (self.gold, self.predicted), [], []
        return self._figures(*whole)

    def _tags(
        self, predictions: NDArray[Any], label_ids: NDArray[Any]
    ) -> tuple[list[list[str]], list[list[str]]]:
        """Return the tags of a batch, gold first; nothing is kept of one that is at fault."""
        if predictions.ndim == label_ids.ndim + 1:
            predictions = predictions.argmax(axis=-1)
        if predictions.shape != label_ids.shape or label_ids.ndim != 2:
            raise GloseError(
                f"predictions of shape {predictions.shape} for label ids of {label_ids.shape}; "
                "expected ids of (texts, tokens), or logits of (texts, tokens, labels)"
            )
        kept = label_ids != self.ignored
        gold = [
            self._named(row[own], "label_ids") for row, own in zip(label_ids, kept, strict=True)
        ]
        found = zip(predictions, kept, strict=True)
        return gold, [self._named(row[own], "predictions") for row, own in found]

    def _named(self, ids: NDArray[Any], where: str) -> list[str]:
        try:
            return [self.labels[number] for number in ids.tolist()]
        except KeyError as error:
            known = f"{min(self.labels)} to {max(self.labels)}" if self.labels else "none"
            raise GloseError(f"{where}: no label has the id {error}; there are {known}") from None

    def _figures(self, gold: list[list[str]], predicted: list[list[str]]) -> dict[str, float]:
        if not any(gold):
            return dict.fromkeys(("precision", "recall", "f1", "accuracy"), float("nan"))
        report = _report(self, gold, predicted)
        found = _renamed("", report[self.average])
        found["accuracy"] = accuracy_score(gold, predicted)
        if self.by_type:
            for name, row in list(report.items())[:-3]:
                found |= _renamed(f"{name}_", row)
        return found


def _batches(predictions: Any, label_ids: Any) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:  # noqa: ANN401
    """Yield arrays: one pair, or one for each batch if batches were not concatenated."""
    if isinstance(label_ids, list) and label_ids and getattr(label_ids[0], "ndim", 0) == 2:
        for found, wanted in zip(predictions, label_ids, strict=True):
            yield _array(found), _array(wanted)
    else:
        yield _array(predictions), _array(label_ids)


def _array(values: Any) -> NDArray[Any]:  # noqa: ANN401
    """Return values as an array, also a tensor of any device."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
    return np.asarray(values)


def _report(
    how: TokenFigures, gold: list[list[str]], predicted: list[list[str]]
) -> dict[str, dict[str, float]]:
    found = classification_report(
        gold, predicted, output_dict=True, mode="strict" if how.scheme else None,
        scheme=how.scheme, suffix=how.suffix, zero_division=how.zero_division,
    )  # fmt: skip
    return cast("dict[str, dict[str, float]]", found)


def _renamed(prefix: str, row: Mapping[str, float]) -> dict[str, float]:
    names = {"precision": "precision", "recall": "recall", "f1": "f1-score"}
    return {f"{prefix}{name}": float(row[key]) for name, key in names.items()}
