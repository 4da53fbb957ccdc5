"""Agreement in labels beyond chance: Cohen, Scott, Fleiss, Randolph, Krippendorff's nominal alpha.

All are functions of how often two layers give a unit the same labels, and how often each gives
them at all; so these are what is counted. docs/metrics/agreement.md has the formulas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from glose.evaluate.agreement.columns import Columns, Figure, Key, Reading, Row, Two, over, pairs
from glose.evaluate.agreement.units import Value, Votes
from glose.evaluate.figures import divide
from glose.evaluate.joint import Array


def counts(votes: Mapping[Votes, int]) -> Row:
    """Return the counts of units on which layers voted.

    For two layers: the units that both have seen (`n`), those that get the same labels (`same`),
    those that one or the other gives these labels (`of`), and the last two again for each type as
    a part of the labels (`both`, `has`). For all: the coincidences of Krippendorff (2004) on the
    diagonal (`agreed`), and how often labels were given (`given`), by labels and by type.
    """
    row: Row = defaultdict(float)
    for voted, times in votes.items():
        seen = [(number, value) for number, value in enumerate(voted) if value is not None]
        for place, (one, mine) in enumerate(seen):
            for other, theirs in seen[place + 1 :]:
                _pair(row, (one, other), (mine, theirs), times)
        if len(seen) > 1:
            _all(row, [value for _, value in seen], times)
    return dict(row)


def _pair(row: Row, two: Two, values: tuple[Value, Value], times: int) -> None:
    row["n", two] += times
    mine, theirs = values
    if mine == theirs:
        row["same", two] += times
    for side, value in enumerate(values):
        row["of", two, side, named(value)] += times
        for name in value:
            row["has", two, side, name] += times
    for name in mine & theirs:
        row["both", two, name] += times


def _all(row: Row, values: Sequence[Value], times: int) -> None:
    for value in set(values):
        number = values.count(value)
        row["agreed",] += times * number * (number - 1) / (len(values) - 1)
        row["given", named(value)] += times * number
    for name in frozenset[str]().union(*values):
        number = sum(name in value for value in values)
        row["agreed", "type", name] += times * number * (number - 1) / (len(values) - 1)
        row["given", "type", name] += times * number


def named(value: Value) -> tuple[str, ...]:
    """Return labels as they stand in keys."""
    return tuple(sorted(value))


class Table(NamedTuple):
    """The counts of two layers: units, those with the same labels, and of each the labels.

    The last axis of `mine` and `theirs` are the labels. `number` is how many labels there are.
    """

    n: Array
    same: Array
    mine: Array
    theirs: Array
    number: int


def observed(of: Table) -> Array:
    """Return the share of units that get the same labels."""
    return divide(of.same, of.n)


def cohen(of: Table) -> Array:
    """Return Cohen's kappa (1960): each layer has its own chances of labels."""
    return beyond(observed(of), chance(of))


def chance(of: Table) -> Array:
    """Return the chance of the same labels by the labels that each layer gives."""
    return divide((of.mine * of.theirs).sum(axis=-1), of.n**2)


def scott(of: Table) -> Array:
    """Return Scott's pi (1955): both layers have the same chances of labels."""
    return beyond(observed(of), divide(((of.mine + of.theirs) ** 2).sum(axis=-1), 4 * of.n**2))


def randolph(of: Table) -> Array:
    """Return Randolph's kappa (2005), Bennett's S (1954): all labels have the same chance."""
    return beyond(observed(of), np.full(of.n.shape, 1 / of.number))


def alpha(of: Table) -> Array:
    """Return Krippendorff's alpha (2004) of two layers, nominal."""
    return krippendorff(2 * of.same, of.mine + of.theirs)


def krippendorff(agreed: Array, given: Array) -> Array:
    """Return nominal alpha from the coincidences that agree and how often labels are given.

    The last axis of `given` are the labels.
    """
    total = given.sum(axis=-1)
    apart = total**2 - (given**2).sum(axis=-1)
    return 1 - divide((total - agreed) * (total - 1), apart)


def beyond(found: Array, expected: Array) -> Array:
    """Return by how much agreement is above chance, as a share of what could be."""
    # Where chance is all there is, 1 - expected is 0 but for rounding.
    left = np.where(1 - expected > 1e-12, 1 - expected, 0.0)
    return divide(found - expected, left)


#: The coefficients of two layers, in the order in which a reader should meet them.
OF_TWO: Mapping[str, Callable[[Table], Array]] = {
    "observed": observed,
    "cohen": cohen,
    "scott": scott,
    "randolph": randolph,
    "alpha": alpha,
}


