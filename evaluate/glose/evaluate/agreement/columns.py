"""Rows of counts of documents by name, as a matrix; figures are functions of their sums.

A measure reduces each document to a row of numbers that add up, named by keys. What is read off
the sums is a `Reading`: of all layers, of two, of one with each other; of all types or one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from glose.evaluate.agreement.layers import Shared
from glose.evaluate.joint import Array

Key: TypeAlias = tuple[Hashable, ...]
Row: TypeAlias = dict[Key, float]

#: Two layers by their numbers, the lower one first.
Two: TypeAlias = tuple[int, int]

#: From sums, ... x columns, to a figure, an array of what stands before the columns.
Figure: TypeAlias = Callable[[Array], Array]

#: Which layers a figure is of: all, two, one (the mean over the pairs with it), a system with
#: each annotator, or the last as a share of what annotators have with each other.
Kind: TypeAlias = Literal["all", "pair", "annotator", "system", "relative"]


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns of a matrix; what has no name stands for zeros, in the last one."""

    index: Mapping[Key, int]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Columns:
        """Return the columns of rows, in an order that does not depend on theirs."""
        keys = sorted({key for row in rows for key in row}, key=repr)
        return cls({key: number for number, key in enumerate(keys)})

    def matrix(self, rows: Sequence[Row]) -> Array:
        """Return rows as a matrix."""
        found = np.zeros((len(rows), len(self.index) + 1))
        for number, row in enumerate(rows):
            for key, value in row.items():
                found[number, self.index[key]] = value
        return found

    def named(self, *start: Hashable) -> list[Hashable]:
        """Return what follows after the first parts of a key, sorted."""
        size = len(start)
        found = {key[size] for key in self.index if key[:size] == start and len(key) > size}
        return sorted(found, key=repr)

    def one(self, *key: Hashable) -> Figure:
        """Return what gives one column of sums."""
        number = self.index.get(key, len(self.index))
        return lambda sums: sums[..., number]

    def many(self, keys: Iterable[Key]) -> Figure:
        """Return what gives several columns of sums; they are the last axis."""
        numbers = [self.index.get(key, len(self.index)) for key in keys]
        return lambda sums: sums[..., numbers]


@dataclass(slots=True)
class Rows:
    """The rows of many documents, packed: their keys are held once, their numbers as arrays."""

    index: dict[Key, int] = field(default_factory=dict)
    packed: list[tuple[NDArray[np.int32], Array]] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self.packed)

    def add(self, row: Row) -> None:
        """Add the row of a document."""
        places = [self.index.setdefault(key, len(self.index)) for key in row]
        self.packed.append((np.array(places, np.int32), np.array(list(row.values()), np.float64)))

    def merge(self, other: Rows) -> None:
        """Add the rows of another."""
        moved = [self.index.setdefault(key, len(self.index)) for key in other.index]
        places = np.array(moved, np.int32)
        self.packed += [(places[each], values) for each, values in other.packed]

    def plain(self) -> Iterator[Row]:
        """Yield the rows as they were added."""
        keys = list(self.index)
        for places, values in self.packed:
            yield dict(zip((keys[place] for place in places), values.tolist(), strict=True))

    def columns(self) -> Columns:
        """Return the columns of all rows."""
        return Columns.of([dict.fromkeys(self.index, 0.0)])

    def matrix(self, columns: Columns) -> Array:
        """Return the rows as a matrix."""
        order = np.array([columns.index[key] for key in self.index], np.int32)
        found = np.zeros((len(self), len(columns.index) + 1))
        for number, (places, values) in enumerate(self.packed):
            found[number, order[places]] = values
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of some layers (by their numbers) that is read off sums of rows.

    `items` gives what it is made of: units, or annotations.
    """

    unit: str
    coefficient: str
    kind: Kind
    layers: tuple[int, ...]
    type: str | None
    read: Figure


class Measure(Protocol):
    """Something that layers agree in, counted by document."""

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that must have been annotated."""
        ...

    def row(self, shared: Shared) -> Row:
        """Return the counts of one document."""
        ...

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield the figures of the annotators with these numbers; pairs before all."""
        ...


def pairs(people: Sequence[int]) -> list[Two]:
    """Return each two of some layers."""
    return [(one, other) for number, one in enumerate(people) for other in people[number + 1 :]]


def mean(parts: Sequence[Figure]) -> Figure:
    """Return the mean of figures; those that are undefined are left out."""

    def read(sums: Array) -> Array:
        values = np.stack([part(sums) for part in parts], axis=-1)
        some = ~np.isnan(values)
        number = some.sum(axis=-1)
        total = np.where(some, values, 0.0).sum(axis=-1)
        found: Array = np.where(number > 0, total / np.maximum(number, 1), np.nan)
        return found

    return read


def over(unit: str, name: str, of: Mapping[Two, Figure], people: Sequence[int],
         type_: str | None = None, *, whole: bool = False) -> Iterator[Reading]:  # fmt: skip
    """Yield a figure of each two layers, and of each one: the mean over the pairs that it is in.

    If `whole`, there is the mean over all pairs as the figure of all layers. Of two layers there
    is only one pair, which is all.
    """
    if whole:
        yield Reading(unit, name, "all", tuple(people), type_, mean(list(of.values())))
    if len(people) < 3 or type_ is not None:
        return
    for two, figure in of.items():
        yield Reading(unit, name, "pair", two, None, figure)
    for one in people:
        own = [figure for two, figure in of.items() if one in two]
        yield Reading(unit, name, "annotator", (one,), None, mean(own))
