"""The best way to pair things one to one: maximum-weight assignment.

`assign` is for small tables, as nearly all are (spans that overlap one another), and exact in
whole numbers of any size. `assign_sparse` is for large ones; it asks scipy, which takes half a
second and 40 MB to import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

#: The weights that `assign_sparse` takes, times twice the number of rows, must stay below this, so
#: that no sum along a path is rounded in a float.
EXACT = 2**53


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) with the greatest sum of weights, by row; leave out 0.

    Shortest augmenting paths with potentials (Jonker & Volgenant 1987), O(rows² x columns).
    Weights are at least 0. The same table gives the same pairs.

    >>> assign([[3, 2], [2, 0]])
    [(0, 1), (1, 0)]
    """
    height, width = len(weights), len(weights[0]) if weights else 0
    if height > width:
        turned = [[row[column] for row in weights] for column in range(width)]
        return sorted((row, column) for column, row in assign(turned))
    owners = _owners(weights, width)
    pairs = ((row, column) for column, row in enumerate(owners[:width]) if row >= 0)
    return sorted((row, column) for row, column in pairs if weights[row][column] > 0)


def assign_sparse(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Return the pairs (row, column) with the greatest sum of weights, by row.

    Weights are whole and above 0; what has none is no pair. The same weights give the same pairs,
    in whatever order they stand. Shortest augmenting paths on a sparse table (LAPJVsp, by scipy).
    Raises `ValueError` if the weights are too large for the sums to be exact.

    >>> assign_sparse({(0, 0): 3, (0, 1): 2, (1, 0): 2})
    [(0, 1), (1, 0)]
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    cells = sorted(weights)
    rows, row_of = np.unique([row for row, _ in cells], return_inverse=True)
    columns, column_of = np.unique([column for _, column in cells], return_inverse=True)
    if len(rows) > len(columns):
        turned = assign_sparse({(column, row): weights[row, column] for row, column in cells})
        return sorted((row, column) for column, row in turned)
    worst = max(weights.values()) + 1
    if 2 * len(rows) * worst >= EXACT:
        raise ValueError(f"weights up to {worst - 1} in {len(rows)} rows cannot be added exactly")
    # Each row may stay alone: a column of its own costs what a pair of weight 0 would.
    alone = np.arange(len(rows))
    costs = np.concatenate([[float(worst - weights[cell]) for cell in cells], [worst] * len(rows)])
    places = np.concatenate([row_of, alone]), np.concatenate([column_of, alone + len(columns)])
    table = csr_array((costs, places), shape=(len(rows), len(columns) + len(rows)))
    pairs = zip(*min_weight_full_bipartite_matching(table), strict=True)
    return [(int(rows[r]), int(columns[c])) for r, c in pairs if c < len(columns)]


def _owners(weights: Sequence[Sequence[float]], width: int) -> list[int]:
    """Return the row of each column, or -1; the last column stands for the row being placed."""
    owners = [-1] * (width + 1)
    of_rows: list[float] = [0] * len(weights)  # not 0.0: whole numbers stay whole
    of_columns: list[float] = [0] * (width + 1)
    for row in range(len(weights)):
        owners[width] = row
        _place(weights, owners, of_rows, of_columns)
    return owners


def _place(
    weights: Sequence[Sequence[float]],
    owners: list[int],
    of_rows: list[float],
    of_columns: list[float],
) -> None:
    """Find the cheapest way to make room for the row that the last column stands for."""
    width = len(owners) - 1
    slack, before = [inf] * width, [width] * width
    unseen, column, seen = set(range(width)), width, [width]
    while owners[column] >= 0:
        row = owners[column]
        for other in unseen:
            cost = -weights[row][other] - of_rows[row] - of_columns[other]
            if cost < slack[other]:
                slack[other], before[other] = cost, column
        column = min(unseen, key=lambda other: (slack[other], other))
        step = slack[column]
        for other in seen:
            of_rows[owners[other]] += step
            of_columns[other] -= step
        for other in unseen:
            slack[other] -= step
        unseen.remove(column)
        seen.append(column)
    while column != width:
        owners[column] = owners[before[column]]
        column = before[column]
