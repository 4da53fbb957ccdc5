"""re3d: folders of documents, entities and relations (https://github.com/dstl/re3d)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Mention,
    Pair,
    Provenance,
    Relation,
    Status,
    Trigger,
)
from glose.corpus.errors import GloseError, Place
from glose.corpus.formats import described, inputs, items
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import ENDS, UNTYPED
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import UNITS, MisplacedError, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS),)
FILES = ("documents.json", "entities.json", "relations.json")

_Item = TypeVar("_Item", bound="Owned")


class Source(Shape, frozen=True, rename={"id": "_id"}):
    """A document."""

    id: str
    text: str


class Owned(Shape, frozen=True, rename="camel"):
    """What stands in a document, and how sure that is."""

    document_id: str
    type: str
    confidence: float | None = None


class Spot(Owned, frozen=True, kw_only=True, rename={"document_id": "documentId", "id": "_id"}):
    """An entity: a mention."""

    begin: int
    end: int
    value: str | None = None
    id: str | None = None


class Arrow(Owned, frozen=True, kw_only=True, rename="camel"):
    """A relation, with the words that state it."""

    begin: int
    end: int
    source_begin: int
    source_end: int
    target_begin: int
    target_end: int
    source: str | None = None
    target: str | None = None
    value: str | None = None


def _read(path: Path, task: Task) -> Iterator[Document]:
    folders = _folders(path)
    if not folders:
        raise GloseError(f"{path}: no folder with {', '.join(FILES)} in it")
    for folder in folders:
        mentions = _grouped(folder / FILES[1], Spot, task)
        relations = _grouped(folder / FILES[2], Arrow, task)
        for place, data in items.items(folder / FILES[0], task):
            with task.rejects.aside(place, data.decode()) as item:
                source = items.decoded(data, Source)
                sheet = _Sheet(source, item.of(source.id), task)
                spots, arrows = mentions.pop(source.id, []), relations.pop(source.id, [])
                yield sheet.document(spots, arrows, data)
        for left in (mentions, relations):
            for name, found in left.items():
                what = f"annotations of document {name}, which is not in {FILES[0]}"
                task.rejects.add(found[0][0], what)


def _folders(path: Path) -> list[Path]:
    """Return the folders that have all three files, at any depth."""
    found = inputs.files(path, FILES[0]) if path.is_dir() else []
    return [f.parent for f in found if all((f.parent / name).is_file() for name in FILES)]


def _grouped(path: Path, kind: type[_Item], task: Task) -> dict[str, list[tuple[Place, _Item]]]:
    found: dict[str, list[tuple[Place, _Item]]] = defaultdict(list)
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as read:
            item = items.decoded(data, kind)
            found[item.document_id].append((read.of(item.document_id), item))
    return found


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, source: Source, place: Place, task: Task) -> None:
        self.source, self.place, self.task = source, place, task
        self.ruler = Ruler(source.text, task["unit"] or "code points")
        self.names = Names()
        self.mentions: list[Mention] = []
        self.relations: list[Relation] = []
        self._at: dict[Pair, str] = {}

    def document(
        self, spots: list[tuple[Place, Spot]], arrows: list[tuple[Place, Arrow]], data: bytes
    ) -> Document:
        """Return the document; an annotation that is wrong is rejected."""
        for place, spot in spots:
            with self.task.rejects.aside(place, spot):
                pair = self._pair(spot.begin, spot.end, spot.value)
                self._mention(pair, spot.type, spot.confidence)
        for place, arrow in arrows:
            with self.task.rejects.aside(place, arrow):
                self._relation(arrow)
        found = Document(
            id=self.source.id,
            text=self.ruler.text,
            mentions=tuple(self.mentions),
            relations=tuple(self.relations),
            status=Status(annotated=("mentions", "relations")),
            provenance=Provenance(file=self.place.source, format="re3d"),
        )
        known: dict[str, Any] = items.others(data, ("_id", "text"))
        url, name = known.pop("sourceUrl", None), known.pop("sourceName", None)
        return described.described({"url": url, "source": name} | known, found)

    def _pair(self, start: int, end: int, words: str | None) -> Pair:
        """Return the offsets of words, which may differ from the text in blanks and signs.

        The files give other quotation marks, and blanks after brackets, than their texts have.
        """
        try:
            pair = self.ruler.span(start, end)
            there = self.ruler.text[slice(*pair)]
            if words is not None and _plain(there) != _plain(words):
                self.ruler.span(start, end, words)
        except MisplacedError as error:
            raise MalformedError(str(error)) from error
        if words is not None and there.strip() != words.strip():
            self.task.losses.note("words that differ from the text in blanks or signs")
        return pair

    def _mention(self, pair: Pair, type_: str, confidence: float | None) -> str:
        name = self.names.new(None, "m")
        self.mentions.append(Mention(name, type_, *pair, attrs=_sure(confidence)))
        return self._at.setdefault(pair, name)

    def _relation(self, arrow: Arrow) -> None:
        """Take a relation; an end that is no mention becomes one without a type."""
        pairs = (
            self._pair(arrow.source_begin, arrow.source_end, arrow.source),
            self._pair(arrow.target_begin, arrow.target_end, arrow.target),
        )
        args = tuple(
            Argument(role, self._at.get(pair) or self._mention(pair, UNTYPED, None))
            for role, pair in zip(ENDS, pairs, strict=True)
        )
        name, attrs = self.names.new(None, "r"), _sure(arrow.confidence)
        triggers = self._triggers(arrow)
        self.relations.append(Relation(name, arrow.type, args, triggers, attrs=attrs))

    def _triggers(self, arrow: Arrow) -> tuple[Trigger, ...]:
        """Return the words that state a relation, without the blanks that the bounds take in.

        The file gives the words without these.
        """
        if arrow.begin >= arrow.end:
            return ()
        start, end = self._pair(arrow.begin, arrow.end, arrow.value)
        there = self.ruler.text[start:end]
        if there != there.strip():
            self.task.losses.note("blanks at the ends of the words of relations are left out")
        start += len(there) - len(there.lstrip())
        end = start + len(there.strip())
        return (Trigger(start, end),) if start < end else ()


def _plain(words: str) -> str:
    """Return the letters and digits of words; all but white space where there are none."""
    return "".join(filter(str.isalnum, words)) or "".join(words.split())


def _sure(confidence: float | None) -> tuple[Attribute, ...]:
    if confidence is None:
        return ()
    return (Attribute("confidence", msgspec.json.encode(confidence).decode()),)


def _detect(path: Path, _head: bytes) -> bool:
    return path.is_dir() and bool(_folders(path))


FORMAT = Format(
    "re3d: folders with documents.json, entities.json and relations.json",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
