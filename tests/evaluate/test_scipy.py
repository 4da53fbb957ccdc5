"""Intervals, quantiles and exact tests against those of SciPy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from glose.evaluate.intervals import Method, Sampling, limits
from glose.evaluate.joint import Array
from glose.evaluate.laws import student
from glose.evaluate.paired import Paired
from glose.evaluate.swaps import permuted
from glose.evaluate.units import Units


def f1(sums: Array) -> Sequence[Array]:
    found = 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2])
    return [found, found, found]


def documents(number: int) -> Array:
    """Return correct, predicted and gold of documents of very different lengths."""
    generator = np.random.default_rng(number)
    gold = 1 + generator.geometric(0.2, number)
    correct = generator.binomial(gold, 0.6)
    predicted = correct + generator.binomial(gold, 0.3)
    return np.stack([correct, predicted, gold], axis=1).astype(float)


@pytest.mark.parametrize("degrees", [1, 2, 3, 10, 57, 200, 201, 5000])
@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.9995])
def test_student(probability: float, degrees: int) -> None:
    wanted = stats.t.ppf(probability, degrees)
    assert student(probability, degrees) == pytest.approx(wanted, rel=5e-6)


@pytest.mark.parametrize(("method", "name"), [("percentile", "percentile"), ("bca", "BCa")])
@pytest.mark.parametrize("number", [30, 90])
def test_the_bootstrap(method: Method, name: str, number: int) -> None:
    rows = documents(number)
    found = limits(Units.each(rows), f1, Sampling(20_000, method=method)).bounds[0]
    wanted = stats.bootstrap(
        tuple(rows.T),
        lambda c, p, g, axis: 2 * c.sum(axis) / (p.sum(axis) + g.sum(axis)),
        paired=True, vectorized=True, n_resamples=20_000, batch=1000, method=name,
        rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    assert found == pytest.approx((wanted.low, wanted.high), abs=0.003)


def test_the_exact_permutation_of_a_mean_is_that_of_scipy() -> None:
    """With one item a document F1 is a mean, of which SciPy knows the test of paired samples."""
    generator = np.random.default_rng(3)
    a, b = generator.random((2, 10))
    ones = np.ones(10)
    rows = np.stack([a, ones, ones, b, ones, ones], axis=1)
    wanted = stats.permutation_test(
        (b, a), lambda x, y, axis: (x - y).mean(axis), permutation_type="samples",
        vectorized=True, n_resamples=np.inf,
    ).pvalue  # fmt: skip
    assert permuted(Paired(Units.each(rows), f1)) == pytest.approx(wanted)
