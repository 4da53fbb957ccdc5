"""NAF, the NLP Annotation Format: layers over word forms (https://github.com/newsreader/NAF)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
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
    Status,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import XML, named
from glose.corpus.formats.markup import Element
from glose.corpus.formats.naf_words import Words, words
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, Span, runs, span
from glose.corpus.formats.timexes import BASES, DCT, attributes, dated, timex
from glose.corpus.forms import shown
from glose.corpus.rulers import UNITS

#: The type of the predicates of semantic roles, which NAF gives none.
PREDICATE = "PREDICATE"
ROLES = ("source", "target")
#: What is said of a link by its ends, its id and its type.
_TAKEN = frozenset({"id", "from", "to", "fromType", "toType", "relType"})
#: The layers of links, and the name of a link.
_LINKS = (("temporalRelations", "tlink"), ("causalRelations", "clink"))
#: Layers that are not read, for there is nothing like them in the record.
_UNREAD = ("deps", "constituency", "chunks", "opinions", "factualities", "attribution", "topics")


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; a span is one mention, whoever mentions it."""

    task: Task
    source: str
    words: Words
    names: Names = field(default_factory=Names)
    ids: dict[str, Argument] = field(default_factory=dict)
    places: dict[tuple[Pair, ...], str] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    homes: set[str] = field(default_factory=set)
    entities: list[Entity] = field(default_factory=list)
    clusters: list[EventCluster] = field(default_factory=list)

    def place(self, element: Element) -> Place:
        """Return where an element stands."""
        return Place(self.source, element.sourceline, element.get("id"))

    def span(self, element: Element) -> Span:
        """Return the span of the targets inside an element."""
        numbers: list[int] = []
        for target in element.iterfind("target"):
            name = target.get("id", "")
            if name not in self.words.numbers:
                raise MalformedError(f"a target is {shown(name)}, which is no wf or term here")
            numbers += self.words.numbers[name]
        if not numbers:
            raise MalformedError("a span without a target; expected some")
        return span(self.words.text, runs(self.words.tokens, numbers))

    def mention(self, found: Span, type_: str, wanted: str | None = None) -> str:
        """Return the id of the mention of a span; one that had no type is given it."""
        key = found["fragments"] or ((found["start"], found["end"]),)
        name = self.places.get(key)
        if name is None or (type_ != UNTYPED != self.mentions[name].type):
            name = self.names.new(wanted, "m")
            self.places[key] = name
            self.mentions[name] = Mention(name, type_, **found)
        elif type_ != UNTYPED:
            self.mentions[name] = replace(self.mentions[name], type=type_)
        return name


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".naf", ".xml"):
        root = markup.root(inputs.content(file), Place(str(file)))
        found = _document(root, str(file), task)
        yield replace(found, id=inputs.identifier(file, path))


def _document(root: Element, source: str, task: Task) -> Document:
    sheet = Sheet(task, source, words(root, source, task))
    _each(sheet, root.iterfind("entities/entity"), _entity)
    meta = _meta(root)
    for element in root.iterfind("timeExpressions/timex3"):
        with task.rejects.aside(sheet.place(element)):
            meta = _dated(element, meta)
            _time(sheet, element)
    _each(sheet, root.iterfind("srl/predicate"), _predicate)
    _each(sheet, root.iterfind("coreferences/coref"), _chain)
    relations = [*_relations(sheet, root)]
    _unread(sheet, root)
    return Document(
        language=root.get(f"{XML}lang"),
        text=sheet.words.text,
        meta=meta,
        segments=tuple(sheet.words.segments),
        tokens=tuple(sheet.words.tokens),
        mentions=tuple(sheet.mentions.values()),
        entities=tuple(sheet.entities),
        relations=tuple(relations),
        events=tuple(sheet.events),
        event_clusters=tuple(sheet.clusters),
        status=Status(annotated=_annotated(sheet, root, relations)),
        provenance=Provenance(file=source, format="naf"),
    )


