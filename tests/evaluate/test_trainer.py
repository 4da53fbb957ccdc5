"""Label ids to figures, as the Trainer of transformers hands them over."""

from __future__ import annotations

import inspect
import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pytest

import glose.evaluate
from glose.corpus.errors import GloseError
from glose.evaluate import tags
from glose.evaluate.trainer import compute_metrics

#: Arrays, tensors or lists: what the Trainer hands over.
Given: TypeAlias = Any

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
GOLD = np.array([[-100, 1, -100, 2, 0, -100], [-100, 0, 3, -100, -100, -100]])
FOUND = np.array([[0, 1, 4, 2, 0, 0], [3, 3, 3, 0, 1, -100]])


class Prediction(NamedTuple):
    """What `EvalPrediction` is: it can be unpacked."""

    predictions: Given
    label_ids: Given


def logits(ids: Given) -> Given:
    """Return logits of which the greatest are these ids."""
    return np.eye(len(LABELS))[np.where(ids < 0, 0, ids)]


EXPECTED = {"precision": 2 / 3, "recall": 1.0, "f1": 0.8, "accuracy": 0.8}


@pytest.mark.parametrize(("predictions", "label_ids"), [
    pytest.param(FOUND, GOLD, id="ids"),
    pytest.param(logits(FOUND), GOLD, id="logits"),
    pytest.param((logits(FOUND), "hidden states"), GOLD, id="logits and more"),
    pytest.param([FOUND[:1], FOUND[1:]], [GOLD[:1], GOLD[1:]], id="batches apart"),
    pytest.param([FOUND[:1, :5], FOUND[1:]], [GOLD[:1, :5], GOLD[1:]], id="of other lengths"),
    pytest.param(FOUND.tolist(), GOLD.tolist(), id="lists"),
])  # fmt: skip
def test_figures(predictions: Given, label_ids: Given) -> None:
    """Two of three predicted names are right; what is -100 in gold is left out."""
    found = compute_metrics(LABELS)(Prediction(predictions, label_ids))

    assert found == pytest.approx(EXPECTED)
    assert all(type(value) is float for value in found.values())


@pytest.mark.parametrize("labels", [
    pytest.param(dict(enumerate(LABELS)), id="ids to names"),
    pytest.param({str(n): name for n, name in enumerate(LABELS)}, id="as JSON has them"),
    pytest.param(tuple(LABELS), id="a tuple"),
])  # fmt: skip
def test_labels(labels: Given) -> None:
    assert compute_metrics(labels)((FOUND, GOLD)) == pytest.approx(EXPECTED)


def test_figures_are_those_of_the_tags() -> None:
    gold = [["B-PER", "I-PER", "O"], ["O", "B-LOC"]]
    predicted = [["B-PER", "I-PER", "O"], ["B-LOC", "B-LOC"]]
    found = compute_metrics(LABELS, average="macro", by_type=True)((FOUND, GOLD))

    assert found["f1"] == tags.f1_score(gold, predicted, average="macro")
    assert (found["PER_f1"], found["LOC_precision"], found["LOC_recall"]) == (1.0, 0.5, 1.0)
    assert len(found) == 4 + 2 * 3


def test_a_scheme_is_strict() -> None:
    ids = np.array([[2, 2]]), np.array([[1, 2]])

    assert compute_metrics(LABELS)(ids)["f1"] == 1.0
    assert compute_metrics(LABELS, scheme="IOB2")(ids)["f1"] == 0.0


def test_batches_add_up() -> None:
    """As `batch_eval_metrics=True` gives them; the Trainer looks for the argument by its name."""
    compute = compute_metrics(LABELS)

    assert "compute_result" in inspect.signature(compute).parameters
    assert compute((FOUND[:1], GOLD[:1]), compute_result=False) == {}
    assert compute((FOUND[1:], GOLD[1:]), compute_result=True) == pytest.approx(EXPECTED)
    assert compute((FOUND, GOLD)) == pytest.approx(EXPECTED), "what was told is forgotten"


def test_tensors_are_fetched() -> None:
    class Tensor:
        """Stands for a tensor of another device."""

        def __init__(self, values: Given) -> None:
            self.values = values

        def detach(self) -> Tensor:
            return self

        def cpu(self) -> Given:
            return self.values

    assert compute_metrics(LABELS)((Tensor(FOUND), Tensor(GOLD))) == pytest.approx(EXPECTED)


def test_nothing_predicted_is_0_without_a_warning() -> None:
    """A model that has learnt nothing yet predicts nothing; the Trainer needs numbers."""
    found = compute_metrics(LABELS)((np.zeros((1, 2)), np.array([[1, 2]])))

    assert found == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "accuracy": 0.0}


def test_no_token_is_undefined() -> None:
    found = compute_metrics(LABELS)((np.zeros((1, 2)), np.full((1, 2), -100)))

    assert all(math.isnan(value) for value in found.values())


@pytest.mark.parametrize(("predictions", "label_ids", "told"), [
    (np.array([[9]]), np.array([[1]]), "predictions: no label has the id 9; there are 0 to 4"),
    (np.array([[-100]]), np.array([[1]]), "predictions: no label has the id -100"),
    (np.array([[1]]), np.array([[7]]), "label_ids: no label has the id 7"),
    (np.array([[1, 1]]), np.array([[1]]), r"shape \(1, 2\) for label ids of \(1, 1\)"),
    (np.array([1]), np.array([1]), "expected ids of"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused(predictions: Given, label_ids: Given, told: str) -> None:
    with pytest.raises(GloseError, match=told):
        compute_metrics(LABELS)((predictions, label_ids))


def test_nothing_is_kept_of_what_is_refused() -> None:
    compute = compute_metrics(LABELS)
    for wrong in ((np.array([[1, 99]]), np.array([[1, 2]])), (FOUND[:1], GOLD[:, :1])):
        with pytest.raises(GloseError):
            compute(wrong)
        assert compute((FOUND, GOLD)) == pytest.approx(EXPECTED)


@pytest.mark.parametrize(("wrong", "told"), [
    ({"average": "Macro"}, r"no average is called 'Macro' \(there are: micro, macro, weighted\)"),
    ({"scheme": "XX"}, "no scheme is called 'XX'"),
])  # fmt: skip
def test_what_there_is_not_is_refused_before_training(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(GloseError, match=told):
        compute_metrics(["O"], **wrong)  # type: ignore[arg-type]  # one option of several


def test_it_is_offered() -> None:
    assert glose.evaluate.compute_metrics is compute_metrics
