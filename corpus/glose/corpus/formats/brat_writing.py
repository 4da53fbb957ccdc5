"""From a document to lines of standoff."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Event,
    EventCluster,
    Link,
    Mention,
    Pair,
    Relation,
    Trigger,
    Value,
    covered,
)
from glose.corpus.formats.brat_reading import (
    EQUIV,
    LEVEL,
    MEMBER,
    PROPERTIES,
    VALUE,
    arguments,
    joined,
)
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import triggers, without
from glose.corpus.formats.standoff import BINARY, Frame

_Span = TypeVar("_Span", Mention, Trigger)

_BLANK = re.compile(r"\s+")
_BREAK = re.compile(r"[\r\n]+")
_PIECE = re.compile(r"[^\n]+")


def fitted(document: Document, losses: Losses) -> Document:
    """Return a document as standoff can say it, and account for what was changed or dropped."""
    names = "names have no white space, values no line end, numbered roles their own meaning"
    return losses.steps(
        document,
        (
            (_in_lines, "no line end at the end of a span, and none as its only gap"),
            (_ungrouped, "a * line has roles and attributes of its own, and at least two members"),
            (_respelt, names),
        ),
    )


# --------------------------------------------------------------------------------------------
# What standoff cannot say
# --------------------------------------------------------------------------------------------


def _in_lines(document: Document) -> Document:
    """Return a document whose spans neither begin nor end with a line end."""
    text = document.text or ""
    empty = {m.id for m in document.mentions if not _pieces(m, text)}
    empty |= {e.id for e in document.events if not _pieces(e.triggers[0], text)}
    document = without(document, empty)
    mentions = tuple(_cut(m, text) for m in document.mentions)
    return triggers(replace(document, mentions=mentions), lambda trigger: _cut(trigger, text))


def _pieces(span: Mention | Trigger, text: str) -> tuple[Pair, ...]:
    """Return the pieces of a span, cut at each line end."""
    return tuple(
        found.span()
        for start, end in span.fragments or ((span.start, span.end),)
        for found in _PIECE.finditer(text, start, end)
    )


def _cut(span: _Span, text: str) -> _Span:
    pieces = joined(text, _pieces(span, text))
    start, end = pieces[0][0], pieces[-1][1]
    fragments = pieces if len(pieces) > 1 else ()
    if (start, end, fragments) == (span.start, span.end, span.fragments):
        return span
    words = covered(text, start, end, fragments)
    return replace(span, start=start, end=end, fragments=fragments, text=words)


def _ungrouped(document: Document) -> Document:
    """Return a document whose groups are such that a * line can hold them."""
    gone = {r.id for r in document.relations if len(r.args) != 2 and not _is_group(r)}
    document = without(document, gone | _unwritable(document.event_clusters))
    relations = (replace(r, attrs=()) if _is_group(r) else r for r in document.relations)
    return replace(document, relations=tuple(relations))


def _unwritable(clusters: Iterable[EventCluster]) -> set[str]:
    """Return the ids of the clusters of one event, and of those that share one with another."""
    gone: set[str] = set()
    seen: set[str] = set()
    for cluster in clusters:
        if len(cluster.events) < 2 or not seen.isdisjoint(cluster.events):
            gone.add(cluster.id)
        else:
            seen.update(cluster.events)
    return gone


def _is_group(relation: Relation) -> bool:
    refs = {argument.ref for argument in relation.args}
    members = len(refs) == len(relation.args) > 0
    return members and relation.type != EQUIV and {a.role for a in relation.args} == {MEMBER}


def _respelt(document: Document) -> Document:
    """Return a document whose names and values are as they will be read."""
    return replace(
        document,
        mentions=tuple(map(_mention, document.mentions)),
        relations=tuple(map(_relation, document.relations)),
        events=tuple(map(_event, document.events)),
    )


def _token(text: str) -> str:
    return _BLANK.sub("_", text) or "_"


def _mention(mention: Mention) -> Mention:
    return replace(
        mention,
        type=_token(mention.type),
        links=tuple(_link(link) for link in mention.links),
        attrs=_attributes(mention.attrs, (LEVEL, *VALUE)),
        level=_optional(mention.level),
        value=mention.value and _respelt_value(mention.value),
    )


def _respelt_value(value: Value) -> Value:
    return replace(value, **{part: _optional(getattr(value, part)) for part in VALUE.values()})


def _optional(text: str | None) -> str | None:
    return None if text is None else _value(text)


def _link(link: Link) -> Link:
    return Link(_token(link.kb).replace(":", "_"), _token(link.id))


def _attributes(attrs: Iterable[Attribute], taken: Iterable[str]) -> tuple[Attribute, ...]:
    names = frozenset(taken)
    return tuple(
        Attribute(f"{name}_" if (name := _token(a.name)) in names else name, _value(a.value))
        for a in attrs
    )


def _value(text: str) -> str:
    return _BREAK.sub(" ", text)


def _relation(relation: Relation) -> Relation:
    args = tuple(replace(a, role=_token(a.role)) for a in relation.args)
    attrs = _attributes(relation.attrs, ())
    return replace(relation, type=_token(relation.type), args=args, attrs=attrs)


def _event(event: Event) -> Event:
    written = _numbered(replace(a, role=_token(a.role)) for a in event.args)
    frame = Frame(event.id, event.type, None, tuple(written))
    properties = {name: _optional(getattr(event, name)) for name in PROPERTIES}
    return replace(
        event,
        type=_token(event.type),
        args=tuple(arguments(frame)),
        attrs=_attributes(event.attrs, PROPERTIES),
        **properties,
    )


def _numbered(args: Iterable[Argument]) -> Iterator[tuple[str, str]]:
    """Yield roles and ids; the second filler of Theme is Theme2."""
    counts: Counter[str] = Counter()
    for argument in args:
        counts[argument.role] += 1
        number = counts[argument.role]
        yield argument.role + (str(number) if number > 1 else ""), argument.ref or ""


# --------------------------------------------------------------------------------------------
# Lines
# --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Lines:
    """The lines of a document: those of spans that are no triggers, and all others.

    Ids that are such as standoff has them (T1, E1, R1) are kept, others are given in order.
    """

    document: Document
    #: The letter of attributes that have no value: A, or M as in BioNLP-ST.
    binary: str = "A"
    spans: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document, text = self.document, self.document.text or ""
        self._numbers = {letter: count(1) for letter in "A#NM"}
        relations = [r for r in document.relations if not _is_group(r)]
        for letter, items in (("T", document.mentions), ("E", document.events), ("R", relations)):
            self._name(letter, [item.id for item in items])
        for mention in document.mentions:
            name = self._names[mention.id]
            self.spans.append(_textbound(name, mention.type, mention, text))
        self._events(text)
        self._relations(relations)
        self._groups()
        self._traits()

    def _name(self, letter: str, ids: list[str]) -> None:
        kept = {name for name in ids if re.fullmatch(rf"{letter}\d+", name)}
        free = (name for n in count(1) if (name := f"{letter}{n}") not in kept)
        self._names.update({name: name if name in kept else next(free) for name in ids})
        highest = max((int(self._names[name][1:]) for name in ids), default=0)
        self._numbers[letter] = count(highest + 1)

    def _events(self, text: str) -> None:
        triggers: dict[tuple[str, object], str] = {}
        frames = []
        for event in self.document.events:
            trigger = event.triggers[0]
            key = event.type, (trigger.start, trigger.end, trigger.fragments)
            if key not in triggers:
                triggers[key] = f"T{next(self._numbers['T'])}"
                self.rest.append(_textbound(triggers[key], event.type, trigger, text))
            pairs = [f"{role}:{self._names[ref]}" for role, ref in _numbered(event.args)]
            head = f"{event.type}:{triggers[key]}"
            frames.append(f"{self._names[event.id]}\t{' '.join([head, *pairs])}")
        self.rest += frames

    def _relations(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            pairs = [f"{a.role}:{self._names[a.ref or '']}" for a in relation.args]
            self.rest.append(f"{self._names[relation.id]}\t{' '.join([relation.type, *pairs])}")

    def _groups(self) -> None:
        document = self.document
        for entity in document.entities:
            self._group(EQUIV, entity.mentions)
        for cluster in document.event_clusters:
            self._group(EQUIV, cluster.events)
        for relation in filter(_is_group, document.relations):
            self._group(relation.type, (a.ref or "" for a in relation.args))

    def _group(self, type_: str, members: Iterable[str]) -> None:
        self.rest.append(f"*\t{' '.join([type_, *(self._names[m] for m in members)])}")

    def _traits(self) -> None:
        for mention in self.document.mentions:
            attributes = self._links(mention)
            self._attributes(mention.id, attributes)
            self._fields(mention)
        for event in self.document.events:
            for name in PROPERTIES:
                if (content := getattr(event, name)) is not None:
                    self._trait(event.id, name, content)
            self._attributes(event.id, event.attrs)
        for relation in self.document.relations:
            self._attributes(relation.id, relation.attrs)

    def _attributes(self, item: str, attributes: Iterable[Attribute]) -> None:
        for attribute in attributes:
            self._trait(item, attribute.name, attribute.value)

    def _fields(self, mention: Mention) -> None:
        if mention.level is not None:
            self._trait(mention.id, LEVEL, mention.level)
        for name, part in VALUE.items():
            content = getattr(mention.value, part, None)
            if content is not None:
                written = self._names.get(content, content) if part == "anchor" else content
                self._trait(mention.id, name, written)

    def _links(self, mention: Mention) -> list[Attribute]:
        """Write the links of a mention with the names of their entries; return what is left."""
        attributes = list(mention.attrs)
        for link in mention.links:
            entry = f"{link.kb}:{link.id}"
            named = next((a for a in attributes if a.name == entry and a.value), None)
            if named:
                attributes.remove(named)
            target = f"Reference {self._names[mention.id]} {entry}"
            words = named.value if named else ""
            self.rest.append(f"N{next(self._numbers['N'])}\t{target}\t{words}")
        return attributes

    def _trait(self, item: str, name: str, value: str) -> None:
        target = f"{name} {self._names[item]}"
        if value == BINARY:
            self.rest.append(f"{self.binary}{next(self._numbers[self.binary])}\t{target}")
        elif value and not _BLANK.search(value):
            self.rest.append(f"A{next(self._numbers['A'])}\t{target} {value}")
        else:
            self.rest.append(f"#{next(self._numbers['#'])}\t{target}\t{value}")


def _textbound(name: str, type_: str, span: Mention | Trigger, text: str) -> str:
    pieces = _pieces(span, text)
    bounds = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{name}\t{type_} {bounds}\t{covered(text, 0, 0, pieces)}"
