"""TEI P5: text, names, dates and what stands off of it (https://tei-c.org/guidelines/p5/)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Date,
    Document,
    Entity,
    Link,
    Mention,
    Meta,
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
    Value,
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.inline import XML, named, text_of
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, span
from glose.corpus.formats.tei_text import SEGMENTS, Text, identifier
from glose.corpus.formats.timexes import attributes, dated
from glose.corpus.forms import norm_fault, shown

#: Elements that are mentions, with their type.
NAMES = {
    "persName": "PER", "placeName": "LOC", "orgName": "ORG", "geogName": "LOC",
    "date": "DATE", "time": "TIME",
}  # fmt: skip
#: Elements that say by @type what they are of, and the types that have another name here.
_TYPED = frozenset({"name", "rs"})
_TYPES = {"person": "PER", "pers": "PER", "place": "LOC", "org": "ORG", "organization": "ORG",
          "organisation": "ORG"}  # fmt: skip
#: The things that lists describe, and the element that names them.
_THINGS = {"person": "persName", "place": "placeName", "org": "orgName", "personGrp": "persName"}
_THING_TYPES = {"person": "PER", "personGrp": "PER", "place": "LOC", "org": "ORG"}
#: Where the header states a date, and what it is of.
_DATES = {
    "{*}teiHeader//{*}creation/{*}date": "created",
    "{*}teiHeader//{*}sourceDesc//{*}bibl[@type='firstEdition']/{*}date": "published",
    "{*}teiHeader//{*}sourceDesc//{*}date": "published",
}
#: The attributes that are the value of a date.
_DATING = ("when", "when-iso", "from", "to", "notBefore", "notAfter", "dur")
_BASE = re.compile(r"([A-Za-z][\w.+-]*):(?!//)(.+)")


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; `spots` are the spans of elements that have an id."""

    task: Task
    source: str
    text: str
    names: Names = field(default_factory=Names)
    spots: dict[str, Pair] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    tokens: list[Pair] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".xml", ".tei"):
        root = markup.root(inputs.content(file), Place(str(file)))
        several = local(root) == "teiCorpus"
        found = list(root.iter("{*}TEI")) if several else [root]
        for number, element in enumerate(found, start=1):
            name = inputs.identifier(file, path)
            own = identifier(element) or (f"{name}-{number}" if several else name)
            yield replace(_document(element, str(file), task), id=own)


def _document(root: Element, source: str, task: Task) -> Document:
    text = Text(keep_notes=task["notes"] == "keep")
    for element in root.iterfind("{*}text"):
        text.take(element, "/TEI/text")
    if text.notes:
        why = "notes would stand within sentences (--option notes=keep puts them after)"
        task.losses.unread("notes", why, text.notes)
    sheet = Sheet(task, source, text.flow.text)
    for element, start, end in text.flow.found():
        _element(sheet, text, element, (start, end))
    _standoff(sheet, root)
    entities = _entities(sheet, root)
    relations = tuple(_relations(sheet, root, entities))
    found = {"mentions": sheet.mentions, "entities": entities, "relations": relations}
    return Document(
        language=root.get(f"{XML}lang") or _language(root),
        text=sheet.text,
        meta=_meta(root),
        segments=tuple(sheet.segments),
        tokens=tuple(sheet.tokens),
        mentions=tuple(sheet.mentions),
        entities=tuple(entities.values()),
        relations=relations,
        # Where nobody marked a name, nobody looked for names.
        status=Status(annotated=tuple(name for name, items in found.items() if items)),
        provenance=Provenance(file=source, format="tei"),
    )


def _element(sheet: Sheet, text: Text, element: Element, pair: Pair) -> None:
    """Take an element that stands in the text: a token, a segment, a name or a date."""
    name = local(element)
    if (own := identifier(element)) is not None:
        sheet.spots[own] = pair
    if name in ("w", "pc"):
        sheet.tokens.append(pair)
    elif name in SEGMENTS:
        src = f"xpath={text.paths[element]}"
        sheet.segments.append(Segment(sheet.names.new(None, "g"), SEGMENTS[name], *pair, src))
    elif name in NAMES or name in _TYPED:
        _mention(sheet, element, pair)


# --------------------------------------------------------------------------------------------
# The header
# --------------------------------------------------------------------------------------------


def _said(root: Element, path: str) -> str | None:
    found = root.find(path)
    return None if found is None else " ".join(text_of(found).split()) or None


