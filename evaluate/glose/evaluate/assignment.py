"""The best way to pair things one to one: maximum-weight assignment.

Kept here, and not taken from scipy, because the tables are tiny (spans that overlap) and scipy
takes 0.3 seconds and 40 MB to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


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


def _owners(weights: Sequence[Sequence[float]], width: int) -> list[int]:
    """Return the row of each column, or -1; the last column stands for the row being placed."""
    owners = [-1] * (width + 1)
    of_rows, of_columns = [0.0] * len(weights), [0.0] * (width + 1)
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