def _each(sheet: Sheet, elements: Iterable[Any], take: Callable[[Sheet, Any], None]) -> None:
    """Take elements one by one; one that is wrong is rejected."""
    for element in elements:
        with sheet.task.rejects.aside(sheet.place(element)):
            take(sheet, element)


def _unread(sheet: Sheet, root: Element) -> None:
    """Account for the layers that are not read."""
    for name in _UNREAD:
        if (layer := root.find(name)) is not None and len(layer):
            why = "nothing in the record is like them"
            sheet.task.losses.unread(f"items of {name}", why, len(layer))


def _annotated(sheet: Sheet, root: Element, relations: list[Relation]) -> tuple[str, ...]:
    """Return what was looked for: what has a layer, and what was found in another."""
    layers = (("mentions", "entities"), ("entities", "coreferences"), ("events", "srl"))
    found = dict.fromkeys(name for name, layer in layers if root.find(layer) is not None)
    there = {
        "mentions": sheet.mentions,
        "relations": relations,
        "event_clusters": sheet.clusters,
    }
    return tuple(found | dict.fromkeys(name for name, items in there.items() if items))


def _meta(root: Element) -> Meta:
    header = root.find("nafHeader/fileDesc")
    public = root.find("nafHeader/public")
    found = named(header) if header is not None else {}
    date = dated(found.get("creationtime", ""))
    return Meta(
        title=found.get("title"),
        author=found.get("author"),
        source=found.get("magazine") or found.get("publisher"),
        url=public.get("uri") or None if public is not None else None,
        date=date,
        date_basis="created" if date else None,
    )


# --------------------------------------------------------------------------------------------
# Layers
# --------------------------------------------------------------------------------------------


def _links(element: Element) -> tuple[Link, ...]:
    found = element.iterfind("externalReferences/externalRef")
    return tuple(
        Link(each.get("resource") or "external", each.get("reference") or "", _score(each))
        for each in found
    )


def _score(element: Element) -> float | None:
    try:
        score = float(element.get("confidence") or "")
    except ValueError:
        return None
    return score if 0 <= score <= 1 else None


def _entity(sheet: Sheet, element: Element) -> None:
    """Take a named entity: its mentions, and an entity if there are several."""
    spans = [sheet.span(each) for each in element.iterfind("references/span")]
    type_, links = element.get("type") or UNTYPED, _links(element)
    names = tuple(dict.fromkeys(sheet.mention(each, type_) for each in spans))
    for name in names:
        sheet.mentions[name] = replace(sheet.mentions[name], links=links)
    if len(names) > 1 and sheet.homes.isdisjoint(names):
        sheet.homes.update(names)
        own = sheet.names.new(element.get("id"), "e")
        sheet.entities.append(Entity(own, type_, None, names, links))


def _dated(element: Element, meta: Meta) -> Meta:
    """Return metadata with the date that a time is of the document, if it is one."""
    function = element.get("functionInDocument", "")
    date = dated(element.get("value", "")) if function in BASES else None
    return replace(meta, date=date, date_basis=BASES[function]) if date else meta


def _time(sheet: Sheet, element: Element) -> None:
    """Take a time: a mention, or without words what others refer to by its value."""
    key, where = element.get("id", ""), element.find("span")
    time = timex({n: v for n, v in named(element).items() if n != "id"}, None)
    if where is not None and len(where):
        name = sheet.names.new(key, "t")
        made = Mention(name, time.type, **sheet.span(where))
        sheet.mentions[name] = replace(made, value=time.value, attrs=time.attrs)
        sheet.ids[key] = Argument("", ref=name)
    elif element.get("functionInDocument", "") in BASES:
        sheet.ids[key] = Argument("", value=DCT)
    else:
        sheet.ids[key] = Argument("", value=time.value.norm if time.value else key)


