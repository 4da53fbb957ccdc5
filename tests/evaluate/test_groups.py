"""Means over the types of a group, and figures of all its types at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from glose.evaluate.averages import Means
from glose.evaluate.counts import Numbers, Shared, Statistic, Table
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.overview import scores as shown
from glose.evaluate.results import Evaluation, Score, System
from glose.evaluate.scores import scores as every
from glose.evaluate.writers import written


def count(
    _gold: Sequence[object], _predicted: Sequence[object]
) -> dict[str | None, tuple[float, ...]]:
    raise NotImplementedError


STATISTIC = Statistic("groups", ("labels",), Shared, lambda _document, _cut: [], count)


def group(name: str) -> str | None:
    """Return `a` for `a1`, nothing for `a`."""
    return name[0] if name[1:] else None


def whole(n: Shared) -> dict[str, Numbers]:
    return {"most": n.gold.max(axis=-1)}


def each(n: Shared, types: int) -> dict[str, Numbers]:
    return {"right": np.where(n.gold == n.correct_recall, 1.0, 0.0), "types": 0 * n.gold + types}


GROUPED = Metric(
    "groups", STATISTIC, lambda n: n,
    averages=(
        Averaging("macro", whole=whole), Averaging("macro-document", "documents", each=each),
    ),
    group=group,
)  # fmt: skip
ALONE = Metric("groups", STATISTIC, lambda n: n)


@pytest.fixture
def table() -> Table:
    """Two documents: a1 is right in both, a2 missed in the first, b1 right in the second."""
    found = Table()
    right, missed = (1, 1, 1, 1), (0, 0, 0, 1)
    found.add({None: (1, 1, 1, 2), "a": (1, 1, 1, 2), "a1": right, "a2": missed})
    found.add({None: (2, 2, 2, 2), "a": right, "a1": right, "b": right, "b1": right})
    return found


def leaderboard(table: Table) -> list[str]:
    """Return the lines that the terminal shows of one system, without the last two."""
    system = System("crf", "hash", tuple(every(table, [GROUPED], Sampling(50))))
    return list(written(shown(Evaluation("signature", "hash", 2, (system,)))))[:-2]


def scores(table: Table, metric: Metric, samples: int = 0) -> dict[tuple[str, str | None], Score]:
    means = Means(table, STATISTIC, Sampling(samples))
    return {(score.average, score.type): score for score in means.of(metric)}


def test_parts_are_the_types_of_a_group_or_all_that_are_in_one() -> None:
    types = ["a", "a1", "a2", "b", "b1"]
    assert GROUPED.parts(types) == [1, 2, 4]
    assert GROUPED.parts(types, "a") == [1, 2]
    assert ALONE.parts(types) == [0, 1, 2, 3, 4]


def test_a_mean_over_types_is_given_for_each_group(table: Table) -> None:
    found = scores(table, GROUPED)
    recalls = {type_: score.recall for (name, type_), score in found.items() if name == "macro"}
    assert recalls == {None: pytest.approx(2 / 3), "a": 1 / 2, "b": 1}


def test_a_mean_over_documents_is_given_for_each_group(table: Table) -> None:
    found = scores(table, GROUPED)
    recalls = {type_: s.recall for (name, type_), s in found.items() if name == "macro-document"}
    assert recalls == {None: 3 / 4, "a": 3 / 4, "b": 1}


def test_figures_of_all_types_at_once_are_of_the_group(table: Table) -> None:
    found = scores(table, GROUPED)
    assert found["macro", None].extras == {"most": 2}
    assert found["macro", "b"].extras == {"most": 1}


def test_figures_of_each_document_are_averaged(table: Table) -> None:
    """A document without a type is right in it: it has none of it on either side."""
    found = scores(table, GROUPED)
    rights = {t: s.extras["right"] for (name, t), s in found.items() if name == "macro-document"}
    assert rights == {None: 1 / 2, "a": 1 / 2, "b": 1}
    types = {t: s.extras["types"] for (name, t), s in found.items() if name == "macro-document"}
    assert types == {None: 3, "a": 2, "b": 1}


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_figures_of_documents_have_intervals_beside_them(method: Method) -> None:
    """That the share of right documents is 3 of 10 is as sure as a binomial share is."""
    found = Table()
    for number in range(10):
        row = (number < 3, 1, number < 3, 1)
        found.add({None: row, "a1": row})
    means = Means(found, STATISTIC, Sampling(2000, method=method))
    interval = means.score(GROUPED, GROUPED.averages[1]).interval
    assert interval is not None
    low, high = interval.extras["right"] or (1, 0)
    assert -0.1 <= low <= 0.1
    assert 0.5 <= high <= 0.7


def test_figures_of_all_types_have_intervals_beside_them(table: Table) -> None:
    interval = scores(table, GROUPED, 100)["macro", "b"].interval
    assert interval is not None
    assert interval.extras["most"] == (0, 2)


def test_a_metric_without_groups_has_one_mean_over_all_types(table: Table) -> None:
    found = scores(table, ALONE)
    assert list(found) == [("macro", None)]
    assert found["macro", None].recall == pytest.approx((2 / 3 + 1 + 0 + 1 + 1) / 5)


def test_the_leaderboard_shows_groups_with_their_means_and_further_figures(table: Table) -> None:
    names = [line[:24].rstrip() for line in leaderboard(table)]
    assert names[1:9] == [
        "crf", "  macro over types", "  mean over documents",
        "  a", "    macro over types", "    mean over documents",
        "  b", "    macro over types",
    ]  # fmt: skip
    further = [line.split() for line in leaderboard(table)[names.index("further figures") + 1 :]]
    assert [words[:4] for words in further if words] == [
        ["crf", "a", "most", "200.00"], ["crf", "a", "right", "50.00"],
        ["crf", "a", "types", "200.00"], ["crf", "b", "most", "100.00"],
        ["crf", "b", "right", "100.00"], ["crf", "b", "types", "100.00"],
    ]  # fmt: skip
