"""Intervals: resampled rows have the law of documents, and each method holds what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from glose.evaluate import intervals, joint
from glose.evaluate.averages import Means
from glose.evaluate.counts import Shared, Table
from glose.evaluate.figures import figures
from glose.evaluate.intervals import Method, Sampling, bounds, drawn, limits, resampled
from glose.evaluate.joint import Array, Joint
from glose.evaluate.metrics import METRICS
from glose.evaluate.units import Jackknife, Units

#: 200 documents with 12 distinct rows, 60 of them empty.
DOCUMENTS = [(n % 4, n % 4 + n % 3, n % 4, n % 4 + 1.0) if n % 10 > 2 else (0,) * 4
             for n in range(200)]  # fmt: skip
ROWS = Counter(tuple(map(float, row)) for row in DOCUMENTS if any(row))
UNITS = Units.of(ROWS, len(DOCUMENTS))
MANY = Sampling(samples=20_000, seed=7)
METHODS: tuple[Method, ...] = ("percentile", "bca", "jackknife")


def naive(samples: int) -> Array:
    """Draw documents with replacement, one by one, and add their rows."""
    rows = np.array(DOCUMENTS, dtype=float)
    generator = np.random.default_rng(3)
    drawn = generator.integers(0, len(rows), size=(samples, len(rows)))
    total: Array = rows[drawn].sum(axis=1)
    return total


def f1(sums: Array) -> Array:
    return figures(Shared(*sums.T)).f1


def f1_alone(sums: Array) -> Sequence[Array]:
    return [f1(sums)]


def mean(sums: Array) -> Sequence[Array]:
    """Read the mean of a number from its sum and how many there are."""
    return [sums[:, 0] / sums[:, 1]]


def numbers(values: Array) -> Units:
    """Return one unit a number, of which `mean` is the mean."""
    return Units.each(np.stack([values, np.ones_like(values)], axis=1))


def test_its_mean_is_the_sum_of_all_rows() -> None:
    sums = resampled(UNITS, MANY)
    assert sums.mean(axis=0) == pytest.approx(np.sum(DOCUMENTS, axis=0), rel=0.005)


def test_its_covariance_is_that_of_the_rows_times_their_number() -> None:
    wanted = np.cov(np.array(DOCUMENTS).T, bias=True) * len(DOCUMENTS)
    assert np.cov(resampled(UNITS, MANY).T) == pytest.approx(wanted, rel=0.05)
    assert UNITS.law().spread == pytest.approx(wanted)


@pytest.mark.parametrize("share", [0.025, 0.25, 0.5, 0.75, 0.975])
def test_its_quantiles_of_f1_are_those_of_drawing_documents(share: float) -> None:
    quick = np.quantile(f1(resampled(UNITS, MANY)), share)
    assert quick == pytest.approx(np.quantile(f1(naive(5000)), share), abs=0.003)


def test_many_documents_that_are_not_skewed_are_drawn_from_the_normal_law(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = limits(UNITS, f1_alone, MANY)
    monkeypatch.setattr(intervals, "_FEW", 3)
    monkeypatch.setattr(intervals, "_SKEWED", 1.0)
    normal = limits(UNITS, f1_alone, MANY)
    assert (exact.method, normal.method) == ("bootstrap", "bootstrap-normal")
    assert normal.bounds[0] == pytest.approx(exact.bounds[0], abs=0.003)


def test_rows_that_are_skewed_are_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intervals, "_FEW", 1)
    rare = Units.of({(1.0, 1.0, 1.0, 1.0): 2, (0.0, 1.0, 0.0, 1.0): 1}, 1000)
    assert limits(rare, f1_alone, MANY).method == "bootstrap"


def types(sampling: Sampling) -> Array:
    table = Table(joint=Joint())
    for row in DOCUMENTS:
        counts = tuple(map(float, row))
        table.add({"A": counts, "B": (1.0, 2.0, 1.0, 2.0), None: counts})
    statistic = METRICS["trigger/classification"].statistic
    sums, _ = drawn(Means(table, statistic, sampling).of_types(), sampling)
    return sums.reshape(-1, 2, 4)


def test_types_are_drawn_together() -> None:
    """B is in every document, so it is the same in every sample."""
    assert np.ptp(types(Sampling(samples=50))[:, 1], axis=0).tolist() == [0, 0, 0, 0]


def test_the_types_of_many_documents_have_the_same_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = types(MANY).mean(axis=0)
    monkeypatch.setattr(joint, "LIMIT", 3)
    assert types(MANY).mean(axis=0) == pytest.approx(exact, rel=0.005)


def test_the_types_of_many_documents_have_the_same_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = types(MANY)[:, 0].std(axis=0)
    monkeypatch.setattr(joint, "LIMIT", 3)
    assert types(MANY)[:, 0].std(axis=0) == pytest.approx(exact, rel=0.03)


def test_the_same_seed_gives_the_same_samples() -> None:
    one, other = (resampled(UNITS, Sampling(10)) for _ in range(2))
    assert (one == other).all()


def test_another_seed_gives_other_samples() -> None:
    one, other = (resampled(UNITS, Sampling(10, seed=seed)) for seed in (1, 2))
    assert (one != other).any()


def test_the_order_of_the_rows_does_not_matter() -> None:
    turned = dict(reversed(ROWS.items()))
    one, other = (resampled(Units.of(rows, 200), Sampling(10)) for rows in (ROWS, turned))
    assert (one == other).all()


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param({(0.0, 0.0): 7}, False, id="no document"),
        pytest.param({(1.0, 1.0): 1}, False, id="one document"),
        pytest.param({(1.0, 1.0): 1, (0.0, 0.0): 5}, False, id="one document that has items"),
        pytest.param({(1.0, 1.0): 2}, True, id="two that are alike"),
        pytest.param({(1.0, 1.0): 1, (0.0, 1.0): 1}, True, id="two that differ"),
    ],
)
def test_two_documents_are_enough(rows: dict[tuple[float, ...], int], wanted: bool) -> None:
    assert Units.of(rows, sum(rows.values())).enough is wanted


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        pytest.param([1.0, 2, 3, 4, 5], (1.4, 4.6), id="the middle eighty per cent"),
        pytest.param([1.0, np.nan, 1], (1.0, 1.0), id="what is not defined is left out"),
        pytest.param([np.nan, np.nan], None, id="nothing is defined"),
    ],
)
def test_bounds(values: list[float], wanted: tuple[float, float] | None) -> None:
    found = bounds(np.array(values), 0.8)
    assert found == (pytest.approx(wanted) if wanted else None)


def test_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    """Of 2, 4, 4 and 10: the mean is 5, the variance 12, so the error is sqrt(12 / 4)."""
    units = numbers(np.array([2.0, 4, 4, 10]))
    values, times = units.without(mean)
    jackknife = Jackknife.of(values[0], times)
    assert jackknife.number == 4
    assert jackknife.error == pytest.approx(3**0.5)
    assert jackknife.spread == pytest.approx(12**0.5)


def test_the_acceleration_of_a_mean_is_a_sixth_of_its_skewness() -> None:
    """Deviations -3, -1, -1 and 5: cubes add up to 96, squares to 36."""
    units = numbers(np.array([2.0, 4, 4, 10]))
    values, times = units.without(mean)
    assert Jackknife.of(values[0], times).acceleration == pytest.approx(96 / 6 / 36**1.5)


def test_units_that_have_nothing_are_left_out_in_turn_too() -> None:
    values, times = Units.of({(2.0, 1.0): 3}, 5).without(mean)
    assert (values[0].tolist(), times.tolist()) == ([2.0, 2.0], [3.0, 2.0])


def test_the_interval_of_the_jackknife_is_that_of_student() -> None:
    found = limits(numbers(np.array([2.0, 4, 4, 10])), mean, Sampling(1, method="jackknife"))
    half = 3.182446 * 3**0.5
    assert found.bounds[0] == pytest.approx((5 - half, 5 + half), rel=1e-5)
    assert found.method == "jackknife"


def test_on_symmetric_values_bca_is_the_percentile_interval_nearly() -> None:
    values = np.linspace(-1, 1, 41) ** 3 + 2
    percentile, bca = (
        limits(numbers(values), mean, Sampling(20_000, method=method)).bounds[0]
        for method in ("percentile", "bca")
    )
    assert bca == pytest.approx(percentile, abs=0.01)


def test_bca_moves_towards_the_longer_tail() -> None:
    """As it does for the mean of exponential values, of which both ends are too low."""
    values = -np.log(np.linspace(0.02, 0.98, 40))
    percentile, bca = (
        limits(numbers(values), mean, Sampling(20_000, method=method)).bounds[0]
        for method in ("percentile", "bca")
    )
    assert percentile is not None
    assert bca is not None
    assert bca[0] > percentile[0] + 0.01
    assert bca[1] > percentile[1] + 0.02


@pytest.mark.parametrize("method", METHODS)
def test_where_nothing_varies_the_interval_is_the_figure(method: Method) -> None:
    units = Units.of({(2.0, 2.0, 2.0, 2.0): 9}, 9)
    assert limits(units, f1_alone, Sampling(50, method=method)).bounds == ((1.0, 1.0),)


@pytest.mark.parametrize("method", METHODS)
def test_what_is_undefined_has_no_interval(method: Method) -> None:
    units = Units.of({(0.0, 0.0, 0.0, 0.0): 9}, 9)
    assert limits(units, f1_alone, Sampling(50, method=method)).bounds == (None,)


def test_without_the_only_document_of_a_type_there_is_no_figure() -> None:
    """Of precision, where one document alone has predictions: the jackknife leaves it out."""
    units = Units.of({(1.0, 2.0, 1.0, 1.0): 1, (0.0, 0.0, 0.0, 1.0): 3}, 4)
    found = limits(units, lambda sums: figures(Shared(*sums.T)), Sampling(9, method="jackknife"))
    assert found.bounds[0] == (0.5, 0.5)


def covered(method: Method, size: int, skewed: bool) -> float:
    """Return how often the 90 % interval of F1 holds the F1 of the law that documents are of."""
    generator = np.random.default_rng(11)
    sampling = Sampling(400, 0.9, method=method)
    gold = 1 + (generator.geometric(0.3, (300, size)) if skewed else 3)
    correct = generator.binomial(np.broadcast_to(gold, (300, size)), 0.7).astype(float)
    gold = np.broadcast_to(gold, correct.shape).astype(float)
    held = 0
    for right, wanted in zip(correct, gold, strict=True):
        rows = np.stack([right, wanted, right, wanted], axis=1)
        low, high = limits(Units.each(rows), f1_alone, sampling).bounds[0] or (1.0, 0.0)
        held += low <= 0.7 <= high
    return held / len(correct)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("skewed", [False, True])
def test_an_interval_holds_the_truth_as_often_as_it_says(method: Method, skewed: bool) -> None:
    """Of 300 samples of 60 documents; the standard error of the share is 0.017."""
    assert covered(method, 60, skewed) == pytest.approx(0.9, abs=0.05)
