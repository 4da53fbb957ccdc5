"""CASIE: articles with events of cybersecurity (https://github.com/Ebiquity/CASIE)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import field

from glose.corpus.document import (
    Argument,
    Attribute,
    Date,
    Document,
    Event,
    EventCluster,
    Link,
    Mention,
    Meta,
    Pair,
    Provenance,
    Status,
    Trigger,
)
from glose.corpus.errors import GloseError, Place
from glose.corpus.files import readable
from glose.corpus.formats import drift, inputs, items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.forms import real
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS), drift.OPTION)
#: How much of the first file of a folder is looked at, in bytes.
_HEAD = 1 << 16
#: What an external reference is called, and the knowledge base that it is of.
_BASES = {"wikidataid": "wikidata", "dbpediaURI": "dbpedia"}
_DATE = re.compile(r"(\d{4})[_-](\d{1,2})[_-](\d{1,2})")


class Spot(Shape, frozen=True):
    """Words of the text, half-open."""

    start: int = field(name="startOffset")
    end: int = field(name="endOffset")
    text: str
    index: str | None = None


class Filler(Spot, frozen=True, kw_only=True):
    """An argument."""

    type: str
    role: dict[str, Any]
    external_reference: dict[str, str] = field(default_factory=dict)


class Happening(Shape, frozen=True):
    """An event."""

    type: str
    nugget: Spot
    subtype: str | None = None
    index: str | None = None
    realis: str | None = None
    argument: tuple[Filler, ...] = ()


class Hopper(Shape, frozen=True):
    """Events that are one happening."""

    events: tuple[Any, ...] = ()


class Hoppers(Shape, frozen=True):
    """All that was annotated."""

    hopper: tuple[Hopper, ...] = ()


class Article(Shape, frozen=True):
    """A document."""

    content: str
    cyberevent: Hoppers
    sourcefile: str | None = None
    info: dict[str, Any] = field(default_factory=dict)


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, ".json", ".jsonl"):
        for number, (place, data) in enumerate(items.items(file, task), start=1):
            with task.rejects.aside(place, data.decode()) as item:
                article = items.decoded(data, Article)
                stem = (article.sourcefile or "").removesuffix(".txt") or None
                name = items.identified(stem, file, number)
                yield _Sheet(article, item.of(name), task).document(name)


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, article: Article, place: Place, task: Task) -> None:
        self.article, self.place, self.task = article, place, task
        self.ruler = Ruler(article.content, task["unit"] or "code points")
        self.names = Names()
        self.mentions: dict[tuple[str, Pair, str], Mention] = {}
        self.events: list[Event] = []
        self.clusters: list[EventCluster] = []

    def document(self, name: str) -> Document:
        """Return the document; an event that is wrong is rejected."""
        for hopper in self.article.cyberevent.hopper:
            self._hopper(hopper)
        return Document(
            id=name,
            language="en",
            text=self.ruler.text,
            meta=_meta(self.article.info),
            mentions=tuple(self.mentions.values()),
            events=tuple(self.events),
            event_clusters=tuple(self.clusters),
            status=Status(annotated=("mentions", "events", "event_clusters")),
            provenance=Provenance(file=self.place.source, format="casie"),
        )

    def _hopper(self, given: Hopper) -> None:
        members = []
        for item in given.events:
            with self.task.rejects.aside(self.place, item):
                event = self._event(items.converted(item, Happening))
                self.events.append(event)
                members.append(event.id)
        if len(members) > 1:
            self.clusters.append(EventCluster(self.names.new(None, "c"), tuple(members)))

    def _event(self, given: Happening) -> Event:
        nugget = given.nugget
        trigger = self._pair(nugget, "events")
        fillers = [(filler, self._pair(filler, "mentions")) for filler in given.argument]
        args = tuple(self._argument(filler, pair) for filler, pair in fillers)
        return Event(
            self.names.new(given.index, "v"),
            ".".join(filter(None, (given.type, given.subtype))),
            (Trigger(*trigger),),
            args,
            modality=given.realis,
        )

    def _pair(self, spot: Spot, kind: str) -> Pair:
        return drift.settled(self.ruler, (spot.start, spot.end), spot.text, self.task, kind)

    def _argument(self, given: Filler, pair: Pair) -> Argument:
        role = {name: value for name, value in given.role.items() if name != "type"}
        if not isinstance(given.role.get("type"), str):
            raise MalformedError(f"{given.text[:60]!r} has a role without type; expected one")
        key = given.index or "", pair, given.type
        if key not in self.mentions:
            name = self.names.new(given.index, "m")
            links = _links(given.external_reference)
            self.mentions[key] = Mention(name, given.type, *pair, links=links)
        attrs = tuple(Attribute(name, items.worded(value)) for name, value in role.items())
        return Argument(given.role["type"], self.mentions[key].id, attrs=attrs)


def _links(given: dict[str, str]) -> tuple[Link, ...]:
    return tuple(Link(_BASES.get(name, name), value) for name, value in given.items())


def _meta(info: dict[str, Any]) -> Meta:
    known = items.strings(info)
    title, link = known.get("title"), known.get("link")
    return Meta(title=title or None, url=link or None, date=_date(known.get("date", "")))


def _date(written: str) -> Date | None:
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return Date(year, month, day) if year and real(year, month, day) else None


def _beginning(path: Path) -> bytes:
    try:
        with readable(path) as stream:
            return stream.read(_HEAD)
    except GloseError:
        return b""


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        files = inputs.files(path, ".json", ".jsonl")
        return bool(files) and _detect(files[0], _beginning(files[0]))
    found = peeking.keys(head)
    return found.get("cyberevent") == "{" or (
        {"sourcefile", "info", "content"} <= found.keys() and found["content"] == '"'
    )


FORMAT = Format(
    "CASIE: articles with events of cybersecurity, a JSON file or a folder of them",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
