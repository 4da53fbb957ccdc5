"""Rich ERE: .rich_ere.xml with the text that its offsets count in (the DTD of Rich ERE 1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
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
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs, ldc, markup, opening
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.inline import named, text_of
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import span
from glose.corpus.formats.timexes import attributes
from glose.corpus.forms import shown
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

_SUFFIX = ".rich_ere.xml"
#: How the file of a text may end, and in which folders it may be, from that of the annotation.
_TEXTS = (".cmp.txt", ".mpdf.xml", ".mp.txt", ".xml", ".txt", ".sgm")
_FOLDERS = (".", "source", "../source", "../cmptxt", "../source/cmptxt", "../source/mpdf")
_PLACE = frozenset({"id", "source", "offset", "length", "type", "subtype"})


class Sheet(ldc.Sheet):
    """What was found of a document so far, whose spans are as ERE has them."""

    __slots__ = ()

    def pair(self, element: Any, words: str) -> Pair:  # noqa: ANN401  # as above
        """Return the span of an element that has offset and length, and covers some words."""
        try:
            start, size = int(element.get("offset", "")), int(element.get("length", ""))
        except ValueError as error:
            raise MalformedError("offset and length are no numbers") from error
        try:
            return self.covered(start, start + size, words)
        except MisplacedError as error:
            raise MalformedError(str(error)) from error


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, _SUFFIX):
        root = markup.root(inputs.content(file), Place(str(file)))
        text = _text(file, root.get("doc_id") or "", task["source"])
        if text is None:
            what = "its text is neither beside it nor in ../source"
            task.rejects.add(Place(str(file)), f"{what}; name its folder by --option source=…")
            continue
        ruler = Ruler(inputs.text(text).replace("\r\n", "\n"), task["unit"] or "code points")
        yield _document(root, Sheet(task, str(file), ruler), file)


def _text(file: Path, name: str, folder: str | None) -> Path | None:
    """Return the file of the text, which is called as that of the annotation or as itself."""
    stems = filter(None, (file.name.removesuffix(".gz").removesuffix(_SUFFIX), Path(name).name))
    names = [f"{stem}{suffix}" for stem in dict.fromkeys(stems) for suffix in _TEXTS]
    folders = (Path(folder),) if folder else (file.parent / place for place in _FOLDERS)
    every = (place / called for place in folders for called in names)
    return next(filter(Path.is_file, every), None)


def _document(root: Any, sheet: Sheet, file: Path) -> Document:  # noqa: ANN401  # as above
    for element in root.iterfind("entities/entity"):
        _entity(sheet, element)
    for element in root.iterfind("fillers/filler"):
        with sheet.task.rejects.aside(sheet.place(element)):
            made = _mention(sheet, element, element.get("type") or "FILLER", text_of(element))
            sheet.mentions.append(made)
    for element in root.iterfind("relations/relation"):
        _relation(sheet, element)
    for element in root.iterfind("hoppers/hopper"):
        _hopper(sheet, element)
    name = root.get("doc_id") or file.name.removesuffix(_SUFFIX)
    return Document(
        id=name.strip(),
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
        provenance=Provenance(file=sheet.source, format="ere"),
    )  # fmt: skip


def _type(element: Any, default: str) -> str:  # noqa: ANN401  # as above
    return ".".join(filter(None, (element.get("type"), element.get("subtype")))) or default


def _mention(sheet: Sheet, element: Any, type_: str, words: str) -> Mention:  # noqa: ANN401  # as above
    start, end = sheet.pair(element, words)
    nominal = element.find("nom_head")
    head = () if nominal is None else sheet.pair(nominal, text_of(nominal))
    if head and not start <= head[0] < head[1] <= end:
        raise MalformedError(f"the head {head[0]} to {head[1]} is outside its mention")
    name = sheet.names.new(element.get("id"), "m")
    sheet.ids[element.get("id", "")] = name
    attrs = attributes(named(element), {*_PLACE, "noun_type"})
    place = span(sheet.ruler.text, [(start, end)])
    level = element.get("noun_type") or None
    return Mention(name, type_, **place, head=head, level=level, attrs=attrs)


def _entity(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    type_, members = _type(element, "ENTITY"), []
    for item in element.iterfind("entity_mention"):
        with sheet.task.rejects.aside(sheet.place(item)):
            text = item.find("mention_text")
            made = _mention(sheet, item, type_, "" if text is None else text_of(text))
            sheet.mentions.append(made)
            members.append(made.id)
    if members:
        name = sheet.names.new(element.get("id"), "e")
        attrs = attributes(named(element), _PLACE)
        sheet.entities.append(Entity(name, type_, None, tuple(members), attrs=attrs))


def _argument(sheet: Sheet, element: Any) -> Argument:  # noqa: ANN401  # as above
    wanted = element.get("entity_mention_id") or element.get("filler_id") or ""
    target = sheet.ids.get(wanted)
    if target is None:
        raise MalformedError(f"an argument is {shown(wanted)}, which is no mention or filler here")
    realis = attributes({"realis": element.get("realis")} if element.get("realis") else {})
    return Argument(element.get("role") or "ARG", ref=target, attrs=realis)


def _trigger(sheet: Sheet, element: Any) -> tuple[Trigger, ...]:  # noqa: ANN401  # as above
    return tuple(
        Trigger(**span(sheet.ruler.text, [sheet.pair(found, text_of(found))]))
        for found in element.iterfind("trigger")
    )


def _relation(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    """Take the mentions of a relation; the attribute `relation` keeps those of one together."""
    for item in element.iterfind("relation_mention"):
        with sheet.task.rejects.aside(sheet.place(item)):
            ends = (item.find("rel_arg1"), item.find("rel_arg2"))
            args = tuple(_argument(sheet, end) for end in ends if end is not None)
            triggers = _trigger(sheet, item)
            fields = named(item) | {"relation": element.get("id", "")}
            name = sheet.names.new(item.get("id"), "r")
            type_, attrs = _type(element, "REL"), attributes(fields, _PLACE)
            sheet.relations.append(Relation(name, type_, args, triggers, attrs=attrs))


def _hopper(sheet: Sheet, element: Any) -> None:  # noqa: ANN401  # as above
    members = []
    for item in element.iterfind("event_mention"):
        with sheet.task.rejects.aside(sheet.place(item)):
            triggers = _trigger(sheet, item)
            args = tuple(_argument(sheet, end) for end in item.iterfind("em_arg"))
            name = sheet.names.new(item.get("id"), "v")
            attrs = attributes(named(item), {*_PLACE, "realis"})
            made = Event(name, _type(item, "EVENT"), triggers, args, attrs=attrs)
            sheet.events.append(replace(made, modality=_realis(item.get("realis"))))
            members.append(name)
    if members:
        name = sheet.names.new(element.get("id"), "c")
        sheet.clusters.append(EventCluster(name, tuple(members)))


def _realis(stated: str | None) -> str | None:
    return stated[:1].upper() + stated[1:] if stated else None


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return any(inputs.files(path, _SUFFIX))
    return opening.root(head) == "deft_ere"


FORMAT = Format(
    "Rich ERE: .rich_ere.xml with the text beside it or in ../source",
    (_SUFFIX,),
    _read,
    None,
    _detect,
    holds=frozenset({
        "texts", "mentions", "nested mentions", "crossing mentions", "types of mentions", "heads",
        "levels", "attributes of mentions", "entities", "entities of one mention",
        "types of entities", "attributes of entities", "events", "arguments",
        "attributes of arguments", "properties of events", "attributes of events",
        "event clusters", "relations", "roles in relations", "relations not of two",
        "attributes of relations", "triggers of relations",
    }),
    options=(
        Option("unit", "in which offsets are counted", "code points", UNITS),
        Option("source", "the folder of the texts, if they are not beside or in ../source"),
    ),
)  # fmt: skip
