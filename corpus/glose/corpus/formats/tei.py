"""TEI P5: text, names, dates and what stands off of it (https://tei-c.org/guidelines/p5/)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Link,
    Mention,
    Meta,
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
from glose.corpus.formats.markup import local
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
_BASE = re.compile(r"([A-Za-z][\w.+-]*):(?!//)(.+)")


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; `spots` are the spans of elements that have an id."""

    task: Task
    source: str
    text: str
    names: Names = field(default_factory=Names)
    spots: dict[str, tuple[int, int]] = field(default_factory=dict)
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


def _document(root: Any, source: str, task: Task) -> Document:  # noqa: ANN401  # lxml brings no types
    text = Text(keep_notes=task["notes"] == "keep")
    for element in root.iterfind("{*}text"):
        text.take(element, "/TEI/text")
    if text.notes:
        why = "notes would stand within sentences (--option notes=keep puts them after)"
        task.losses.unread("notes", why, text.notes)
    sheet = Sheet(task, source, text.flow.text)
    segments, tokens = [], []
    for element, start, end in text.flow.found():
        name = local(element)
        if (own := identifier(element)) is not None:
            sheet.spots[own] = start, end
        if name in ("w", "pc"):
            tokens.append((start, end))
        elif name in SEGMENTS:
            src = f"xpath={text.paths[element]}"
            segments.append(Segment(sheet.names.new(None, "g"), SEGMENTS[name], start, end, src))
        elif name in NAMES or name in _TYPED:
            _mention(sheet, element, start, end)
    _standoff(sheet, root)
    entities = _entities(sheet, root)
    relations = tuple(_relations(sheet, root, entities))
    found = (("mentions", sheet.mentions), ("entities", entities), ("relations", relations))
    return Document(
        language=root.get(f"{XML}lang") or _language(root),
        text=sheet.text,
        meta=_meta(root),
        segments=tuple(segments),
        tokens=tuple(tokens),
        mentions=tuple(sheet.mentions),
        entities=tuple(entities.values()),
        relations=relations,
        # Where nobody marked a name, nobody looked for names.
        status=Status(annotated=tuple(name for name, items in found if items)),
        provenance=Provenance(file=source, format="tei"),
    )


# --------------------------------------------------------------------------------------------
# The header
# --------------------------------------------------------------------------------------------


def _said(root: Any, path: str) -> str | None:  # noqa: ANN401  # as above
    found = root.find(path)
    return None if found is None else " ".join(text_of(found).split()) or None


def _language(root: Any) -> str | None:  # noqa: ANN401  # as above
    found = root.find("{*}teiHeader//{*}langUsage/{*}language")
    return None if found is None else found.get("ident") or None


def _meta(root: Any) -> Meta:  # noqa: ANN401  # as above
    title = "{*}teiHeader/{*}fileDesc/{*}titleStmt/"
    licence = root.find("{*}teiHeader//{*}availability/{*}licence")
    first = "{*}teiHeader//{*}sourceDesc//{*}bibl[@type='firstEdition']/{*}date"
    places = (("{*}teiHeader//{*}creation/{*}date", "created"), (first, "published"),
              ("{*}teiHeader//{*}sourceDesc//{*}date", "published"))  # fmt: skip
    date, basis = None, None
    for path, called in places:
        found = root.find(path)
        if date is None and found is not None:
            date = dated(found.get("when") or text_of(found).strip())
            basis = called if date else None
    rights = None if licence is None else licence.get("target") or text_of(licence).strip()
    return Meta(
        title=_said(root, f"{title}{{*}}title"),
        author=_said(root, f"{title}{{*}}author/{{*}}persName")
        or _said(root, f"{title}{{*}}author"),
        date=date,
        date_basis=basis,
        rights=rights or None,
    )


# --------------------------------------------------------------------------------------------
# Names and dates
# --------------------------------------------------------------------------------------------


def _type(element: Any) -> str:  # noqa: ANN401  # as above
    name, stated = local(element), element.get("type") or ""
    if name in NAMES:
        return NAMES[name]
    return _TYPES.get(stated.lower(), stated) or UNTYPED


def _mention(sheet: Sheet, element: Any, start: int, end: int) -> None:  # noqa: ANN401  # as above
    fields = named(element)
    name = sheet.names.new(fields.pop("id", None), "m")
    links, local_ids = _links(fields)
    for target in local_ids[:1]:
        sheet.members[target].append(name)
    value = _value(fields) if local(element) in ("date", "time") else None
    if local(element) in _TYPED:
        fields.pop("type", None)
    place = span(sheet.text, [(start, end)])
    attrs = attributes(fields)
    made = Mention(name, _type(element), **place, value=value, links=links, attrs=attrs)
    sheet.mentions.append(made)


def _links(fields: dict[str, str]) -> tuple[tuple[Link, ...], list[str]]:
    """Take the references out of attributes: links, and ids of the same file."""
    links, inside = [], []
    for name in ("ref", "key"):
        for target in fields.pop(name, "").split():
            prefixed = _BASE.fullmatch(target)
            if target.startswith("#"):
                inside.append(target[1:])
            elif prefixed:
                links.append(Link(prefixed[1], prefixed[2]))
            else:
                links.append(Link(name, target))
    return tuple(links), inside


