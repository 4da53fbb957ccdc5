"""The heaviest pairs, one to one, in a table of which most cells are empty.

Only rows and columns that share a cell can gain by being paired, so each connected component is
solved by itself. Nearly all are small enough to be solved at once; large ones ask scipy, which
takes half a second to import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
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
    for group in components(cells):
        yield from solved(group, cells)


def components(cells: Iterable[tuple[Row, Column]]) -> Iterator[list[tuple[Row, Column]]]:
    """Yield the cells of each connected component; cells keep the order in which they came."""
    of_rows: dict[Row, list[Column]] = defaultdict(list)
    of_columns: dict[Column, list[Row]] = defaultdict(list)
    for row, column in cells:
        of_rows[row].append(column)
        of_columns[column].append(row)
    home: dict[Row, int] = {}
    found: list[list[tuple[Row, Column]]] = []
    for row, columns in of_rows.items():
        if row not in home:
            if len(columns) > 1 or len(of_columns[columns[0]]) > 1:
                _reach(row, of_rows, of_columns, home, len(found))
            home[row] = len(found)
            found.append([])
        found[home[row]] += [(row, column) for column in columns]
    return iter(found)


def _reach(
    first: Row,
    of_rows: Mapping[Row, list[Column]],
    of_columns: Mapping[Column, list[Row]],
    home: dict[Row, int],
    number: int,
) -> None:
    """Give the rows that are joined with one by columns the number of its component."""
    home[first], crossed, waiting = number, set[Column](), [first]
    while waiting:
        for column in of_rows[waiting.pop()]:
            if column not in crossed:
                crossed.add(column)
                new = [row for row in of_columns[column] if row not in home]
                home.update(dict.fromkeys(new, number))
                waiting += new


def solved(
    group: Sequence[tuple[Row, Column]], weights: Mapping[tuple[Row, Column], float]
) -> list[tuple[Row, Column]]:
    """Return the heaviest pairs of one connected component."""
    if len(group) == 1:
        return [group[0]]
    rows = list(dict.fromkeys(row for row, _ in group))
    columns = list(dict.fromkeys(column for _, column in group))
    if len(rows) == 1 or len(columns) == 1:
        return [max(group, key=lambda pair: weights[pair])]
    ranks = {row: number for number, row in enumerate(rows)}
    orders = {column: number for number, column in enumerate(columns)}
    cells = {(ranks[row], orders[column]): weights[row, column] for row, column in group}
    pairs = _solved(cells, len(rows), len(columns))
    return [(rows[row], columns[column]) for row, column in pairs]


def _solved(
    cells: Mapping[tuple[int, int], float], height: int, width: int
) -> list[tuple[int, int]]:
    few, many = sorted((height, width))
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
