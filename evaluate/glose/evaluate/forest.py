"""The heaviest pairs, one to one, in many tables of which nearly all cells are empty, at once.

Rows and columns are the vertices of a graph, cells its edges. Where nothing goes round in a
circle that graph is a forest, and what is best follows from the leaves inwards: an edge of a leaf
is worth to its other end what it weighs more than the best that the leaf can have without it.
Clusterings that resemble one another meet in small trees; what goes round, and what has several
best solutions, is left to heaviest.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.heaviest import components, solved
from glose.evaluate.joint import Array
from glose.evaluate.listings import Whole

#: Sums that differ by less may be equal but for rounding.
CLOSE = 1e-9

Mask: TypeAlias = NDArray[np.bool_]

#: The vertices of an edge, its row first.
Edge: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forest:
    """Edges between vertices, of which each has a row at one end and a column at the other.

    `rounds` are the edges that were leaves at one time, `left` those that never were. Each edge of
    a round has a child, the vertex that had no other edge left, and a parent. `degree` says how
    many edges each vertex has.
    """

    rows: Whole
    columns: Whole
    degree: Whole
    children: Whole
    parents: Whole
    rounds: tuple[Whole, ...]
    left: Whole

    @classmethod
    def of(cls, rows: Whole, columns: Whole, height: int, width: int) -> Forest:
        """Return the forest of cells; their rows and columns are numbered from 0.

        The vertices are the rows and after them the columns.
        """
        columns, size = columns + height, height + width
        numbers = np.arange(len(rows))
        degree = np.bincount(rows, minlength=size) + np.bincount(columns, minlength=size)
        # The numbers of the edges of a vertex, all xored, are that of its edge once it has one.
        edge = np.zeros(size, dtype=np.int64)
        np.bitwise_xor.at(edge, rows, numbers)
        np.bitwise_xor.at(edge, columns, numbers)
        children, parents = rows.copy(), columns.copy()
        free, left, rounds = degree.copy(), np.ones(len(rows), dtype=bool), list[Whole]()
        [leaves] = np.nonzero(free == 1)
        while len(leaves):
            edges = np.unique(edge[leaves])
            turned = edges[free[rows[edges]] > 1]
            children[turned], parents[turned] = columns[turned], rows[turned]
            ends = parents[edges]
            rounds.append(edges)
            left[edges] = False
            free[children[edges]] = 0
            np.subtract.at(free, ends, 1)
            np.bitwise_xor.at(edge, ends, edges)
            leaves = np.unique(ends[free[ends] == 1])
        return cls(rows, columns, degree, children, parents, tuple(rounds), numbers[left])

    def greatest(self, weights: Array) -> Array:
        """Return a number for each vertex; those of a tree add up to its greatest sum of edges.

        Weights are whole and above 0, so the sums are exact.
        """
        best, _ = self._gains(weights)
        knots = np.zeros(len(self.degree), dtype=bool)
        self._mark(knots, self.left)
        self._spread(knots)
        best[knots] = 0
        for pairs, numbers in self._solved(knots, weights):
            best[pairs[0][0]] += weights[[numbers[pair] for pair in pairs]].sum()
        return best

    def heaviest(self, weights: Array) -> Mask:
        """Return which edges are in the heaviest set; weights are above 0.

        Of several equally heavy sets it is the one that heaviest.py chooses.
        """
        chosen, knots = self._chosen(weights)
        self._spread(knots)
        taken = np.zeros(len(self.degree), dtype=bool)
        for edges in reversed(self.rounds):
            chosen[edges] &= ~taken[self.parents[edges]]
            taken[self.children[edges]] = chosen[edges]
        chosen &= ~knots[self.rows]
        for pairs, numbers in self._solved(knots, weights):
            chosen[[numbers[pair] for pair in pairs]] = True
        return chosen

    def _gains(self, weights: Array) -> tuple[Array, Array]:
        """Return the best gain of each vertex, and the gain of each edge to its parent."""
        best, gain = np.zeros(len(self.degree)), np.zeros(len(weights))
        for edges in self.rounds:
            gain[edges] = weights[edges] - best[self.children[edges]]
            np.maximum.at(best, self.parents[edges], gain[edges])
        return best, gain

    def _chosen(self, weights: Array) -> tuple[Mask, Mask]:
        """Return which edge each vertex takes if it may, and where that is not clear."""
        best, gain = self._gains(weights)
        most, size = best[self.parents], len(self.degree)
        chosen = (gain > 0) & (gain == most)
        chosen[self.left] = False
        near = (gain > -CLOSE) & (gain > most - CLOSE)
        near[self.left] = False
        knots = np.bincount(self.parents[near], minlength=size) > 1
        knots[self.parents[near & (gain < CLOSE)]] = True
        if self.rounds:
            # All edges of a star are leaves: whatever is equal there, the first is as good.
            first = self.rounds[0]
            star = np.bincount(self.parents[first], minlength=size) == self.degree
            knots &= ~star
            equal = first[chosen[first] & star[self.parents[first]]]
            chosen[equal] = False
            chosen[equal[np.unique(self.parents[equal], return_index=True)[1]]] = True
        self._mark(knots, self.left)
        return chosen, knots

    def _mark(self, vertices: Mask, edges: Whole) -> None:
        """Mark both ends of some edges."""
        vertices[self.children[edges]] = True
        vertices[self.parents[edges]] = True

    def _spread(self, vertices: Mask) -> None:
        """Mark all vertices of trees of which one is marked: up to the root, and down again."""
        for edges in self.rounds:
            vertices[self.parents[edges][vertices[self.children[edges]]]] = True
        for edges in reversed(self.rounds):
            vertices[self.children[edges][vertices[self.parents[edges]]]] = True

    def _solved(
        self, knots: Mask, weights: Array
    ) -> Iterator[tuple[Sequence[Edge], Mapping[Edge, int]]]:
        """Yield the heaviest edges of each group of marked vertices, and the numbers of edges."""
        [some] = np.nonzero(knots[self.rows])
        pairs = list(zip(self.rows[some].tolist(), self.columns[some].tolist(), strict=True))
        numbers = dict(zip(pairs, some.tolist(), strict=True))
        cells = dict(zip(pairs, weights[some].tolist(), strict=True))
        for group in components(cells):
            yield solved(group, cells), numbers
