"""Chains of coreferent mentions: what a document says is one thing, as places in its text.

A span is one mention, whatever is given twice: the first chain that names it keeps it. Chains and
their mentions come out sorted by place, so that nothing else depends on the order of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, EventCluster, Mention, Pair, Trigger
from glose.evaluate.clusters import BITS, Clusters, Numbered, Sides, ranked, resolved, unpacked
from glose.evaluate.projection import Cut, Pieces, head


class Place(NamedTuple):
    """Where a mention stands: its pieces, and its head as one piece or none; in code points."""

    pieces: Pieces
    head: Pieces

    @property
    def outer(self) -> Pair:
        """The bounds of the mention, gaps within."""
        return self.pieces[0][0], self.pieces[-1][1]


#: Mentions of one thing, sorted.
Chain: TypeAlias = tuple[Place, ...]


class Named(NamedTuple):
    """A chain that may go on in other documents: those of one name are one."""

    name: Hashable
    mentions: Chain


def place(span: Mention | Trigger) -> Place:
    """Return where a mention or a trigger stands, with a head that is right (`headed`)."""
    found = ((span.head[0], span.head[1]),) if span.head else ()
    return Place(span.fragments or ((span.start, span.end),), found)


def headed(document: Document, span: Mention | Trigger, owner: str) -> Place:
    """Return the same; raise `DocumentError` where the head is none."""
    head(document, span, owner)
    return place(span)


def entities(document: Document, _cut: Cut = str) -> list[Chain]:
    """Return the entities of a document that have mentions; two mentions of one span are one.

    A mention that no entity names was not annotated for coreference, and is left out.
    """
    return [each.mentions for each in distinct(_entities(document), _pieces)]


def outer_entities(document: Document, _cut: Cut = str) -> list[Chain]:
    """Return the entities as scorers of columns see them: spans of the same bounds are one."""
    return [each.mentions for each in distinct(_entities(document), _outer)]


def events(document: Document, _cut: Cut = str) -> list[Chain]:
    """Return the clusters of events, each event where its first trigger stands.

    An event that no cluster names is one of its own; one without a trigger is left out.
    """
    return [each.mentions for each in distinct(_events(document), _pieces)]


class Spots(NamedTuple):
    """The clusters of a side of a document: by the numbers of outer bounds, and by pieces.

    Where no mention has a gap within these are the same, and there are no `pieces`.
    """

    outer: Numbered
    pieces: Clusters[Pieces] | None

    @property
    def covered(self) -> Clusters[Pieces]:
        """The clusters by pieces."""
        if self.pieces is not None:
            return self.pieces
        return Clusters([(unpacked(number),) for number in self.outer.mentions], self.outer.sizes)


def entity_spots(document: Document, _cut: Cut = str) -> Spots:
    """Return the entities of a document that have mentions; two mentions of one span are one.

    A mention that no entity names was not annotated for coreference, and is left out.
    """
    groups = [entity.mentions for entity in document.entities]
    mentions = document.mentions
    # Nearly always there are no gaps, and then this is the quickest way to see it.
    numbers = {m.id: m.start << BITS | m.end for m in mentions if not m.fragments}
    if len(numbers) == len(mentions):
        return Spots(Numbered.of(resolved(groups, numbers)), None)
    return _gapped({mention.id: mention for mention in mentions}, groups)


def event_spots(document: Document, _cut: Cut = str) -> Spots:
    """Return the clusters of events, each event where its first trigger stands.

    An event that no cluster names is one of its own; one without a trigger is left out.
    """
    spans = {event.id: event.triggers[0] for event in document.events if event.triggers}
    groups = [cluster.events for cluster in document.event_clusters]
    named = {name for group in groups for name in group}
    return _gapped(spans, [*groups, *((name,) for name in spans if name not in named)])


def _gapped(spans: Mapping[str, Mention | Trigger], groups: Sequence[Sequence[str]]) -> Spots:
    bounds = {name: span.start << BITS | span.end for name, span in spans.items()}
    outer = Numbered.of(resolved(groups, bounds))
    if not any(span.fragments for span in spans.values()):
        return Spots(outer, None)
    return Spots(outer, resolved(groups, {n: place(span).pieces for n, span in spans.items()}))


def outer(gold: Spots, predicted: Spots) -> Sides:
    """Return clusters whose mentions are the same if their outer bounds are."""
    return gold.outer, predicted.outer


def equal(gold: Spots, predicted: Spots) -> Sides:
    """Return clusters whose mentions are the same if they cover the same."""
    if gold.pieces is predicted.pieces is None:
        return outer(gold, predicted)
    return ranked(gold.covered, predicted.covered)


def linked_entities(document: Document, _cut: Cut = str) -> list[Named]:
    """Return the entities of a document with what they are called in the whole corpus.

    That is the first link of the entity, or else its name; without either it is an entity of
    this document only.
    """
    return distinct(_entities(document), _pieces)


def linked_events(document: Document, _cut: Cut = str) -> list[Named]:
    """Return the clusters of events with what they are called in the whole corpus.

    That is the attribute `link` or `name` of the cluster; without either it is one of this
    document only.
    """
    return distinct(_events(document), _pieces)


def _pieces(place: Place) -> Hashable:
    return place.pieces


def _outer(place: Place) -> Hashable:
    return place.outer


def distinct(groups: Iterable[Named], key: Callable[[Place], Hashable]) -> list[Named]:
    """Leave out mentions that came before, and chains that have no other; sort by place."""
    seen: set[Hashable] = set()
    found: list[Named] = []
    for name, mentions in groups:
        own: dict[Hashable, Place] = {}
        for mention in mentions:
            spot = key(mention)
            if spot not in seen:
                own.setdefault(spot, mention)
        seen.update(own)
        if own:
            found.append(Named(name, tuple(sorted(own.values()))))
    return sorted(found, key=lambda each: each.mentions)


def _entities(document: Document) -> Iterator[Named]:
    mentions = {m.id: headed(document, m, f"mention {m.id}") for m in document.mentions}
    for number, entity in enumerate(document.entities):
        own = tuple(mentions[name] for name in entity.mentions if name in mentions)
        link = entity.links[0] if entity.links else None
        if link is not None and link.kb != "NIL":
            yield Named(("link", link.kb, link.id), own)
        elif link is None and entity.name:
            yield Named(("name", entity.name), own)
        else:
            yield Named(("document", document.id, number), own)


def _events(document: Document) -> Iterator[Named]:
    triggers = {
        e.id: headed(document, e.triggers[0], f"event {e.id}: trigger 1")
        for e in document.events
        if e.triggers
    }
    alone = dict(triggers)
    for number, cluster in enumerate(document.event_clusters):
        own = tuple(triggers[name] for name in cluster.events if name in triggers)
        for name in cluster.events:
            alone.pop(name, None)
        yield Named(_called(cluster) or ("document", document.id, number), own)
    for name, spot in alone.items():
        yield Named(("document", document.id, name), (spot,))


def _called(cluster: EventCluster) -> tuple[str, str] | None:
    values = {attr.name: attr.value for attr in cluster.attrs}
    return next(((key, values[key]) for key in ("link", "name") if values.get(key)), None)
