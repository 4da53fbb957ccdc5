"""Paired tests, checked against all that could have happened and by simulation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from glose.evaluate import swaps
from glose.evaluate.figures import figures
from glose.evaluate.intervals import Sampling
from glose.evaluate.joint import Array
from glose.evaluate.metrics import METRICS
from glose.evaluate.paired import Paired, Reading
from glose.evaluate.sums import split
from glose.evaluate.swaps import Tail, Test, bootstrapped, p_value, permuted, randomised
from glose.evaluate.units import Units

READ = Reading(METRICS["trigger/classification"]).read

#: Correct, predicted, correct, gold of system a, then of b, in eight documents.
SIDES = np.array([
    (1, 2, 1, 3, 3, 3, 3, 3), (2, 2, 2, 2, 1, 2, 1, 2), (0, 1, 0, 2, 2, 2, 2, 2),
    (1, 1, 1, 2, 1, 1, 1, 2), (1, 3, 1, 2, 2, 3, 2, 2), (0, 0, 0, 1, 1, 1, 1, 1),
    (2, 3, 2, 3, 2, 2, 2, 3), (0, 2, 0, 0, 0, 0, 0, 0),
], dtype=float)  # fmt: skip
TURNED = np.concatenate([SIDES[:, :4], SIDES[:, :4]], axis=1)


def paired(sides: Array) -> Paired:
    return Paired(Units.each(sides), READ)


def gap(sides: Array) -> float:
    total = sides.sum(axis=0)
    a, b = (float(figures(*split(half)).f1) for half in (total[:4], total[4:]))
    return b - a


def exact(sides: Array, tail: Tail) -> float:
    """Return the share of all ways to swap the two results of documents with as great a gap."""
    turned = np.concatenate([sides[:, 4:], sides[:, :4]], axis=1)
    real = gap(sides)
    ways = [
        gap(np.where(np.array(swap)[:, None], turned, sides))
        for swap in product([False, True], repeat=len(sides))
    ]
    if tail == "worse":
        return float(np.mean([way <= real + 1e-12 for way in ways]))
    return float(np.mean([abs(way) >= abs(real) - 1e-12 for way in ways]))


@pytest.mark.parametrize("tail", ["both", "worse"])
def test_a_permutation_is_the_share_of_swaps_with_as_great_a_difference(tail: Tail) -> None:
    assert permuted(paired(SIDES), tail) == pytest.approx(exact(SIDES, tail))


@pytest.mark.parametrize("tail", ["both", "worse"])
def test_approximate_randomisation_comes_near_it(tail: Tail) -> None:
    found = randomised(paired(SIDES), Sampling(20_000), tail)
    assert found == pytest.approx(exact(SIDES, tail), abs=0.01)


def test_equal_documents_are_swapped_one_by_one() -> None:
    """Twice the same six documents: as rows with a count, and as rows of their own."""
    twice = np.repeat(SIDES[:6], 2, axis=0)
    assert permuted(paired(twice)) == pytest.approx(exact(twice, "both"))
    found = randomised(paired(twice), Sampling(20_000))
    assert found == pytest.approx(exact(twice, "both"), abs=0.01)


def test_ways_that_come_to_the_same_sums_are_one() -> None:
    """Of 200 documents there are 2 to the 200 ways, but few sums: a binomial law, two-sided."""
    sides = np.array([(1, 1, 1, 1, 0, 1, 0, 1)] * 120 + [(0, 1, 0, 1, 1, 1, 1, 1)] * 80, float)
    flips = np.random.default_rng(1).binomial(200, 0.5, 200_000)
    wanted = float((np.abs(flips - 100) >= 20).mean())
    assert permuted(paired(sides)) == pytest.approx(wanted, abs=0.001)


def test_no_exact_p_value_is_0_however_many_documents_there_are() -> None:
    sides = np.array([(0, 1, 0, 1, 1, 1, 1, 1)] * 1200, float)
    found = permuted(paired(sides))
    assert found is not None
    assert 0 < found < 1e-300


def test_where_there_are_too_many_ways_some_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swaps, "WAYS", 8)
    p, test = p_value(paired(SIDES), "permutation", Sampling(99))
    assert (p, test) == (randomised(paired(SIDES), Sampling(99)), "randomisation")


def test_where_b_is_the_better_it_is_not_worse() -> None:
    for test in ("randomisation", "permutation", "bootstrap"):
        p, _ = p_value(paired(SIDES), test, Sampling(999), "worse")
        assert p > 0.9


@pytest.mark.parametrize("test", ["randomisation", "permutation", "bootstrap"])
def test_the_same_results_have_a_p_value_of_1(test: Test) -> None:
    assert p_value(paired(TURNED), test, Sampling(99))[0] == 1.0


def null(number: int, generator: np.random.Generator) -> Array:
    """Return documents of two systems that are equally good, but not independent.

    They are long: where few items decide, ties make p values larger than uniform ones.
    """
    gold = 1.0 + generator.poisson(60, (number, 1))
    shared = generator.binomial(gold.astype(int), 0.4)
    own = generator.binomial(gold.astype(int) - shared, 0.5, (number, 2))
    a, b = (shared[:, 0] + own[:, each] for each in (0, 1))
    return np.stack([a, gold[:, 0], a, gold[:, 0], b, gold[:, 0], b, gold[:, 0]], axis=1)


@pytest.mark.parametrize(
    ("test", "slack"), [("randomisation", 0.0), ("permutation", 0.0), ("bootstrap", 0.03)]
)
def test_p_values_of_systems_that_are_equal_are_uniform(test: Test, slack: float) -> None:
    """Of 400 pairs of systems; a bootstrap of 40 documents rejects a little too often."""
    generator, sampling = np.random.default_rng(5), Sampling(199)
    number = 12 if test == "permutation" else 40
    values = [p_value(paired(null(number, generator)), test, sampling)[0] for _ in range(400)]
    for level in (0.05, 0.1, 0.25, 0.5):
        error = 3 * (level * (1 - level) / 400) ** 0.5
        assert np.mean(np.array(values) <= level) < level + error + slack
        if test == "randomisation":
            assert np.mean(np.array(values) <= level) > level - error - 0.01


def test_a_bootstrap_counts_departures_from_the_real_difference() -> None:
    """Where all documents differ by about as much, hardly any sample departs by all of it."""
    sides = np.array([(0, 1, 0, 1, 1, 1, 1, 1)] * 20 + [(0, 1, 0, 1, 0, 1, 0, 1)], float)
    assert bootstrapped(paired(sides), Sampling(999)) == pytest.approx(0.001)
