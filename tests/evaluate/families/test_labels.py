"""Figures of labels over documents, by hand and beside scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as sklearn
from sklearn.preprocessing import MultiLabelBinarizer

from glose.corpus.document import Document, Label
from glose.evaluate.counts import Table
from glose.evaluate.intervals import Sampling
from glose.evaluate.labels import count, labels
from glose.evaluate.metrics import METRICS
from glose.evaluate.results import Score
from glose.evaluate.scores import scores

Sets = Sequence[Sequence[str]]


def document(values: Sequence[str], scheme: str = "topic") -> Document:
    return Document(labels=tuple(Label(scheme, value) for value in values))


def scored(metric: str, gold: Sets, predicted: Sets) -> dict[tuple[str, str | None], Score]:
    """Return the scores of documents, one list of labels each, by average and type."""
    table = Table()
    for one, other in zip(gold, predicted, strict=True):
        table.add(count(labels(document(one)), labels(document(other))))
    found = scores(table, [METRICS[metric]], Sampling(0))
    return {(score.average, score.type): score for score in found}


def three(score: Score) -> tuple[float | None, ...]:
    return score.precision, score.recall, score.f1


GOLD = [["a"], ["a"], ["b"], ["c"]]
PREDICTED = [["a"], ["b"], ["b"], ["a"]]


def test_means_over_labels_by_hand() -> None:
    """a: P 1/2, R 1/2; b: P 1/2, R 1; c is never predicted: P undefined, R 0."""
    found = scored("label/value", GOLD, PREDICTED)
    assert three(found["micro", "topic"]) == (0.5, 0.5, 0.5)
    assert three(found["macro", "topic"]) == pytest.approx((1 / 2, 1 / 2, (1 / 2 + 2 / 3) / 3))
    assert three(found["weighted", "topic"]) == pytest.approx((1 / 2, 1 / 2, (2 / 2 + 2 / 3) / 4))


def test_undefined_counts_as_nothing_in_the_report() -> None:
    found = scored("labels/report", GOLD, PREDICTED)
    assert three(found["macro", "topic"]) == pytest.approx((1 / 3, 1 / 2, (1 / 2 + 2 / 3) / 3))


def test_one_scheme_is_all_there_is() -> None:
    found = scored("label/value", GOLD, PREDICTED)
    for average in ("micro", "macro", "weighted", "macro-document"):
        assert three(found[average, None]) == three(found[average, "topic"])


def test_figures_of_all_labels_at_once_by_hand() -> None:
    """Chance agreement is (2 * 2 + 1 * 2 + 1 * 0) / 16 = 3 / 8, and recalls are 1/2, 1 and 0."""
    found = scored("label/value", GOLD, PREDICTED)["macro", "topic"].extras
    assert found["kappa"] == pytest.approx((1 / 2 - 3 / 8) / (1 - 3 / 8))
    assert found["mcc"] == pytest.approx((2 * 4 - 6) / ((16 - 8) * (16 - 6)) ** 0.5)
    assert found["balanced_accuracy"] == pytest.approx(1 / 2)


def test_figures_of_documents_by_hand() -> None:
    gold, predicted = [["a", "b"], ["a"], []], [["a"], ["a"], []]
    found = scored("label/value", gold, predicted)["macro-document", "topic"]
    assert three(found) == pytest.approx((1, 3 / 4, (2 / 3 + 1) / 2))
    wanted = {"accuracy": 2 / 3, "jaccard": (1 / 2 + 1 + 1) / 3, "hamming_loss": 1 / 6}
    assert found.extras == pytest.approx(wanted)
    report = scored("labels/report", gold, predicted)["macro-document", "topic"]
    assert three(report) == pytest.approx((2 / 3, 1 / 2, (2 / 3 + 1) / 3))
    assert report.extras == pytest.approx({**wanted, "jaccard": (1 / 2 + 1) / 3})


@pytest.mark.parametrize("metric", ["label/value", "labels/report"])
def test_no_labels_have_no_figures(metric: str) -> None:
    found = scored(metric, [[], []], [[], []])
    assert {type_ for _, type_ in found} == {None}
    assert found["macro", None].extras == {}


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        pytest.param([["a"], ["b"]], [["a"], []], id="a document has no prediction"),
        pytest.param([["a"], ["b", "a"]], [["a"], ["b"]], id="a document has two labels"),
        pytest.param([["a"], []], [["a"], ["b"]], id="a document has none in gold"),
    ],
)
def test_chance_is_defined_only_for_one_label_each(gold: Sets, predicted: Sets) -> None:
    found = scored("label/value", gold, predicted)["macro", "topic"].extras
    assert found == {"kappa": None, "mcc": None, "balanced_accuracy": None}


def test_one_label_everywhere_is_no_agreement_beyond_chance() -> None:
    found = scored("label/value", [["a"]] * 3, [["a"]] * 3)["macro", "topic"].extras
    assert (found["kappa"], found["mcc"], found["balanced_accuracy"]) == (None, None, 1)
    report = scored("labels/report", [["a"]] * 3, [["a"]] * 3)["macro", "topic"].extras
    assert report["mcc"] == 0


ONE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=2, max_size=12
)
MANY = st.lists(
    st.tuples(*(st.lists(st.sampled_from("abcd"), unique=True, max_size=4) for _ in range(2))),
    min_size=1,
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(pairs=ONE)
def test_one_label_each_as_scikit_learn_has_it(pairs: list[tuple[str, str]]) -> None:
    gold, predicted = [one for one, _ in pairs], [other for _, other in pairs]
    found = scored("labels/report", [[each] for each in gold], [[each] for each in predicted])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = sklearn.classification_report(gold, predicted, output_dict=True, zero_division=0)
        kappa = sklearn.cohen_kappa_score(gold, predicted)
        wanted = {
            "kappa": None if kappa != kappa else kappa,
            "mcc": sklearn.matthews_corrcoef(gold, predicted),
            "balanced_accuracy": sklearn.balanced_accuracy_score(gold, predicted),
        }
    for name in set(gold) | set(predicted):
        assert same_row(found["micro", f"topic={name}"], report[name])
    assert same_row(found["macro", "topic"], report["macro avg"])
    assert same_row(found["weighted", "topic"], report["weighted avg"])
    assert found["macro-document", "topic"].extras["accuracy"] == pytest.approx(report["accuracy"])
    extras = found["macro", "topic"].extras
    assert {name: extras[name] for name in wanted} == pytest.approx(wanted, abs=1e-9)


def same_row(score: Score, row: dict[str, float]) -> bool:
    return three(score) == pytest.approx(
        (row["precision"], row["recall"], row["f1-score"]), abs=1e-9
    )


@settings(max_examples=40, deadline=None)
@given(pairs=MANY)
def test_many_labels_as_scikit_learn_has_them(pairs: list[tuple[list[str], list[str]]]) -> None:
    names = sorted({name for pair in pairs for side in pair for name in side})
    assume(len(names) > 1)  # one column is a single label to scikit-learn
    found = scored("labels/report", [one for one, _ in pairs], [other for _, other in pairs])
    binary = MultiLabelBinarizer(classes=names).fit([names])
    gold, predicted = (binary.transform([pair[side] for pair in pairs]) for side in (0, 1))
    report = sklearn.classification_report(
        gold, predicted, target_names=names, output_dict=True, zero_division=0
    )
    rows = {
        "micro": "micro avg", "macro": "macro avg", "weighted": "weighted avg",
        "macro-document": "samples avg",
    }  # fmt: skip
    for average, row in rows.items():
        assert same_row(found[average, "topic"], report[row])
    samples = found["macro-document", "topic"].extras
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jaccard = sklearn.jaccard_score(gold, predicted, average="samples", zero_division=0)
    assert samples["accuracy"] == pytest.approx(sklearn.accuracy_score(gold, predicted))
    assert samples["jaccard"] == pytest.approx(jaccard)
    assert samples["hamming_loss"] == pytest.approx(sklearn.hamming_loss(gold, predicted))
