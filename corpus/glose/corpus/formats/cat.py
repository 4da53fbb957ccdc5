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
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
    Trigger,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import named, text_of
from glose.corpus.formats.markup import local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, runs, span
from glose.corpus.formats.timexes import BASES, DCT, attributes, dated, timex
from glose.corpus.forms import shown

#: Markables that are spans, in which the words of a mention may stand.
SPANS = frozenset({"ENTITY_MENTION", "TIMEX3", "VALUE", "SIGNAL", "C-SIGNAL"})
#: The relations that are coreference, and that are arguments.
REFERS, PARTICIPATES = "REFERS_TO", "HAS_PARTICIPANT"
ROLES = ("source", "target")
#: Attributes that have a field of their own, or say nothing of the text.
_TAKEN = frozenset({"m_id", "r_id", "comment", "lang", "syntactic_type", "TAG_DESCRIPTOR"})


@dataclass(slots=True)
class Sheet:
    """What is known of a document while it is read; keys are `m_id`s of the file."""

    task: Task
    source: str
    text: str
    tokens: list[Pair]
    numbers: dict[str, int]
    names: Names = field(default_factory=Names)
    ids: dict[str, Argument] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    #: The mentions of each instance, and the instance of each mention.
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, Any] = field(default_factory=dict)

    def place(self, element: Any) -> Place:  # noqa: ANN401  # lxml brings no types
        """Return where an element stands."""
        return Place(self.source, element.sourceline)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        name = root.get("doc_name") if file == path else None
        yield replace(found, id=(name or inputs.identifier(file, path)).strip())


def _document(root: Any, source: str, task: Task) -> Document:  # noqa: ANN401  # as above
    text, tokens, numbers, segments = _words(root, source)
    sheet = Sheet(task, source, text, tokens, numbers)
    markables = {e.get("m_id", ""): e for e in root.iterfind("Markables/*") if local(e)}
    links = [e for e in root.iterfind("Relations/*") if local(e)]
    _refer(sheet, markables, links)
    mentions, events = [], []
    for element in markables.values():
        with task.rejects.aside(sheet.place(element), element.get("m_id")):
            _place(sheet, element)
    meta = _meta(root, markables)
    for key, element in markables.items():
        if key in sheet.spans and local(element) in SPANS:
            mentions.append(_mention(sheet, key, element))
        elif key in sheet.spans:
            events.append(_event(sheet, key, element))
    entities, clusters = _instances(sheet, markables)
    filled, relations = _related(sheet, links, events)
    return Document(
        language=root.get("lang") or None,
        text=text,
        meta=meta,
        segments=tuple(segments),
        tokens=tuple(tokens),
        mentions=tuple(mentions),
        entities=tuple(entities),
        relations=tuple(relations),
        events=tuple(filled),
        event_clusters=tuple(clusters),
        status=Status(
            annotated=("mentions", "entities", "entities.singletons", "relations", "events",
                       "event_clusters")
        ),
        provenance=Provenance(file=source, format="cat"),
    )  # fmt: skip


def _words(
    root: Any,  # noqa: ANN401  # as above
    source: str,
) -> tuple[str, list[Pair], dict[str, int], list[Segment]]:
    """Return the text with one blank between words and a line for each sentence.

    A file says nothing of white space.
    """
    tokens: list[Pair] = []
    numbers: dict[str, int] = {}
    sentences: list[tuple[str, int, int]] = []
    pieces: list[str] = []
    size = 0
    for element in root.iterfind("token"):
        word = " ".join(text_of(element).split())
        if not word:
            raise InputError(Place(source, element.sourceline), "a token without words")
        sentence = element.get("sentence", "")
        new = bool(sentences) and sentences[-1][0] != sentence
        gap = "" if not tokens else "\n" if new else " "
        start, size = size + len(gap), size + len(gap) + len(word)
        pieces += [gap, word]
        numbers[element.get("t_id", "")] = len(tokens)
        tokens.append((start, size))
        if new or not sentences:
            sentences.append((sentence, start, size))
        else:
            sentences[-1] = sentence, sentences[-1][1], size
    text = "".join(pieces)
    found = [Segment(f"g{n}", "sentence", a, b) for n, (_, a, b) in enumerate(sentences, start=1)]
    return text, tokens, numbers, found