def _predicate(sheet: Sheet, element: Element) -> None:
    """Take a predicate as an event, with its roles as arguments."""
    where = element.find("span")
    if where is None:
        raise MalformedError("a predicate without a span")
    trigger = Trigger(**sheet.span(where))
    args = []
    for role in element.iterfind("role"):
        if (found := role.find("span")) is not None:
            name = sheet.mention(sheet.span(found), UNTYPED)
            args.append(Argument(role.get("semRole") or "ARG", ref=name))
    name = sheet.names.new(element.get("id"), "v")
    sheet.ids[element.get("id", "")] = Argument("", ref=name)
    attrs = tuple(Attribute(link.kb, link.id) for link in _links(element))
    sheet.events.append(Event(name, PREDICATE, (trigger,), tuple(args), attrs=attrs))


def _chain(sheet: Sheet, element: Element) -> None:
    """Take a chain: a cluster of predicates if its type is event, else an entity."""
    spans = [sheet.span(each) for each in element.iterfind("span")]
    if element.get("type", "") == "event":
        members = tuple(_events_at(sheet, spans))
        name = sheet.names.new(element.get("id"), "c")
        sheet.clusters.append(EventCluster(name, members))
        return
    names = list(dict.fromkeys(sheet.mention(each, UNTYPED) for each in spans))
    mine = tuple(name for name in names if name not in sheet.homes)
    if len(mine) < len(names):
        sheet.task.losses.note("mentions that are in two entities are in the first of them")
    if mine:
        sheet.homes.update(mine)
        sheet.entities.append(_chained(sheet, element, mine))


def _events_at(sheet: Sheet, spans: list[Span]) -> dict[str, None]:
    """Return the events whose triggers stand where the spans do, in this order."""
    there = defaultdict(list)
    for event in sheet.events:
        there[event.triggers[0].start, event.triggers[0].end].append(event.id)
    found = [there[each["start"], each["end"]] for each in spans]
    if not all(found):
        raise MalformedError("a chain of events has a span that is no predicate")
    return dict.fromkeys(name for names in found for name in names)


def _chained(sheet: Sheet, element: Element, members: tuple[str, ...]) -> Entity:
    """Return the entity of a chain; its type is that of its mentions, if they have one."""
    types = {sheet.mentions[name].type for name in members} - {UNTYPED}
    type_ = min(types) if len(types) == 1 else element.get("type") or UNTYPED
    name = sheet.names.new(element.get("id"), "e")
    return Entity(name, type_, None, members, _links(element))


def _relations(sheet: Sheet, root: Element) -> Iterator[Relation]:
    for layer, tag in _LINKS:
        for element in root.iterfind(f"{layer}/{tag}"):
            with sheet.task.rejects.aside(sheet.place(element)):
                yield _relation(sheet, tag, element)


def _relation(sheet: Sheet, tag: str, element: Element) -> Relation:
    first, second = (sheet.ids.get(element.get(end, "")) for end in ("from", "to"))
    if first is None or second is None:
        what = "from and to of predicates or times that are here"
        raise MalformedError(f"a {tag} without an end; expected {what}")
    args = replace(first, role=ROLES[0]), replace(second, role=ROLES[1])
    fields = named(element)
    type_ = fields.get("relType", "")
    kind = f"{tag.upper()}.{type_}" if type_ else tag.upper()
    name = sheet.names.new(fields.get("id"), "r")
    return Relation(name, kind, args, attrs=attributes(fields, _TAKEN))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, ".naf"))
    return opening.root(head) == "NAF"


FORMAT = Format(
    "NAF: words, entities, times, roles, coreference and links of pipelines",
    (".naf",),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "metadata", "tokens", "sentences", "mentions", "discontinuous mentions",
        "nested mentions", "crossing mentions", "types of mentions", "values", "links",
        "attributes of mentions", "entities", "entities of one mention", "types of entities",
        "links of entities", "events", "discontinuous triggers", "arguments",
        "attributes of events", "event clusters", "relations", "relations of events",
        "relations of values", "roles in relations", "attributes of relations",
    }),
    options=(Option("unit", "in which offsets are counted", "code points", UNITS),),
)  # fmt: skip
