"""Means over types and over documents, on counts that are worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glose.evaluate.averages import Means
from glose.evaluate.counts import Shared, Table, Tally
from glose.evaluate.figures import mean
from glose.evaluate.intervals import Sampling
from glose.evaluate.metric import Averaging
from glose.evaluate.metrics import METRICS
from glose.evaluate.scores import scores

METRIC = METRICS["trigger/classification"]

#: Of each document the counts by type: matched, predicted, matched, gold.
DOCUMENTS: list[Tally] = [
    {"A": (1, 2, 1, 1), "B": (0, 0, 0, 2)},
    {"A": (2, 2, 2, 2)},
    {"B": (0, 1, 0, 0)},
    {},
]


def table() -> Table:
    found = Table()
    for rows in DOCUMENTS:
        total = tuple(map(sum, zip((0, 0, 0, 0), *rows.values(), strict=True)))
        found.add({**rows, None: total})
    return found


def average(averaging: Averaging, samples: int = 0) -> list[float | None]:
    score = Means(table(), METRIC.statistic, Sampling(samples)).score(METRIC, averaging)
    return [score.precision, score.recall, score.f1]


@pytest.mark.parametrize(
    ("averaging", "wanted"),
    [
        # A: 3 of 4 predicted, 3 of 3 gold; B: 0 of 1, 0 of 2.
        (Averaging("macro"), [0.375, 0.5, 3 / 7]),
        (Averaging("macro", of_means=True), [0.375, 0.5, 3 / 7]),
        (Averaging("weighted", weighted=True), [0.45, 0.6, 18 / 35]),
        # P 1/2, 1, 0, none; R 1/3, 1, none, none; F 2/5, 1, 0, none.
        (Averaging("macro-document", "documents"), [0.5, 2 / 3, 1.4 / 3]),
        (Averaging("macro-document", "documents", undefined=0.0), [0.375, 1 / 3, 0.35]),
        (Averaging("macro-document", "documents", undefined=1.0), [0.625, 10 / 12, 0.6]),
        (Averaging("macro-document", "documents", of_means=True), [0.5, 2 / 3, 4 / 7]),
        # F1 only of the first two documents, which have both.
        (Averaging("macro-document", "documents", both=True), [0.5, 2 / 3, 0.7]),
    ],
)
def test_means(averaging: Averaging, wanted: list[float]) -> None:
    assert average(averaging) == pytest.approx(wanted)


def test_a_mean_of_documents_has_an_interval_around_it() -> None:
    averaging = Averaging("macro-document", "documents")
    score = Means(table(), METRIC.statistic, Sampling(500)).score(METRIC, averaging)
    assert score.interval is not None
    assert score.interval.f1 is not None
    low, high = score.interval.f1
    assert low < 1.4 / 3 < high


def test_a_mean_over_documents_has_the_spread_of_the_documents() -> None:
    averaging = Averaging("macro-document", "documents", both=True, spread=True)
    score = Means(table(), METRIC.statistic, Sampling(0)).score(METRIC, averaging)
    wanted = {"precision_std": (1 / 6) ** 0.5, "recall_std": 1 / 3, "f1_std": 0.3}
    assert score.extras == pytest.approx(wanted)


def test_a_spread_of_equal_documents_is_0() -> None:
    averaging = Averaging("macro-document", "documents", spread=True)
    same = Table()
    for _ in range(3):
        same.add({None: (1, 3, 1, 7)})
    score = Means(same, METRIC.statistic, Sampling(0)).score(METRIC, averaging)
    assert list(score.extras.values()) == pytest.approx([0.0] * 3, abs=1e-12)


def test_a_spread_of_nothing_is_undefined() -> None:
    averaging = Averaging("macro-document", "documents", spread=True)
    empty = Table()
    empty.add({None: (0, 0, 0, 0)})
    score = Means(empty, METRIC.statistic, Sampling(0)).score(METRIC, averaging)
    assert set(score.extras.values()) == {None}


def test_a_mean_over_documents_may_be_given_by_type() -> None:
    """Of A: P 1/2, 1; R 1, 1; F 2/3, 1."""
    averaging = Averaging("macro-document", "documents", by_type=True)
    metric = replace(METRIC, averages=(averaging,))
    found = [score for score in scores(table(), [metric], Sampling(200)) if score.type == "A"]
    mean = next(score for score in found if score.average == "macro-document")
    assert [mean.precision, mean.recall, mean.f1] == pytest.approx([0.75, 1, 5 / 6])
    assert mean.interval is not None


def test_a_mean_of_nothing_is_undefined() -> None:
    empty = Table()
    empty.add({None: (0, 0, 0, 0)})
    means = Means(empty, METRIC.statistic, Sampling(0))
    for over in ("types", "documents"):
        found = means.score(METRIC, Averaging("macro", over))
        assert (found.precision, found.recall, found.f1) == (None, None, None)


def test_weights_that_add_up_to_0_count_what_is_undefined() -> None:
    empty = Table()
    empty.add({None: (0, 0, 0, 0)})
    means = Means(empty, METRIC.statistic, Sampling(0))
    found = means.score(METRIC, Averaging("weighted", undefined=0.0, weighted=True))
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_a_metric_of_several_ratios_has_the_mean_of_their_figures() -> None:
    """As the CoNLL average is; it has no numerators and denominators of its own."""

    def turned(n: Shared) -> Shared:
        return Shared(n.correct_recall, n.gold, n.correct_precision, n.predicted)

    both = replace(METRIC, others=(turned,), join=mean)
    micro = next(scores(table(), [both], Sampling(200)))
    p, r, f1 = 3 / 5, 3 / 5, 3 / 5
    assert [micro.precision, micro.recall, micro.f1] == pytest.approx([p, r, f1])
    assert (micro.correct_precision, micro.gold) == (None, None)
    assert micro.interval is not None


def test_further_figures_are_told() -> None:
    metric = replace(METRIC, extras=lambda n: {"miss rate": 1 - n.correct_recall / n.gold})
    micro = next(scores(table(), [metric], Sampling(0)))
    assert micro.extras == {"miss rate": pytest.approx(0.4)}
    assert micro.plain()["extras"] == micro.extras