def _value(fields: dict[str, str]) -> Value | None:
    """Take the value out of the attributes of a date, if it is of a form of the record."""
    since = fields.get("from") or fields.get("notBefore")
    until = fields.get("to") or fields.get("notAfter")
    when, long = fields.get("when") or fields.get("when-iso"), fields.get("dur")
    norm = ""
    if when:
        norm = f"{'time' if 'T' in when or ':' in when else 'date'}:{when}"
    elif since or until:
        norm = f"date:{since or '..'}/{until or '..'}"
    elif long:
        norm = f"duration:{long}"
    if not norm or norm_fault(norm):
        return None
    for name in ("when", "when-iso", "from", "to", "notBefore", "notAfter", "dur"):
        fields.pop(name, None)
    return Value(norm)


# --------------------------------------------------------------------------------------------
# What stands off
# --------------------------------------------------------------------------------------------


def _standoff(sheet: Sheet, root: Any) -> None:  # noqa: ANN401  # as above
    """Take the spans of standOff and of back that point to elements of the text by their ids."""
    for element in root.iterfind(".//{*}spanGrp/{*}span"):
        place = Place(sheet.source, element.sourceline)
        with sheet.task.rejects.aside(place, identifier(element)):
            fields = named(element)
            targets = fields.pop("target", "").split()
            targets += [fields.pop(name) for name in ("from", "to") if name in fields]
            missing = [t for t in targets if t.removeprefix("#") not in sheet.spots]
            if not targets or missing:
                found = shown(missing[0]) if missing else "nothing"
                raise MalformedError(f"a span points to {found}; expected ids in the text")
            spots = [sheet.spots[target.removeprefix("#")] for target in targets]
            if element.get("from") and element.get("to"):
                spots = [(spots[0][0], spots[-1][1])]
            if any(start >= end for start, end in spots):
                raise MalformedError("a span ends before it begins")
            stated = fields.pop("type", None) or element.getparent().get("type") or ""
            stated = fields.pop("ana", stated).removeprefix("#")
            name = sheet.names.new(fields.pop("id", None), "m")
            links, inside = _links(fields)
            for target in inside[:1]:
                sheet.members[target].append(name)
            pieces = span(sheet.text, _neighbours(sheet.text, spots))
            type_ = _TYPES.get(stated.lower(), stated) or UNTYPED
            found_ = Mention(name, type_, **pieces, links=links, attrs=attributes(fields))
            sheet.mentions.append(found_)


def _neighbours(text: str, spots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those made one that have nothing but white space between them."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spots):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _entities(sheet: Sheet, root: Any) -> dict[str, Entity]:  # noqa: ANN401  # as above
    """Return the things that lists describe or names point to, by their ids in the file."""
    things = {
        own: element
        for element in root.iter(*(f"{{*}}{name}" for name in _THINGS))
        if (own := identifier(element)) is not None
    }
    types = {mention.id: mention.type for mention in sheet.mentions}
    found = {}
    for key in (*things, *(key for key in sheet.members if key not in things)):
        element, members = things.get(key), tuple(sheet.members.get(key, ()))
        type_ = types[members[0]] if element is None else _THING_TYPES[local(element)]
        called: str | None = None
        links: tuple[Link, ...] = ()
        if element is not None:
            called = _said(element, f"{{*}}{_THINGS[local(element)]}") or key
            links = tuple(
                Link(idno.get("type") or "idno", text_of(idno).strip())
                for idno in element.iterfind("{*}idno")
            )
        name = sheet.names.new(key, "e")
        found[key] = Entity(name, type_, called, members, links)
    return found


def _relations(
    sheet: Sheet,
    root: Any,  # noqa: ANN401  # as above
    entities: dict[str, Entity],
) -> Iterator[Relation]:
    """Yield the relations of lists, from what is active to what is passive, or of equals."""
    for element in root.iterfind(".//{*}listRelation/{*}relation"):
        with sheet.task.rejects.aside(Place(sheet.source, element.sourceline)):
            args = []
            for role in ("active", "passive", "mutual"):
                for target in (element.get(role) or "").split():
                    key = target.removeprefix("#")
                    if key not in entities:
                        raise MalformedError(f"a relation of {shown(target)}, which is no thing")
                    args.append(Argument(role, ref=entities[key].id))
            rest = {n: v for n, v in named(element).items() if n in ("type", "subtype", "key")}
            kind = element.get("name") or rest.pop("type", None) or "relation"
            name = sheet.names.new(identifier(element), "r")
            attrs = tuple(Attribute(n, v) for n, v in rest.items())
            yield Relation(name, kind, tuple(args), attrs=attrs)


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        first = next(iter(inputs.files(path, ".xml", ".tei")), None)
        return first is not None and _detect(first, inputs.content(first)[:65536])
    return opening.root(head) in {"TEI", "teiCorpus"}


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
