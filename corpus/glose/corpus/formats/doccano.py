"""doccano: a document a line, with spans and relations (https://doccano.github.io/doccano)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Label,
    Mention,
    Provenance,
    Relation,
)
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import ENDS
from glose.corpus.formats.items import Shape
from glose.corpus.formats.label_studio_reading import stated
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

HOLDS = frozenset({
    "texts", "metadata", "relations", "mentions", "nested mentions", "crossing mentions",
    "types of mentions",
})  # fmt: skip
OPTIONS = (
    Option("unit", "in which offsets are counted", "utf16", UNITS),
    Option("text", "which key has the text", "text"),
    Option("form", "what is written: spans with ids and relations, or spans alone", "relations",
           ("relations", "spans")),
)  # fmt: skip
#: The scheme of the classes of a document.
SCHEME = "category"
#: What is a comment in the metadata of a document.
COMMENT = "comment"
#: Keys with a meaning of their own.
_KNOWN = frozenset({
    "id", "text", "data", "label", "labels", "entities", "relations", "cats", "Comments", "meta",
})  # fmt: skip


class Span(Shape, frozen=True):
    """A span of a project with relations."""

    id: int | str
    label: str
    start_offset: int
    end_offset: int


class Arrow(Shape, frozen=True):
    """A relation of two spans."""

    from_id: int | str
    to_id: int | str
    type: str
    id: int | str | None = None


class Line(Shape, frozen=True):
    """An example; spans stand in `label`, or in `entities` where they have ids."""

    id: int | str | None = None
    label: tuple[Any, ...] | None = None
    labels: tuple[Any, ...] | None = None
    entities: tuple[Any, ...] | None = None
    relations: tuple[Any, ...] | None = None
    cats: tuple[str, ...] | None = None
    comments: tuple[Any, ...] | None = msgspec.field(default=None, name="Comments")
    meta: dict[str, Any] | None = None


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()):
            line = items.decoded(data, Line)
            yield _document(line, data, items.identified(line.id, path, number), place, task)


def _document(line: Line, data: bytes, name: str, place: Place, task: Task) -> Document:
    key = task["text"] or "text"
    others = items.others(data, _KNOWN - {key})
    text = others.pop(key, None)
    if text is None and key == "text":
        text = items.decoded(data, dict[str, Any]).get("data")
    if not isinstance(text, str):
        raise MalformedError(f"no text under {key!r}; name its key with --option text=KEY")
    ruler = Ruler(text, task["unit"] or "utf16")
    names, called = Names(), dict[str, str]()
    mentions: list[Mention] = []
    classes = list(line.cats or ())
    for given in (*(line.label or ()), *(line.labels or ()), *(line.entities or ())):
        if isinstance(given, str):
            classes.append(given)
            continue
        with task.rejects.aside(place, given):
            mention = _mention(_span(given), ruler, names, called)
            mentions.append(mention)
    found = Document(
        id=name,
        text=ruler.text,
        mentions=tuple(mentions),
        relations=tuple(_relations(line, called, names, place, task)),
        labels=tuple(Label(SCHEME, value) for value in classes),
        extra=tuple(Attribute(COMMENT, _comment(one)) for one in line.comments or ()),
        provenance=Provenance(file=place.source, format="doccano"),
    )
    found = described.described((line.meta or {}) | others, found)
    return replace(found, status=stated(found))


def _span(given: object) -> Span:
    if isinstance(given, dict):
        return items.converted(given, Span)
    start, end, label = items.converted(given, tuple[int, int, str])
    return Span("", label, start, end)


def _mention(span: Span, ruler: Ruler, names: Names, called: dict[str, str]) -> Mention:
    try:
        start, end = ruler.span(span.start_offset, span.end_offset)
    except MisplacedError as error:
        raise MalformedError(f"span {span.id or span.label}: {error}") from error
    name = names.new(str(span.id), "m")
    called.setdefault(str(span.id), name)
    return Mention(name, span.label, start, end)


def _relations(
    line: Line, called: dict[str, str], names: Names, place: Place, task: Task
) -> Iterator[Relation]:
    for given in line.relations or ():
        with task.rejects.aside(place, given):
            arrow = items.converted(given, Arrow)
            ends = str(arrow.from_id), str(arrow.to_id)
            missing = [end for end in ends if end not in called]
            if missing:
                raise MalformedError(f"a relation of span {missing[0]}, which was not read")
            args = (Argument(role, called[end]) for role, end in zip(ENDS, ends, strict=True))
            yield Relation(names.new(None, "r"), arrow.type, tuple(args))


def _comment(given: object) -> str:
    if isinstance(given, dict):
        given = given.get("text", given)
    return given if isinstance(given, str) else items.encoded(given).decode()


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_lines(path, (_line(one, task) for one in found))


def _line(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
    ruler = Ruler(document.text or "", task["unit"] or "utf16")
    spans = [(ruler.offset(m.start), ruler.offset(m.end), m.type) for m in document.mentions]
    key = task["text"] or "text"
    comments = [a.value for a in document.extra if a.name == COMMENT]
    rest = replace(document, extra=tuple(a for a in document.extra if a.name != COMMENT))
    line = {"id": document.id, key: document.text, "Comments": comments} | described.keys(rest)
    if task["form"] == "spans":
        return line | {"label": spans}
    numbers = {m.id: number for number, m in enumerate(document.mentions, start=1)}
    entities = [
        {"id": number, "label": label, "start_offset": start, "end_offset": end}
        for number, (start, end, label) in enumerate(spans, start=1)
    ]
    relations = [
        {"id": number, "from_id": first, "to_id": second, "type": relation.type}
        for number, relation in enumerate(document.relations, start=1)
        for first, second in [[numbers[a.ref or ""] for a in relation.args]]
    ]
    return line | {"entities": entities, "relations": relations}


def _fitted(document: Document, task: Task) -> Document:
    if task["form"] == "spans" and document.relations:
        bare = replace(document, relations=())
        document = task.losses.step(bare, "--option form=spans writes no relations")
    taken = {*_KNOWN, task["text"]}
    extra = tuple(replace(a, name=f"{a.name}_") if a.name in taken else a for a in document.extra)
    if extra == document.extra:
        return document
    return task.losses.step(replace(document, extra=extra), "names of doccano's own keys")


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    if "text" not in found and "data" not in found:
        return False
    spans = b'"start_offset"' in head and found.get("entities") == "["
    return "Comments" in found or spans


FORMAT = Format(
    "doccano: a document a line with spans and relations",
    (".doccano.jsonl",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    offsets="utf16",
    options=OPTIONS,
)
