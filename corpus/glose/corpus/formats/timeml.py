"""TimeML and text with inline TIMEX3: events, times, signals and links (ISO 24617-1)."""

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
    Event,
    Mention,
    Meta,
    Pair,
    Provenance,
    Relation,
    Trigger,
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs, markup, opening
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.inline import Inline, gathered, named, text_of
from glose.corpus.formats.markup import Element, local
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, span
from glose.corpus.formats.statuses import stated
from glose.corpus.formats.timexes import BASES, DCT, attributes, dated, timex
from glose.corpus.forms import shown

#: Links, each with the attributes that name what it goes from and what it goes to.
LINKS = {
    "TLINK": (
        ("eventInstanceID", "timeID", "eventID"),
        ("relatedToEventInstance", "relatedToTime", "relatedToEvent"),
    ),
    "SLINK": (
        ("eventInstanceID", "eventID"),
        ("subordinatedEventInstance", "subordinatedEvent"),
    ),
    "ALINK": (
        ("eventInstanceID", "eventID"),
        ("relatedToEventInstance", "relatedToEvent"),
    ),
}
ROLES = ("source", "target")
#: Attributes of an event that have a field of their own, or say nothing of the text.
_OF_EVENTS = frozenset(
    {"eid", "eiid", "eventID", "class", "polarity", "modality", "tense", "comment"}
)
#: What is no text.
_ASIDE = frozenset({"MAKEINSTANCE", "CONFIDENCE", *LINKS})
_DECLARED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml.*?\?>)?\s*(?:<!DOCTYPE[^>\[]*>)?", re.DOTALL
)
#: Outermost elements of text in which there may be TIMEX3.
_ROOTS = frozenset({"TimeML", "TIMEML", "TIMEX3", "EVENT", "DOC", "TEXT", ""})


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; `ids` leads from those of the file to ours."""

    task: Task
    source: str
    inline: Inline
    text: str
    names: Names = field(default_factory=Names)
    ids: dict[str, Argument] = field(default_factory=dict)
    signals: dict[str, Pair] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def place(self, element: Element) -> Place:
        """Return where an element stands."""
        return Place(self.source, element.sourceline)

    def elements(self, name: str) -> Iterator[tuple[Any, int, int]]:
        """Yield the elements of a name, each with where it begins and ends in the text."""
        for element, start, end in self.inline.elements:
            if local(element) == name:
                yield element, start, end


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".tml", ".xml", ".timeml"):
        found = _document(_root(file), str(file), task)
        yield replace(found, id=inputs.identifier(file, path))


def _root(path: Path) -> Element:
    """Return the root of a file; what has no TimeML around it is given it."""
    data = inputs.content(path)
    if opening.root(data[:65536]) not in {"TimeML", "TIMEML"}:
        data = b"<TimeML>" + _DECLARED.sub(b"", data, count=1) + b"</TimeML>"
    return markup.root(data, Place(str(path)))


def _document(root: Element, source: str, task: Task) -> Document:
    body = root.find(".//TEXT")
    inline = gathered(root if body is None else body, lambda name: name not in _ASIDE)
    sheet = Sheet(task, source, inline, inline.text)
    head = root.findall(".//DCT//TIMEX3") if body is not None else []
    empty = (e for e, start, end in sheet.elements("TIMEX3") if start == end)
    meta = _meta(root, sheet, [*head, *empty])
    _times(sheet)
    _signals(sheet)
    _events(sheet, root)
    found = Document(
        text=sheet.text,
        meta=meta,
        mentions=tuple(sheet.mentions),
        relations=tuple(_links(sheet, root)),
        events=tuple(sheet.events),
        provenance=Provenance(file=source, format="timeml"),
        extra=tuple(_extra(root)),
    )
    return replace(found, status=stated(found))


def _extra(root: Element) -> Iterator[Attribute]:
    for name in ("DOCID", "DOCNO", "EXTRAINFO"):
        for element in root.findall(f".//{name}")[:1]:
            if words := text_of(element).strip():
                yield Attribute(name, words)


def _meta(root: Element, sheet: Sheet, dates: list[Element]) -> Meta:
    """Return title and date; times that are not in the text can be referred to by value."""
    title = root.find("TITLE")
    meta = Meta(title=text_of(title).strip() or None if title is not None else None)
    for element in dates:
        basis = BASES.get(element.get("functionInDocument", ""))
        if basis is None or meta.date is not None:
            why = "a mention is a span of the text; links to it have its value"
            sheet.task.losses.unread("times without words", why)
        elif (date := dated(element.get("value", ""))) is not None:
            meta = replace(meta, date=date, date_basis=basis)
        _refer(sheet, element)
    return meta


def _refer(sheet: Sheet, element: Element) -> None:
    """Let a time without words be referred to by its value."""
    value = timex(named(element), None).value
    name = element.get("tid", "") if value is None else value.norm
    is_date = element.get("functionInDocument", "") in BASES
    sheet.ids[element.get("tid", "")] = Argument("", value=DCT if is_date else name)


def _times(sheet: Sheet) -> None:
    waiting = []
    for element, start, end in sheet.elements("TIMEX3"):
        if start < end:
            name = sheet.names.new(element.get("tid"), "t")
            sheet.ids.setdefault(element.get("tid", ""), Argument("", ref=name))
            waiting.append((name, element, span(sheet.text, [(start, end)])))
    known = {DCT, *(name for name, *_ in waiting)}
    for name, element, place in waiting:
        target = sheet.ids.get(element.get("anchorTimeID", ""), Argument(""))
        anchor = target.ref or target.value
        found = timex(named(element), anchor if anchor in known else None)
        made = Mention(name, found.type, **place, value=found.value, attrs=found.attrs)
        sheet.mentions.append(made)


def _signals(sheet: Sheet) -> None:
    for element, start, end in sheet.elements("SIGNAL"):
        if start < end:
            name = sheet.names.new(element.get("sid"), "m")
            sheet.signals[element.get("sid", "")] = start, end
            sheet.mentions.append(Mention(name, "SIGNAL", **span(sheet.text, [(start, end)])))


def _events(sheet: Sheet, root: Element) -> None:
    """Take the events: one for each instance, and one for each that has no instance."""
    tags = _tags(sheet)
    instances: dict[str, list[Any]] = defaultdict(list)
    for instance in root.iter("MAKEINSTANCE"):
        name = instance.get("eventID", "")
        with sheet.task.rejects.aside(sheet.place(instance), name):
            if name not in tags:
                raise MalformedError(f"an instance of {shown(name)}, which is no EVENT here")
            instances[name].append(named(instance))
    for name, found in tags.items():
        for fields in instances[name] or [{}]:
            _event(sheet, name, found, fields)


def _tags(sheet: Sheet) -> dict[str, list[tuple[Any, int, int]]]:
    """Return the elements of each event, which may be several."""
    tags: dict[str, list[tuple[Any, int, int]]] = defaultdict(list)
    for element, start, end in sheet.elements("EVENT"):
        with sheet.task.rejects.aside(sheet.place(element), element.get("eid")):
            if start == end:
                raise MalformedError(f"the event {shown(element.get('eid', ''))} has no words")
            tags[element.get("eid") or f"#{len(tags)}"].append((element, start, end))
    return tags


def _event(
    sheet: Sheet, eid: str, found: list[tuple[Any, int, int]], instance: dict[str, str]
) -> None:
    fields = named(found[0][0]) | instance
    eiid = fields.get("eiid", "")
    name = sheet.names.new(eiid or eid, "v")
    for key in filter(None, (eiid, eid)):
        sheet.ids.setdefault(key, Argument("", ref=name))
    place = span(sheet.text, [(start, end) for _, start, end in found])
    sheet.events.append(
        Event(
            name,
            fields.get("class") or "EVENT",
            (Trigger(**place),),
            polarity=fields.get("polarity"),
            modality=fields.get("modality"),
            tense=fields.get("tense"),
            attrs=attributes(fields, _OF_EVENTS),
        )
    )


def _links(sheet: Sheet, root: Element) -> Iterator[Relation]:
    for element in root.iter(*LINKS):
        with sheet.task.rejects.aside(sheet.place(element), element.get("lid")):
            yield _link(sheet, element)


def _link(sheet: Sheet, element: Element) -> Relation:
    fields, kind = named(element), local(element)
    args = [
        _end(sheet, kind, role, fields, keys)
        for role, keys in zip(ROLES, LINKS[kind], strict=True)
    ]
    signal = sheet.signals.get(fields["signalID"]) if "signalID" in fields else None
    if signal is not None:
        del fields["signalID"]
    type_ = fields.pop("relType", "")
    return Relation(
        sheet.names.new(fields.pop("lid", None), "r"),
        f"{kind}.{type_}" if type_ else kind,
        tuple(args),
        triggers=() if signal is None else (Trigger(**span(sheet.text, [signal])),),
        attrs=attributes(fields, {"comment"}),
    )


def _end(
    sheet: Sheet, kind: str, role: str, fields: dict[str, str], keys: tuple[str, ...]
) -> Argument:
    """Take the end of a link out of its attributes: the first of some keys that is there."""
    key = next((key for key in keys if key in fields), "")
    target = sheet.ids.get(fields.pop(key)) if key else None
    if target is None:
        what = f"{' or '.join(keys)} of what is in the text"
        raise MalformedError(f"a {kind} without {role}; expected {what}")
    return replace(target, role=role)


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, ".tml"))
    root = opening.root(head)
    return root in {"TimeML", "TIMEML"} or (root in _ROOTS and opening.has(head, "TIMEX3"))


FORMAT = Format(
    "TimeML, or text with inline TIMEX3: events, times, signals, links",
    (".tml", ".timeml"),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "metadata", "mentions", "types of mentions", "nested mentions", "values",
        "attributes of mentions", "events", "properties of events", "attributes of events",
        "discontinuous triggers", "relations", "relations of events", "relations of values",
        "roles in relations", "attributes of relations", "triggers of relations",
    }),
)  # fmt: skip
