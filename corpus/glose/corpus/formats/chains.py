"""Chains of coreference from pairs, and pairs from chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from glose.corpus.document import Document, Entity, Event, EventCluster, Mention
from glose.corpus.formats.pruning import without
from glose.corpus.formats.spans import Names


class Chains:
    """Items that are one, told pair by pair."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, first: str, second: str) -> None:
        """Say that two items are one."""
        self._above[self._top(first)] = self._top(second)

    def _top(self, name: str) -> str:
        path = []
        while (above := self._above.setdefault(name, name)) != name:
            path.append(name)
            name = above
        for passed in path:
            self._above[passed] = name
        return name

    def groups(self, order: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the chains of two items or more, each in the order of the items."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in order:
            if name in self._above:
                found[self._top(name)].append(name)
        yield from (tuple(group) for group in found.values() if len(group) > 1)

    def entities(self, mentions: Iterable[Mention], names: Names) -> tuple[Entity, ...]:
        """Return the chains of mentions, of the type of their first one in the text."""
        by_id = {m.id: m for m in sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.id))}
        return tuple(
            Entity(names.new(None, "e"), by_id[group[0]].type, mentions=group)
            for group in self.groups(by_id)
        )

    def clusters(self, events: Iterable[Event], names: Names) -> tuple[EventCluster, ...]:
        """Return the chains of events."""
        order = [event.id for event in events]
        return tuple(EventCluster(names.new(None, "c"), group) for group in self.groups(order))


def pairs(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each member of an entity or cluster with the next one."""
    groups = [entity.mentions for entity in document.entities]
    groups += [cluster.events for cluster in document.event_clusters]
    for group in groups:
        yield from pairwise(group)


def separate(document: Document) -> Document:
    """Return a document whose clusters of events are such as pairs can say."""
    gone: set[str] = set()
    seen: set[str] = set()
    for cluster in document.event_clusters:
        members = set(cluster.events)
        if len(members) < 2 or len(members) < len(cluster.events) or members & seen:
            gone.add(cluster.id)
        else:
            seen |= members
    return without(document, gone)
