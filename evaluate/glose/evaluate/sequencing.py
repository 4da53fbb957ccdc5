"""Event sequencing as EvmEval counts it: After and Subevent links between clusters of nuggets.

Links are taken from cluster to cluster, those that follow from others are dropped, and each of the
rest stands between all nuggets of its two clusters. Then it is TempEval-3's temporal awareness,
with After as BEFORE and Subevent as INCLUDES.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias

from glose.evaluate.awareness import Awareness, awareness
from glose.evaluate.nuggets import Nuggets, Pairs
from glose.evaluate.pythonset import ordered
from glose.evaluate.timegraph import TimeLink

#: The types of links, in the order in which EvmEval writes them, and what TimeML calls them.
TYPES: Mapping[str, str] = {"Subevent": "INCLUDES", "After": "BEFORE"}

#: From one cluster to another.
Edge: TypeAlias = tuple[Hashable, Hashable]


def sequenced(gold: Nuggets, predicted: Nuggets, pairs: Pairs, types: Sequence[str]) -> Awareness:
    """Return the counts of the links of some types; `pairs` are the nuggets that are the same."""
    ours = {each.id: f"te{number}" for number, each in enumerate(gold.nuggets)}
    theirs = {each.id: f"te?{number}" for number, each in enumerate(predicted.nuggets)}
    for wanted, given, _ in pairs:
        theirs[predicted.nuggets[given].id] = ours[gold.nuggets[wanted].id]
    return awareness(_timed(gold, ours, types), _timed(predicted, theirs, types))


def _timed(side: Nuggets, names: Mapping[str, str], types: Sequence[str]) -> list[TimeLink]:
    return [
        TimeLink(names[source], names[target], TYPES[type_])
        for type_ in types
        for source, target in spread(side, type_)
    ]


def spread(side: Nuggets, type_: str) -> list[tuple[str, str]]:
    """Return the pairs of nuggets that links of a type join, by their clusters, each once.

    Their order is that in which EvmEval, a program for Python 2.7, goes through a set of them.
    """
    members: dict[Hashable, list[str]] = defaultdict(list)
    for name, cluster in side.clusters.items():
        members[cluster].append(name)
    for nugget in side.nuggets:
        if nugget.id not in side.clusters:
            members[nugget.id].append(nugget.id)
    home = {name: cluster for cluster, names in members.items() for name in names}
    edges = [
        (home[source], home[target])
        for name, source, target in side.links
        if name == type_ and source in home and target in home and home[source] != home[target]
    ]
    joined = (
        (source, target, type_)
        for one, other in reduced(edges)
        for source in members[one]
        for target in members[other]
    )
    return [(source, target) for source, target, _ in ordered(joined)]


def reduced(edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges, each once, that no path over a third node makes needless.

    >>> reduced([("a", "b"), ("b", "c"), ("a", "c")])
    [('a', 'b'), ('b', 'c')]
    """
    once = list(dict.fromkeys(edges))
    after: dict[Hashable, list[Hashable]] = defaultdict(list)
    for source, target in once:
        after[source].append(target)
    return [edge for edge in once if not _detour(edge, after)]


def _detour(edge: Edge, after: Mapping[Hashable, Sequence[Hashable]]) -> bool:
    """Tell whether a walk goes from the source to the target of an edge over a third node."""
    waiting = [(edge[0], False)]
    seen = set(waiting)
    while waiting:
        node, third = waiting.pop()
        for next_ in after.get(node, ()):
            state = (next_, third or next_ not in edge)
            if state == (edge[1], True):
                return True
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    return False
