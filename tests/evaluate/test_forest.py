"""What is peeled off from the leaves is what trying everything gives."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glose.evaluate.forest import Forest
from glose.evaluate.heaviest import greatest, heaviest

Cells = dict[tuple[int, int], int]

cells = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 4), max_size=14
)


def of(found: Cells) -> Forest:
    rows, columns = np.array([*found], dtype=np.int64).reshape(-1, 2).T
    return Forest.of(rows, columns, 6, 6)


def tried(found: Cells) -> int:
    """Return the greatest sum by trying for each cell to take it and to leave it."""
    if not found:
        return 0
    (row, column), weight = next(iter(found.items()))
    rest = {pair: n for pair, n in found.items() if pair != (row, column)}
    apart = {(i, j): n for (i, j), n in rest.items() if i != row and j != column}
    return max(tried(rest), weight + tried(apart))


def likeness(found: Cells, more: list[int]) -> dict[tuple[int, int], float]:
    """Return the weights of CEAFe where clusters have a few more mentions than they share."""
    sizes = np.array(more, dtype=np.int64)
    for (i, j), n in found.items():
        sizes[[i, 6 + j]] += n
    return {(i, j): 2 * n / int(sizes[i] + sizes[6 + j]) for (i, j), n in found.items()}


@given(cells)
@example({(0, 0): 1, (0, 1): 2, (1, 1): 1})
@example({(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 1, (1, 2): 3})
def test_the_greatest_sum_is_that_of_trying_everything(found: Cells) -> None:
    weights = np.array([*found.values()], dtype=np.float64)
    assert of(found).greatest(weights).sum() == tried(found)


@given(cells, st.lists(st.integers(0, 2), min_size=12, max_size=12))
@example({(0, 0): 1, (0, 1): 1}, [0] * 12)
@example({(0, 0): 1, (1, 0): 1, (1, 1): 1, (2, 1): 1}, [0] * 12)
def test_the_pairs_are_those_of_solving_each_group(found: Cells, more: list[int]) -> None:
    weights = likeness(found, more)
    chosen = of(found).heaviest(np.array([*weights.values()], dtype=np.float64))
    pairs = {pair for pair, taken in zip(found, chosen, strict=True) if taken}
    assert pairs == set(heaviest(weights))
    assert fsum(weights[pair] for pair in pairs) == greatest(weights)


def test_a_long_path_takes_steps_for_each_of_its_edges_once() -> None:
    size = 4000
    rows, columns = np.arange(2 * size - 1) // 2, np.arange(1, 2 * size) // 2
    made = Forest.of(rows, columns, size, size)
    assert (len(made.left), sum(map(len, made.rounds))) == (0, 2 * size - 1)
    weights = np.where(rows == columns, 2.0, 3.0)
    assert made.greatest(weights).sum() == 3 * (size - 1)
    assert weights[made.heaviest(weights / 4)].sum() == 3 * (size - 1)


@pytest.mark.parametrize(
    ("found", "rounds", "left"),
    [
        pytest.param({}, 0, 0, id="nothing"),
        pytest.param({(0, 0): 1, (1, 1): 1}, 1, 0, id="cells that are alone"),
        pytest.param({(0, 0): 1, (0, 1): 1, (0, 2): 1}, 1, 0, id="a star"),
        pytest.param({(0, 0): 1, (0, 1): 1, (1, 1): 1, (1, 2): 1, (2, 2): 1}, 3, 0, id="a path"),
        pytest.param({(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 1}, 0, 4, id="a circle"),
        pytest.param(
            {(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 1, (2, 1): 1}, 1, 4, id="one with a leaf"
        ),
    ],
)
def test_leaves_are_taken_off_in_rounds(found: Cells, rounds: int, left: int) -> None:
    made = of(found)
    assert (len(made.rounds), len(made.left)) == (rounds, left)
    assert sorted(np.concatenate([*made.rounds, made.left]).tolist()) == list(range(len(found)))
