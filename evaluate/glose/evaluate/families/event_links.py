"""Links between events: which event causes or contains which (docs/metrics/nuggets.md)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from glose.corpus.document import Document, Relation
from glose.evaluate.chains import events, place
from glose.evaluate.counts import Shared, Statistic, Tally, sets, typed_sets
from glose.evaluate.families.events import same
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut, Pieces
from glose.evaluate.protocol import Protocol


class End(NamedTuple):
    """An event at one end of a link: where its first trigger stands, and its type."""

    pieces: Pieces
    type: str


class Link(NamedTuple):
    """A link from one event to another, of a type."""

    type: str
    source: End
    target: End


class Joined(NamedTuple):
    """A link with what stands for its ends."""

    type: str
    source: Hashable
    target: Hashable


class Web(NamedTuple):
    """The links of a document and the clusters of its events, as the places of their triggers."""

    links: tuple[Link, ...]
    clusters: tuple[tuple[Pieces, ...], ...]


def web(document: Document, cut: Cut = str) -> tuple[Web, ...]:
    """Return the links of a document whose two ends are events with triggers, as one item."""
    ends = {
        event.id: End(place(event.triggers[0]).pieces, cut(event.type))
        for event in document.events
        if event.triggers
    }
    links = tuple(link for each in document.relations for link in _links(each, ends, cut))
    clusters = tuple(tuple(spot.pieces for spot in chain) for chain in events(document))
    return (Web(links, clusters),)


def _links(relation: Relation, ends: dict[str, End], cut: Cut) -> Iterator[Link]:
    found = [ends.get(argument.ref or "") for argument in relation.args]
    if len(found) == 2 and found[0] is not None and found[1] is not None:
        yield Link(cut(relation.type), found[0], found[1])


def identified(gold: Sequence[Web], predicted: Sequence[Web]) -> Tally:
    """Return the counts of pairs of triggers, whatever joins them."""
    wanted, given = (
        [(link.type, (link.source.pieces, link.target.pieces)) for link in side[0].links]
        for side in (gold, predicted)
    )
    return sets(wanted, given)


def classified(gold: Sequence[Web], predicted: Sequence[Web]) -> Tally:
    """Return the counts of pairs of triggers with the type of the link."""
    wanted, given = (
        [
            link._replace(
                source=link.source._replace(type=""), target=link.target._replace(type="")
            )
            for link in side[0].links
        ]
        for side in (gold, predicted)
    )
    return typed_sets(wanted, given, attrgetter("type"))


def strict(gold: Sequence[Web], predicted: Sequence[Web]) -> Tally:
    """Return the counts of links with the types of their events."""
    return typed_sets(gold[0].links, predicted[0].links, attrgetter("type"))


def coreferent(gold: Sequence[Web], predicted: Sequence[Web]) -> Tally:
    """Return the counts of links between clusters of gold, those within one left out.

    A trigger that gold does not have stands for itself.
    """
    homes: dict[Pieces, Hashable] = {
        pieces: chain[0] for chain in gold[0].clusters for pieces in chain
    }
    wanted, given = (
        [link for link in _joined(side[0], homes) if link.source != link.target]
        for side in (gold, predicted)
    )
    return typed_sets(wanted, given, attrgetter("type"))


def _joined(side: Web, homes: dict[Pieces, Hashable]) -> Iterator[Joined]:
    for link in side.links:
        source, target = (homes.get(end.pieces, end.pieces) for end in link[1:])
        yield Joined(link.type, source, target)


_LISTS = ("events", "relations")
METRICS = (
    Metric(
        "event_link/identification",
        Statistic("pairs of events", _LISTS, Shared, web, identified),
        same,
    ),
    Metric(
        "event_link/classification",
        Statistic("links of events", _LISTS, Shared, web, classified),
        same,
    ),
    Metric(
        "event_link/strict", Statistic("links of typed events", _LISTS, Shared, web, strict), same
    ),
    Metric(
        "event_link/coreferent",
        Statistic("links of clusters", (*_LISTS, "event_clusters"), Shared, web, coreferent),
        same,
    ),
)
PROTOCOLS = (Protocol("event_links", tuple(metric.name for metric in METRICS), "set"),)
