"""Excerpts: a document cut down to a few of its annotations and what bears on them.

That is what they refer to, events at the same triggers, mentions at the same places, entities with
all their mentions, the words that they stand in and the sentences between them. So a metric counts
a few annotations in the time of a few, however long the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from glose.corpus.document import Document, Event, Pair, Segment
from glose.evaluate import sentences
from glose.evaluate.annotations import Store

_WORD = re.compile(r"\S+")


class Excerpts:
    """The excerpts of one document."""

    def __init__(self, store: Store) -> None:
        self.store = store
        document = store.document
        text = document.text or ""
        self.words = document.tokens or tuple(word.span() for word in _WORD.finditer(text))
        self.starts = [start for start, _ in self.words]
        self.ends = [end for _, end in self.words]
        self.sentences = sentences.ends(document)
        self.segments = {segment.id: segment for segment in document.segments}
        self.place = {mention.id: n for n, mention in enumerate(document.mentions)}
        self.event = {event.id: n for n, event in enumerate(document.events)}
        self.entity = {entity.id: n for n, entity in enumerate(document.entities)}
        self.owners: dict[str, list[int]] = defaultdict(list)
        for number, entity in enumerate(document.entities):
            for name in entity.mentions:
                self.owners[name].append(number)
        self.at: dict[Pair, list[int]] = defaultdict(list)
        for number, mention in enumerate(document.mentions):
            self.at[mention.start, mention.end].append(number)

    def of(
        self, chosen: Sequence[int], events: Sequence[int], within: Sequence[Pair],
        reach: Sequence[Pair],
    ) -> Store:  # fmt: skip
        """Return the document with the annotations that are chosen, by their numbers.

        Of arguments `events` are the events that stay, by number, if only without arguments.
        `within` are the places of which the words and mentions stay, `reach` those of which the
        sentences do, in code points.
        """
        layer = self.store.layer
        kept = self.store.kept(chosen, events)
        there = tuple(self._tokens(within)), tuple(self._sentences(reach))
        kept = replace(kept, tokens=there[0], event_clusters=(), templates=())
        if layer in ("entity", "label"):
            mentions = kept.mentions if layer == "entity" else ()
            made = replace(kept, segments=there[1], mentions=mentions, entities=())
            return Store(replace(made, relations=(), events=()), layer)
        if layer == "relation":
            kept = replace(kept, events=tuple(self._events(kept)))
        else:
            kept = replace(kept, relations=())
        own, entities = self._mentioned(kept, within)
        document = self.store.document
        made = replace(
            kept,
            segments=(*self._segments(kept), *there[1]),
            mentions=tuple(document.mentions[n] for n in sorted(own)),
            entities=tuple(document.entities[n] for n in sorted(entities)),
        )
        return Store(made, layer)

    def _events(self, kept: Document) -> Iterator[Event]:
        """Yield the events that relations refer to."""
        used = {arg.ref for relation in kept.relations for arg in relation.args}
        numbers = sorted(self.event[name] for name in used if name in self.event)
        yield from (self.store.document.events[n] for n in numbers)

    def _mentioned(self, kept: Document, within: Sequence[Pair]) -> tuple[set[int], set[int]]:
        """Return the mentions and entities, by number, that bear on what is kept."""
        names = _referred(kept)
        entities = {self.entity[name] for name in names if name in self.entity}
        own = {self.place[name] for name in names if name in self.place}
        document = self.store.document
        spans = {(document.mentions[n].start, document.mentions[n].end) for n in own}
        spans.update(within)
        spans |= {(each.start, each.end) for event in kept.events for each in event.triggers}
        own.update(n for span in spans for n in self.at.get(span, ()))
        for number in own:
            entities.update(self.owners.get(document.mentions[number].id, ()))
        for number in entities:
            names_of = document.entities[number].mentions
            own = own | {self.place[name] for name in names_of if name in self.place}
        return own, entities

    def _segments(self, kept: Document) -> Iterator[Segment]:
        """Yield the segments that something refers to, and those that were made for it."""
        made = {each.id: each for each in kept.segments[len(self.store.document.segments) :]}
        for name in _referred(kept):
            found = made.get(name) or self.segments.get(name)
            if found and found.type != "sentence":
                yield found
            elif found:
                yield replace(found, type="part")

    def _tokens(self, within: Sequence[Pair]) -> Iterator[Pair]:
        """Yield the words in some places, and the one before and after each."""
        last = 0
        for start, end in sorted(within):
            first = max(last, bisect_right(self.ends, start) - 1, 0)
            last = max(first, min(bisect_left(self.starts, end) + 1, len(self.words)))
            yield from self.words[first:last]

    def _sentences(self, reach: Sequence[Pair]) -> Iterator[Segment]:
        """Yield a sentence for each end of one in some places; at least one, if there are any."""
        numbers = {
            number
            for start, end in reach
            for number in range(
                bisect_left(self.sentences, start), bisect_right(self.sentences, end)
            )
        }
        for number in sorted(numbers or {0} if self.sentences else ()):
            end = self.sentences[number]
            yield Segment(f"sentence-{number}", "sentence", max(end - 1, 0), end)


def _referred(document: Document) -> dict[str, None]:
    """Return the ids that arguments of events and relations refer to."""
    args = [arg for event in document.events for arg in event.args]
    args += [arg for relation in document.relations for arg in relation.args]
    return {arg.ref: None for arg in args if arg.ref}
