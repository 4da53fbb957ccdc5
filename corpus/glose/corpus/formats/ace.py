"""ACE 2005: .apf.xml beside the .sgm of its text (the DTD of APF 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    Mention,
    Pair,
    Provenance,
    Relation,
    Status,
    Trigger,
    Value,
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs, ldc, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.inline import named, text_of
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import span
from glose.corpus.formats.timexes import attributes
from glose.corpus.forms import norm_fault, shown
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

_TAG = re.compile(r"<[^>]*>")
_SUFFIX = ".apf.xml"
#: What holds mentions, what these are called, and how their ids begin in the record.
_HOLDERS = (("entity", "entity_mention"), ("value", "value_mention"), ("timex2", "timex2_mention"))


class Sheet(ldc.Sheet):
    """What was found of a document so far, whose spans are as ACE has them."""

    __slots__ = ()

    def pair(self, element: Any, inside: str) -> Pair:  # noqa: ANN401  # as above
        """Return the span of `extent`, `head` or `anchor`: its END is the last character."""
        found = element.find(f"{inside}/charseq")
        if found is None:
            raise MalformedError(f"no {inside}; expected a charseq in it")
        try:
            start, end = int(found.get("START", "")), int(found.get("END", "")) + 1
        except ValueError as error:
            raise MalformedError(f"START and END of the {inside} are no numbers") from error
        try:
            return self.covered(start, end, text_of(found))
        except MisplacedError as error:
            raise MalformedError(f"{inside}: {error}") from error


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, _SUFFIX):
        root = markup.root(inputs.content(file), Place(str(file)))
        stem = file.name.removesuffix(".gz").removesuffix(_SUFFIX)
        text = file.with_name(f"{stem}.sgm")
        if not text.is_file():
            what = f"no {text.name} beside it; expected its text there"
            task.rejects.add(Place(str(file)), what)
            continue
        raw = inputs.text(text).replace("\r\n", "\n")
        for element in root.iter("document"):
            name = element.get("DOCID") or stem
            ruler = Ruler(_TAG.sub("", raw), task["unit"] or "code points")
            found = _document(element, Sheet(task, str(file), ruler))
            yield replace(found, id=name.strip())


def _document(element: Any, sheet: Sheet) -> Document:  # noqa: ANN401  # as above
    for kind, inner in _HOLDERS:
        for item in element.iterfind(kind):
            _holder(sheet, item, inner)
    for item in element.iterfind("relation"):
        _relation(sheet, item)
    # A mention may be an argument of a later one, and an event of none.
    for item in element.iterfind("event"):
        _event(sheet, item)
    return Document(
        text=sheet.ruler.text,
        mentions=tuple(sheet.mentions),
        entities=tuple(sheet.entities),
        relations=tuple(sheet.relations),
        events=tuple(sheet.events),
        event_clusters=tuple(sheet.clusters),
        status=Status(
            annotated=("mentions", "entities", "entities.singletons", "relations", "events",
                       "event_clusters")
        ),
        provenance=Provenance(file=sheet.source, format="ace"),
    )  # fmt: skip


def _type(fields: dict[str, str]) -> str:
    return ".".join(filter(None, (fields.get("TYPE"), fields.get("SUBTYPE"))))


def _rest(fields: dict[str, str], *taken: str) -> tuple[Attribute, ...]:
    """Return what has no field as attributes, in small letters, as in the schema `ace2005`."""
    left = {name: value for name, value in fields.items() if name not in {"ID", *taken}}
    return attributes({name.lower(): value for name, value in left.items()})


def _holder(sheet: Sheet, element: Any, inner: str) -> None:  # noqa: ANN401  # as above
    """Take an entity, value or time with its mentions."""
    fields = named(element)
    type_ = _held(fields, inner)
    value, attrs = _value(fields) if inner == "timex2_mention" else (None, ())
    members = []
    for item in element.iterfind(inner):
        with sheet.task.rejects.aside(sheet.place(item)):
            made = _mention(sheet, item, type_)
            sheet.mentions.append(replace(made, value=value, attrs=(*made.attrs, *attrs)))
            members.append(made.id)
    if members and inner == "entity_mention":
        rest = _rest(fields, "TYPE", "SUBTYPE")
        sheet.entities.append(_entity(sheet, element, type_, members, rest))
    elif len(members) > 1:
        sheet.entities.append(_entity(sheet, element, type_, members, ()))


def _held(fields: dict[str, str], inner: str) -> str:
    """Return the type of the mentions of an entity, value or time."""
    if inner == "timex2_mention":
        return "TIME"
    return _type(fields) or inner.removesuffix("_mention").upper()


def _entity(
    sheet: Sheet,
    element: Any,  # noqa: ANN401  # as above
    type_: str,
    members: list[str],
    attrs: tuple[Attribute, ...],
) -> Entity:
    name = sheet.names.new(element.get("ID"), "e")
    called = element.find("entity_attributes/name/charseq")
    title = None if called is None else " ".join(text_of(called).split()) or None
    return Entity(name, type_, title, tuple(members), attrs=attrs)


def _value(fields: dict[str, str]) -> tuple[Value | None, tuple[Attribute, ...]]:
    """Return the value of a TIMEX2, and as attributes what the record has no field for."""
    written = fields.get("VAL", "")
    norm = f"{'set' if 'SET' in fields else _kind(written)}:{written}"
    if norm_fault(norm):
        return None, _rest(fields)
    return Value(norm, fields.get("MOD")), _rest(fields, "VAL", "MOD")


def _kind(written: str) -> str:
    """Return what a VAL is: `P3D` a duration, `2031-03-14T10:00` a time, all else a date."""
    if written.startswith("P") and written[1:2].isdigit():
        return "duration"
    return "time" if "T" in written and written[:1].isdigit() else "date"


def _mention(sheet: Sheet, element: Any, type_: str) -> Mention:  # noqa: ANN401  # as above
    fields = named(element)
    start, end = sheet.pair(element, "extent")
    head = sheet.pair(element, "head") if element.find("head") is not None else ()
    if head and not start <= head[0] < head[1] <= end:
        raise MalformedError(f"the head {head[0]} to {head[1]} is outside its extent")
    name = sheet.names.new(fields.get("ID"), "m")
    sheet.ids[fields.get("ID", "")] = name
    place = span(sheet.ruler.text, [(start, end)])
    level = fields.get("TYPE")
    return Mention(name, type_, **place, head=head, level=level, attrs=_rest(fields, "TYPE"))


def _arguments(sheet: Sheet, element: Any, tag: str) -> tuple[Argument, ...]:  # noqa: ANN401  # as above
    found = []
    for item in element.iterfind(tag):
        target = sheet.ids.get(item.get("REFID", ""))
        if target is None:
            what = f"an argument is {shown(item.get('REFID', ''))}, which is no mention here"
            raise MalformedError(what)
        found.append(Argument(item.get("ROLE") or "ARG", ref=target))
    return tuple(found)


def _relation(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    """Take the mentions of a relation; the attribute `relation` keeps those of one together."""
    fields = named(element)
    for item in element.iterfind("relation_mention"):
        with sheet.task.rejects.aside(sheet.place(item)):
            args = _arguments(sheet, item, "relation_mention_argument")
            own = attributes({"relation": fields.get("ID", "")})
            attrs = (*_rest(fields, "TYPE", "SUBTYPE"), *_rest(named(item)), *own)
            name = sheet.names.new(item.get("ID"), "r")
            sheet.relations.append(Relation(name, _type(fields) or "REL", args, attrs=attrs))


def _event(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    fields = named(element)
    members = []
    properties = {
        n: fields.get(n.upper()) for n in ("polarity", "modality", "tense", "genericity")
    }
    for item in element.iterfind("event_mention"):
        with sheet.task.rejects.aside(sheet.place(item)):
            trigger = Trigger(**span(sheet.ruler.text, [sheet.pair(item, "anchor")]))
            args = _arguments(sheet, item, "event_mention_argument")
            name = sheet.names.new(item.get("ID"), "v")
            attrs = _rest(named(item))
            made = Event(name, _type(fields) or "EVENT", (trigger,), args, attrs=attrs)
            sheet.events.append(replace(made, **properties))
            members.append(name)
    if members:
        name = sheet.names.new(fields.get("ID"), "c")
        sheet.clusters.append(EventCluster(name, tuple(members)))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, _SUFFIX))
    return opening.root(head) == "source_file"


FORMAT = Format(
    "ACE 2005: .apf.xml with the .sgm of its text beside it",
    (_SUFFIX,),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "mentions", "nested mentions", "crossing mentions", "types of mentions", "heads",
        "levels", "values", "attributes of mentions", "entities", "entities of one mention",
        "types of entities", "names of entities", "attributes of entities", "events", "arguments",
        "properties of events", "attributes of events", "event clusters", "relations",
        "roles in relations", "relations not of two", "attributes of relations",
    }),
    options=(Option("unit", "in which offsets are counted", "code points", UNITS),),
)  # fmt: skip
