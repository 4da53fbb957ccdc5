"""DyGIE++ and SciERC: a document a line, all in numbers of tokens (github.com/dwadden/dygiepp)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    Mention,
    Pair,
    Provenance,
    Relation,
    Status,
    Trigger,
    covered,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking, presence, windows, words
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import UNTYPED, first
from glose.corpus.formats.items import Shape
from glose.corpus.formats.laying import Laid
from glose.corpus.formats.pruning import without
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.formats.twins import redirected, untwinned

HOLDS = frozenset({
    "mentions", "nested mentions", "crossing mentions", "types of mentions", "entities",
    "sentences", "tokens",
})  # fmt: skip
PARTLY = {
    "events": "with the first word of the trigger",
    "arguments": "of mentions in the sentence of the trigger",
    "relations": "of mentions in one sentence",
}
OPTIONS = (
    Option("dataset", "what is written as the dataset of every document", "glose"),
    Option("trigger", "which word of a longer trigger is written", "first", ("first", "last")),
)


#: The lists of the record whose keys have another name.
_LISTS = {"clusters": "entities"}


class Line(Shape, frozen=True):
    """A document; spans are numbers of tokens from its beginning, the last one included."""

    doc_key: str
    sentences: tuple[tuple[str, ...], ...]
    ner: tuple[tuple[Any, ...], ...] = ()
    relations: tuple[tuple[Any, ...], ...] | None = None
    events: tuple[tuple[Any, ...], ...] | None = None
    clusters: tuple[Any, ...] | None = None

    def annotated(self, filled: Collection[str]) -> tuple[str, ...]:
        """Return what was looked for: mentions, and what has a key that is filled in the file."""
        found = {"relations": self.relations, "events": self.events, "clusters": self.clusters}
        there = (k for k, v in found.items() if v is not None and (k in filled or any(v)))
        return "mentions", *(_LISTS.get(key, key) for key in there)


def _read(path: Path, task: Task) -> Iterator[Document]:
    filled = presence.filled(path, "relations", "events", "clusters")
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            keys = items.decoded(data, dict[str, object])
            if any(key.startswith("predicted_") for key in keys):
                task.losses.note("what was predicted is left out; its keys begin with predicted_")
            yield _Sheet(line, item.of(line.doc_key), task).document(filled)


class _Sheet:
    """A line, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.laid = Laid(line.sentences)
        self.names = Names()
        self.mentions: list[Mention] = []
        self._by_id: dict[str, Mention] = {}
        self._first: dict[Pair, str] = {}

    def document(self, filled: Collection[str]) -> Document:
        """Return the document; an annotation that is wrong is rejected."""
        line = self.line
        for item in chain.from_iterable(line.ner):
            with self.task.rejects.aside(self.place, item):
                start, end, type_ = _head(item, tuple[int, int, str])
                self._new(self._pair(start, end), type_)
        sound = partial(self.task.rejects.sound, self.place)
        relations = tuple(sound(chain.from_iterable(line.relations or ()), self._relation))
        events = tuple(sound(chain.from_iterable(line.events or ()), self._event))
        entities = tuple(sound(line.clusters or (), self._entity))
        return replace(
            self.laid.document(),
            id=line.doc_key,
            mentions=tuple(self.mentions),
            entities=entities,
            relations=relations,
            events=events,
            status=Status(annotated=line.annotated(filled)),
            provenance=Provenance(file=self.place.source, format="dygie"),
        )

    def _pair(self, start: int, end: int) -> Pair:
        tokens = self.laid.draft.tokens
        if not 0 <= start <= end < len(tokens):
            what = f"tokens {start} to {end}; expected some of 0 to {len(tokens) - 1}"
            raise MalformedError(f"{what}, counted from the beginning of the document")
        return tokens[start][0], tokens[end][1]

    def _new(self, pair: Pair, type_: str) -> str:
        name = self.names.new(None, "m")
        self._by_id[name] = mention = Mention(name, type_, *pair)
        self.mentions.append(mention)
        self._first.setdefault(pair, name)
        return name

    def _at(self, start: int, end: int) -> str:
        """Return the mention of these tokens; one without a type is made if there is none."""
        pair = self._pair(start, end)
        return self._first.get(pair) or self._new(pair, UNTYPED)

    def _relation(self, item: object) -> Relation:
        a, b, c, d, type_ = _head(item, tuple[int, int, int, int, str])
        args = between(self._at(a, b), self._at(c, d))
        return Relation(self.names.new(None, "r"), type_, args)

    def _event(self, item: object) -> Event:
        head, *rest = items.converted(item, list[list[Any]]) or [[]]
        long = len(head) > 2 and isinstance(head[1], int)
        start, end, type_ = _head(head if long else [*head[:1], *head], tuple[int, int, str])
        trigger = Trigger(*self._pair(start, end))
        args = []
        for argument in rest:
            first_, last, role = _head(argument, tuple[int, int, str])
            args.append(Argument(role, self._at(first_, last)))
        return Event(self.names.new(None, "v"), type_, (trigger,), tuple(args))

    def _entity(self, item: object) -> Entity:
        spans = items.converted(item, list[tuple[int, int]])
        members = tuple(dict.fromkeys(self._at(*span) for span in spans))
        entity = Entity(self.names.new(None, "e"), UNTYPED, mentions=members)
        earliest = first(entity, self._by_id)
        return replace(entity, type=earliest.type if earliest else UNTYPED)