@dataclass(frozen=True, slots=True)
class Kappas:
    """The readings of the counts of one unit; `columns` are those of `counts` under a key."""

    unit: str
    columns: Columns
    start: Key
    people: tuple[int, ...]

    def readings(self) -> Iterator[Reading]:
        """Yield the coefficients of each two layers, of one and of all, and by type."""
        tables = {two: self._table(two) for two in pairs(self.people)}
        yield from self._figures(tables, self._alpha(), None)
        for name in self._types():
            tables = {two: self._binary(two, name) for two in pairs(self.people)}
            yield from self._figures(tables, self._binary_alpha(name), name)

    def _figures(
        self, tables: Mapping[Two, Callable[[Array], Table]], alpha: Figure, type_: str | None
    ) -> Iterator[Reading]:
        unit, people = self.unit, self.people
        for name, coefficient in OF_TWO.items():
            of = {two: _after(coefficient, table) for two, table in tables.items()}
            mean = name in ("cohen", "scott")
            yield from over(unit, name, of, people, type_, whole=mean)
            if not mean:
                whole = alpha if name == "alpha" else _after(coefficient, _pooled(tables))
                yield Reading(unit, name, "all", people, type_, whole)
        if len(people) > 2:
            yield Reading(unit, "davies-fleiss", "all", people, type_, _davies(tables))
            pooled = _after(scott, _pooled(tables, both=True))
            yield Reading(unit, "fleiss", "all", people, type_, pooled)

    def _types(self) -> list[str]:
        found = {
            name
            for two in pairs(self.people)
            for side in range(2)
            for name in self.columns.named(*self.start, "has", two, side)
        }
        return sorted(map(str, found))

    def _table(self, two: Two) -> Callable[[Array], Table]:
        """Return what gives the counts of two layers, each set of labels by itself."""
        labels = self._labels()
        key = (*self.start, "of", two)
        return self._counted(
            two, (*self.start, "same", two),
            [[(*key, side, label) for label in labels] for side in range(2)], len(labels),
        )  # fmt: skip

    def _labels(self) -> list[object]:
        there = {
            label
            for two in pairs(self.people)
            for side in range(2)
            for label in self.columns.named(*self.start, "of", two, side)
        }
        return sorted(there, key=repr)

    def _counted(
        self, two: Two, same: Key, sides: Sequence[Sequence[Key]], number: int
    ) -> Callable[[Array], Table]:
        units, equal = self.columns.one(*self.start, "n", two), self.columns.one(*same)
        mine, theirs = map(self.columns.many, sides)
        return lambda sums: Table(units(sums), equal(sums), mine(sums), theirs(sums), number)

    def _binary(self, two: Two, name: str) -> Callable[[Array], Table]:
        """Return what gives the counts of two layers for one type: it is there or not."""
        start = self.start
        has = [[(*start, "has", two, side, name)] for side in range(2)]
        given = self._counted(two, (*start, "both", two, name), has, 2)

        def read(sums: Array) -> Table:
            of = given(sums)
            sides = [
                np.stack([x[..., 0], of.n - x[..., 0]], axis=-1) for x in (of.mine, of.theirs)
            ]
            neither = of.n - of.mine[..., 0] - of.theirs[..., 0] + of.same
            return Table(of.n, of.same + neither, sides[0], sides[1], 2)

        return read

    def _alpha(self) -> Figure:
        agreed = self.columns.one(*self.start, "agreed")
        names = [n for n in self.columns.named(*self.start, "given") if isinstance(n, tuple)]
        given = self.columns.many((*self.start, "given", name) for name in names)
        return lambda sums: krippendorff(agreed(sums), given(sums))

    def _binary_alpha(self, name: str) -> Figure:
        agreed = self.columns.one(*self.start, "agreed", "type", name)
        has = self.columns.one(*self.start, "given", "type", name)
        names = [n for n in self.columns.named(*self.start, "given") if isinstance(n, tuple)]
        given = self.columns.many((*self.start, "given", each) for each in names)

        def read(sums: Array) -> Array:
            there, total = has(sums), given(sums).sum(axis=-1)
            neither = total - 2 * there + agreed(sums)
            both = np.stack([there, total - there], axis=-1)
            return krippendorff(agreed(sums) + neither, both)

        return read


def _after(coefficient: Callable[[Table], Array], table: Callable[[Array], Table]) -> Figure:
    return lambda sums: coefficient(table(sums))


def _pooled(
    tables: Mapping[Two, Callable[[Array], Table]], *, both: bool = False
) -> Callable[[Array], Table]:
    """Return what gives the counts of all pairs together; if `both`, without sides.

    Where each layer has seen each unit, these are the figures of Fleiss (1971).
    """

    def read(sums: Array) -> Table:
        found = [table(sums) for table in tables.values()]
        n, same = _summed(x.n for x in found), _summed(x.same for x in found)
        mine, theirs = _summed(x.mine for x in found), _summed(x.theirs for x in found)
        if both:
            mine = theirs = (mine + theirs) / 2
        return Table(n, same, mine, theirs, found[0].number)

    return read


def _summed(parts: Iterable[Array]) -> Array:
    total: Array = np.sum(list(parts), axis=0)
    return total


def _davies(tables: Mapping[Two, Callable[[Array], Table]]) -> Figure:
    """Return the kappa of Davies and Fleiss (1982): chances as Cohen's, over all pairs."""

    def read(sums: Array) -> Array:
        found = [table(sums) for table in tables.values()]
        n, same = _summed(x.n for x in found), _summed(x.same for x in found)
        expected = _summed(np.nan_to_num(chance(x)) * x.n for x in found)
        return beyond(divide(same, n), divide(expected, n))

    return read
