"""Alpha of sets of labels, worked by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from glose.evaluate.agreement.columns import Columns
from glose.evaluate.agreement.distances import Alphas, counts, jaccard, masi
from glose.evaluate.agreement.units import Votes

near = pytest.approx


@pytest.mark.parametrize(
    ("one", "other", "by_jaccard", "by_masi"),
    [
        pytest.param("", "", 0, 0, id="two empty sets are equal"),
        pytest.param("a", "", 1, 1, id="a set and none share nothing"),
        pytest.param("ab", "ab", 0, 0, id="equal"),
        pytest.param("ab", "a", 1 / 2, 1 - 1 / 2 * 2 / 3, id="a part of the other"),
        pytest.param("ab", "bc", 2 / 3, 1 - 1 / 3 * 1 / 3, id="both have a label of their own"),
        pytest.param("a", "b", 1, 1, id="nothing in common"),
    ],
)
def test_distances(one: str, other: str, by_jaccard: float, by_masi: float) -> None:
    assert jaccard(frozenset(one), frozenset(other)) == near(by_jaccard)
    assert masi(frozenset(one), frozenset(other)) == near(by_masi)
    assert masi(frozenset(other), frozenset(one)) == near(by_masi)


def alpha(name: str, *units: str) -> float:
    """Return alpha of units such as `ab a`, the labels that each layer gives."""
    votes: Counter[Votes] = Counter()
    for unit in units:
        votes[tuple(frozenset(value.strip("-")) for value in unit.split())] += 1
    row = counts(votes)
    columns = Columns.of([row])
    people = tuple(range(len(units[0].split())))
    readings = Alphas("u", columns, (), people).readings()
    [found] = [r for r in readings if (r.coefficient, r.kind) == (name, "all")]
    return float(found.read(columns.matrix([row]))[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [("alpha-jaccard", 1 - 1 * 3 / 9), ("alpha-masi", 1 - (4 / 3) * 3 / (28 / 3))],
)
def test_a_part_of_the_labels_agrees_in_part(name: str, value: float) -> None:
    """Four values: ab, a, c, c; of the twelve ordered pairs eight are of c with another."""
    assert alpha(name, "ab a", "c c") == near(value)


def test_single_labels_have_the_nominal_alpha() -> None:
    """30 values, of which 10 are paired with another one; 20 are a and 10 are b."""
    units = ["a a"] * 8 + ["a b"] * 4 + ["b b"] * 3
    wanted = 1 - 8 * 29 / (30**2 - 20**2 - 10**2)
    assert alpha("alpha-jaccard", *units) == near(wanted)
    assert alpha("alpha-masi", *units) == near(wanted)


def test_one_value_alone_has_no_alpha() -> None:
    assert np.isnan(alpha("alpha-masi", "a a", "a a"))


def test_three_layers_weigh_a_unit_by_those_who_saw_it() -> None:
    """a a b: two of three pairs differ, each in both directions, over two: 2."""
    assert alpha("alpha-jaccard", "a a b", "b b b") == near(1 - 2 * 5 / (36 - 4 - 16))
