"""The heaviest pairs, one to one, in a table of which most cells are empty.

Only rows and columns that share a cell can gain by being paired, so each connected component is
solved by itself. Nearly all are small enough to be solved at once; large ones ask scipy, which
takes half a second to import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from math import fsum
from typing import TypeVar

from glose.evaluate.assignment import assign

Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)

#: How many steps `assign` may take (rows² x columns) before scipy is worth its import.
SMALL = 50_000

#: How many cells a table may have that is held whole.
DENSE = 1_000_000


def greatest(cells: Mapping[tuple[Row, Column], float]) -> float:
    """Return the greatest sum of cells, all above 0, no two in one row or one column.

    >>> greatest({("a", "x"): 3, ("a", "y"): 2, ("b", "x"): 2})
    4.0
    """
    return fsum(cells[pair] for pair in heaviest(cells))


def heaviest(cells: Mapping[tuple[Row, Column], float]) -> Iterator[tuple[Row, Column]]:
    """Yield the pairs of rows and columns with the greatest sum of weights.

    The same cells in the same order give the same pairs.
    """
    for found, rows, columns in components(cells):
        for row, column in _solved(found, len(rows), len(columns)):
            yield rows[row], columns[column]


def components(
    cells: Mapping[tuple[Row, Column], float],
) -> Iterator[tuple[dict[tuple[int, int], float], list[Row], list[Column]]]:
    """Yield the cells of each connected component, by number, and what is called by the numbers.

    Rows and columns keep the order in which they came.
    """
    of_rows: dict[Row, list[Column]] = defaultdict(list)
    of_columns: dict[Column, list[Row]] = defaultdict(list)
    for row, column in cells:
        of_rows[row].append(column)
        of_columns[column].append(row)
    ranks = {row: rank for rank, row in enumerate(of_rows)}
    orders = {column: rank for rank, column in enumerate(of_columns)}
    seen: set[Row] = set()
    for first in of_rows:
        if first in seen:
            continue
        reached, crossed = _reached(first, of_rows, of_columns)
        seen |= reached
        rows = sorted(reached, key=lambda row: ranks[row])
        columns = sorted(crossed, key=lambda column: orders[column])
        numbers = {column: number for number, column in enumerate(columns)}
        found = {
            (number, numbers[column]): cells[row, column]
            for number, row in enumerate(rows)
            for column in of_rows[row]
        }
        yield found, rows, columns


def _reached(
    first: Row, of_rows: Mapping[Row, list[Column]], of_columns: Mapping[Column, list[Row]]
) -> tuple[set[Row], set[Column]]:
    """Return the rows and columns that are joined with a row."""
    rows, columns, waiting = {first}, set[Column](), [first]
    while waiting:
        for column in of_rows[waiting.pop()]:
            if column not in columns:
                columns.add(column)
                waiting += [row for row in of_columns[column] if row not in rows]
                rows.update(of_columns[column])
    return rows, columns


def _solved(
    cells: Mapping[tuple[int, int], float], height: int, width: int
) -> list[tuple[int, int]]:
    few, many = sorted((height, width))
    if few == 1:
        return [max(cells, key=cells.__getitem__)]
    if few * few * many <= SMALL:
        table = [[0.0] * width for _ in range(height)]
        for (row, column), weight in cells.items():
            table[row][column] = weight
        return assign(table)
    return (dense if height * width <= DENSE else _sparse)(cells, height, width)


def dense(
    cells: Mapping[tuple[int, int], float], height: int, width: int
) -> list[tuple[int, int]]:
    """Return the pairs of a table that is held whole; of equally good ones those of scipy."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    table = np.zeros((height, width))
    for (row, column), weight in cells.items():
        table[row, column] = weight
    found = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [pair for pair in ((int(r), int(c)) for r, c in found) if pair in cells]


def _sparse(
    cells: Mapping[tuple[int, int], float], height: int, width: int
) -> list[tuple[int, int]]:
    """Return the pairs of a table of which the empty cells are not held."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    worst = max(cells.values()) + 1
    # Each row may stay alone: a column of its own costs what a pair of weight 0 would.
    alone = np.arange(height)
    rows = np.concatenate([[row for row, _ in cells], alone])
    columns = np.concatenate([[column for _, column in cells], alone + width])
    costs = np.concatenate([[worst - weight for weight in cells.values()], [worst] * height])
    table = csr_array((costs, (rows, columns)), shape=(height, width + height))
    found = zip(*min_weight_full_bipartite_matching(table), strict=True)
    return [(int(row), int(column)) for row, column in found if column < width]
