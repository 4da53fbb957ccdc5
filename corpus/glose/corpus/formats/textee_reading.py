"""From windows of tokens to a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Event,
    Mention,
    Pair,
    Provenance,
    Relation,
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.facts import ENDS, UNTYPED
from glose.corpus.formats.items import Shape, Spot, converted
from glose.corpus.formats.laying import bare, lay
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.formats.words import Draft
from glose.corpus.rulers import normal

#: What the ends of a relation are called there, and by us.
OTHER_ENDS = dict(zip(("Arg-1", "Arg-2"), ENDS, strict=True))
#: The key of the relations of a window.
RELATIONS = "relation_mentions"


class EntityMention(Spot, frozen=True, kw_only=True):
    """A mention; `mention_type` is NAM, NOM or PRO."""

    id: str
    entity_type: str = UNTYPED
    mention_type: str | None = None


class Filler(Shape, frozen=True):
    """An argument, which is a mention of the window, or else tokens."""

    role: str
    entity_id: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None


class EventMention(Shape, frozen=True):
    """An event."""

    event_type: str
    trigger: Spot
    arguments: tuple[Filler, ...] = ()
    id: str | None = None


class RelationMention(Shape, frozen=True):
    """A relation."""

    relation_type: str
    arguments: tuple[Filler, ...]
    relation_subtype: str | None = None
    id: str | None = None


class Window(Shape, frozen=True):
    """A window: `text` in TextEE, `sentence` in OneIE."""

    doc_id: str
    tokens: tuple[str, ...]
    wnd_id: str | None = None
    sent_id: str | None = None
    text: str | None = None
    sentence: str | None = None
    entity_mentions: tuple[Any, ...] = ()
    event_mentions: tuple[Any, ...] = ()
    relation_mentions: tuple[Any, ...] | None = None
    lang: str | None = None


@dataclass(slots=True)
class Windows:
    """The windows of one document, as far as they were read.

    `related` says if a window of the file has relations, so that one without any has none; else
    nobody may have looked for them.
    """

    name: str
    place: Place
    task: Task
    related: bool = False
    language: str | None = None
    _draft: Draft = field(default_factory=Draft)
    _mentions: list[Mention] = field(default_factory=list)
    _events: list[Event] = field(default_factory=list)
    _relations: list[Relation] = field(default_factory=list)
    _looked: bool = False
    _names: Names = field(default_factory=Names)
    _called: dict[str, str] = field(default_factory=dict)
    _base: int = 0
    _forms: list[str] = field(default_factory=list)

    def take(self, window: Window, place: Place) -> None:
        """Take a window; an annotation that is wrong is rejected."""
        self._lay(window)
        self.language = self.language or window.lang or None
        self._called = {}
        self._looked |= self.related and window.relation_mentions is not None
        for kind, given in (
            (self._mention, window.entity_mentions),
            (self._event, window.event_mentions),
            (self._relation, window.relation_mentions or ()),
        ):
            for item in given:
                with self.task.rejects.aside(place, item):
                    kind(item)

    def _lay(self, window: Window) -> None:
        """Put the words of a window after those before it."""
        draft = self._draft
        self._base = len(draft.tokens)
        text = normal(window.text if window.text is not None else window.sentence or "")
        tokens = [normal(token) for token in window.tokens]
        self._forms = list(map(bare, tokens))
        if not lay(draft, tokens, text) and text:
            self.task.losses.note("windows whose text differs from their tokens have the latter")
        draft.end(window.wnd_id or window.sent_id)
        draft.gap = "\n" if draft.tokens else ""

    def _pair(self, start: int, end: int, words: str | None) -> Pair:
        """Return the offsets of tokens of the window; refuse others, and other words."""
        size = len(self._draft.tokens) - self._base
        if not 0 <= start < end <= size:
            raise MalformedError(f"tokens {start} to {end}; expected some of 0 to {size}")
        tokens = self._draft.tokens[self._base + start : self._base + end]
        there = "".join(self._forms[start:end])
        if words is not None and there != "".join(words.split()):
            what = f"tokens {start} to {end} are {there[:60]!r}, not {words[:60]!r}"
            raise MalformedError(f"{what}; the end is exclusive")
        return tokens[0][0], tokens[-1][1]

    def _mention(self, given: object) -> None:
        found = converted(given, EntityMention)
        pair = self._pair(found.start, found.end, found.text)
        name = self._names.new(found.id, "m")
        self._called.setdefault(found.id, name)
        self._mentions.append(Mention(name, found.entity_type, *pair, level=found.mention_type))

    def _filled(self, fillers: tuple[Filler, ...]) -> Iterator[Argument]:
        for filler in fillers:
            known = self._called.get(filler.entity_id or "")
            yield Argument(filler.role, ref=known or self._made(filler))

    def _made(self, filler: Filler) -> str:
        """Return the mention that is made of the tokens of an argument."""
        if filler.start is None or filler.end is None:
            raise MalformedError(f"{filler.role}: {filler.entity_id} is no mention here")
        pair = self._pair(filler.start, filler.end, filler.text)
        name = self._names.new(filler.entity_id, "m")
        if filler.entity_id:
            self._called[filler.entity_id] = name
        self._mentions.append(Mention(name, UNTYPED, *pair))
        return name

    def _path(self, type_: str) -> str:
        return type_.replace(self.task["separator"] or ":", ".")

    def _event(self, given: object) -> None:
        found = converted(given, EventMention)
        pair = self._pair(found.trigger.start, found.trigger.end, found.trigger.text)
        args = tuple(self._filled(found.arguments))
        name = self._names.new(found.id, "v")
        self._events.append(Event(name, self._path(found.event_type), (Trigger(*pair),), args))

    def _relation(self, given: object) -> None:
        found = converted(given, RelationMention)
        args = tuple(
            replace(argument, role=OTHER_ENDS.get(argument.role, argument.role))
            for argument in self._filled(found.arguments)
        )
        type_, subtype = self._path(found.relation_type), self._path(found.relation_subtype or "")
        if subtype and not subtype.startswith(type_):
            subtype = f"{type_}.{subtype}"
        name = self._names.new(found.id, "r")
        self._relations.append(Relation(name, subtype or type_, args))

    def whole(self) -> Document:
        """Return the document."""
        related = self._looked or bool(self._relations)
        annotated = ("mentions", "events") + ("relations",) * related
        return Document(
            id=self.name,
            language=self.language,
            text=self._draft.text,
            segments=tuple(replace(s, src=None) for s in self._draft.sentences),
            tokens=tuple(self._draft.tokens),
            mentions=tuple(self._mentions),
            relations=tuple(self._relations),
            events=tuple(self._events),
            status=Status(annotated=annotated),
            provenance=Provenance(file=self.place.source, format="textee"),
        )
