"""Our figures of labels beside those of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tests.evaluate.parity.compared import (
    Compared,
    Printed,
    Programs,
    Scored,
    refuse_difference,
)
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
FURTHER = {
    ("topic", "macro avg"): {
        "kappa": "kappa", "mcc": "mcc", "balanced": "balanced_accuracy",
    },
    ("topics", "samples avg"): {
        "subset_acc": "accuracy", "jaccard_samples": "jaccard", "hamming": "hamming_loss",
    },
}  # fmt: skip


def find(system: System, scheme: str, row: str) -> Score:
    """Return the score that a row of a report is."""
    average, type_ = (MEANS[row], scheme) if row in MEANS else ("micro", f"{scheme}={row}")
    found = system.find(METRIC, average, type_)
    assert found is not None
    return found


def rows(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield the rows of both reports; the support of a mean is that of all labels."""
    for kind, scheme in SCHEMES.items():
        total = find(system, scheme, "micro avg")
        for name, row in theirs[kind].items():
            if isinstance(row, dict):
                found = find(system, scheme, name)
                shown = {"precision": found.precision, "recall": found.recall}
                shown |= {
                    "f1-score": found.f1,
                    "support": (total if name in MEANS else found).gold,
                }
                assert shown.keys() == row.keys()
                for figure, ours in shown.items():
                    yield Compared(f"{kind} {name} {figure}", ours, row[figure])


def accuracies(system: System, theirs: Printed) -> Iterator[Compared]:
    """Yield the accuracy of one label each, which is P, R and F1 too."""
    micro, mean = (find(system, "topic", name) for name in ("micro avg", "samples avg"))
    for figure in ("precision", "recall", "f1"):
        yield Compared(f"accuracy as {figure}", getattr(micro, figure), theirs["acc"])
    yield Compared("acc", mean.extras["accuracy"], theirs["acc"])
    yield Compared("single accuracy", mean.extras["accuracy"], theirs["single"]["accuracy"])


def report(system: System, theirs: Printed) -> Iterator[Compared]:
    yield from rows(system, theirs)
    yield from accuracies(system, theirs)
    for (scheme, mean), figures in FURTHER.items():
        extras = find(system, scheme, mean).extras
        for key, name in figures.items():
            yield Compared(key, extras[name], theirs[key])


COMPARED: Programs = {"scikit-learn": ("labels", report)}


def test_figures(scored: Scored, seed: str) -> None:
    refuse_difference(report(scored(seed, "labels"), expected(seed)["scikit-learn"]))


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
