"""RAMS: an event in five sentences, with its arguments (https://nlp.jhu.edu/rams)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Event,
    Mention,
    Pair,
    Provenance,
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape
from glose.corpus.formats.laying import Laid
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names

#: A role is written with the numbers of the event and of the role before it: evt043arg01place.
_ROLE = re.compile(r"evt\d+arg\d+(.+)")
_KNOWN = frozenset({"doc_key", "sentences", "ent_spans", "evt_triggers", "gold_evt_links"})

#: Tokens of the document, the last one included, and labels with their scores.
_Labelled: Any = tuple[int, int, tuple[tuple[str, float], ...]]
_Arrow: Any = tuple[tuple[int, int], tuple[int, int], str]


class Line(Shape, frozen=True):
    """A document."""

    doc_key: str
    sentences: tuple[tuple[str, ...], ...]
    ent_spans: tuple[Any, ...] = ()
    evt_triggers: tuple[Any, ...] = ()
    gold_evt_links: tuple[Any, ...] = ()


def _read(path: Path, task: Task) -> Iterator[Document]:
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            found = _Sheet(line, item.of(line.doc_key), task).document()
            others = items.others(data, _KNOWN)
            url = {"url": others.pop("source_url", None)}
            yield described.described(url | others, found)


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.laid = Laid(line.sentences)
        self.names = Names(segment.id for segment in self.laid.segments)
        self.mentions: dict[Pair, Mention] = {}
        self.events: dict[Pair, list[Event]] = {}
        self.args: dict[str, list[Argument]] = {}

    def document(self) -> Document:
        """Return the document; an item that is wrong is rejected."""
        for given, take in (
            (self.line.ent_spans, self._span),
            (self.line.evt_triggers, self._trigger),
            (self.line.gold_evt_links, self._link),
        ):
            for item in given:
                with self.task.rejects.aside(self.place, item):
                    take(item)
        events = (event for found in self.events.values() for event in found)
        return replace(
            self.laid.document(),
            id=self.line.doc_key,
            mentions=tuple(self.mentions.values()),
            events=tuple(
                Event(e.id, e.type, e.triggers, tuple(self.args.get(e.id, ()))) for e in events
            ),
            status=Status(annotated=("mentions", "events")),
            provenance=Provenance(file=self.place.source, format="rams"),
        )

    def _span(self, item: object) -> None:
        start, end, _ = items.converted(item, _Labelled)
        self._mention(self.laid.pair(start, end + 1))

    def _mention(self, pair: Pair) -> str:
        if pair not in self.mentions:
            self.mentions[pair] = Mention(self.names.new(None, "m"), UNTYPED, *pair)
        return self.mentions[pair].id

    def _trigger(self, item: object) -> None:
        start, end, labels = items.converted(item, _Labelled)
        pair = self.laid.pair(start, end + 1)
        for type_, _ in labels:
            event = Event(self.names.new(None, "v"), type_, (Trigger(*pair),))
            self.events.setdefault(pair, []).append(event)

    def _link(self, item: object) -> None:
        trigger, filler, written = items.converted(item, _Arrow)
        events = self.events.get(self.laid.pair(trigger[0], trigger[1] + 1))
        if not events:
            raise MalformedError(f"{written} is of tokens {trigger}, which are no trigger")
        role = _ROLE.fullmatch(written)
        ref = self._mention(self.laid.pair(filler[0], filler[1] + 1))
        argument = Argument(role[1] if role else written, ref)
        self.args.setdefault(events[0].id, []).append(argument)


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return "doc_key" in found and ("evt_triggers" in found or "gold_evt_links" in found)


FORMAT = Format(
    "RAMS: events with arguments in several sentences",
    (),
    _read,
    None,
    _detect,
    offsets="tokens",
)
