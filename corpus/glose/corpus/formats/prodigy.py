"""Prodigy: a task a line, with spans, tokens and relations (https://prodi.gy/docs/api-interfaces)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Document,
    Label,
    Mention,
    Pair,
    Provenance,
    Relation,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import described, items, peeking, presence
from glose.corpus.formats.declaration import NAME, Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape
from glose.corpus.formats.pruning import without
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.formats.statuses import stated
from glose.corpus.formats.twins import untwinned
from glose.corpus.rulers import UNITS, Ruler
from glose.corpus.tokens import tokenize

HOLDS = frozenset({
    "texts", "metadata", "relations", "mentions", "nested mentions", "crossing mentions",
    "types of mentions", "tokens",
})  # fmt: skip
OPTIONS = (
    NAME,
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("annotators", "whether each annotator is a layer", "no", ("no", "yes")),
)
#: The scheme of the classes that were chosen.
SCHEME = "category"
#: Keys that Prodigy fills in itself, and those that are read.
_KNOWN = frozenset({
    "id", "text", "spans", "tokens", "relations", "meta", "answer", "label", "accept", "options",
    "config", "path",
})  # fmt: skip


class Stretch(Shape, frozen=True):
    """A span, or the end of a relation; `token_end` is that of the last token, inclusive."""

    start: int
    end: int
    label: str | None = None
    text: str | None = None


class Token(Shape, frozen=True):
    """A token."""

    start: int
    end: int
    text: str | None = None


class Arrow(Shape, frozen=True):
    """A relation, from the last token of the head to that of the child."""

    head: int
    child: int
    label: str = "relation"
    head_span: Stretch | None = None
    child_span: Stretch | None = None


class Line(Shape, frozen=True):
    """A task as it goes in, or with the answer of an annotator."""

    text: str
    id: int | str | None = None
    spans: tuple[Any, ...] | None = None
    tokens: tuple[Token, ...] | None = None
    relations: tuple[Any, ...] | None = None
    label: str | None = None
    accept: tuple[str | int | float, ...] | None = None
    answer: str = "accept"
    meta: dict[str, Any] | None = None
    input_hash: int | None = msgspec.field(default=None, name="_input_hash")
    annotator: str | None = msgspec.field(default=None, name="_annotator_id")
    session: str | None = msgspec.field(default=None, name="_session_id")

    @property
    def classes(self) -> list[str]:
        """What was chosen for the whole text."""
        label = () if self.label is None else (self.label,)
        return [*(str(one) for one in self.accept or ()), *label]


def _read(path: Path, task: Task) -> Iterator[Document]:
    related = bool(presence.filled(path, "relations"))
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            name = line.id if line.id is not None else line.input_hash
            name = items.identified(name, path, number, task[NAME.name])
            found = _Lined(line, item.of(name), task, related=related).document(name)
            others = {k: v for k, v in items.others(data, _KNOWN).items() if k[:1] != "_"}
            yield described.described((line.meta or {}) | others, found)


class _Lined:
    """A line, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task, *, related: bool) -> None:
        self.line, self.place, self.task, self.related = line, place, task, related
        self.ruler = Ruler(line.text, task["unit"] or "code points")
        self.names = Names()
        self.mentions: list[Mention] = []
        self.tokens: list[Pair] = []

    def document(self, name: str) -> Document:
        """Return the document; what was not accepted is a bare text."""
        line, task = self.line, self.task
        layer = line.annotator or line.session if task["annotators"] == "yes" else None
        self.tokens = [self._pair(token) for token in line.tokens or ()]
        bare = Document(
            id=name,
            layer=layer or "",
            text=self.ruler.text,
            tokens=tuple(self.tokens),
            status=Status(state=line.answer),
            provenance=Provenance(file=self.place.source, format="prodigy"),
        )
        if line.answer != "accept":
            task.losses.note("what was not accepted is read as text without annotations")
            return bare
        return self._annotated(bare)

    def _annotated(self, bare: Document) -> Document:
        """Return a document with what was marked; a span or relation that is wrong is rejected."""
        line, rejects = self.line, self.task.rejects
        for given in line.spans or ():
            with rejects.aside(self.place, given):
                self._mention(given)
        relations = tuple(rejects.sound(self.place, line.relations or (), self._relation))
        found = replace(
            bare,
            mentions=tuple(self.mentions),
            relations=relations,
            labels=tuple(Label(SCHEME, value) for value in line.classes),
        )
        looked = self.related and line.relations is not None
        return replace(found, status=stated(found, related=looked))

    def _pair(self, span: Stretch | Token) -> Pair:
        return placed(self.ruler, (span.start, span.end), span.text)

    def _mention(self, given: object) -> None:
        span = items.converted(given, Stretch)
        self._new(self._pair(span), span.label or UNTYPED)

    def _new(self, pair: Pair, type_: str) -> str:
        mention = Mention(self.names.new(None, "m"), type_, *pair)
        self.mentions.append(mention)
        return mention.id

    def _relation(self, given: object) -> Relation:
        arrow = items.converted(given, Arrow)
        first = self._end(arrow.head, arrow.head_span)
        second = self._end(arrow.child, arrow.child_span)
        return Relation(self.names.new(None, "r"), arrow.label, between(first, second))

    def _end(self, number: int, span: Stretch | None) -> str:
        """Return the mention that is the end of a relation; a bare token becomes one."""
        if span is not None:
            pair = self._pair(span)
            return self._spanning(pair, span.label) or self._new(pair, span.label or UNTYPED)
        if not 0 <= number < len(self.tokens):
            what = f"a relation of token {number}; expected one of {len(self.tokens)} tokens"
            raise MalformedError(what)
        pair = self.tokens[number]
        return self._spanning(pair, None) or self._ending(pair) or self._new(pair, UNTYPED)

    def _spanning(self, pair: Pair, label: str | None) -> str | None:
        """Return the first mention of a span, and of a type if one is stated."""
        own = (m for m in self.mentions if (m.start, m.end) == pair)
        return next((m.id for m in own if label in {None, m.type}), None)

    def _ending(self, token: Pair) -> str | None:
        """Return the first mention of which a token is the last."""
        own = (m for m in self.mentions if m.start <= token[0] < m.end == token[1])
        return next((m.id for m in own), None)


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    return items.write_lines(path, (_line(one, task) for one in found))