def _ends(element: Any, role: str) -> list[str]:  # noqa: ANN401  # as above
    return [end.get("m_id", "") for end in element.iterfind(role)]


def _refer(sheet: Sheet, markables: dict[str, Any], links: list[Any]) -> None:
    """Find out which mentions are of which instance: a mention is of the first that is told."""
    for element in links:
        if local(element) == REFERS:
            with sheet.task.rejects.aside(sheet.place(element), element.get("r_id")):
                for target in _ends(element, "target"):
                    _join(sheet, markables, target, _ends(element, "source"))


def _join(sheet: Sheet, markables: dict[str, Any], target: str, sources: list[str]) -> None:
    missing = [key for key in (target, *sources) if key not in markables]
    if missing:
        raise MalformedError(f"{REFERS} names {shown(missing[0])}, which is no markable")
    for source in sources:
        if source in sheet.homes:
            sheet.task.losses.note("mentions that refer to two instances are of the first")
        else:
            sheet.homes[source] = markables[target]
            sheet.members[target].append(source)


def _place(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    """Find out where a markable stands and what it is called in the record."""
    key, kind = element.get("m_id", ""), local(element)
    anchors = [anchor.get("t_id", "") for anchor in element.iterfind("token_anchor")]
    unknown = [anchor for anchor in anchors if anchor not in sheet.numbers]
    if unknown:
        raise MalformedError(f"{kind} {shown(key)}: no token is called {shown(unknown[0])}")
    if anchors:
        numbers = (sheet.numbers[anchor] for anchor in anchors)
        sheet.spans[key] = span(sheet.text, runs(sheet.tokens, numbers))
        name = sheet.names.new(None, "m" if kind in SPANS else "v")
        sheet.ids[key] = Argument("", ref=name)
    elif kind == "TIMEX3":
        found = timex(named(element), None).value
        is_date = element.get("functionInDocument") in BASES
        stated = key if found is None else found.norm
        sheet.ids[key] = Argument("", value=DCT if is_date else stated)
        if not is_date:
            why = "a mention is a span of the text; links to it have its value"
            sheet.task.losses.unread("times without words", why)
    elif kind in {"ENTITY_MENTION", "EVENT_MENTION", "VALUE", "SIGNAL", "C-SIGNAL"}:
        sheet.task.losses.unread("mentions without words", "a mention is a span of the text")


def _meta(root: Any, markables: dict[str, Any]) -> Meta:  # noqa: ANN401  # as above
    meta = Meta(url=root.get("url") or None)
    for element in markables.values():
        function = element.get("functionInDocument", "")
        date = dated(element.get("value", "")) if function in BASES else None
        if date is not None and meta.date is None:
            meta = replace(meta, date=date, date_basis=BASES[function])
    return meta


def _mention(sheet: Sheet, key: str, element: Any) -> Mention:  # noqa: ANN401  # as above
    kind, fields = local(element), named(element)
    name = sheet.ids[key].ref or ""
    if kind == "TIMEX3":
        target = sheet.ids.get(fields.get("anchorTimeID", ""))
        anchor = None if target is None or target.ref == name else target.ref or target.value
        time = timex(fields, anchor if target and (target.ref or anchor == DCT) else None)
        return Mention(name, time.type, **sheet.spans[key], value=time.value, attrs=time.attrs)
    rest = {n: v for n, v in fields.items() if n not in {*_TAKEN, "type"}}
    type_ = kind
    if kind == "ENTITY_MENTION":
        home = sheet.homes.get(key)
        type_ = UNTYPED if home is None else home.get("ent_type") or UNTYPED
    elif fields.get("type"):
        type_ = f"{kind}.{fields['type']}"
    level = fields.get("syntactic_type")
    return Mention(name, type_, **sheet.spans[key], level=level, attrs=attributes(rest))


def _event(sheet: Sheet, key: str, element: Any) -> Event:  # noqa: ANN401  # as above
    fields, home = named(element), sheet.homes.get(key)
    taken = {*_TAKEN, "polarity", "modality", "tense"}
    return Event(
        sheet.ids[key].ref or "",
        "EVENT" if home is None else home.get("class") or "EVENT",
        (Trigger(**sheet.spans[key]),),
        polarity=fields.get("polarity"),
        modality=fields.get("modality"),
        tense=fields.get("tense"),
        attrs=attributes({n: v for n, v in fields.items() if n not in taken}),
    )


def _instances(sheet: Sheet, markables: dict[str, Any]) -> tuple[list[Entity], list[EventCluster]]:
    """Return the entities and the clusters of events; those of nothing in the text have names."""
    entities, clusters = [], []
    for key, element in markables.items():
        fields = named(element)
        called = fields.get("TAG_DESCRIPTOR")
        members = [sheet.ids[m].ref or "" for m in sheet.members[key] if m in sheet.spans]
        if local(element) == "ENTITY":
            rest = {n: v for n, v in fields.items() if n not in {*_TAKEN, "ent_type"}}
            reference = rest.pop("external_ref", None)
            name = sheet.names.new(None, "e")
            kind = fields.get("ent_type") or UNTYPED
            links = () if reference is None else (Link("external_ref", reference),)
            called = called or (None if members else key)
            found = Entity(name, kind, called, tuple(members), links, attributes(rest))
            entities.append(found)
            sheet.ids[key] = Argument("", ref=name)
        elif local(element) == "EVENT" and members:
            rest = {n: v for n, v in fields.items() if n not in _TAKEN - {"TAG_DESCRIPTOR"}}
            name = sheet.names.new(None, "c")
            clusters.append(EventCluster(name, tuple(members), attributes(rest)))
        elif local(element) == "EVENT":
            why = "a cluster is of events in the text"
            sheet.task.losses.unread("event clusters without events", why)
    return entities, clusters


def _related(
    sheet: Sheet, links: list[Any], events: list[Event]
) -> tuple[list[Event], list[Relation]]:
    args: dict[str, list[Argument]] = defaultdict(list)
    known = {event.id for event in events}
    relations = []
    for element in links:
        kind = local(element)
        if kind == REFERS:
            continue
        with sheet.task.rejects.aside(sheet.place(element), element.get("r_id")):
            ends = [_end(sheet, element, role) for role in ROLES]
            fields = {n: v for n, v in named(element).items() if n not in _TAKEN}
            if kind == PARTICIPATES and ends[0].ref in known:
                role = fields.pop("sem_role", None) or kind
                made = replace(ends[1], role=role, attrs=attributes(fields))
                args[ends[0].ref or ""].append(made)
            else:
                relations.append(_relation(sheet, kind, ends, fields))
    filled = [replace(e, args=tuple(args[e.id])) if e.id in args else e for e in events]
    return filled, relations


def _end(sheet: Sheet, element: Any, role: str) -> Argument:  # noqa: ANN401  # as above
    found = _ends(element, role)
    if len(found) != 1 or found[0] not in sheet.ids:
        what = f"{shown(found[0])}, which is not in the text" if found else "nothing"
        raise MalformedError(f"the {role} of a {local(element)} is {what}; expected a markable")
    return replace(sheet.ids[found[0]], role=role)


def _relation(sheet: Sheet, kind: str, ends: list[Argument], fields: dict[str, str]) -> Relation:
    signal = sheet.spans.get(fields.get("signalID", ""))
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
    if path.is_dir():
        first = next(iter(inputs.files(path, ".xml")), None)
        return first is not None and _detect(first, inputs.content(first)[:65536])
    return opening.root(head) == "Document" and opening.has(head, "token")


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
