"""WikiEvents: events with arguments from a whole document (github.com/raspberryice/gen-arg)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Event,
    Mention,
    Provenance,
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape, Spot
from glose.corpus.formats.laying import Laid
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names


class EntityMention(Spot, frozen=True, kw_only=True):
    """A mention."""

    id: str
    entity_type: str = UNTYPED
    mention_type: str | None = None


class Filler(Shape, frozen=True):
    """An argument: a mention by its id."""

    entity_id: str
    role: str
    text: str | None = None


class EventMention(Shape, frozen=True):
    """An event."""

    event_type: str
    trigger: Spot
    arguments: tuple[Filler, ...] = ()
    id: str | None = None


class Line(Shape, frozen=True):
    """A document; a sentence is its tokens with offsets, and its text."""

    doc_id: str
    sentences: tuple[tuple[tuple[tuple[str, int, int], ...], str], ...]
    entity_mentions: tuple[Any, ...] = ()
    event_mentions: tuple[Any, ...] = ()


def _read(path: Path, task: Task) -> Iterator[Document]:
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            yield _Sheet(line, item.of(line.doc_id), task).document()


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        tokens = [[form for form, _, _ in sentence] for sentence, _ in line.sentences]
        self.laid = Laid(tokens, [text for _, text in line.sentences])
        self.names = Names(segment.id for segment in self.laid.segments)
        self.mentions: dict[str, Mention] = {}
        self.events: list[Event] = []

    def document(self) -> Document:
        """Return the document; an item that is wrong is rejected."""
        for given, take in (
            (self.line.entity_mentions, self._mention),
            (self.line.event_mentions, self._event),
        ):
            for item in given:
                with self.task.rejects.aside(self.place, item):
                    take(item)
        return replace(
            self.laid.document(),
            id=self.line.doc_id,
            mentions=tuple(self.mentions.values()),
            events=tuple(self.events),
            status=Status(annotated=("mentions", "events")),
            provenance=Provenance(file=self.place.source, format="wikievents"),
        )

    def _mention(self, item: object) -> None:
        given = items.converted(item, EntityMention)
        pair = self.laid.pair(given.start, given.end, given.text)
        if given.id in self.mentions:
            raise MalformedError(f"the id {given.id} is used twice; expected once")
        name = self.names.new(given.id, "m")
        self.mentions[given.id] = Mention(name, given.entity_type, *pair, level=given.mention_type)

    def _event(self, item: object) -> None:
        given = items.converted(item, EventMention)
        trigger = given.trigger
        pair = self.laid.pair(trigger.start, trigger.end, trigger.text)
        missing = [a.entity_id for a in given.arguments if a.entity_id not in self.mentions]
        if missing:
            raise MalformedError(f"an argument is {missing[0]}, which is no mention that was read")
        args = tuple(Argument(a.role, self.mentions[a.entity_id].id) for a in given.arguments)
        name = self.names.new(given.id, "v")
        self.events.append(Event(name, given.event_type, (Trigger(*pair),), args))


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return found.get("doc_id") == '"' and found.get("sentences") == "[" and "wnd_id" not in found


FORMAT = Format(
    "WikiEvents: events with arguments in a document",
    (),
    _read,
    None,
    _detect,
    offsets="tokens",
)
