"""Event nuggets as EvmEval sees them: characters, a type, a realis, and a place in a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Argument, Document, Event, Pair
from glose.evaluate.numbering import natural
from glose.evaluate.overlaps import length, shared
from glose.evaluate.projection import Cut, Pieces

#: What EvmEval writes for an attribute that was not annotated: every system has it right.
NOT_ANNOTATED = "notannotated"


class Nugget(NamedTuple):
    """An event that has a trigger, with all pieces of its triggers.

    `type` and `realis` are in lower case, letters and digits only.
    """

    id: str
    pieces: Pieces
    type: str
    realis: str


class Nuggets(NamedTuple):
    """The nuggets of a document in the order of their ids, their clusters, and their links.

    `clusters` gives for each id the name of its cluster, in the order of the record; one that none
    names is alone. `links` are types with two ids, in the order of the ids of the relations.
    """

    nuggets: tuple[Nugget, ...]
    clusters: Mapping[str, Hashable]
    links: tuple[tuple[str, str, str], ...]


#: Pairs of gold and predicted nuggets by number, with what they share.
Pairs: TypeAlias = list[tuple[int, int, float]]


def nuggets(document: Document, cut: Cut = str) -> tuple[Nuggets, ...]:
    """Return the nuggets of a document, as one item."""
    found = sorted((e for e in document.events if e.triggers), key=lambda e: natural(e.id))
    known = {event.id for event in found}
    clusters: dict[str, Hashable] = {}
    for number, cluster in enumerate(document.event_clusters):
        for name in cluster.events:
            if name in known:
                clusters.setdefault(name, number)
    links = tuple(
        (relation.type, source, target)
        for relation in sorted(document.relations, key=lambda each: natural(each.id))
        for source, target in _ends(relation.args)
    )
    return (Nuggets(tuple(_nugget(each, cut) for each in found), clusters, links),)


def _nugget(event: Event, cut: Cut) -> Nugget:
    pieces = [
        piece for each in event.triggers for piece in each.fragments or ((each.start, each.end),)
    ]
    realis = NOT_ANNOTATED if event.modality is None else _plain(event.modality)
    return Nugget(event.id, _union(pieces), _plain(cut(event.type)), realis)


def _union(pieces: Iterable[Pair]) -> Pieces:
    """Return pieces with each code point in one of them at most."""
    found: list[Pair] = []
    for start, end in sorted(pieces):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _plain(name: str) -> str:
    return "".join(each for each in name.lower() if each.isalnum())


def _ends(args: Sequence[Argument]) -> Iterator[tuple[str, str]]:
    """Yield the two ids that a relation joins, source first, if it joins two events."""
    found = [each.ref for each in args if each.ref is not None]
    if len(found) == 2:
        yield found[0], found[1]


def dice(gold: Sequence[Nugget], predicted: Sequence[Nugget]) -> Pairs:
    """Return the pairs that share characters with their Dice coefficient, in EvmEval's order.

    The greatest comes first; of equal ones the first predicted nugget, then the first gold one.
    """
    common = shared([each.pieces for each in gold], [each.pieces for each in predicted])
    sizes = [[length(each.pieces) for each in side] for side in (gold, predicted)]
    scored = ((g, p, 2.0 * n / (sizes[0][g] + sizes[1][p])) for (g, p), n in common.items())
    return sorted(scored, key=lambda pair: (-pair[2], pair[1], pair[0]))


def greedy(pairs: Pairs, agree: Callable[[int, int], bool]) -> Pairs:
    """Return the pairs that agree, taken in order, each nugget in one at most."""
    used: tuple[set[int], set[int]] = (set(), set())
    taken: Pairs = []
    for gold, predicted, score in pairs:
        if gold not in used[0] and predicted not in used[1] and agree(gold, predicted):
            used[0].add(gold)
            used[1].add(predicted)
            taken.append((gold, predicted, score))
    return taken
