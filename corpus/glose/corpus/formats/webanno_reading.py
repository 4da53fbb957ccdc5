"""From WebAnno TSV 3 to a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise, repeat
from pathlib import Path
from urllib.parse import unquote

from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    Link,
    Mention,
    Pair,
    Provenance,
    Relation,
    Segment,
    Status,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.entries import linked
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.webanno_cells import BASE, ROLE, Cell, Layer, cells, unescaped
from glose.corpus.formats.words import first_of
from glose.corpus.forms import shown
from glose.corpus.rulers import MisplacedError, Ruler

FORMAT_LINE = "#FORMAT=WebAnno TSV 3"
TYPES = ("value", "entity", "label")
_TYPES = (*TYPES, "referenceType")
KINDS = ("label", "type", "value")
LEVEL, IDENTIFIER, IDENTITY = "level", "identifier", "identity"

_ROW = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t([^\t]+)((?:\t.*)?)")
_HEADER = re.compile(r"#T_(SP|RL|CH)=([^|]+)((?:\|.*)?)")
_TARGET = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?")
#: Layers of words and syntax, which are no mentions.
_LINGUISTIC = re.compile(
    r"de\.tudarmstadt\.ukp\.dkpro\.core\.api\.(lexmorph|segmentation|syntax)\."
)


@dataclass(slots=True)
class Line:
    """A row: where it stands, and the cells of each layer."""

    address: str
    start: int
    end: int
    word: str
    cells: list[str]
    number: int


@dataclass(slots=True)
class Span:
    """An annotation of a span layer or an element of a chain, from all its rows."""

    layer: Layer
    start: int
    end: int
    features: dict[str, str] = field(default_factory=dict)
    chain: str = ""


@dataclass(slots=True)
class Sheet:
    """A file as it is written: layers, sentences and rows."""

    path: Path
    layers: list[Layer] = field(default_factory=list)
    #: The text of each sentence, and its rows.
    sentences: list[tuple[list[str], list[Line]]] = field(default_factory=list)
    others: int = 0

    def take(self, line: str, number: int) -> None:
        """Take a line; raise `MalformedError` if it is none of the format."""
        if line.startswith("#"):
            self._comment(line)
            return
        found = _ROW.fullmatch(line)
        if found is None:
            raise MalformedError(f"{shown(line[:60])}: expected SENTENCE-TOKEN, START-END, TOKEN")
        columns = self._columns(found[5].split("\t")[1:])
        if not self.sentences:
            self.sentences.append(([], []))
        row = Line(found[1], int(found[2]), int(found[3]), found[4], columns, number)
        self.sentences[-1][1].append(row)

    def _columns(self, columns: list[str]) -> list[str]:
        """Return as many columns as the layers have; raise `MalformedError` at others."""
        wanted = sum(layer.width for layer in self.layers)
        if len(columns) < wanted or any(columns[wanted:]):
            raise MalformedError(f"{len(columns)} columns of annotations; expected {wanted}")
        return columns[:wanted]

    def _comment(self, line: str) -> None:
        if found := _HEADER.fullmatch(line):
            features = tuple(found[3].split("|")[1:])
            self.layers.append(Layer(found[1], found[2], features))
        elif line.startswith("#Text="):
            if not self.sentences or self.sentences[-1][1]:
                self.sentences.append(([], []))
            self.sentences[-1][0].append(line.removeprefix("#Text="))
        elif not line.startswith("#FORMAT="):
            self.others += 1

    def columns(self) -> Iterator[tuple[Layer, int]]:
        """Yield each layer with the number of its first column."""
        at = 0
        for layer in self.layers:
            yield layer, at
            at += layer.width

    def rows(self) -> Iterator[Line]:
        """Yield all rows."""
        for _, rows in self.sentences:
            yield from rows


def _raw(sheet: Sheet) -> str:
    """Return the text, counted in UTF-16; what no line states is line ends between sentences."""
    found, size = [], 0
    for lines, rows in sheet.sentences:
        if not rows:
            continue
        start = rows[0].start
        if start - size > inputs.LONGEST:
            raise InputError(
                Place(str(sheet.path), rows[0].number), f"offset {start} is too large"
            )
        found.append("\n" * max(start - size, 0))
        text = _sentence("\n".join(lines), rows)
        found.append(text)
        size = max(start, size) + len(text.encode("utf-16-le", "surrogatepass")) // 2
    return "".join(found)


def _sentence(text: str, rows: list[Line]) -> str:
    """Return the text of a sentence, unescaped if its words stand in it so."""
    start = rows[0].start
    for candidate in (text, unescaped(text)):
        ruler = Ruler(candidate, "utf16")
        if all(_stands(ruler, row, start) for row in rows):
            return candidate
    return text


def _stands(ruler: Ruler, row: Line, start: int) -> bool:
    try:
        first, last = ruler.place(row.start - start), ruler.place(row.end - start)
    except MisplacedError:
        return False
    return ruler.text[first:last] in (row.word, unescaped(row.word))


def document(path: Path, name: str, task: Task) -> Document:
    """Return the document of a file."""
    sheet = Sheet(path)
    for number, line in inputs.lines(path):
        if line.strip():
            with task.rejects.aside(Place(str(path), number), line):
                sheet.take(line, number)
    if sheet.others:
        task.losses.unread("metadata", "other comments", sheet.others)
    return _Reading(sheet, task).document(name)


class _Reading:
    """The annotations of a file as they become those of a document."""

    def __init__(self, sheet: Sheet, task: Task) -> None:
        self._sheet = sheet
        self._task = task
        self._ruler = Ruler(_raw(sheet), task["unit"] or "utf16")
        self._places: dict[str, Pair] = {}
        self._spans: dict[tuple[str, str], Span] = {}
        #: The annotations of a layer that have no number, by the address of their row.
        self._named: dict[tuple[str, str], Mention] = {}
        self._groups = _Groups()
        self._relations: list[Relation] = []
        wanted = map(str.strip, (task["coreference"] or "").split(","))
        self._coreference = set(filter(None, wanted))

    def document(self, name: str) -> Document:
        """Return the document."""
        rows = list(self._rows())
        for row, layer, texts in self._cells(rows):
            if layer.kind != "RL":
                self._take(row, layer, texts)
        mentions = [self._mention(n, s) for n, s in enumerate(self._spans.values(), start=1)]
        self._named = dict(zip(self._spans, mentions, strict=True))
        for mention, span in zip(mentions, self._spans.values(), strict=True):
            if span.chain:
                self._groups.join(f"{span.layer.name} {span.chain}", mention.id)
        for row, layer, texts in self._cells(rows):
            if layer.kind == "RL":
                self._relate(row, layer, texts)
        return Document(
            id=name,
            text=self._ruler.text,
            tokens=tuple(self._tokens(rows)),
            segments=tuple(self._segments()),
            mentions=tuple(mentions),
            entities=tuple(self._groups.entities(mentions)),
            relations=tuple(self._relations),
            status=Status(annotated=tuple(self._annotated())),
            provenance=Provenance(file=str(self._sheet.path), format="webanno"),
        )

    def _cells(self, rows: list[Line]) -> Iterator[tuple[Line, Layer, list[str]]]:
        """Yield each row with each layer, and with what it has in this."""
        for row in rows:
            for layer, at in self._sheet.columns():
                yield row, layer, row.cells[at : at + layer.width]

    def _annotated(self) -> Iterator[str]:
        yield "mentions"
        layers = self._sheet.layers
        if any(layer.kind == "CH" or layer.short in self._coreference for layer in layers):
            yield "entities"
        if self._relations:
            yield "relations"

    def _rows(self) -> Iterator[Line]:
        """Yield the rows whose words stand in the text where they say."""
        for row in self._sheet.rows():
            place = Place(str(self._sheet.path), row.number)
            with self._task.rejects.aside(place, row.word):
                self._places[row.address] = self._placed(row)
                yield row

    def _placed(self, row: Line) -> Pair:
        try:
            found = self._ruler.span(row.start, row.end)
            if self._ruler.text[found[0] : found[1]] in (row.word, unescaped(row.word)):
                return found
            return self._ruler.span(row.start, row.end, row.word)
        except MisplacedError as error:
            raise MalformedError(str(error)) from error

    def _tokens(self, rows: list[Line]) -> Iterator[Pair]:
        last = 0
        for row in rows:
            start, end = self._places[row.address]
            if "." not in row.address and start >= last:
                yield start, end
                last = end

    def _segments(self) -> Iterator[Segment]:
        number = 0
        for _, rows in self._sheet.sentences:
            placed = [self._places[row.address] for row in rows if row.address in self._places]
            number += bool(placed)
            start, end = (placed[0][0], max(end for _, end in placed)) if placed else (0, 0)
            if start < end:
                yield Segment(f"s{number}", "sentence", start, end)

    def _take(self, row: Line, layer: Layer, texts: list[str]) -> None:
        """Take the cells of a span layer or a chain."""
        losses = self._task.losses
        if _LINGUISTIC.match(layer.name):
            number = sum(len(list(cells(text))) for text in texts)
            what = "the record has no place for morphology and syntax"
            losses.unread("other columns", what, number)
            return
        slots = self._slots(layer)
        for feature, text in zip(layer.features or ("",), texts, strict=False):
            found = list(cells(text))
            if feature in slots:
                losses.unread("arguments", "slots are not read", len(found))
                continue
            for position, cell in enumerate(found):
                self._put(row, layer, feature, cell, position)

    def _put(self, row: Line, layer: Layer, feature: str, cell: Cell, position: int) -> None:
        """Put a feature of an annotation to what other rows and columns have of it."""
        start, end = self._places[row.address]
        # What has no number is alone in its row.
        key = layer.name, cell.number or f"{row.address}/{position}"
        span = self._spans.setdefault(key, Span(layer, start, end))
        span.start, span.end = min(start, span.start), max(end, span.end)
        span.chain = span.chain or cell.chain
        if cell.value is not None and feature:
            span.features.setdefault(feature, cell.value)

    @staticmethod
    def _slots(layer: Layer) -> set[str]:
        """Return the columns of slots: those of roles, and what these refer to after each."""
        names = layer.features
        targets = {b for a, b in pairwise(names) if a.startswith(ROLE)}
        return targets | {name for name in names if ROLE in name}

    def _mention(self, number: int, span: Span) -> Mention:
        features = dict(span.features)
        type_ = next((features.pop(name) for name in _TYPES if name in features), "")
        default = UNTYPED if span.layer.kind == "CH" else span.layer.short
        return Mention(
            f"m{number}",
            type_ or default,
            span.start,
            span.end,
            level=features.pop(LEVEL, None),
            links=_links(features),
            attrs=tuple(Attribute(name, value) for name, value in features.items()),
        )

    def _relate(self, row: Line, layer: Layer, texts: list[str]) -> None:
        """Take the relations that go to a row; those of coreference join groups."""
        columns = dict(zip(layer.features, texts, strict=False))
        targets = columns.pop(f"{BASE}{layer.base}", "_")
        written = next((columns[name] for name in KINDS if name in columns), "_")
        kinds = [cell.value or "" for cell in cells(written)]
        places = () if targets == "_" else targets.split("|")
        # There may be fewer kinds than relations.
        for text, kind in zip(places, chain(kinds, repeat("")), strict=False):
            with self._task.rejects.aside(Place(str(self._sheet.path), row.number), text):
                self._relation(layer, kind, self._ends(row, layer, text))

    def _relation(self, layer: Layer, kind: str, ends: tuple[Mention, Mention]) -> None:
        chained = layer.short in self._coreference
        if chained and not kind.startswith("bridge"):
            self._groups.join(ends[0].id, ends[1].id)
            if kind not in ("", "coref"):
                self._task.losses.unread("kinds of coreference", "coreference has no kinds")
            return
        type_ = (kind.replace(":", ".") if chained else kind) or layer.short
        args = between(ends[0].id, ends[1].id)
        self._relations.append(Relation(f"r{len(self._relations) + 1}", type_, args))

    def _ends(self, row: Line, layer: Layer, text: str) -> tuple[Mention, Mention]:
        found = _TARGET.fullmatch(text)
        if found is None:
            raise MalformedError(f"{shown(text)}: expected a token such as 1-2, and [3_4]")
        source = self._at(layer.base, found[1], found[2])
        return source, self._at(layer.base, row.address, found[3])

    def _at(self, layer: str, address: str, number: str | None) -> Mention:
        """Return the annotation of a layer with a number, or the one at a token without."""
        key = layer, (number if number and number != "0" else f"{address}/0")
        mention = self._named.get(key)
        if mention is None:
            raise MalformedError(f"{shown(address)} has no annotation {number or ''} of {layer}")
        return mention


def _links(features: dict[str, str]) -> tuple[Link, ...]:
    """Take the links out of features: an entry of a base, and one of Wikipedia."""
    found = []
    if link := linked(features.get(IDENTIFIER, "")):
        found.append(link)
        del features[IDENTIFIER]
    if IDENTITY in features:
        found.append(Link("wikipedia", unquote(features.pop(IDENTITY))))
    return tuple(found)


class _Groups:
    """Groups of names that are joined two at a time."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def _root(self, name: str) -> str:
        while (parent := self._parents.setdefault(name, name)) != name:
            self._parents[name] = self._parents[parent]
            name = parent
        return name

    def join(self, one: str, other: str) -> None:
        """Join two names and their groups."""
        self._parents[self._root(one)] = self._root(other)

    def entities(self, mentions: list[Mention]) -> Iterator[Entity]:
        """Yield the groups that have mentions, in the order of the text."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.id in self._parents:
                found[self._root(mention.id)].append(mention)
        for number, own in enumerate(found.values(), start=1):
            names = tuple(mention.id for mention in own)
            yield Entity(f"e{number}", first_of(own).type, mentions=names)