def _language(root: Element) -> str | None:
    found = root.find("{*}teiHeader//{*}langUsage/{*}language")
    return None if found is None else found.get("ident") or None


def _meta(root: Element) -> Meta:
    title = "{*}teiHeader/{*}fileDesc/{*}titleStmt/"
    author = f"{title}{{*}}author"
    date, basis = _date(root)
    return Meta(
        title=_said(root, f"{title}{{*}}title"),
        author=_said(root, f"{author}/{{*}}persName") or _said(root, author),
        date=date,
        date_basis=basis,
        rights=_rights(root),
    )


def _date(root: Element) -> tuple[Date | None, str | None]:
    """Return the first date that the header states, and what it is of."""
    for path, basis in _DATES.items():
        found = root.find(path)
        if found is not None and (date := dated(found.get("when") or text_of(found).strip())):
            return date, basis
    return None, None


def _rights(root: Element) -> str | None:
    licence = root.find("{*}teiHeader//{*}availability/{*}licence")
    if licence is None:
        return None
    return licence.get("target") or text_of(licence).strip() or None


# --------------------------------------------------------------------------------------------
# Names and dates
# --------------------------------------------------------------------------------------------


def _type(element: Element) -> str:
    name = local(element)
    return NAMES[name] if name in NAMES else _stated(element.get("type") or "")


def _stated(type_: str) -> str:
    """Return a type that a file states by our name for it."""
    return _TYPES.get(type_.lower(), type_) or UNTYPED


def _mention(sheet: Sheet, element: Element, pair: Pair) -> None:
    fields = named(element)
    name = sheet.names.new(fields.pop("id", None), "m")
    links = _links(sheet, name, fields)
    value = _value(fields) if local(element) in ("date", "time") else None
    if local(element) in _TYPED:
        fields.pop("type", None)
    place = span(sheet.text, [pair])
    attrs = attributes(fields)
    made = Mention(name, _type(element), **place, value=value, links=links, attrs=attrs)
    sheet.mentions.append(made)


def _links(sheet: Sheet, mention: str, fields: dict[str, str]) -> tuple[Link, ...]:
    """Take the references of a mention out of its attributes.

    What points into the same file is no link: the mention is of the first thing of these.
    """
    links, inside = [], []
    for name in ("ref", "key"):
        for target in fields.pop(name, "").split():
            prefixed = _BASE.fullmatch(target)
            if target.startswith("#"):
                inside.append(target[1:])
            else:
                links.append(Link(prefixed[1], prefixed[2]) if prefixed else Link(name, target))
    for target in inside[:1]:
        sheet.members[target].append(mention)
    return tuple(links)


def _value(fields: dict[str, str]) -> Value | None:
    """Take the value out of the attributes of a date, if it is of a form of the record."""
    norm = _norm(fields)
    if not norm or norm_fault(norm):
        return None
    for name in _DATING:
        fields.pop(name, None)
    return Value(norm)


def _norm(fields: dict[str, str]) -> str:
    """Return what the attributes of a date say: when, from when to when, or how long it was."""
    when = _first(fields, "when", "when-iso")
    if when:
        return f"{'time' if 'T' in when or ':' in when else 'date'}:{when}"
    since, until = _first(fields, "from", "notBefore"), _first(fields, "to", "notAfter")
    if since or until:
        return f"date:{since or '..'}/{until or '..'}"
    return f"duration:{fields['dur']}" if fields.get("dur") else ""


def _first(fields: dict[str, str], *names: str) -> str:
    """Return the first of some attributes that says something, or nothing."""
    return next((fields[name] for name in names if fields.get(name)), "")


# --------------------------------------------------------------------------------------------
# What stands off
# --------------------------------------------------------------------------------------------


def _standoff(sheet: Sheet, root: Element) -> None:
    """Take the spans of standOff and of back that point to elements of the text by their ids."""
    for element in root.iterfind(".//{*}spanGrp/{*}span"):
        place = Place(sheet.source, element.sourceline)
        with sheet.task.rejects.aside(place, identifier(element)):
            _span(sheet, element)


def _span(sheet: Sheet, element: Element) -> None:
    fields = named(element)
    spots = _neighbours(sheet.text, _spots(sheet, fields))
    stated = fields.pop("type", None) or element.getparent().get("type") or ""
    type_ = _stated(fields.pop("ana", stated).removeprefix("#"))
    name = sheet.names.new(fields.pop("id", None), "m")
    links = _links(sheet, name, fields)
    place = span(sheet.text, spots)
    made = Mention(name, type_, **place, links=links, attrs=attributes(fields))
    sheet.mentions.append(made)


