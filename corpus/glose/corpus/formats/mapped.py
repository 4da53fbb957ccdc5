"""JSON of any shape, a document an object, by a mapping file that says where everything stands."""

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
    Meta,
    Pair,
    Provenance,
    Relation,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, mapping, peeking
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.mapped_writing import written
from glose.corpus.formats.mapping import NOTHING, PLAIN, Mapping, Relations, Spans, at
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, span
from glose.corpus.forms import shown
from glose.corpus.rulers import MisplacedError, Ruler

OPTIONS = (NAME, Option("mapping", "a TOML file that says where everything stands"))


def _mapping(task: Task) -> Mapping:
    path = task["mapping"]
    return mapping.load(Path(path)) if path else PLAIN


def _read(path: Path, task: Task) -> Iterator[Document]:
    shape = _mapping(task)
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode("utf-8", "replace")) as item:
            value = items.decoded(data, dict[str, Any])
            name = at(value, shape.id) if shape.id is not None else None
            name = items.identified(
                None if name is NOTHING else name, path, number, task[NAME.name]
            )
            reading = _Reading(shape, value, item.of(name), task)
            yield replace(reading.document(), provenance=Provenance(str(path), format="mapped"))


class _Reading:
    """One object that is turned into a document; items that are malformed are rejected."""

    def __init__(self, shape: Mapping, value: dict[str, Any], place: Place, task: Task) -> None:
        self._shape, self._value, self._place, self._task = shape, value, place, task
        self._ruler = Ruler(mapping.words(value, shape.text), shape.unit)
        self._names = Names()
        #: The mentions by the id that the source gives them, and by their number.
        self._by_id: dict[str, str] = {}
        self._by_number: list[str | None] = []

    def document(self) -> Document:
        """Return the document; raise `MalformedError` where the object as a whole is wrong."""
        shape, value = self._shape, self._value
        mentions = tuple(self._mentions())
        relations = tuple(self._relations())
        labels = tuple(self._labels())
        meta = {str(name): mapping.stated(value, where) for name, where in shape.meta.items()}
        return Document(
            id=self._place.id or "",
            language=mapping.stated(value, shape.language),
            text=self._ruler.text,
            meta=msgspec.convert(meta, Meta),
            mentions=mentions,
            relations=relations,
            labels=labels,
            status=Status(annotated=tuple(self._annotated())),
        )

    def _annotated(self) -> Iterator[str]:
        """Yield the lists that the object has, as far as the mapping names them."""
        shape = self._shape
        places = {
            "mentions": [spans.list for spans in shape.spans],
            "relations": [relations.list for relations in shape.relations],
            "labels": shape.labels.values(),
        }
        for name, wheres in places.items():
            if any(at(self._value, where) not in (NOTHING, None) for where in wheres):
                yield name

    def _mentions(self) -> Iterator[Mention]:
        for spans in self._shape.spans:
            for item in mapping.listed(self._value, spans.list):
                self._by_number.append(None)
                with self._task.rejects.aside(self._place, item):
                    yield self._mention(spans, item)

    def _mention(self, spans: Spans, item: object) -> Mention:
        try:
            pairs = self._ruler.spans(_pairs(spans, item), mapping.stated(item, spans.text))
        except MisplacedError as error:
            raise MalformedError(str(error).replace("--option unit=", "unit = ")) from error
        type_ = spans.fixed or mapping.words(item, spans.type or "")
        name = self._named(mapping.stated(item, spans.id))
        attributes = tuple(_attributes(spans, item))
        return Mention(name, type_, **span(self._ruler.text, pairs), attrs=attributes)

    def _named(self, given: str | None) -> str:
        """Return the id of the mention that comes next, which a source may call something else."""
        if given is not None and given in self._by_id:
            raise MalformedError(f"the id {shown(given)} is used twice; expected once")
        name = self._names.new(given, "m")
        self._by_number[-1] = name
        if given is not None:
            self._by_id[given] = name
        return name

    def _relations(self) -> Iterator[Relation]:
        for relations in self._shape.relations:
            for item in mapping.listed(self._value, relations.list):
                with self._task.rejects.aside(self._place, item):
                    yield self._relation(relations, item)

    def _relation(self, relations: Relations, item: object) -> Relation:
        type_ = relations.fixed or mapping.words(item, relations.type or "")
        name = mapping.stated(item, relations.id)
        args = tuple(
            Argument(role, ref=self._mentioned(relations, item, where))
            for role, where in relations.args.items()
            if at(item, where) not in (NOTHING, None)
        )
        return Relation(self._names.new(name, "r"), type_, args)

    def _mentioned(self, relations: Relations, item: object, where: mapping.Where) -> str:
        """Return the id of the mention that an argument names."""
        if relations.by == "number":
            found = mapping.number(item, where)
            known = self._by_number[found] if 0 <= found < len(self._by_number) else None
        else:
            known = self._by_id.get(mapping.words(item, where))
        if known is None:
            raise MalformedError(f"{where}: no span has the {relations.by} {at(item, where)}")
        return known

    def _labels(self) -> Iterator[Label]:
        for scheme, where in self._shape.labels.items():
            found = at(self._value, where)
            for value in found if isinstance(found, list) else [found]:
                if value not in (NOTHING, None):
                    yield Label(scheme, str(value))


def _attributes(spans: Spans, item: object) -> Iterator[Attribute]:
    for key in spans.attributes:
        found = at(item, key)
        if found not in (NOTHING, None):
            yield Attribute(key, str(found))


def _pairs(spans: Spans, item: object) -> tuple[Pair, ...]:
    """Return the pieces of a span as they are written, half-open."""
    last = 1 if spans.inclusive else 0
    if spans.pieces is not None:
        pieces = mapping.listed(item, spans.pieces)
        if not pieces:
            raise MalformedError(f"{spans.pieces}: no piece; expected pairs of numbers")
        return tuple(
            (mapping.number(piece, 0), mapping.number(piece, 1) + last) for piece in pieces
        )
    start = mapping.number(item, spans.start or 0)
    if spans.length is not None:
        return ((start, start + mapping.number(item, spans.length)),)
    return ((start, mapping.number(item, spans.end or 0) + last),)


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    shape = _mapping(task)
    return items.write_lines(path, (written(one, shape, task.losses) for one in documents))


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return found.get("text") == '"' and found.get("annotations") == "["


FORMAT = Format(
    "JSON of any shape, a document an object, by a mapping file",
    (".mapped.jsonl",),
    _read,
    _write,
    _detect,
    holds=frozenset(
        {"texts", "mentions", "nested mentions", "crossing mentions", "types of mentions"}
    ),
    partly={
        "discontinuous mentions": "if the mapping names pieces",
        "attributes of mentions": "those that the mapping names",
        "relations": "if the mapping names them, and all their roles",
        "relations not of two": "as the mapping names roles",
        "roles in relations": "those that the mapping names",
        "labels": "of schemes that the mapping names",
        "metadata": "strings that the mapping names",
    },
    options=OPTIONS,
)
