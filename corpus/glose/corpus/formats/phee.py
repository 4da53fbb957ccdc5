"""PHEE: sentences with pharmacovigilance events (https://github.com/ZhaoyueSun/PHEE)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Event,
    Mention,
    Provenance,
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, placed, span
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS),)
#: What an event says of itself by a cue: which property it is.
_PROPERTIES = {"Negated": ("polarity", "Negative"), "Speculated": ("modality", "Other")}
#: What an event has that is no argument.
_HEADS = frozenset({"event_id", "event_type", "Trigger"})
#: What an argument has that is no argument of it.
_OWN = frozenset({"text", "start", "entity_id", "value"})


class Line(Shape, frozen=True):
    """A sentence."""

    id: str
    context: str
    annotations: tuple[Annotation, ...]


class Annotation(Shape, frozen=True):
    """The events of a sentence."""

    events: tuple[dict[str, Any], ...] = ()


class Fillers(Shape, frozen=True):
    """Spans, each with its pieces and where these begin."""

    text: tuple[tuple[str, ...], ...] = ()
    start: tuple[tuple[int, ...], ...] = ()
    entity_id: tuple[str, ...] = ()
    value: bool | str | None = None


def _read(path: Path, task: Task) -> Iterator[Document]:
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            yield _Sheet(line, item.of(line.id), task).document()


class _Sheet:
    """A sentence, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.ruler = Ruler(line.context, task["unit"] or "code points")
        self.names = Names()
        self.mentions: dict[tuple[str, str], Mention] = {}
        self.events: list[Event] = []

    def document(self) -> Document:
        """Return the document; an event that is wrong is rejected."""
        for annotation in self.line.annotations:
            for given in annotation.events:
                with self.task.rejects.aside(self.place, given):
                    self._event(given)
        return Document(
            id=self.line.id,
            text=self.ruler.text,
            mentions=tuple(self.mentions.values()),
            events=tuple(self.events),
            status=Status(annotated=("mentions", "events")),
            provenance=Provenance(file=self.place.source, format="phee"),
        )

    def _event(self, given: dict[str, Any]) -> str:
        type_ = given.get("event_type")
        if not isinstance(type_, str):
            raise MalformedError("an event without event_type; expected its type")
        triggers = tuple(Trigger(**found) for _, found in self._spans(given.get("Trigger") or {}))
        args: list[Argument] = []
        for role, filler in given.items():
            if role not in _HEADS:
                args += self._arguments(role, filler, None)
        name = self.names.new(str(given.get("event_id")), "v")
        event = Event(name, type_, triggers, tuple(args))
        self.events.append(replace(event, **_properties(given)))
        return name

    def _arguments(self, role: str, given: object, parent: str | None) -> Iterator[Argument]:
        """Yield the fillers of a role, and those of the roles below it."""
        if isinstance(given, list):
            for event in given:
                ref = self._event(items.converted(event, dict[str, Any]))
                yield Argument(role, ref=ref, attrs=_below(parent))
        else:
            yield from self._fillers(role, items.converted(given, dict[str, Any]), parent)

    def _fillers(self, role: str, found: dict[str, Any], parent: str | None) -> Iterator[Argument]:
        value = found.get("value")
        attrs = (Attribute("value", value),) if isinstance(value, str) else ()
        names = [self._mention(role, id_, pieces) for id_, pieces in self._spans(found)]
        for name in names:
            yield Argument(role, ref=name, attrs=(*attrs, *_below(parent)))
        for below, filler in found.items():
            if below not in _OWN:
                above = names[0] if names else None
                yield from self._arguments(f"{role}.{below}", filler, above)

    def _spans(self, given: object) -> Iterator[tuple[str | None, Span]]:
        """Yield the spans of a role, each with its id."""
        found = items.converted(given, Fillers)
        ids = [*found.entity_id, *[None] * len(found.text)]
        for words, starts, name in zip(found.text, found.start, ids, strict=False):
            if len(words) != len(starts) or not words:
                raise MalformedError(f"{len(words)} pieces and {len(starts)} starts of them")
            yield name, self._span(words, starts)

    def _span(self, words: tuple[str, ...], starts: tuple[int, ...]) -> Span:
        pairs = []
        for word, start in zip(words, starts, strict=True):
            end = start + Ruler(word, self.ruler.unit).size
            pairs.append(placed(self.ruler, (start, end), word))
        return span(self.ruler.text, pairs)

    def _mention(self, role: str, id_: str | None, found: Span) -> str:
        key = id_ or "", f"{role} {found}" if id_ is None else ""
        if key not in self.mentions or self.mentions[key].text != found["text"]:
            name = self.names.new(id_, "m")
            key = key if key not in self.mentions else (name, "again")
            self.mentions[key] = Mention(name, role.rpartition(".")[2], **found)
        return self.mentions[key].id


def _properties(given: dict[str, Any]) -> dict[str, str]:
    """Return what the roles that say something of the event itself make of its fields."""
    found: dict[str, str] = {}
    for role, (name, value) in _PROPERTIES.items():
        filler = given.get(role)
        if isinstance(filler, dict) and filler.get("value") is True:
            found[name] = value
    return found


def _below(parent: str | None) -> tuple[Attribute, ...]:
    return () if parent is None else (Attribute("parent", parent),)


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return (
        found.get("context") == '"'
        and found.get("annotations") == "["
        and "is_mult_event" in found
    )


FORMAT = Format(
    "PHEE: sentences with events whose arguments have arguments",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
