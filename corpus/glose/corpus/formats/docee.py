"""DocEE: articles with one event each (https://github.com/tongmeihan1995/DocEE)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from glose.corpus.document import (
    Argument,
    Document,
    Event,
    Mention,
    Meta,
    Pair,
    Provenance,
    Status,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import drift, inputs, items
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS), drift.OPTION)
#: A list of lists that begin with three strings and one that is a list itself.
_HEAD = re.compile(rb'\s*\[\s*\[\s*(?:"(?:[^"\\]|\\.)*"\s*,\s*){3}"\s*\[', re.DOTALL)


class Article(Shape, frozen=True, array_like=True):
    """A document, as a list of strings; `fillers` is JSON."""

    title: str
    text: str
    type: str
    fillers: str


class Filler(Shape, frozen=True):
    """An argument, half-open."""

    start: int
    end: int
    type: str
    text: str


def _read(path: Path, task: Task) -> Iterator[Document]:
    for number, (place, data) in enumerate(_articles(path), start=1):
        with task.rejects.aside(place, data.decode("utf-8", "replace")) as item:
            article = items.decoded(data, Article)
            name = items.identified(None, path, number)
            yield _Sheet(article, item.of(name), task).document(name)


def _articles(path: Path) -> Iterator[tuple[Place, bytes]]:
    """Yield the articles of a file, each with the line on which it begins."""
    data = inputs.content(path)
    inputs.decoded(data, Place(str(path)))
    try:
        found = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        what = str(error).split("\n")[0]
        raise InputError(Place(str(path)), f"{what}; expected a JSON list of articles") from error
    at, line = 0, 1
    for raw in found:
        start = data.index(bytes(raw), at)
        line += data.count(b"\n", at, start)
        yield Place(str(path), line), bytes(raw)
        at = start


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, article: Article, place: Place, task: Task) -> None:
        self.article, self.place, self.task = article, place, task
        self.ruler = Ruler(article.text, task["unit"] or "code points")
        self.names = Names()
        self.mentions: dict[Pair, Mention] = {}

    def document(self, name: str) -> Document:
        """Return the document; an argument that is wrong is rejected."""
        if not self.article.type:
            raise MalformedError("an article without type of event; expected title, text, type")
        args = tuple(self._arguments())
        return Document(
            id=name,
            text=self.ruler.text,
            meta=Meta(title=self.article.title or None),
            mentions=tuple(self.mentions.values()),
            # The event is that of the document: no words of it are its trigger.
            events=(Event(self.names.new(None, "v"), self.article.type, (), args),),
            status=Status(annotated=("events",)),
            provenance=Provenance(file=self.place.source, format="docee"),
        )

    def _arguments(self) -> Iterator[Argument]:
        for item in items.decoded(self.article.fillers.encode(), tuple[Any, ...]):
            with self.task.rejects.aside(self.place, item):
                yield self._argument(items.converted(item, Filler))

    def _argument(self, given: Filler) -> Argument:
        if not given.type:
            raise MalformedError(f"{given.text[:60]!r} has no type; expected its role")
        offsets = given.start, given.end
        pair = drift.settled(self.ruler, offsets, given.text, self.task, "arguments")
        if pair not in self.mentions:
            self.mentions[pair] = Mention(self.names.new(None, "m"), UNTYPED, *pair)
        return Argument(given.type, self.mentions[pair].id)


def _detect(path: Path, head: bytes) -> bool:
    return not path.is_dir() and bool(_HEAD.match(head.removeprefix(b"\xef\xbb\xbf")))


FORMAT = Format(
    "DocEE: articles with one event each, whose arguments are spans",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
