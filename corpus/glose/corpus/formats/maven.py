"""MAVEN, MAVEN-ERE and MAVEN-Arg: chains of events (https://github.com/THU-KEG/MAVEN-dataset)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import field
from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    EventCluster,
    Mention,
    Meta,
    Pair,
    Provenance,
    Relation,
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape
from glose.corpus.formats.laying import Laid
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets of MAVEN-Arg are counted", "code points", UNITS),)
SUBEVENT = "SUBEVENT"


class Spot(Shape, frozen=True):
    """Tokens of a sentence, or (in MAVEN-Arg) characters of the document; half-open."""

    id: str
    offset: tuple[int, int]
    sent_id: int | None = None
    trigger_word: str | None = None
    mention: str | None = None
    type: str | None = None


class Chain(Shape, frozen=True):
    """Events that are one happening, with its arguments; or mentions that are one thing."""

    id: str
    type: str
    mention: tuple[Spot, ...]
    argument: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)


class Sentence(Shape, frozen=True):
    """A sentence of MAVEN."""

    sentence: str
    tokens: tuple[str, ...]


class Line(Shape, frozen=True):
    """A document of any of the three."""

    id: str
    title: str | None = None
    content: tuple[Sentence, ...] | None = None
    tokens: tuple[tuple[str, ...], ...] | None = None
    sentences: tuple[str, ...] = ()
    document: str | None = None
    events: tuple[Any, ...] | None = None
    entities: tuple[Any, ...] | None = None
    timexes: tuple[Any, ...] = field(default=(), name="TIMEX")
    temporal_relations: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    causal_relations: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    subevent_relations: tuple[Any, ...] = ()


def _read(path: Path, task: Task) -> Iterator[Document]:
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            yield _Sheet(line, item.of(line.id), task).whole()


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.laid = _laid(line)
        self.ruler: Ruler | None = None
        if self.laid is not None:
            self.bare = self.laid.document()
        elif line.document is not None:
            self.ruler = Ruler(line.document, task["unit"] or "code points")
            self.bare = Document(text=self.ruler.text)
        else:
            raise MalformedError("no content, tokens or document; expected one of them")
        self.names = Names(segment.id for segment in self.bare.segments)
        self.mentions: list[Mention] = []
        self.entities: dict[str, Entity] = {}
        self.events: list[Event] = []
        self.clusters: list[EventCluster] = []
        self.relations: list[Relation] = []
        #: What a chain or a time is called in a relation: its first event, or its mention.
        self.called: dict[str, str] = {}

    def whole(self) -> Document:
        """Return the document; an item that is wrong is rejected."""
        line = self.line
        self._each(line.entities or (), self._entity)
        self._each(line.timexes, self._time)
        self._each(line.events or (), self._chain)
        for type_, found in (
            *line.temporal_relations.items(),
            *line.causal_relations.items(),
            (SUBEVENT, line.subevent_relations),
        ):
            self._each(found, partial(self._relation, type_))
        return replace(
            self.bare,
            id=line.id,
            meta=Meta(title=line.title or None),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            relations=tuple(self.relations),
            events=tuple(self.events),
            event_clusters=tuple(self.clusters),
            status=Status(annotated=self._annotated()),
            provenance=Provenance(file=self.place.source, format="maven"),
        )

    def _annotated(self) -> tuple[str, ...]:
        """Return what was annotated: nothing in the parts whose answers are kept back."""
        line = self.line
        if line.events is None:
            return ()
        found = ["events", "event_clusters"]
        if line.entities is not None:
            found += ["mentions", "entities"]
        if line.temporal_relations or line.causal_relations or line.subevent_relations:
            found.append("relations")
        return tuple(found)

    def _each(self, given: Iterable[object], take: Any) -> None:  # noqa: ANN401  # a method
        for item in given:
            with self.task.rejects.aside(self.place, item):
                take(item)

    def _pair(self, spot: Spot, words: str | None) -> Pair:
        if self.laid is not None:
            if spot.sent_id is None:
                raise MalformedError(f"{spot.id} has no sent_id; expected that of its tokens")
            return self.laid.pair(*spot.offset, words, spot.sent_id)
        return self._span(spot.offset, words)

    def _span(self, offset: Pair, words: str | None) -> Pair:
        if self.ruler is None:
            raise MalformedError(f"the argument {words} has offsets, but there is no document")
        return placed(self.ruler, offset, words)

    def _entity(self, item: object) -> None:
        given = items.converted(item, Chain)
        made = [
            Mention(self.names.new(spot.id, "m"), given.type, *self._pair(spot, spot.mention))
            for spot in given.mention
        ]
        if not made:
            raise MalformedError(f"{given.id} has no mention; expected one at least")
        self.mentions += made
        members = tuple(mention.id for mention in made)
        name = self.names.new(given.id, "e")
        self.entities[given.id] = Entity(name, given.type, mentions=members)

    def _time(self, item: object) -> None:
        given = items.converted(item, Spot)
        pair = self._pair(given, given.mention)
        name = self.called[given.id] = self.names.new(given.id, "m")
        self.mentions.append(Mention(name, given.type or "TIMEX", *pair))

    def _chain(self, item: object) -> None:
        given = items.converted(item, Chain)
        pairs = [self._pair(spot, spot.trigger_word) for spot in given.mention]
        if not pairs:
            raise MalformedError(f"{given.id} has no mention; expected one at least")
        args = tuple(self._arguments(given.argument))
        made = [
            Event(self.names.new(spot.id, "v"), given.type, (Trigger(*pair),))
            for spot, pair in zip(given.mention, pairs, strict=True)
        ]
        made[0] = replace(made[0], args=args)
        self.called[given.id] = made[0].id
        self.events += made
        if len(made) > 1:
            members = tuple(event.id for event in made)
            self.clusters.append(EventCluster(self.names.new(given.id, "c"), members))

    def _arguments(self, given: Mapping[str, Iterable[dict[str, Any]]]) -> Iterator[Argument]:
        for role, fillers in given.items():
            for filler in fillers:
                yield Argument(role, self._filler(filler))

    def _filler(self, given: dict[str, Any]) -> str:
        """Return the entity that is an argument, or a mention made of its words."""
        if "entity_id" in given:
            entity = self.entities.get(str(given["entity_id"]))
            if entity is None:
                raise MalformedError(f"an argument is {given['entity_id']}, which was not read")
            return entity.id
        offset = items.converted(given.get("offset"), tuple[int, int])
        words = given.get("content")
        pair = self._span(offset, None if words is None else items.converted(words, str))
        name = self.names.new(None, "m")
        self.mentions.append(Mention(name, UNTYPED, *pair))
        return name

    def _relation(self, type_: str, item: object) -> None:
        ends = items.converted(item, tuple[str, str])
        missing = [end for end in ends if end not in self.called]
        if missing:
            raise MalformedError(f"{type_} is of {missing[0]}, which was not read")
        args = between(*(self.called[end] for end in ends))
        self.relations.append(Relation(self.names.new(None, "r"), type_, args))


def _laid(line: Line) -> Laid | None:
    """Return the tokens as a text, if a document has its tokens."""
    if line.content is not None:
        tokens = [sentence.tokens for sentence in line.content]
        return Laid(tokens, [sentence.sentence for sentence in line.content])
    return None if line.tokens is None else Laid(line.tokens, line.sentences)


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    if found.get("id") != '"' or "title" not in found or "schema" in found:
        return False
    tokens = found.get("tokens") == "[" and found.get("sentences") == "["
    content = found.get("content") == "[" and b'"tokens"' in head
    return tokens or content or found.get("document") == '"'


FORMAT = Format(
    "MAVEN, MAVEN-ERE and MAVEN-Arg: chains of events, their relations and arguments",
    (),
    _read,
    None,
    _detect,
    offsets="tokens",
    options=OPTIONS,
)
