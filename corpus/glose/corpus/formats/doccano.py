"""doccano: a document a line, with spans and relations (https://doccano.github.io/doccano)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Label,
    Mention,
    Provenance,
    Relation,
)
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking, presence
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.formats.statuses import stated
from glose.corpus.rulers import UNITS, Ruler

HOLDS = frozenset({
    "texts", "metadata", "relations", "mentions", "nested mentions", "crossing mentions",
    "types of mentions",
})  # fmt: skip
OPTIONS = (
    NAME,
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

    @property
    def spans(self) -> list[Any]:
        """What was marked in the text."""
        return [mark for mark in self._marks() if not isinstance(mark, str)]

    @property
    def classes(self) -> list[str]:
        """What was said of the whole document, be it under the key of the spans."""
        return [*(self.cats or ()), *(mark for mark in self._marks() if isinstance(mark, str))]

    def _marks(self) -> list[Any]:
        return [*(self.label or ()), *(self.labels or ()), *(self.entities or ())]


def _read(path: Path, task: Task) -> Iterator[Document]:
    related = bool(presence.filled(path, "relations"))
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            name = items.identified(line.id, path, number, task[NAME.name])
            where = item.of(name)
            text, others = _text(data, task["text"] or "text")
            sheet = _Sheet(line, Ruler(text, task["unit"] or "utf16"), where, task)
            found = sheet.document(name)
            found = described.described((line.meta or {}) | others, found)
            looked = related and line.relations is not None
            yield replace(found, status=stated(found, related=looked))


def _text(data: bytes, key: str) -> tuple[str, dict[str, object]]:
    """Return the text of an example, and what it has under keys that doccano does not know."""
    others = items.others(data, _KNOWN - {key})
    text = others.pop(key, None)
    if text is None and key == "text":
        text = items.decoded(data, dict[str, Any]).get("data")
    if not isinstance(text, str):
        raise MalformedError(f"no text under {key!r}; name its key with --option text=KEY")
    return text, others


class _Sheet:
    """An example, and what its spans are called in the record."""

    def __init__(self, line: Line, ruler: Ruler, place: Place, task: Task) -> None:
        self.line, self.ruler, self.place, self.task = line, ruler, place, task
        self.names = Names()
        self.called: dict[str, str] = {}

    def document(self, name: str) -> Document:
        """Return the document without metadata; a span or relation that is wrong is rejected."""
        line, sound = self.line, self.task.rejects.sound
        return Document(
            id=name,
            text=self.ruler.text,
            mentions=tuple(sound(self.place, line.spans, self._mention)),
            relations=tuple(sound(self.place, line.relations or (), self._relation)),
            labels=tuple(Label(SCHEME, value) for value in line.classes),
            extra=tuple(Attribute(COMMENT, _comment(one)) for one in line.comments or ()),
            provenance=Provenance(file=self.place.source, format="doccano"),
        )

    def _mention(self, given: object) -> Mention:
        span = _span(given)
        whose = f"span {span.id or span.label}"
        pair = placed(self.ruler, (span.start_offset, span.end_offset), None, whose)
        name = self.names.new(str(span.id), "m")
        self.called.setdefault(str(span.id), name)
        return Mention(name, span.label, *pair)

    def _relation(self, given: object) -> Relation:
        arrow = items.converted(given, Arrow)
        ends = str(arrow.from_id), str(arrow.to_id)
        missing = [end for end in ends if end not in self.called]
        if missing:
            raise MalformedError(f"a relation of span {missing[0]}, which was not read")
        args = between(*(self.called[end] for end in ends))
        return Relation(self.names.new(None, "r"), arrow.type, args)


def _span(given: object) -> Span:
    if isinstance(given, dict):
        return items.converted(given, Span)
    start, end, label = items.converted(given, tuple[int, int, str])
    return Span("", label, start, end)


def _comment(given: object) -> str:
    return items.worded(given.get("text", given) if isinstance(given, dict) else given)


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_lines(path, (_line(one, task) for one in found))


def _line(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
    ruler = Ruler(document.text or "", task["unit"] or "utf16")
    spans = [(ruler.offset(m.start), ruler.offset(m.end), m.type) for m in document.mentions]
    line = _described(document, task["text"] or "text")
    if task["form"] == "spans":
        return line | {"label": spans}
    entities = [
        {"id": number, "label": label, "start_offset": start, "end_offset": end}
        for number, (start, end, label) in enumerate(spans, start=1)
    ]
    return line | {"entities": entities, "relations": list(_arrows(document))}


def _described(document: Document, key: str) -> dict[str, object]:
    """Return an example without annotations; its text stands under a key."""
    comments = [a.value for a in document.extra if a.name == COMMENT]
    rest = replace(document, extra=tuple(a for a in document.extra if a.name != COMMENT))
    line = {"id": document.id, key: document.text, "Comments": comments}
    return line | described.keys(rest)


def _arrows(document: Document) -> Iterator[dict[str, object]]:
    numbers = {m.id: number for number, m in enumerate(document.mentions, start=1)}
    for number, relation in enumerate(document.relations, start=1):
        first, second = (numbers[argument.ref or ""] for argument in relation.args)
        yield {"id": number, "from_id": first, "to_id": second, "type": relation.type}


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
