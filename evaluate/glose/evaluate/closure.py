"""What follows from temporal links: the closure of the points in which intervals start and end.

Each relation says which points are the same and which come first; every interval starts before it
ends. What follows from that is what can be reached over points that are the same or later: an
exact answer for relations of this kind (Vilain and Kautz 1986). The order of the links does not
matter. Links that contradict one another put points before themselves; all that follows from that
counts as following.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

#: An interval is known by anything that can be a key: an id, the pieces of its span.
Interval: TypeAlias = Hashable

#: The start (1) or the end (2) of an interval.
Point: TypeAlias = tuple[Interval, int]

#: Two points and `<` or `=`.
Fact: TypeAlias = tuple[Point, str, Point]


class Link(NamedTuple):
    """A relation between two intervals, such as x BEFORE y."""

    source: Interval
    target: Interval
    relation: str


#: What each relation of x and y says of their points. Names are those of TimeML and, from
#: CONTAINS on, of THYME and MAVEN-ERE; DURING is taken for SIMULTANEOUS (TempEval-3).
RELATIONS: Mapping[str, tuple[str, ...]] = {
    "BEFORE": ("x2<y1",),
    "AFTER": ("y2<x1",),
    "IBEFORE": ("x2=y1",),
    "IAFTER": ("x1=y2",),
    "INCLUDES": ("x1<y1", "y2<x2"),
    "IS_INCLUDED": ("y1<x1", "x2<y2"),
    "BEGINS": ("x1=y1", "x2<y2"),
    "BEGUN_BY": ("x1=y1", "y2<x2"),
    "ENDS": ("y1<x1", "x2=y2"),
    "ENDED_BY": ("x1<y1", "x2=y2"),
    "SIMULTANEOUS": ("x1=y1", "x2=y2"),
    "IDENTITY": ("x1=y1", "x2=y2"),
    "DURING": ("x1=y1", "x2=y2"),
    "DURING_INV": ("x1=y1", "x2=y2"),
    "CONTAINS": ("x1<y1", "y2<x2"),
    "BEGINS-ON": ("x1=y1",),
    "ENDS-ON": ("x2=y2",),
    "OVERLAP": ("x1<y2", "y1<x2"),
}


def facts(link: Link) -> list[Fact]:
    """Return what a link says of points; nothing if its relation is not in `RELATIONS`."""
    names = {"x": link.source, "y": link.target}
    return [
        ((names[said[0]], int(said[1])), said[2], (names[said[3]], int(said[4])))
        for said in RELATIONS.get(link.relation, ())
    ]


def sense(link: Link) -> frozenset[tuple[str, frozenset[Point] | Fact]]:
    """Return what two links have in common that say the same: x BEFORE y, and y AFTER x."""
    return frozenset(
        (sign, frozenset((p, q)) if sign == "=" else (p, sign, q)) for p, sign, q in facts(link)
    )


def distinct(links: Iterable[Link]) -> list[Link]:
    """Return links that say something, of those that say the same the first by name, by name."""
    found: dict[Hashable, Link] = {}
    for link in sorted(links, key=lambda link: (repr(link[:2]), link.relation)):
        if meaning := sense(link):
            found.setdefault(meaning, link)
    return list(found.values())


@dataclass(slots=True)
class Closure:
    """All that follows from links, asked for a link at a time.

    Points that are the same have one number; `after[n]` is the set of the numbers that come after,
    as the bits of a whole number.
    """

    links: Sequence[Link]
    numbers: dict[Point, int] = field(default_factory=dict)
    after: list[int] = field(default_factory=list)
    edges: list[set[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        said = [fact for link in self.links for fact in facts(link)]
        tops = dict[Point, Point]()
        for p, sign, q in said:
            for interval in (p[0], q[0]):
                tops.setdefault((interval, 1), (interval, 1))
                tops.setdefault((interval, 2), (interval, 2))
            if sign == "=":
                join(tops, p, q)
        order = {point: number for number, point in enumerate(dict.fromkeys(
            top(tops, point) for point in tops
        ))}  # fmt: skip
        self.numbers = {point: order[top(tops, point)] for point in tops}
        self.edges = [set() for _ in order]
        for interval in {point[0] for point in tops}:
            self.edges[self.numbers[interval, 1]].add(self.numbers[interval, 2])
        for p, sign, q in said:
            if sign == "<":
                self.edges[self.numbers[p]].add(self.numbers[q])
        self.after = reached(self.edges)

    def holds(self, link: Link) -> bool:
        """Return whether a link follows; nothing does for intervals or relations unknown here."""
        said = facts(link)
        return bool(said) and all(self._follows(*fact) for fact in said)

    def _follows(self, p: Point, sign: str, q: Point) -> bool:
        one, other = self.numbers.get(p), self.numbers.get(q)
        if one is None or other is None:
            return False
        return one == other if sign == "=" else bool(self.after[one] >> other & 1)

    def reduced(self) -> list[Link]:
        """Return as few of the links as say all that they say, in the order of their names.

        A link is left out if the others say it: what it says is the same is said by links before
        it, and between what it says is before and after there are other points, or another link
        says so too. What stands in a contradiction is kept.
        """
        links = distinct(self.links)
        tops = {point: point for point in self.numbers}
        needed, direct = set[Link](), dict[Link, list[tuple[int, int]]]()
        said = Counter[tuple[int, int]]()
        for link in links:
            for p, sign, q in facts(link):
                if sign == "=" and join(tops, p, q):
                    needed.add(link)
            direct[link] = [
                pair
                for p, sign, q in facts(link)
                if sign == "<" and self._direct(pair := (self.numbers[p], self.numbers[q]))
            ]
            said.update(direct[link])
        own = ((self.numbers[each, 1], self.numbers[each, 2]) for each, side in tops if side == 1)
        said.update(own)
        for link in reversed(links):
            if link not in needed and all(said[pair] > 1 for pair in direct[link]):
                said.subtract(direct[link])
            else:
                needed.add(link)
        return [link for link in links if link in needed]

    def _direct(self, pair: tuple[int, int]) -> bool:
        """Return whether nothing is known to lie between two points, or one contradicts itself."""
        one, other = pair
        if any(self.after[each] >> each & 1 for each in pair):
            return True
        return not any(self.after[each] >> other & 1 for each in self.edges[one])


def top(tops: dict[Point, Point], point: Point) -> Point:
    """Return the point that stands for all that are the same as one."""
    while tops[point] != point:
        tops[point] = tops[tops[point]]
        point = tops[point]
    return point


def join(tops: dict[Point, Point], p: Point, q: Point) -> bool:
    """Make two points the same; return whether they were not."""
    one, other = top(tops, p), top(tops, q)
    tops[other] = one
    return one != other


def reached(edges: Sequence[set[int]]) -> list[int]:
    """Return for each node the nodes to which a path of at least one edge leads, as bits.

    Nodes on a cycle reach one another and themselves. Takes a step of bits for each edge.
    """
    found = [0] * len(edges)
    for component in components(edges):
        later = 0
        for node in component:
            for other in edges[node]:
                later |= found[other] | 1 << other
        if len(component) > 1:
            later |= sum(1 << node for node in component)
        for node in component:
            found[node] = later
    return found


def components(edges: Sequence[set[int]]) -> Iterable[list[int]]:
    """Yield the nodes that lie on a cycle together, what is reached before what reaches it.

    Tarjan 1972, without recursion.
    """
    numbers, lowest = dict[int, int](), dict[int, int]()
    stack, held = list[int](), set[int]()
    for root in range(len(edges)):
        calls = [] if root in numbers else [(root, iter(edges[root]))]
        while calls:
            node, others = calls[-1]
            if node not in numbers:
                numbers[node] = lowest[node] = len(numbers)
                stack.append(node)
                held.add(node)
            for other in others:
                if other not in numbers:
                    calls.append((other, iter(edges[other])))
                    break
                if other in held:
                    lowest[node] = min(lowest[node], lowest[other])
            else:
                calls.pop()
                if calls:
                    lowest[calls[-1][0]] = min(lowest[calls[-1][0]], lowest[node])
                if lowest[node] == numbers[node]:
                    component = [stack.pop()]
                    while component[-1] != node:
                        component.append(stack.pop())
                    held.difference_update(component)
                    yield component