def _head(item: object, kind: Any) -> Any:  # noqa: ANN401  # any tuple
    """Return the first parts of a list as a tuple; scores stand after them."""
    parts = items.converted(item, list[Any])
    return items.converted(parts[: len(kind.__args__)], kind)


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_lines(path, (_line(one, task) for one in found))


def _line(document: Document, task: Task) -> dict[str, object]:
    cut = windows.Cut(_fitted(document, task), task.losses, "sentence")
    found = cut.words
    spans = {m.id: _span(m, found) for m in cut.document.mentions}
    return {
        "doc_key": document.id,
        "dataset": task["dataset"],
        "sentences": [[found.form(n) for n in range(*pair)] for pair in cut.ranges],
        "ner": _apart(cut, _mentions(cut, spans)),
        "relations": _apart(cut, _arrows(cut, spans)),
        "clusters": [[spans[name] for name in e.mentions] for e in cut.document.entities],
        "events": _apart(cut, _events(cut, spans)),
    }


def _span(span: Mention | Trigger, found: words.Words) -> list[int]:
    start, after = found.range(span.start, span.end)
    return [start, after - 1]


#: An item as it is written, with the mention or event in whose sentence it stands.
_Homed = tuple[str, list[object]]


def _apart(cut: windows.Cut, items_: Iterable[_Homed]) -> list[list[list[object]]]:
    """Return items by sentence."""
    found: list[list[list[object]]] = [[] for _ in cut.ranges]
    for home, item in items_:
        found[cut.homes.of(home)].append(item)
    return found


def _mentions(cut: windows.Cut, spans: dict[str, list[int]]) -> Iterator[_Homed]:
    for mention in cut.document.mentions:
        yield mention.id, [*spans[mention.id], mention.type]


def _arrows(cut: windows.Cut, spans: dict[str, list[int]]) -> Iterator[_Homed]:
    for relation in cut.document.relations:
        first, second = (argument.ref or "" for argument in relation.args)
        yield first, [*spans[first], *spans[second], relation.type]


def _events(cut: windows.Cut, spans: dict[str, list[int]]) -> Iterator[_Homed]:
    for event in cut.document.events:
        args = [[*spans[a.ref or ""], a.role] for a in event.args]
        trigger = _span(event.triggers[0], cut.words)[0]
        yield event.id, [[trigger, event.type], *args]


def _fitted(document: Document, task: Task) -> Document:
    document = windows.fitted(document, task.losses)
    for change, reason in (
        (untwinned, "two mentions of one span and type are one"),
        (_pointed, "what refers to a span means its first mention"),
        (lambda d: _short(d, last=task["trigger"] == "last"), "a trigger is one word"),
    ):
        found = change(document)
        if found != document:
            document = task.losses.step(found, reason)
    return document


def _pointed(document: Document) -> Document:
    """Return a document in which nothing but its type tells a mention from one of that span."""
    found = redirected(document, lambda m: (m.start, m.end))
    gone = {e.id for e in found.entities if len(e.mentions) < 2}
    return without(found, gone)


def _short(document: Document, *, last: bool) -> Document:
    found = words.Words(document)

    def cut(event: Event) -> Event:
        trigger = event.triggers[0]
        start, after = found.range(trigger.start, trigger.end)
        if after - start < 2:
            return event
        pair = found.tokens[after - 1 if last else start]
        text = covered(found.text, *pair)
        return replace(event, triggers=(Trigger(*pair, text=text),))

    return replace(document, events=tuple(map(cut, document.events)))


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    other = "evt_triggers" in found or "gold_evt_links" in found
    return found.get("doc_key") == '"' and found.get("sentences") == "[" and not other


FORMAT = Format(
    "DyGIE++ and SciERC: a document a line, in numbers of tokens",
    (".dygie.jsonl",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    partly=PARTLY,
    offsets="tokens",
    options=OPTIONS,
)
