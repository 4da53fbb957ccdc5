"""Clusters of documents: their sums, and figures that no order of documents changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glose.evaluate import joint
from glose.evaluate.averages import Means
from glose.evaluate.counts import Row, Table, Tally
from glose.evaluate.figures import mean
from glose.evaluate.grouped import Clusters
from glose.evaluate.intervals import Method, Sampling
from glose.evaluate.joint import Joint
from glose.evaluate.metric import MACRO, Averaging
from glose.evaluate.metrics import METRICS
from glose.evaluate.results import Bucket, Score
from glose.evaluate.scores import scores

DOCUMENT = Averaging("macro-document", "documents", by_type=True)
METRIC = replace(METRICS["trigger/classification"], averages=(MACRO, DOCUMENT))
JOINED = replace(METRIC, others=(METRIC.ratio,), join=mean, averages=())
BUCKET = Bucket("source", "x")

#: Shares of a mention, as B3 has them: their sums are not exact.
row = st.tuples(*[st.integers(0, 5).map(lambda n: n / 3)] * 4)
documents = st.lists(st.tuples(row, row, st.sampled_from("abc")), min_size=1, max_size=12)


def total(rows: Sequence[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def table(given_: Sequence[tuple[Row, Row, str]], *, clustered: bool) -> Table:
    found = Table(joint=Joint(all=clustered), clusters=Clusters(types=True) if clustered else None)
    for a, b, cluster in given_:
        tally: Tally = {"A": a, "B": b, None: total([a, b])}
        found.add(tally, [BUCKET] * (cluster == "a"), cluster if clustered else None)
    return found


def figures(made: Table, method: Method = "percentile", samples: int = 20) -> list[Score]:
    return list(scores(made, [METRIC, JOINED], Sampling(samples, method=method)))


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("limit", [2, 2000])
@settings(max_examples=25)
@given(documents, st.integers(0, 12), st.sampled_from(["percentile", "bca", "jackknife"]))
def test_the_order_of_documents_and_parts_does_not_show(
    limit: int, clustered: bool, given_: list[tuple[Row, Row, str]], cut: int, method: Method
) -> None:
    before, joint.LIMIT = joint.LIMIT, limit
    try:
        whole = table(given_, clustered=clustered)
        merged = table(given_[cut:][::-1], clustered=clustered)
        merged.merge(table(given_[:cut], clustered=clustered))
        assert figures(merged, method) == figures(whole, method)
    finally:
        joint.LIMIT = before


@settings(max_examples=50)
@given(documents)
def test_clusters_change_no_figure_but_its_interval(given_: list[tuple[Row, Row, str]]) -> None:
    alone, together = (figures(table(given_, clustered=each)) for each in (False, True))
    for one, other in zip(alone, together, strict=True):
        assert replace(one, interval=None) == replace(other, interval=None)


DOCUMENTS: list[tuple[Row, Row, str]] = [
    ((1, 2, 1, 1), (0, 1, 0, 2), "a"), ((2, 2, 2, 3), (1, 1, 1, 1), "a"),
    ((0, 1, 0, 1), (1, 1, 1, 1), "b"), ((1, 1, 1, 2), (0, 0, 0, 1), "c"),
]  # fmt: skip


def test_the_sums_of_clusters() -> None:
    made = table(DOCUMENTS, clustered=True)
    [a, all_, some] = (made.units(cell) for cell in (("A", None), (None, None), (None, BUCKET)))
    assert (a.counts, a.number) == ({(3, 4, 3, 4): 1, (0, 1, 0, 1): 1, (1, 1, 1, 2): 1}, 3)
    assert all_.counts == {
        (4, 6, 4, 7): 1, (1, 2, 1, 2): 1, (1, 1, 1, 3): 1,
    }  # fmt: skip
    assert (some.counts, some.number) == ({(4, 6, 4, 7): 1}, 1)


@pytest.mark.parametrize("method", ["percentile", "bca", "jackknife"])
def test_clusters_are_resampled_as_documents_with_their_sums(method: Method) -> None:
    sums = [((3, 4, 3, 4), (1, 2, 1, 3), "a"), *DOCUMENTS[2:]]
    each = (table(DOCUMENTS, clustered=True), table(sums, clustered=False))
    clustered, summed = (figures(made, method, 200) for made in each)
    for one, other in zip(clustered, summed, strict=True):
        if one.average != "macro-document" and one.bucket is None:
            assert one.interval == other.interval


def test_a_mean_over_documents_draws_clusters_of_them() -> None:
    """F1 of the documents is 2/6, 6/7, 1/2 and 1/2; that of a cluster is the sum of its own."""
    made = table(DOCUMENTS, clustered=True)
    sampling = Sampling(0, method="jackknife")
    score = Means(made, METRIC.statistic, replace(sampling, samples=1)).score(METRIC, DOCUMENT)
    values = [2 / 6, 6 / 7, 1 / 2, 2 / 4]
    found = sum(values) / 4
    assert score.f1 == pytest.approx(found)
    without = [sum(values[2:]) / 2, (sum(values[:2]) + 0.5) / 3, (sum(values[:2]) + 0.5) / 3]
    center = sum(without) / 3
    error = (2 / 3 * sum((each - center) ** 2 for each in without)) ** 0.5
    assert score.interval is not None
    assert score.interval.f1 is not None
    low, high = score.interval.f1
    assert high - found == pytest.approx(4.302653 * error)
    assert found - low == pytest.approx(4.302653 * error)


def test_a_mean_over_documents_by_type_draws_clusters_too() -> None:
    """F1 of A is 2/3, 4/5, 0 and 2/3; b and c are of one document each."""
    made = table(DOCUMENTS, clustered=True)
    means = Means(made, METRIC.statistic, Sampling(1, method="jackknife"))
    score = means.score(METRIC, DOCUMENT, "A")
    values = [2 / 3, 4 / 5, 0, 2 / 3]
    found = sum(values) / 4
    assert score.f1 == pytest.approx(found)
    without = [sum(values[2:]) / 2, (sum(values) - values[2]) / 3, (sum(values) - values[3]) / 3]
    center = sum(without) / 3
    error = (2 / 3 * sum((each - center) ** 2 for each in without)) ** 0.5
    assert score.interval is not None
    assert score.interval.f1 is not None
    assert score.interval.f1[1] - found == pytest.approx(min(4.302653 * error, 1 - found))


def test_equal_documents_in_clusters_are_less_sure() -> None:
    """Ten clusters of ten equal documents say no more than ten documents."""
    rows: list[tuple[Row, Row, str]] = [
        ((n % 3, 3, n % 3, 3), (0, 0, 0, 0), str(n)) for n in range(10) for _ in range(10)
    ]
    alone, together = (
        figures(table(rows, clustered=each), "jackknife")[0] for each in (False, True)
    )
    assert alone.interval is not None
    assert together.interval is not None
    narrow, wide = ((x.f1 or (0, 0)) for x in (alone.interval, together.interval))
    assert (wide[1] - wide[0]) / (narrow[1] - narrow[0]) == pytest.approx(
        (99 / 9) ** 0.5 * 2.262157 / 1.984217, rel=1e-4
    )
