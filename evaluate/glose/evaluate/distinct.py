"""Distinct rows of numbers, with how often each occurs, held as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from glose.evaluate.joint import Array

#: So many rows are held before equal ones are put together.
_MANY = 20_000


def combined(rows: Array, times: Array) -> tuple[Array, Array]:
    """Return the distinct rows of rows x columns, sorted, and the sum of the times of each.

    >>> rows, times = combined(np.array([[2.0, 1.0], [0.0, 3.0], [2.0, 1.0]]), np.ones(3))
    >>> rows.tolist(), times.tolist()
    ([[0.0, 3.0], [2.0, 1.0]], [1.0, 2.0])
    """
    if not len(rows):
        return rows, times
    order = np.lexsort(rows.T[::-1]) if rows.shape[1] else np.arange(len(rows))
    rows, times = rows[order], times[order]
    first = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    [starts] = np.nonzero(first)
    return rows[starts], np.add.reduceat(times, starts)


@dataclass(slots=True)
class Distinct:
    """Rows that are added up, in parts; once `done` there is one part, of distinct rows."""

    rows: list[Array] = field(default_factory=list)
    times: list[Array] = field(default_factory=list)
    limit: int = _MANY
    done: bool = False

    def __len__(self) -> int:
        """Return how many rows are held."""
        return sum(map(len, self.rows))

    def add(self, rows: Array, times: Array) -> None:
        """Add rows x columns, each with how often it occurs."""
        self.rows.append(rows)
        self.times.append(times)
        self.done = False
        if len(self) > self.limit:
            self.limit = max(_MANY, 2 * len(self.settled()[0]))

    def settled(self) -> tuple[Array, Array]:
        """Return the distinct rows, sorted, and how often each occurs; rows of zeros are not."""
        if not self.done:
            rows, times = combined(np.concatenate(self.rows), np.concatenate(self.times))
            some = rows.any(axis=1)
            self.rows, self.times, self.done = [rows[some]], [times[some]], True
        return self.rows[0], self.times[0]
