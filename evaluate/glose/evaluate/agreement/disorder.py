"""The best alignment of units of several layers, by which gamma is defined (Mathet et al. 2015).

An alignment puts units together, at most one of each layer. Of each two layers in it, two units
cost their dissimilarity and anything else (a unit and none, or none at all) costs 1; the disorder
of units that are put together is the mean of that over all pairs of layers. A unit by itself costs
1. The best alignment is the one with the least disorder.

To put units together *gains* what they cost by themselves less what they cost together. If the
two halves of a group are to be worth putting together, some unit of one must be near one of the
other, so components of near units are aligned one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from typing import TypeAlias

from glose.evaluate import overlaps
from glose.evaluate.agreement.columns import pairs
from glose.evaluate.heaviest import heaviest

#: How much more the place of a unit counts than its type, as in the authors' program.
PLACE = 3.0

#: Start, end and type of a unit; offsets may be fractions in texts that are drawn by chance.
Placed: TypeAlias = tuple[float, float, str]

#: Units that are put together, by their numbers, ascending.
Group: TypeAlias = tuple[int, ...]

#: Groups that were chosen, the last one first, each with those before.
_Chosen: TypeAlias = "tuple[Group, _Chosen] | None"

#: So many sets of units are held at once before an integer program is solved instead.
MOST = 5000


def position(one: Placed, other: Placed) -> float:
    """Return how far two units are apart: 0 if equal, 1 if equally long and side by side.

    It is the sporadic dissimilarity of Mathet et al. (2015).

    >>> position((0, 4, "A"), (4, 8, "A"))
    1.0
    """
    moved = abs(one[0] - other[0]) + abs(one[1] - other[1])
    return (moved / (one[1] - one[0] + other[1] - other[0])) ** 2


def dissimilarity(one: Placed, other: Placed) -> float:
    """Return 3 times the position and, if the types differ, 1 more (combined dissimilarity)."""
    return PLACE * position(one, other) + (one[2] != other[2])


@dataclass(frozen=True, slots=True)
class Alignment:
    """The groups of an alignment that have two units or more; all other units stay alone.

    `units` are those of all layers, one after the other; `layers` is how many layers there are.
    """

    units: tuple[Placed, ...]
    groups: tuple[Group, ...]
    layers: int
    total: float

    @property
    def disorder(self) -> float:
        """The disorder, for each unit that a layer has on average (Mathet et al. 2015, 4.4)."""
        return self.total * self.layers / len(self.units)

    def categories(self, *, alone: bool = False) -> float:
        """Return how much the types of units that are put together differ (gamma-cat).

        Mathet (2017): each pair weighs the less the further apart its units are, and the more
        units are put together. If `alone`, a unit with none beside it counts as another type, as
        pygamma-agreement has it.
        """
        apart = weights = 0.0
        for group in self.groups:
            for one, other in combinations([self.units[number] for number in group], 2):
                weight = max(0.0, 1 - PLACE * position(one, other)) / (len(group) - 1)
                weights += weight
                apart += weight * (one[2] != other[2])
        if not self.groups:
            return 0.0
        if alone:
            single = len(self.units) - sum(map(len, self.groups))
            none = sum(len(group) * (self.layers - len(group)) for group in self.groups)
            none += single * (self.layers - 1)
            apart, weights = apart + none, weights + none
        return apart / weights if weights else 0.0


def align(layers: Sequence[Sequence[Placed]]) -> Alignment:
    """Return the best alignment of two or more layers with units on the same text."""
    units = tuple(unit for layer in layers for unit in layer)
    problem = _Problem(units, [number for number, layer in enumerate(layers) for _ in layer],
                       len(layers))  # fmt: skip
    problem.look(layers)
    groups: dict[Group, float] = problem.two() if len(layers) == 2 else problem.many()
    total = len(units) - sum(groups[group] for group in sorted(groups))
    return Alignment(units, tuple(sorted(groups)), len(layers), total)


@dataclass(slots=True)
class _Problem:
    """Units with the layer of each, and those of other layers that are near."""

    units: tuple[Placed, ...]
    layer: list[int]
    layers: int
    near: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def twos(self) -> int:
        """How many pairs of layers there are."""
        return self.layers * (self.layers - 1) // 2

    def look(self, layers: Sequence[Sequence[Placed]]) -> None:
        """Find the units that are near enough to be put together.

        A unit gains by joining k others only if the sum of its dissimilarities to them is below
        the number of pairs of layers, plus k; so none of them may come up to that for the most
        that can be joined. Such units overlap if each is made longer around its middle.
        """
        limit = self.twos + self.layers - 1
        wide = [[(_widened(unit, sqrt(limit / PLACE)),) for unit in layer] for layer in layers]
        starts = [sum(map(len, layers[:number])) for number in range(len(layers))]
        for one, other in pairs(range(len(layers))):
            for first, second in overlaps.shared(wide[one], wide[other]):  # type: ignore[arg-type]  # fractions
                mine, theirs = starts[one] + first, starts[other] + second
                apart = dissimilarity(self.units[mine], self.units[theirs])
                if apart < limit:
                    self.near[mine][theirs] = self.near[theirs][mine] = apart

    def two(self) -> dict[Group, float]:
        """Return the best groups of two layers, with what they gain: an assignment."""
        cells = {
            (one, other): 2 - apart
            for one, found in sorted(self.near.items())
            for other, apart in sorted(found.items())
            if one < other and apart < 2
        }
        return {pair: cells[pair] for pair in heaviest(cells)}

    def many(self) -> dict[Group, float]:
        """Return the best groups of three or more layers, with what they gain."""
        gains = self._gains()
        found: dict[Group, float] = {}
        for component in _components(gains):
            best = _swept(component, self.units)
            best = _exact(component) if best is None else best
            found |= {group: component[group] for group in best}
        return found

    def _gains(self) -> dict[Group, float]:
        """Return what groups gain, those left out that gain more without one of their units."""
        found = {
            group: gain
            for number in range(len(self.units))
            for group, gain in self._grown((number,), 0.0)
        }
        kept = {}
        for group, gain in found.items():
            parts = (group[:place] + group[place + 1 :] for place in range(len(group)))
            if gain > 0 and all(gain > found.get(part, 0.0) for part in parts):
                kept[group] = gain
        return kept

    def _grown(self, group: Group, apart: float) -> Iterator[tuple[Group, float]]:
        """Yield the groups that begin with a group, with what they gain."""
        for other, distance in self.near.get(group[-1], {}).items():
            if self.layer[other] <= self.layer[group[-1]]:
                continue
            near = self.near[other]
            if all(member in near for member in group):
                size = len(group) + 1
                more = apart + distance + sum(near[member] for member in group[:-1])
                whole = (*group, other)
                yield whole, size - 1 + (size * (size - 1) / 2 - more) / self.twos
                if size < self.layers:
                    yield from self._grown(whole, more)


def _widened(unit: Placed, times: float) -> tuple[float, float]:
    middle, half = (unit[0] + unit[1]) / 2, times * (unit[1] - unit[0]) / 2
    return middle - half, middle + half


def _components(gains: dict[Group, float]) -> Iterator[dict[Group, float]]:
    """Yield the groups that share units, directly or by others."""
    above: dict[int, int] = {}

    def top(member: int) -> int:
        while above.setdefault(member, member) != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    for group in gains:
        for member in group[1:]:
            above[top(member)] = top(group[0])
    found: dict[int, dict[Group, float]] = defaultdict(dict)
    for group, gain in gains.items():
        found[top(group[0])][group] = gain
    yield from found.values()


def _swept(gains: dict[Group, float], places: Sequence[Placed]) -> list[Group] | None:
    """Return the groups that share no units and gain most together, in the order of the text.

    Of all ways to group the units up to one, only the best is kept for each set of later units
    that it takes; these are few, as only near units are put together. `None` if they are too many.
    """
    units = sorted({unit for group in gains for unit in group}, key=lambda unit: places[unit])
    bits = {unit: 1 << number for number, unit in enumerate(units)}
    begun: dict[int, list[tuple[int, float, Group]]] = defaultdict(list)
    for group, gain in sorted(gains.items()):
        taken = sum(bits[unit] for unit in group)
        begun[taken & -taken].append((taken, gain, group))
    states: dict[int, tuple[float, _Chosen]] = {0: (0.0, None)}
    for unit in units:
        bit = bits[unit]
        after: dict[int, tuple[float, _Chosen]] = {}
        for taken, (value, chosen) in states.items():
            _keep(after, taken & ~bit, value, chosen)
            if not taken & bit:
                for group_bits, gain, group in begun[bit]:
                    if not taken & group_bits:
                        left = (taken | group_bits) & ~bit
                        _keep(after, left, value + gain, (group, chosen))
        if len(after) > MOST:
            return None
        states = after
    found, rest = [], states[0][1]
    while rest is not None:
        found.append(rest[0])
        rest = rest[1]
    return found


def _keep(
    states: dict[int, tuple[float, _Chosen]], taken: int, value: float, chosen: _Chosen
) -> None:
    there = states.get(taken)
    if there is None or value > there[0]:
        states[taken] = value, chosen


def _exact(gains: dict[Group, float]) -> list[Group]:
    """Return the groups that share no units and gain most together: an integer program."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    groups = sorted(gains)
    units = {unit: n for n, unit in enumerate(sorted({unit for g in groups for unit in g}))}
    rows = [units[unit] for group in groups for unit in group]
    columns = [number for number, group in enumerate(groups) for _ in group]
    table = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(units), len(groups)))
    found = milp(
        [-gains[group] for group in groups],
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table, -np.inf, 1),
        options={"mip_rel_gap": 0.0},
    )
    return [group for group, share in zip(groups, found.x, strict=True) if share > 0.5]
