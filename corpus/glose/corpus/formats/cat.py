"""NewsReader CAT XML: words, markables over them, and what refers to what (NWR-2014-2-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Event,
    EventCluster,
    Link,
    Mention,
    Meta,
    Provenance,
    Relation,
    Status,
    Trigger,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import named, text_of
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, runs, span
from glose.corpus.formats.timexes import BASES, DCT, attributes, dated, timex
from glose.corpus.formats.words import Draft
from glose.corpus.forms import shown

#: Markables that are spans, in which the words of a mention may stand.
SPANS = frozenset({"ENTITY_MENTION", "TIMEX3", "VALUE", "SIGNAL", "C-SIGNAL"})
#: The relations that are coreference, and that are arguments.
REFERS, PARTICIPATES = "REFERS_TO", "HAS_PARTICIPANT"
ROLES = ("source", "target")
#: Markables that are told where they stand nowhere in the text.
_WORDED = SPANS - {"TIMEX3"} | {"EVENT_MENTION"}
#: Attributes that have a field of their own, or say nothing of the text.
_TAKEN = frozenset({"m_id", "r_id", "comment", "lang", "syntactic_type", "TAG_DESCRIPTOR"})


@dataclass(slots=True)
class Sheet:
    """What is known of a document while it is read; keys are `m_id`s of the file."""

    task: Task
    source: str
    draft: Draft
    numbers: dict[str, int]
    markables: dict[str, Any]
    names: Names = field(default_factory=Names)
    ids: dict[str, Argument] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    #: The mentions of each instance, and the instance of each mention.
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, Any] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    events: dict[str, Event] = field(default_factory=dict)
    clusters: list[EventCluster] = field(default_factory=list)

    def place(self, element: Element) -> Place:
        """Return where an element stands."""
        return Place(self.source, element.sourceline)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        name = root.get("doc_name") if file == path else None
        yield replace(found, id=(name or inputs.identifier(file, path)).strip())


def _document(root: Element, source: str, task: Task) -> Document:
    draft, numbers = _words(root, source)
    markables = {element.get("m_id", ""): element for element in _elements(root, "Markables/*")}
    sheet = Sheet(task, source, draft, numbers, markables)
    links = _elements(root, "Relations/*")
    _refer(sheet, links)
    for element in markables.values():
        with task.rejects.aside(sheet.place(element), element.get("m_id")):
            _place(sheet, element)
    meta = _meta(root, sheet)
    for key, element in markables.items():
        _spanned(sheet, key, element)
    for key, element in markables.items():
        _instance(sheet, key, element)
    _relate(sheet, links)
    return Document(
        language=root.get("lang") or None,
        text=draft.text,
        meta=meta,
        segments=tuple(replace(s, id=f"g{n}") for n, s in enumerate(draft.sentences, start=1)),
        tokens=tuple(draft.tokens),
        mentions=tuple(sheet.mentions),
        entities=tuple(sheet.entities),
        relations=tuple(sheet.relations),
        events=tuple(sheet.events.values()),
        event_clusters=tuple(sheet.clusters),
        status=Status(
            annotated=("mentions", "entities", "entities.singletons", "relations", "events",
                       "event_clusters")
        ),
        provenance=Provenance(file=source, format="cat"),
    )  # fmt: skip


def _elements(root: Element, path: str) -> list[Element]:
    return [element for element in root.iterfind(path) if local(element)]


def _words(root: Element, source: str) -> tuple[Draft, dict[str, int]]:
    """Return the text with one blank between words and a line for each sentence.

    A file says nothing of white space.
    """
    draft = Draft()
    numbers: dict[str, int] = {}
    last = ""
    for element in root.iterfind("token"):
        word = " ".join(text_of(element).split())
        if not word:
            raise InputError(Place(source, element.sourceline), "a token without words")
        sentence = element.get("sentence", "")
        if draft.tokens and sentence != last:
            draft.end()
            draft.gap = "\n"
        numbers[element.get("t_id", "")] = draft.word(word, " ")
        last = sentence
    draft.end()
    return draft, numbers


def _ends(element: Element, role: str) -> list[str]:
    return [end.get("m_id", "") for end in element.iterfind(role)]


def _refer(sheet: Sheet, links: list[Any]) -> None:
    """Find out which mentions are of which instance: a mention is of the first that is told."""
    for element in links:
        if local(element) == REFERS:
            with sheet.task.rejects.aside(sheet.place(element), element.get("r_id")):
                for target in _ends(element, "target"):
                    _join(sheet, target, _ends(element, "source"))


def _join(sheet: Sheet, target: str, sources: list[str]) -> None:
    missing = [key for key in (target, *sources) if key not in sheet.markables]
    if missing:
        raise MalformedError(f"{REFERS} names {shown(missing[0])}, which is no markable")
    for source in sources:
        if source in sheet.homes:
            sheet.task.losses.note("mentions that refer to two instances are of the first")
        else:
            sheet.homes[source] = sheet.markables[target]
            sheet.members[target].append(source)


def _place(sheet: Sheet, element: Element) -> None:
    """Find out where a markable stands and what it is called in the record."""
    key, kind = element.get("m_id", ""), local(element)
    numbers = _numbers(sheet, key, element)
    if numbers:
        sheet.spans[key] = span(sheet.draft.text, runs(sheet.draft.tokens, numbers))
        name = sheet.names.new(None, "m" if kind in SPANS else "v")
        sheet.ids[key] = Argument("", ref=name)
    elif kind == "TIMEX3":
        _time_aside(sheet, key, element)
    elif kind in _WORDED:
        sheet.task.losses.unread("mentions without words", "a mention is a span of the text")


def _numbers(sheet: Sheet, key: str, element: Element) -> list[int]:
    """Return which words a markable is."""
    anchors = [anchor.get("t_id", "") for anchor in element.iterfind("token_anchor")]
    unknown = [anchor for anchor in anchors if anchor not in sheet.numbers]
    if unknown:
        what = f"no token is called {shown(unknown[0])}"
        raise MalformedError(f"{local(element)} {shown(key)}: {what}")
    return [sheet.numbers[anchor] for anchor in anchors]


def _time_aside(sheet: Sheet, key: str, element: Element) -> None:
    """Take a time without words: what refers to it has its value."""
    if element.get("functionInDocument") in BASES:
        sheet.ids[key] = Argument("", value=DCT)
        return
    found = timex(named(element), None).value
    sheet.ids[key] = Argument("", value=key if found is None else found.norm)
    why = "a mention is a span of the text; links to it have its value"
    sheet.task.losses.unread("times without words", why)


def _meta(root: Element, sheet: Sheet) -> Meta:
    meta = Meta(url=root.get("url") or None)
    for element in sheet.markables.values():
        function = element.get("functionInDocument", "")
        date = dated(element.get("value", "")) if function in BASES else None
        if date is not None and meta.date is None:
            meta = replace(meta, date=date, date_basis=BASES[function])
    return meta


def _spanned(sheet: Sheet, key: str, element: Element) -> None:
    """Take a markable that stands in the text: a time, another mention or an event."""
    kind = local(element)
    if key not in sheet.spans:
        return
    if kind == "TIMEX3":
        sheet.mentions.append(_time(sheet, key, element))
    elif kind in SPANS:
        sheet.mentions.append(_mention(sheet, key, element))
    else:
        event = _event(sheet, key, element)
        sheet.events[event.id] = event


def _time(sheet: Sheet, key: str, element: Element) -> Mention:
    name, fields = sheet.ids[key].ref or "", named(element)
    target = sheet.ids.get(fields.get("anchorTimeID", ""), Argument("", ref=name))
    # A time does not hang on itself, nor on the value of one that has no words.
    anchor = target.ref if target.ref != name else None
    time = timex(fields, DCT if target.value == DCT else anchor)
    return Mention(name, time.type, **sheet.spans[key], value=time.value, attrs=time.attrs)


def _mention(sheet: Sheet, key: str, element: Element) -> Mention:
    kind, fields = local(element), named(element)
    type_ = f"{kind}.{fields['type']}" if fields.get("type") else kind
    if kind == "ENTITY_MENTION":
        home = sheet.homes.get(key)
        type_ = UNTYPED if home is None else home.get("ent_type") or UNTYPED
    level, attrs = fields.get("syntactic_type"), attributes(fields, {*_TAKEN, "type"})
    return Mention(sheet.ids[key].ref or "", type_, **sheet.spans[key], level=level, attrs=attrs)


def _event(sheet: Sheet, key: str, element: Element) -> Event:
    fields, home = named(element), sheet.homes.get(key)
    taken = {*_TAKEN, "polarity", "modality", "tense"}
    return Event(
        sheet.ids[key].ref or "",
        "EVENT" if home is None else home.get("class") or "EVENT",
        (Trigger(**sheet.spans[key]),),
        polarity=fields.get("polarity"),
        modality=fields.get("modality"),
        tense=fields.get("tense"),
        attrs=attributes(fields, taken),
    )


def _instance(sheet: Sheet, key: str, element: Element) -> None:
    """Take an entity or a cluster of events with its mentions."""
    members = tuple(sheet.ids[m].ref or "" for m in sheet.members[key] if m in sheet.spans)
    fields, kind = named(element), local(element)
    if kind == "ENTITY":
        made = _entity(sheet, key, fields, members)
        sheet.entities.append(made)
        sheet.ids[key] = Argument("", ref=made.id)
    elif kind == "EVENT" and members:
        attrs = attributes(fields, _TAKEN - {"TAG_DESCRIPTOR"})
        sheet.clusters.append(EventCluster(sheet.names.new(None, "c"), members, attrs))
    elif kind == "EVENT":
        why = "a cluster is of events in the text"
        sheet.task.losses.unread("event clusters without events", why)


def _entity(sheet: Sheet, key: str, fields: dict[str, str], members: tuple[str, ...]) -> Entity:
    """Return an entity; one of nothing in the text has a name."""
    reference = fields.get("external_ref")
    called = fields.get("TAG_DESCRIPTOR") or (None if members else key)
    return Entity(
        sheet.names.new(None, "e"),
        fields.get("ent_type") or UNTYPED,
        called,
        members,
        links=() if reference is None else (Link("external_ref", reference),),
        attrs=attributes(fields, {*_TAKEN, "ent_type", "external_ref"}),
    )


def _relate(sheet: Sheet, links: list[Any]) -> None:
    """Take the relations; those of an event to a participant are its arguments."""
    for element in links:
        if local(element) != REFERS:
            with sheet.task.rejects.aside(sheet.place(element), element.get("r_id")):
                _link(sheet, element)


def _link(sheet: Sheet, element: Element) -> None:
    kind, ends = local(element), [_end(sheet, element, role) for role in ROLES]
    fields = {n: v for n, v in named(element).items() if n not in _TAKEN}
    event = sheet.events.get(ends[0].ref or "") if kind == PARTICIPATES else None
    if event is None:
        sheet.relations.append(_relation(sheet, kind, ends, fields))
        return
    role = fields.pop("sem_role", None) or kind
    argument = replace(ends[1], role=role, attrs=attributes(fields))
    sheet.events[event.id] = replace(event, args=(*event.args, argument))


def _end(sheet: Sheet, element: Element, role: str) -> Argument:
    found = _ends(element, role)
    if len(found) != 1 or found[0] not in sheet.ids:
        what = f"{shown(found[0])}, which is not in the text" if found else "nothing"
        raise MalformedError(f"the {role} of a {local(element)} is {what}; expected a markable")
    return replace(sheet.ids[found[0]], role=role)


def _relation(sheet: Sheet, kind: str, ends: list[Argument], fields: dict[str, str]) -> Relation:
    signal = sheet.spans.get(fields["signalID"]) if "signalID" in fields else None
    if signal is not None:
        del fields["signalID"]
    type_ = fields.pop("reltype", "")
    return Relation(
        sheet.names.new(None, "r"),
        f"{kind}.{type_}" if type_ else kind,
        tuple(ends),
        triggers=() if signal is None else (Trigger(**signal),),
        attrs=attributes(fields),
    )


def _detect(path: Path, head: bytes) -> bool:
    first = opening.within(path, head, ".xml")
    return opening.root(first) == "Document" and opening.has(first, "token")


FORMAT = Format(
    "NewsReader CAT XML: entities, events, times, participants, coreference, links",
    (),
    _read,
    None,
    _detect,
    holds=frozenset({
        "metadata", "tokens", "sentences", "mentions", "discontinuous mentions",
        "nested mentions", "crossing mentions", "types of mentions", "levels", "values",
        "attributes of mentions", "entities", "entities of one mention",
        "entities without mentions", "types of entities", "names of entities",
        "links of entities", "attributes of entities", "events", "discontinuous triggers",
        "properties of events", "attributes of events", "arguments", "events as arguments",
        "entities as arguments", "values as arguments", "attributes of arguments",
        "event clusters", "attributes of event clusters", "relations", "relations of events",
        "relations of entities", "relations of values", "roles in relations",
        "attributes of relations", "triggers of relations",
    }),
    offsets="tokens",
)  # fmt: skip