def _spots(sheet: Sheet, fields: dict[str, str]) -> list[Pair]:
    """Take the elements that a span points to out of its attributes; return where they stand."""
    targets = fields.pop("target", "").split()
    bounds = [fields.pop(name) for name in ("from", "to") if name in fields]
    spots = [_spot(sheet, target) for target in (*targets, *bounds)]
    if not spots:
        raise MalformedError("a span points to nothing; expected ids in the text")
    if len(bounds) > 1:
        spots = [(spots[0][0], spots[-1][1])]
    if any(start >= end for start, end in spots):
        raise MalformedError("a span ends before it begins")
    return spots


def _spot(sheet: Sheet, target: str) -> Pair:
    key = target.removeprefix("#")
    if key not in sheet.spots:
        raise MalformedError(f"a span points to {shown(target)}; expected ids in the text")
    return sheet.spots[key]


def _neighbours(text: str, spots: list[Pair]) -> list[Pair]:
    """Return spans with those made one that have nothing but white space between them."""
    found: list[Pair] = []
    for start, end in sorted(spots):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _entities(sheet: Sheet, root: Element) -> dict[str, Entity]:
    """Return the things that lists describe or names point to, by their ids in the file."""
    found = {}
    for element in root.iter(*(f"{{*}}{name}" for name in _THINGS)):
        key = identifier(element)
        if key is not None:
            found[key] = element
    types = {mention.id: mention.type for mention in sheet.mentions}
    entities = {key: _thing(sheet, key, element) for key, element in found.items()}
    for key, members in sheet.members.items():
        if key not in entities:
            name = sheet.names.new(key, "e")
            entities[key] = Entity(name, types[members[0]], None, tuple(members))
    return entities


def _thing(sheet: Sheet, key: str, element: Element) -> Entity:
    """Return a thing that a list describes, with the mentions that point to it."""
    kind = local(element)
    links = tuple(
        Link(idno.get("type") or "idno", text_of(idno).strip())
        for idno in element.iterfind("{*}idno")
    )
    called = _said(element, f"{{*}}{_THINGS[kind]}") or key
    members = tuple(sheet.members.get(key, ()))
    return Entity(sheet.names.new(key, "e"), _THING_TYPES[kind], called, members, links)


def _relations(
    sheet: Sheet,
    root: Element,
    entities: dict[str, Entity],
) -> Iterator[Relation]:
    """Yield the relations of lists, from what is active to what is passive, or of equals."""
    for element in root.iterfind(".//{*}listRelation/{*}relation"):
        with sheet.task.rejects.aside(Place(sheet.source, element.sourceline)):
            args = tuple(_arguments(element, entities))
            rest = {n: v for n, v in named(element).items() if n in ("type", "subtype", "key")}
            kind = element.get("name") or rest.pop("type", None) or "relation"
            name = sheet.names.new(identifier(element), "r")
            yield Relation(name, kind, args, attrs=attributes(rest))


def _arguments(element: Element, entities: dict[str, Entity]) -> Iterator[Argument]:
    for role in ("active", "passive", "mutual"):
        for target in (element.get(role) or "").split():
            key = target.removeprefix("#")
            if key not in entities:
                raise MalformedError(f"a relation of {shown(target)}, which is no thing")
            yield Argument(role, ref=entities[key].id)


def _detect(path: Path, head: bytes) -> bool:
    return opening.root(opening.within(path, head, ".xml", ".tei")) in {"TEI", "teiCorpus"}


FORMAT = Format(
    "TEI P5: text, names, dates, what lists describe, standOff",
    (".tei", ".tei.xml"),
    _read,
    None,
    _detect,
    holds=frozenset({
        "metadata", "segments", "sentences", "sources of segments", "tokens", "mentions",
        "nested mentions", "discontinuous mentions", "types of mentions", "values", "links",
        "attributes of mentions", "entities", "entities of one mention",
        "entities without mentions", "types of entities", "names of entities",
        "links of entities", "relations", "relations of entities", "relations not of two",
        "roles in relations", "attributes of relations",
    }),
    options=(
        Option("notes", "whether notes are text, after the line they are of", "drop",
               ("drop", "keep")),
    ),
)  # fmt: skip
