"""The points of a timegraph: chains of points, crossings between chains, and ways along them.

A way leads from a point to a later one of its chain, or over a crossing into a chain in which it
has not been. Where there is one, the toolkit takes the first point to be before the second.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

#: A point by the name of its interval, and 1 for the start or 2 for the end.
Name: TypeAlias = tuple[str, int]

#: So many chains are entered at most in search of all ways, where no short cut is certain: for one
#: question, and for all questions to one graph.
PATIENCE, ENDURANCE = 20_000, 200_000


@dataclass(slots=True, eq=False)
class Point:
    """A point; one object may stand for points of several intervals, which are then the same.

    `above` and `below` name its neighbours in the chain; `None` is the end of the chain.
    """

    chain: int
    place: int = 0
    above: frozenset[Name] | None = frozenset()
    below: frozenset[Name] | None = frozenset()


class _Entry(NamedTuple):
    """Where a way has come into a chain, and the chains in which it has been, this one too."""

    chain: int
    place: int
    passed: frozenset[int]


@dataclass(slots=True)
class Chains:
    """Points by name, and the crossings of each chain, the last place first."""

    points: dict[Name, Point] = field(default_factory=dict)
    crossings: dict[int, list[tuple[int, int, Point]]] = field(default_factory=dict)
    joined: set[tuple[Name, Name]] = field(default_factory=set)
    count: int = 0
    wandered: int = 0

    def new(self) -> int:
        """Return the number of a new chain."""
        self.count += 1
        return self.count - 1

    def cross(self, first: tuple[Name, Point], then: tuple[Name, Point]) -> None:
        """Join the chains of two points, of which `then` is not before `first`."""
        if (first[0], then[0]) not in self.joined:
            self.joined.add((first[0], then[0]))
            crossings = self.crossings.setdefault(first[1].chain, [])
            insort(crossings, (-first[1].place, len(self.joined), then[1]))

    def relation(self, p: Name, q: Name) -> str | None:
        """Return `<`, `=` or `>` for two points, `None` if it is not known."""
        one, other = self.points[p], self.points[q]
        if one.chain == other.chain:
            return "<" if one.place < other.place else "=" if one.place == other.place else ">"
        forth, back = self._reaches(one, other), self._reaches(other, one)
        return "=" if forth and back else "<" if forth else ">" if back else None

    def _reaches(self, start: Point, end: Point) -> bool:
        """Return whether a way leads from one point to another of another chain.

        Each chain is entered where it can be entered first. That decides unless a way is cut short
        because it would come back into a chain at an earlier place, which only happens where links
        contradict one another; then all ways are tried.
        """
        first = _Entry(start.chain, start.place, frozenset({start.chain}))
        waiting, lowest, seen = [first], {start.chain: start.place}, dict[int, int]()
        certain = True
        while waiting:
            entry = waiting.pop()
            crossings = self.crossings.get(entry.chain, [])
            at = seen.get(entry.chain, 0)
            while at < len(crossings) and -crossings[at][0] >= entry.place:
                point = crossings[at][2]
                at += 1
                if point.chain == end.chain:
                    if point.place <= end.place:
                        return True
                elif point.place < lowest.get(point.chain, point.place + 1):
                    if point.chain in entry.passed:
                        certain = False
                    else:
                        lowest[point.chain] = point.place
                        passed = entry.passed | {point.chain}
                        waiting.append(_Entry(point.chain, point.place, passed))
            seen[entry.chain] = at
        return not certain and self._wanders(first, end)

    def _wanders(self, first: _Entry, end: Point) -> bool:
        """Try all ways on which no chain comes twice, as far as `PATIENCE` and `ENDURANCE` go."""
        waiting, steps = [first], min(PATIENCE, ENDURANCE - self.wandered)
        while waiting and steps > 0:
            entry, steps = waiting.pop(), steps - 1
            self.wandered += 1
            for place, _, point in self.crossings.get(entry.chain, []):
                if -place < entry.place:
                    break
                if point.chain == end.chain:
                    if point.place <= end.place:
                        return True
                elif point.chain not in entry.passed:
                    passed = entry.passed | {point.chain}
                    waiting.append(_Entry(point.chain, point.place, passed))
        return False
