"""The bootstrap from distinct rows has the law of drawing documents one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from glose.evaluate import joint
from glose.evaluate.counts import Shared
from glose.evaluate.figures import figures
from glose.evaluate.intervals import Sampling, bounds, enough, resampled, resampled_types
from glose.evaluate.joint import Joint

#: 200 documents with 12 distinct rows, 60 of them empty.
DOCUMENTS = [(n % 4, n % 4 + n % 3, n % 4, n % 4 + 1.0) if n % 10 > 2 else (0,) * 4
             for n in range(200)]  # fmt: skip
ROWS = Counter(tuple(map(float, row)) for row in DOCUMENTS if any(row))
MANY = Sampling(samples=20_000, seed=7)


def naive(samples: int) -> np.ndarray:
    """Draw documents with replacement, one by one, and add their rows."""
    rows = np.array(DOCUMENTS, dtype=float)
    generator = np.random.default_rng(3)
    drawn = generator.integers(0, len(rows), size=(samples, len(rows)))
    total: np.ndarray = rows[drawn].sum(axis=1)
    return total


def f1(sums: np.ndarray) -> np.ndarray:
    return figures(Shared(*sums.T)).f1


def test_its_mean_is_the_sum_of_all_rows() -> None:
    sums = resampled(ROWS, len(DOCUMENTS), MANY)
    assert sums.mean(axis=0) == pytest.approx(np.sum(DOCUMENTS, axis=0), rel=0.005)


def test_its_covariance_is_that_of_the_rows_times_their_number() -> None:
    sums = resampled(ROWS, len(DOCUMENTS), MANY)
    wanted = np.cov(np.array(DOCUMENTS).T, bias=True) * len(DOCUMENTS)
    assert np.cov(sums.T) == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize("share", [0.025, 0.25, 0.5, 0.75, 0.975])
def test_its_quantiles_of_f1_are_those_of_drawing_documents(share: float) -> None:
    quick = np.quantile(f1(resampled(ROWS, len(DOCUMENTS), MANY)), share)
    assert quick == pytest.approx(np.quantile(f1(naive(5000)), share), abs=0.003)


def types(sampling: Sampling) -> np.ndarray:
    made = Joint()
    for row in DOCUMENTS:
        made.add({"A": tuple(map(float, row)), "B": (1.0, 2.0, 1.0, 2.0), None: (0.0,) * 4})
    return resampled_types(made, ["A", "B"], 4, sampling)


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
    one, other = (resampled(ROWS, 200, Sampling(10)) for _ in range(2))
    assert (one == other).all()


def test_another_seed_gives_other_samples() -> None:
    one, other = (resampled(ROWS, 200, Sampling(10, seed=seed)) for seed in (1, 2))
    assert (one != other).any()


def test_the_order_of_the_rows_does_not_matter() -> None:
    turned = dict(reversed(ROWS.items()))
    one, other = (resampled(rows, 200, Sampling(10)) for rows in (ROWS, turned))
    assert (one == other).all()


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param({}, False, id="no document"),
        pytest.param({(1.0, 1.0): 1}, False, id="one document"),
        pytest.param({(1.0, 1.0): 1, (0.0, 0.0): 5}, False, id="one document that has items"),
        pytest.param({(1.0, 1.0): 2}, True, id="two that are alike"),
        pytest.param({(1.0, 1.0): 1, (0.0, 1.0): 1}, True, id="two that differ"),
    ],
)
def test_two_documents_are_enough(rows: dict[tuple[float, ...], int], wanted: bool) -> None:
    assert enough(rows) is wanted


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
