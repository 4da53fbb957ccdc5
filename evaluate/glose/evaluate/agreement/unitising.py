"""Krippendorff's alpha of units on a text (alpha-u): where they begin and end, type by type.

Krippendorff (1995, 2004) compares what two layers say of each stretch of the text: two units that
overlap disagree by the squares of how far their ends are apart, a unit in a gap of the other by
the square of its length. What is expected are units of these lengths anywhere on the text.

Units of one type and one layer must not overlap. Of those that do, the first stays, and of those
that begin together the longest; the rest are left out and counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from glose.corpus.document import Pair
from glose.evaluate.agreement.columns import Columns, Figure, Reading, Row, over, pairs
from glose.evaluate.agreement.layers import Shared
from glose.evaluate.agreement.units import Chunks, Unit, stretches
from glose.evaluate.figures import divide
from glose.evaluate.joint import Array

NAME = "alpha-u"


def apart(units: Sequence[Unit]) -> tuple[dict[str, list[Pair]], int]:
    """Return the units of a layer by type, none of a type overlapping, and how many are left out.

    They come and go in the order of the text, the longer of two that begin together first.
    """
    found: dict[str, list[Pair]] = defaultdict(list)
    left = 0
    for unit in units:
        own = found[unit.type]
        if own and unit.start < own[-1][1]:
            left += 1
        else:
            own.append((unit.start, unit.end))
    return found, left


def gaps(units: Sequence[Pair], size: int) -> list[Pair]:
    """Return what of a text of this size is between units, in order; none is empty."""
    ends = [0, *(end for _, end in units)]
    starts = [*(start for start, _ in units), size]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if end < start]


def distance(one: Sequence[Pair], other: Sequence[Pair], size: int) -> int:
    """Return by how much the units of two layers disagree, all of one type."""
    total = _inside(one, gaps(other, size)) + _inside(other, gaps(one, size))
    first = 0
    for start, end in one:
        while first < len(other) and other[first][1] <= start:
            first += 1
        for number in range(first, len(other)):
            begin, until = other[number]
            if begin >= end:
                break
            total += (start - begin) ** 2 + (end - until) ** 2
    return total


def _inside(units: Sequence[Pair], free: Sequence[Pair]) -> int:
    """Return the sum of the squares of the lengths of units that are inside of a gap."""
    total = place = 0
    for start, end in units:
        while place < len(free) and free[place][1] < end:
            place += 1
        if place < len(free) and free[place][0] <= start:
            total += (end - start) ** 2
    return total


def expected(layers: Sequence[Sequence[Pair]], size: int) -> float:
    """Return the mean disagreement of two layers by chance, all units of one type.

    It is of units of these lengths in this text, times the square of its length.
    """
    lengths = [end - start for units in layers for start, end in units]
    free = sorted(end - start for units in layers for start, end in gaps(units, size))
    sums = [0, *accumulate(free)]
    total = 0.0
    for length in lengths:
        first = bisect_left(free, length)
        places = sums[-1] - sums[first] - (length - 1) * (len(free) - first)
        total += (len(lengths) - 1) * (2 * length**3 - 3 * length**2 + length) / 3
        total += length**2 * places
    ways = len(layers) * size * (len(layers) * size - 1)
    ways -= sum(length * (length - 1) for length in lengths)
    return 2 * total * size / ways if ways else 0.0


@dataclass(frozen=True, slots=True)
class Unitised:
    """Alpha-u of the mentions or triggers of layers, in code points.

    Over documents the observed and the expected disagreement are added up, each within its text.
    """

    unit: str
    lists: tuple[str, ...]
    chunks: Chunks

    def row(self, shared: Shared) -> Row:
        """Return what is observed (`o`) and expected (`e`) by group of layers and type.

        The groups are all layers, `()`, and each two. `left` are units that are left out.
        """
        row: Row = {}
        typed: dict[int, dict[str, list[Pair]]] = {}
        for number, units in enumerate(stretches(shared, self.chunks)):
            if units is not None:
                typed[number], left = apart(units)
                row["left",] = row.get(("left",), 0) + left
        groups: list[tuple[int, ...]] = [(), *pairs(sorted(typed))]
        size = len(shared.text)
        for name in sorted(set[str]().union(*typed.values())):
            found = {n: distance(typed[n[0]].get(name, []), typed[n[1]].get(name, []), size)
                     for n in pairs(sorted(typed))}  # fmt: skip
            for group in groups:
                members = group or tuple(sorted(typed))
                twos = pairs(members)
                row["o", group, name] = sum(found[two] for two in twos) / len(twos)
                own = [typed[number].get(name, []) for number in members]
                row["e", group, name] = expected(own, size)
        return row

    def readings(self, columns: Columns, people: Sequence[int]) -> Iterator[Reading]:
        """Yield alpha-u of each two layers, of one and of all, and by type."""
        of = {two: self._alpha(columns, two, None) for two in pairs(people)}
        yield from over(self.unit, NAME, of, people)
        yield Reading(self.unit, NAME, "all", tuple(people), None, self._alpha(columns, (), None))
        for name in columns.named("o", ()):
            whole = self._alpha(columns, (), str(name))
            yield Reading(self.unit, NAME, "all", tuple(people), str(name), whole)

    def _alpha(self, columns: Columns, group: tuple[int, ...], type_: str | None) -> Figure:
        names = columns.named("o", group) if type_ is None else [type_]
        found = columns.many(("o", group, name) for name in names)
        chance = columns.many(("e", group, name) for name in names)

        def read(sums: Array) -> Array:
            return 1 - divide(found(sums).sum(axis=-1), chance(sums).sum(axis=-1))

        return read
