"""The timegraph of the TempEval-3 toolkit: which links it takes in, and which follow from them.

Not the closure of temporal links (closure.py is that) but what one program makes of it, for the
protocols that give its figures; docs/metrics/time.md says where the two differ. A link is compared
with what was put in before it, so the order of the links matters.

UzZaman and Allen 2011, Temporal Evaluation, ACL; after the timegraphs of Miller and Schubert 1990.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from glose.evaluate.timechains import Chains, Name, Point


class TimeLink(NamedTuple):
    """A relation of TimeML between two intervals, such as `e1 BEFORE e2`."""

    source: str
    target: str
    relation: str


#: What a relation of x and y says of their points (1 starts, 2 ends), and what must hold for it to
#: follow. BEGINS is missing: by a slip of the toolkit it is never found to hold.
DEMANDS: Mapping[str, tuple[str, ...]] = {
    "BEFORE": ("x2<y1",),
    "AFTER": ("y2<x1",),
    "IBEFORE": ("x2=y1",),
    "IAFTER": ("y2=x1",),
    "BEGUN_BY": ("x1=y1", "y2<x2"),
    "ENDS": ("x2=y2", "y1<x1"),
    "ENDED_BY": ("x2=y2", "x1<y1"),
    "INCLUDES": ("x1<y1", "y2<x2"),
    "IS_INCLUDED": ("y1<x1", "x2<y2"),
    "SIMULTANEOUS": ("x1=y1", "x2=y2"),
    "IDENTITY": ("x1=y1", "x2=y2"),
}

#: The points of two intervals that are both new, in the order of time.
LEVELS: Mapping[str, tuple[str, ...]] = {
    "BEFORE": ("x1", "x2", "y1", "y2"),
    "AFTER": ("y1", "y2", "x1", "x2"),
    "IBEFORE": ("x1", "x2y1", "y2"),
    "IAFTER": ("y1", "y2x1", "x2"),
    "BEGINS": ("x1y1", "x2", "y2"),
    "BEGUN_BY": ("x1y1", "y2", "x2"),
    "ENDS": ("y1", "x1", "x2y2"),
    "ENDED_BY": ("x1", "y1", "x2y2"),
    "INCLUDES": ("x1", "y1", "y2", "x2"),
    "IS_INCLUDED": ("y1", "x1", "x2", "y2"),
    "SIMULTANEOUS": ("x1y1", "x2y2"),
    "IDENTITY": ("x1y1", "x2y2"),
}

#: What a relation is called from the other side; all others are called the same.
REVERSED: Mapping[str, str] = {
    "BEFORE": "AFTER", "AFTER": "BEFORE", "IBEFORE": "IAFTER", "IAFTER": "IBEFORE",
    "BEGINS": "BEGUN_BY", "BEGUN_BY": "BEGINS", "ENDS": "ENDED_BY", "ENDED_BY": "ENDS",
    "INCLUDES": "IS_INCLUDED", "IS_INCLUDED": "INCLUDES",
}  # fmt: skip

#: The place of the first point of a chain, and how far the next one is.
FIRST, STEP = 100_000, 1_000


@dataclass(slots=True)
class Timegraph:
    """Links put in one after another: those that were new, that followed, and that clashed.

    `links` has each once, `implied` those that followed from what was there, `violated` those
    that it contradicts or that the toolkit cannot place.
    """

    links: dict[TimeLink, None] = field(default_factory=dict)
    implied: set[TimeLink] = field(default_factory=set)
    violated: list[TimeLink] = field(default_factory=list)
    chains: Chains = field(default_factory=Chains)

    @classmethod
    def of(cls, links: Iterable[TimeLink]) -> Timegraph:
        """Return the timegraph of links, put in in their order."""
        graph = cls()
        for link in links:
            if link not in graph.links:
                graph.add(link)
                graph.links[link] = None
        return graph

    @property
    def kept(self) -> list[TimeLink]:
        """The links that were new: neither implied nor violated when they came."""
        dropped = self.implied.union(self.violated)
        return [link for link in self.links if link not in dropped]

    def add(self, link: TimeLink) -> None:
        """Put in one link."""
        x, y, relation = link.source, link.target, link.relation.upper()
        alone = x == y and relation not in ("SIMULTANEOUS", "IDENTITY")
        if alone:
            self.violated.append(TimeLink(x, y, relation))
        known = {each for each in (x, y) if (each, 1) in self.chains.points}
        placed = alone
        if not known:
            self._begin(x, y, relation)
            placed = alone or relation in LEVELS
        elif len(known) < len({x, y}) and relation in LEVELS:
            new, old = (y, x) if x in known else (x, y)
            seen = REVERSED.get(relation, relation) if x in known else relation
            points = self.chains.points
            points[new, 1], points[new, 2] = INSERTIONS[seen](_Place(self.chains, new, old))
            placed = True
        if not placed:
            self._compare(TimeLink(x, y, relation))

    def holds(self, link: TimeLink) -> bool:
        """Return whether a link follows from the graph; unknown intervals and relations do not."""
        demands = self._demands(link)
        return bool(demands) and all(self.chains.relation(p, q) == s for p, s, q in demands)

    def _begin(self, x: str, y: str, relation: str) -> None:
        """Put two new intervals into a new chain."""
        names, chain = {"x": x, "y": y}, self.chains.new()
        levels = [_names(level, names) for level in LEVELS.get(relation, ())]
        made = {code + side: Point(chain) for code in "xy" for side in "12"}
        for number, level in enumerate(LEVELS.get(relation, ())):
            above = frozenset(levels[number - 1]) if number else None
            below = frozenset(levels[number + 1]) if number + 1 < len(levels) else None
            for at in range(0, len(level), 2):
                made[level[at : at + 2]] = Point(chain, FIRST + STEP * number, above, below)
        for code, point in made.items():
            self.chains.points[names[code[0]], int(code[1])] = point

    def _compare(self, link: TimeLink) -> None:
        """Put in a link between two intervals that are there: it is new, follows or clashes."""
        demands = self._demands(link)
        found = []
        for p, sign, q in demands:
            found.append(self.chains.relation(p, q))
            if found[-1] not in (sign, None):
                break
        if not demands or found[-1] not in (demands[len(found) - 1][1], None):
            self.violated.append(link)
        elif None not in found:
            self.implied.add(link)
        else:
            for p, sign, q in demands:
                ends = (p, self.chains.points[p]), (q, self.chains.points[q])
                self.chains.cross(*ends)
                if sign == "=":
                    self.chains.cross(ends[1], ends[0])

    def _demands(self, link: TimeLink) -> list[tuple[Name, str, Name]]:
        if any((each, 1) not in self.chains.points for each in link[:2]):
            return []
        names = {"x": link.source, "y": link.target}
        return [
            ((names[said[0]], int(said[1])), said[2], (names[said[3]], int(said[4])))
            for said in DEMANDS.get(link.relation, ())
        ]


def _names(level: str, names: Mapping[str, str]) -> list[Name]:
    return [(names[level[at]], int(level[at + 1])) for at in range(0, len(level), 2)]


class _Place:
    """Where a new interval x goes, beside an interval y that has its points.

    Each relation has its own cases, which keep to the chain of y where they can; what a case
    leaves undone (a neighbour not told, a place that is not between its neighbours) is that of the
    toolkit, and shows in what is found later.
    """

    def __init__(self, chains: Chains, x: str, y: str) -> None:
        self.chains = chains
        self.x1, self.x2, self.y1, self.y2 = (x, 1), (x, 2), (y, 1), (y, 2)
        self.start, self.end = chains.points[self.y1], chains.points[self.y2]
        self.together = self.start.chain == self.end.chain
        self.adjacent = (
            self.together
            and self.y2 in (self.start.below or ())
            and self.y1 in (self.end.above or ())
        )
        self.middle = self.start.place + (self.end.place - self.start.place) // 2

    def cross(self, first: tuple[Name, Point], then: tuple[Name, Point]) -> None:
        self.chains.cross(first, then)

    def ahead(self, name: Name) -> Point:
        """Put a point before the start of y."""
        start, place = self.start, self.start.place - STEP
        if start.above is None:
            start.above = frozenset({name})
            return Point(start.chain, place, None, frozenset({self.y1}))
        point = Point(self.chains.new(), place, None, None)
        self.cross((name, point), (self.y1, start))
        return point

    def behind(self, name: Name) -> Point:
        """Put a point after the end of y."""
        end, place = self.end, self.end.place + STEP
        if end.below is None:
            end.below = frozenset({name})
            return Point(end.chain, place, frozenset({self.y2}), None)
        point = Point(self.chains.new(), place, None, None)
        self.cross((self.y2, end), (name, point))
        return point

    def within(self, name: Name) -> Point:
        """Put a point between the start and the end of y."""
        start, end = self.start, self.end
        if self.adjacent:
            start.below = end.above = frozenset({name})
            return Point(start.chain, self.middle, frozenset({self.y1}), frozenset({self.y2}))
        if start.below is None:
            start.below = frozenset({name})
            point = Point(start.chain, start.place + STEP, frozenset({self.y1}), None)
            self.cross((name, point), (self.y2, end))
        elif end.above is None:
            end.above = frozenset({name})
            point = Point(end.chain, end.place - STEP, frozenset(), frozenset({self.y2}))
            self.cross((self.y1, start), (name, point))
        else:
            point = Point(self.chains.new(), self.middle)
            self.cross((self.y1, start), (name, point))
            self.cross((name, point), (self.y2, end))
        return point


#: The points of the interval that was put in: its start and its end.
Pair = tuple[Point, Point]


def _with(names: frozenset[Name] | None, name: Name) -> frozenset[Name]:
    return (names or frozenset()) | {name}


def _before(at: _Place) -> Pair:
    top = at.start.above is None
    chain = at.start.chain if top else at.chains.new()
    start = Point(chain, -STEP, None, frozenset({at.x2}))
    end = Point(chain, at.start.place - STEP, frozenset({at.x1}), frozenset({at.y1}))
    at.start.above = _with(at.start.above, at.x2)
    if not top:
        at.cross((at.x2, end), (at.y1, at.start))
    return start, end


def _after(at: _Place) -> Pair:
    last = at.end.below is None
    chain = at.end.chain if last else at.chains.new()
    start = Point(chain, at.end.place + STEP, frozenset({at.y2}), frozenset({at.x2}))
    end = Point(chain, start.place + STEP, frozenset({at.x1}), None)
    at.end.below = _with(at.end.below, at.x1)
    if not last:
        at.cross((at.y2, at.end), (at.x1, start))
    return start, end


def _meets(at: _Place) -> Pair:
    top = at.start.above is None
    at.start.above = _with(at.start.above, at.x1)
    at.end.above = _with(at.end.above, at.x2)
    end = Point(at.start.chain, at.start.place, at.start.above, at.start.below)
    chain = at.start.chain if top else at.chains.new()
    start = Point(chain, end.place - STEP, None, frozenset({at.x2, at.y1}))
    if not top:
        at.cross((at.x1, start), (at.x2, end))
    return start, end


def _met(at: _Place) -> Pair:
    last = at.end.below is None
    at.start.below = _with(at.start.below, at.x1)
    at.end.below = _with(at.end.below, at.x2)
    place, above = at.end.place + STEP, frozenset({at.x1, at.y2})
    if last:
        start = Point(at.end.chain, at.end.place, at.end.above, frozenset({at.x2}))
        return start, Point(at.end.chain, place, above, None)
    end = Point(at.chains.new(), place, above, None)
    at.cross((at.x1, at.end), (at.x2, end))
    return at.end, end


def _begins(at: _Place) -> Pair:
    if not at.adjacent:
        return at.start, at.within(at.x2)
    end = Point(at.start.chain, at.middle, frozenset({at.x1, at.y1}), frozenset({at.y2}))
    at.start.below = _with(at.start.below, at.x2) - {at.y2}
    at.end.above = _with(at.end.above, at.x2) - {at.y1}
    return at.start, end


def _begun(at: _Place) -> Pair:
    if not at.together or at.end.below is not None:
        return at.start, at.behind(at.x2)
    end = Point(at.start.chain, at.end.place + STEP, frozenset({at.y2}), None)
    at.end.above = _with(at.end.above, at.x1)
    at.end.below = frozenset({at.x2})
    return at.start, end


def _ends(at: _Place) -> Pair:
    if not at.adjacent:
        return at.within(at.x1), at.end
    start = Point(at.start.chain, at.middle, frozenset({at.y1}), frozenset({at.x2}))
    end = Point(at.start.chain, at.end.place, frozenset({at.x1}), at.end.below)
    at.start.below = at.end.above = frozenset({at.x1})
    return start, end


def _ended(at: _Place) -> Pair:
    if not at.together or at.start.above is not None:
        return at.ahead(at.x1), at.end
    start = Point(at.start.chain, at.start.place - STEP, None, frozenset({at.y1}))
    end = Point(at.start.chain, at.end.place, at.end.above, at.end.below)
    at.start.above = frozenset({at.x1})
    at.start.below = _with(at.start.below, at.x2)
    return start, end


def _includes(at: _Place) -> Pair:
    if at.start.above is None and at.end.below is None:
        return at.ahead(at.x1), at.behind(at.x2)
    chain = at.chains.new()
    start = Point(chain, at.start.place - STEP, None)
    end = Point(chain, at.end.place + STEP, frozenset({at.x1}), None)
    at.cross((at.x1, start), (at.y1, at.start))
    at.cross((at.y2, at.end), (at.x2, end))
    return start, end


def _included(at: _Place) -> Pair:
    long = at.end.place - at.start.place
    places = at.start.place + long // 3, at.start.place + long * 2 // 3
    if at.adjacent:
        chain = at.start.chain
        at.start.below = frozenset({at.x1})
        start = Point(chain, places[0], frozenset({at.y1}), frozenset({at.x2}))
        return start, Point(chain, places[1], frozenset({at.x1}), frozenset({at.y2}))
    chain = at.chains.new()
    start = Point(chain, places[0], None, frozenset({at.x2}))
    end = Point(chain, places[1], frozenset({at.x1}), None)
    at.cross((at.y1, at.start), (at.x1, start))
    at.cross((at.x2, end), (at.y2, at.end))
    return start, end


def _same(at: _Place) -> Pair:
    return at.start, at.end


INSERTIONS: Mapping[str, Callable[[_Place], Pair]] = {
    "BEFORE": _before,
    "AFTER": _after,
    "IBEFORE": _meets,
    "IAFTER": _met,
    "BEGINS": _begins,
    "BEGUN_BY": _begun,
    "ENDS": _ends,
    "ENDED_BY": _ended,
    "INCLUDES": _includes,
    "IS_INCLUDED": _included,
    "SIMULTANEOUS": _same,
    "IDENTITY": _same,
}
