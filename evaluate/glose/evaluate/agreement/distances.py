"""Krippendorff's alpha of sets of labels, where sets that share labels agree in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from glose.evaluate.agreement.columns import Columns, Figure, Key, Reading, Row, over, pairs
from glose.evaluate.agreement.kappas import named
from glose.evaluate.agreement.units import Value, Votes
from glose.evaluate.figures import divide
from glose.evaluate.joint import Array

Distance: TypeAlias = Callable[[Value, Value], float]


def jaccard(one: Value, other: Value) -> float:
    """Return the share of labels that only one of two sets has (Jaccard 1901).

    >>> jaccard(frozenset("ab"), frozenset("bc"))
    0.6666666666666667
    """
    either = len(one | other)
    return 1 - len(one & other) / either if either else 0.0


def masi(one: Value, other: Value) -> float:
    """Return the distance of Passonneau (2006): Jaccard, and worse where neither set is a part.

    The weights are 1, 2/3, 1/3 and 0 for sets that are equal, one a part of the other, that
    overlap, and that do not.

    >>> masi(frozenset("ab"), frozenset("a"))
    0.6666666666666667
    """
    if one == other:
        return 0.0
    weight = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - (1 - jaccard(one, other)) * weight


DISTANCES: Mapping[str, Distance] = {"alpha-jaccard": jaccard, "alpha-masi": masi}


def counts(votes: Mapping[Votes, int]) -> Row:
    """Return the counts of units on which layers voted, by all layers (`()`) and each two.

    These are the disagreement that is observed, by name of the distance, and how often each set of
    labels is given (`set`), in units that two or more layers have seen.
    """
    row: Row = defaultdict(float)
    for voted, times in votes.items():
        seen = [(number, value) for number, value in enumerate(voted) if value is not None]
        for place, (one, mine) in enumerate(seen):
            for other, theirs in seen[place + 1 :]:
                _add(row, (one, other), [mine, theirs], times)
        if len(seen) > 1:
            _add(row, (), [value for _, value in seen], times)
    return dict(row)


def _add(row: Row, group: tuple[int, ...], values: Sequence[Value], times: int) -> None:
    for value in values:
        row["set", group, named(value)] += times
    if len(set(values)) > 1:
        for name, distance in DISTANCES.items():
            apart = sum(distance(values[i], values[j]) for i, j in pairs(range(len(values))))
            row[name, group] += 2 * times * apart / (len(values) - 1)


@dataclass(frozen=True, slots=True)
class Alphas:
    """The readings of the counts of one unit; `columns` are those of `counts` under a key."""

    unit: str
    columns: Columns
    start: Key
    people: tuple[int, ...]

    def readings(self) -> Iterator[Reading]:
        """Yield the alphas of each two layers, of one and of all."""
        for name, distance in DISTANCES.items():
            of = {two: self._alpha(name, two, distance) for two in pairs(self.people)}
            yield from over(self.unit, name, of, self.people)
            yield Reading(
                self.unit, name, "all", self.people, None, self._alpha(name, (), distance)
            )

    def _alpha(self, name: str, group: tuple[int, ...], distance: Distance) -> Figure:
        labels = [x for x in self.columns.named(*self.start, "set", group) if isinstance(x, tuple)]
        sets = [frozenset(map(str, label)) for label in labels]
        apart = np.array([[distance(one, other) for other in sets] for one in sets])
        observed = self.columns.one(*self.start, name, group)
        given = self.columns.many((*self.start, "set", group, label) for label in labels)

        def read(sums: Array) -> Array:
            number = given(sums)
            total = number.sum(axis=-1)
            expected = ((number @ apart.reshape(len(sets), -1)) * number).sum(axis=-1)
            return 1 - divide(observed(sums) * (total - 1), expected)

        return read
