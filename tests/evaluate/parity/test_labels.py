"""Our figures of labels beside those of scikit-learn."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from tests.evaluate.parity.conftest import Scored
from tests.evaluate.parity.records import expected

from glose.evaluate.results import Score, System

METRIC = "labels/report"
MEANS: dict[str, Literal["micro", "macro", "weighted", "macro-document"]] = {
    "micro avg": "micro",
    "macro avg": "macro",
    "weighted avg": "weighted",
    "samples avg": "macro-document",
}
SCHEMES = {"single": "topic", "multi": "topics"}


def sklearn(corpus: str) -> Any:  # noqa: ANN401  # as it gave it
    return expected(corpus)["scikit-learn"]


def find(system: System, scheme: str, row: str) -> Score | None:
    """Return the score that a row of a report is."""
    if row in MEANS:
        return system.find(METRIC, MEANS[row], scheme)
    return system.find(METRIC, "micro", f"{scheme}={row}")


@pytest.mark.parametrize("kind", SCHEMES)
def test_rows_of_the_report(scored: Scored, seed: str, kind: str) -> None:
    theirs = {n: row for n, row in sklearn(seed)[kind].items() if isinstance(row, dict)}
    ours = {}
    for name, row in theirs.items():
        found = find(scored(seed, "labels"), SCHEMES[kind], name)
        assert found is not None
        shown = {"precision": found.precision, "recall": found.recall, "f1-score": found.f1}
        # A mean has no support of its own; the report repeats that of all labels.
        ours[name] = {**shown, "support": row["support"] if name in MEANS else found.gold}
    assert ours == {name: pytest.approx(row, abs=1e-9) for name, row in theirs.items()}


def test_what_the_means_of_a_report_rest_on(scored: Scored, seed: str) -> None:
    for kind, scheme in SCHEMES.items():
        found = scored(seed, "labels").find(METRIC, "micro", scheme)
        assert found is not None
        assert found.gold == sklearn(seed)[kind]["macro avg"]["support"]


def test_accuracy_of_one_label_each(scored: Scored, seed: str) -> None:
    theirs = sklearn(seed)
    assert theirs["acc"] == theirs["single"]["accuracy"]
    micro = scored(seed, "labels").find(METRIC, "micro", "topic")
    mean = scored(seed, "labels").find(METRIC, "macro-document", "topic")
    assert micro is not None
    assert mean is not None
    ours = [micro.precision, micro.recall, micro.f1, mean.extras["accuracy"]]
    assert ours == [pytest.approx(theirs["acc"], abs=1e-9)] * 4


@pytest.mark.parametrize(
    ("key", "name"), [("kappa", "kappa"), ("mcc", "mcc"), ("balanced", "balanced_accuracy")]
)
def test_chance_corrected_figures(scored: Scored, seed: str, key: str, name: str) -> None:
    found = scored(seed, "labels").find(METRIC, "macro", "topic")
    assert found is not None
    assert found.extras[name] == pytest.approx(sklearn(seed)[key], abs=1e-9)


@pytest.mark.parametrize(
    ("key", "name"),
    [("subset_acc", "accuracy"), ("jaccard_samples", "jaccard"), ("hamming", "hamming_loss")],
)
def test_figures_of_many_labels(scored: Scored, seed: str, key: str, name: str) -> None:
    found = scored(seed, "labels").find(METRIC, "macro-document", "topics")
    assert found is not None
    assert found.extras[name] == pytest.approx(sklearn(seed)[key], abs=1e-9)


def test_many_labels_have_no_kappa(scored: Scored, seed: str) -> None:
    found = scored(seed, "labels").find(METRIC, "macro", "topics")
    assert found is not None
    assert found.extras["kappa"] is None


def test_figures_of_all_labels_at_once_have_intervals(scored: Scored, seed: str) -> None:
    found = scored(seed, "labels", "entities", 200).find(METRIC, "macro", "topic")
    assert found is not None
    assert found.interval is not None
    for name in ("kappa", "mcc", "balanced_accuracy"):
        bounds, figure = found.interval.extras[name], found.extras[name]
        assert bounds is not None
        assert figure is not None
        assert bounds[0] < figure < bounds[1]
