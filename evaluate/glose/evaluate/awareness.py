"""Temporal awareness as the TempEval-3 toolkit counts it: links that the other side implies.

UzZaman and Allen 2011 (all links), UzZaman et al. 2013 (links of the reduced graph), UzZaman 2012
(with a little for links that only follow). Faults of the toolkit are those of its timegraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from glose.evaluate.timegraph import REVERSED, Timegraph, TimeLink

#: What the toolkit takes for something else.
RENAMED = {"DURING": "SIMULTANEOUS", "DURING_INV": "SIMULTANEOUS"}


class Awareness(NamedTuple):
    """How many links are confirmed, of how many, for the three ways of counting.

    The first four are those of the reduced graphs. `implicit` is what is added to `recalled` for
    predicted links that gold does not have but implies. The last four are of all links, each
    counted in both directions and as often as it was given.
    """

    precise: float
    predicted: float
    recalled: float
    gold: float
    implicit: float
    all_precise: float
    all_predicted: float
    all_recalled: float
    all_gold: float


def awareness(gold: Sequence[TimeLink], predicted: Sequence[TimeLink]) -> Awareness:
    """Return the counts of one document; the names of intervals are the same on both sides.

    The order of links on a side is that of the file: the toolkit depends on it.
    """
    ours, theirs = _renamed(gold), _renamed(predicted)
    wanted, found = Timegraph.of(ours), Timegraph.of(theirs)
    wanted_links = [*wanted.kept, *wanted.violated]
    found_links = [*found.kept, *found.violated]
    our_both, their_both = list(_both(ours)), list(_both(theirs))
    recalled = _confirmed(wanted_links, found, set(their_both))
    return Awareness(
        _confirmed(found_links, wanted, set(our_both)),
        len(found_links),
        recalled,
        len(wanted_links),
        _implicit(wanted_links, found_links, wanted, recalled),
        _confirmed(their_both, wanted, set(our_both)),
        len(their_both),
        _confirmed(our_both, found, set(their_both)),
        len(our_both),
    )


def _renamed(links: Iterable[TimeLink]) -> list[TimeLink]:
    return [link._replace(relation=RENAMED.get(link.relation, link.relation)) for link in links]


def _both(links: Iterable[TimeLink]) -> Iterable[TimeLink]:
    """Yield links in both directions; one from an interval to itself has one direction."""
    for source, target, relation in links:
        yield TimeLink(source, target, relation)
        if source != target:
            yield TimeLink(target, source, REVERSED.get(relation, relation))


def _confirmed(links: Iterable[TimeLink], graph: Timegraph, given: set[TimeLink]) -> int:
    """Return how many links the other side gives, in either direction, or implies."""
    return sum(link in given or graph.holds(link) for link in links)


def _implicit(
    gold: Sequence[TimeLink], predicted: Sequence[TimeLink], graph: Timegraph, recalled: int
) -> float:
    """Return the worth of predicted links that gold implies without having them.

    All of them together are worth less than one link: each counts 0.99 by the number of pairs of
    shared intervals of which recall says nothing. Where that number is 0 the toolkit divides by 0
    and ends; here they are worth nothing.
    """
    shared = _intervals(gold) & _intervals(predicted)
    silent = 1 + len(shared) * (len(shared) - 1) / 2 - recalled
    there = set(gold)
    implied = sum(graph.holds(link) for link in predicted if link not in there)
    return 0.99 / silent * implied if silent else 0.0


def _intervals(links: Iterable[TimeLink]) -> set[str]:
    return {interval for link in links for interval in link[:2]}