def _line(document: Document, task: Task) -> dict[str, object]:
    document = _fitted(document, task)
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    tokens = _tokens(document)
    spans = {m.id: _span(m, ruler, tokens) for m in document.mentions}
    line: dict[str, object] = {"id": document.id, "text": ruler.text}
    if tokens:
        line["tokens"] = [_token(number, pair, ruler) for number, pair in enumerate(tokens)]
    line["spans"] = list(spans.values())
    if document.relations or "relations" in document.status.annotated:
        line["relations"] = list(_arrows(document, tokens, spans))
    return line | {"meta": described.keys(document)}


def _token(number: int, pair: Pair, ruler: Ruler) -> dict[str, object]:
    start, end = pair
    return {
        "text": ruler.text[start:end],
        "start": ruler.offset(start),
        "end": ruler.offset(end),
        "id": number,
        "ws": ruler.text[end : end + 1] == " ",
    }


def _tokens(document: Document) -> tuple[Pair, ...]:
    """Return the tokens of a document; those of the tokeniser if relations need some."""
    if document.tokens or not document.relations:
        return document.tokens
    return tuple(tokenize(document.text or ""))


def _span(mention: Mention, ruler: Ruler, tokens: tuple[Pair, ...]) -> dict[str, object]:
    """Return a span, with the numbers of its first and last token if it begins and ends there."""
    found: dict[str, object] = {
        "start": ruler.offset(mention.start),
        "end": ruler.offset(mention.end),
        "label": mention.type,
    }
    first = bisect_left(tokens, (mention.start, 0))
    last = bisect_left(tokens, (mention.end, 0)) - 1
    aligned = first <= last and first < len(tokens) and tokens[first][0] == mention.start
    if aligned and tokens[last][1] == mention.end:
        found |= {"token_start": first, "token_end": last}
    return found


def _last(mention: Mention, tokens: tuple[Pair, ...]) -> int | None:
    """Return the number of the last token of which a mention has a part."""
    last = bisect_left(tokens, (mention.end, 0)) - 1
    return last if last >= 0 and tokens[last][1] > mention.start else None


def _arrows(
    document: Document, tokens: tuple[Pair, ...], spans: dict[str, dict[str, object]]
) -> Iterator[dict[str, object]]:
    mentions = {mention.id: mention for mention in document.mentions}
    for relation in document.relations:
        first, second = (mentions[argument.ref or ""] for argument in relation.args)
        yield {
            "head": _last(first, tokens),
            "child": _last(second, tokens),
            "head_span": spans[first.id],
            "child_span": spans[second.id],
            "label": relation.type,
        }


def _fitted(document: Document, task: Task) -> Document:
    found = untwinned(document)
    if found != document:
        document = task.losses.step(found, "two mentions of one span and type are one")
    tokens = _tokens(document)
    alone = {m.id for m in document.mentions if _last(m, tokens) is None}
    gone = {r.id for r in document.relations if any(a.ref in alone for a in r.args)}
    if not gone:
        return document
    return task.losses.step(without(document, gone), "relations are of mentions that have tokens")


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    if found.get("text") != '"' or "schema" in found:
        return False
    return "_task_hash" in found or found.get("spans") == "["


FORMAT = Format(
    "Prodigy: a task a line with spans, tokens and relations",
    (".prodigy.jsonl",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    options=OPTIONS,
)
