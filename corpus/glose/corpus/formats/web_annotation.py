"""W3C Web Annotation: texts and pages of annotations (https://www.w3.org/TR/annotation-model)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Link,
    Mention,
    Pair,
    Provenance,
    Relation,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import inputs, items, traits
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import ENDS, UNTYPED
from glose.corpus.formats.filenames import Stems
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.formats.statuses import stated
from glose.corpus.forms import shown
from glose.corpus.rulers import UNITS, Ruler

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SUFFIX = ".jsonld"
#: How much of the text beside a quotation is written.
BESIDE = 32
HOLDS = frozenset({
    "texts", "mentions", "nested mentions", "crossing mentions", "types of mentions", "links",
    "relations",
})  # fmt: skip
OPTIONS = (
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("newlines", "whether CR LF counts as one character or two", "one", ("one", "two")),
)


class Selector(Shape, frozen=True):
    """What of the text is meant: by place, or by quotation."""

    type: str
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""


class Target(Shape, frozen=True):
    """A part of a text."""

    selector: Selector | tuple[Selector, ...]
    source: Any = None

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors, which all mean the same."""
        return (self.selector,) if isinstance(self.selector, Selector) else self.selector


class Body(Shape, frozen=True):
    """What is said of it: a text, or another resource."""

    type: str | tuple[str, ...] = ""
    value: str | None = None
    purpose: str | tuple[str, ...] | None = None
    source: str | None = None
    id: str | None = None


class Annotation(Shape, frozen=True):
    """An annotation; `target` is one, an IRI, or several."""

    target: Any
    id: str | None = None
    body: Any = None
    motivation: str | tuple[str, ...] | None = None


class Page(Shape, frozen=True):
    """A page of annotations."""

    items: tuple[msgspec.Raw, ...]


# --------------------------------------------------------------------------------------------
# Reading
# --------------------------------------------------------------------------------------------


def _read(path: Path, task: Task) -> Iterator[Document]:
    for file in inputs.files(path, SUFFIX):
        text = file.with_name(f"{file.name.removesuffix(SUFFIX)}.txt")
        if not text.is_file():
            task.rejects.add(Place(str(file)), f"no {text.name} beside it; expected its text")
            continue
        page = _page(file)
        name = inputs.identifier(file, path)
        raw = inputs.text(text)
        if task["newlines"] == "one":
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        ruler = Ruler(raw, task["unit"] or "code points")
        yield _Sheet(ruler, Place(str(file)), task).document(page, name)


def _page(file: Path) -> Page:
    data = inputs.content(file)
    # What is decoded later, item by item, is checked here: all of it is text.
    inputs.decoded(data, Place(str(file)))
    try:
        return items.decoded(data, Page)
    except MalformedError as error:
        raise InputError(Place(str(file)), f"no page of annotations: {error}") from error


class _Sheet:
    """A text, with what was found on it so far."""

    def __init__(self, ruler: Ruler, place: Place, task: Task) -> None:
        self.ruler, self.place, self.task = ruler, place, task
        self.names = Names()
        self.mentions: dict[str, Mention] = {}

    def document(self, page: Page, name: str) -> Document:
        """Return the document; an annotation that is wrong is rejected."""
        # What links others comes after these, wherever it stands.
        later: list[tuple[Annotation, bytes]] = []
        for raw in page.items:
            data = bytes(raw)
            with self.task.rejects.aside(self.place, data.decode()):
                given = items.decoded(data, Annotation)
                if _is_link(given):
                    later.append((given, data))
                else:
                    self._mention(given)
        relations = []
        for given, data in later:
            with self.task.rejects.aside(self.place, data.decode()):
                relations.append(self._relation(given))
        found = Document(
            id=name,
            text=self.ruler.text,
            mentions=tuple(self.mentions.values()),
            relations=tuple(relations),
            provenance=Provenance(file=self.place.source, format="web-annotation"),
        )
        return replace(found, status=stated(found))

    def _mention(self, given: Annotation) -> None:
        pair = self._pair(items.converted(_alone(given.target), Target))
        wanted = (given.id or "").rpartition("#")[2]
        name = self.names.new(wanted, "m")
        mention = Mention(name, UNTYPED, *pair)
        for body in _bodies(given.body):
            mention = _said(mention, body)
        self.mentions[given.id or name] = mention

    def _pair(self, target: Target) -> Pair:
        quote = next((s for s in target.selectors if s.exact is not None), None)
        for one in target.selectors:
            if one.start is not None and one.end is not None:
                exact = None if quote is None else quote.exact
                return placed(self.ruler, (one.start, one.end), exact)
        if quote is None:
            what = "no TextPositionSelector or TextQuoteSelector; expected one of them"
            raise MalformedError(what)
        return self._quoted(quote)

    def _quoted(self, quote: Selector) -> Pair:
        """Return where a quotation stands, if it stands at one place only."""
        words = f"{quote.prefix}{quote.exact}{quote.suffix}"
        at = self.ruler.text.find(words)
        if not quote.exact or at < 0 or self.ruler.text.find(words, at + 1) >= 0:
            raise MalformedError(
                f"the quotation {shown(quote.exact or '')} is not there just once"
            )
        start = at + len(quote.prefix)
        return start, start + len(quote.exact)

    def _relation(self, given: Annotation) -> Relation:
        refs = [self.mentions[target].id for target in given.target if target in self.mentions]
        if not len(refs) == len(given.target) == len(ENDS):
            what = f"targets {given.target}"[:80]
            raise MalformedError(f"{what}; expected the ids of two annotations of the page")
        types = [body.value for body in _bodies(given.body) if body.value]
        name = self.names.new((given.id or "").rpartition("#")[2], "r")
        return Relation(name, types[0] if types else "relation", between(*refs))


def _is_link(given: Annotation) -> bool:
    """Whether an annotation is of others, and not of a place in the text."""
    targets = given.target
    return isinstance(targets, list) and all(isinstance(target, str) for target in targets)


def _alone(target: object) -> object:
    return target[0] if isinstance(target, list) and len(target) == 1 else target


def _bodies(given: object) -> Iterator[Body]:
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, str):
            yield Body(id=one)
        elif one is not None:
            yield items.converted(one, Body)


def _said(mention: Mention, body: Body) -> Mention:
    """Return a mention with what a body says: its type, a link, or else an attribute."""
    if body.value is None:
        return replace(mention, links=(*mention.links, *_links(body)))
    if body.purpose in {"classifying", "tagging", None} and mention.type == UNTYPED:
        return replace(mention, type=body.value)
    purpose = body.purpose if isinstance(body.purpose, str) else "body"
    return replace(mention, attrs=(*mention.attrs, Attribute(purpose, body.value)))


def _links(body: Body) -> tuple[Link, ...]:
    """Return the entry that a resource is, if it is written as `kb:id` or an IRI."""
    base, colon, rest = (body.source or body.id or "").partition(":")
    return (Link(base, rest),) if base and colon and rest else ()


# --------------------------------------------------------------------------------------------
# Writing
# --------------------------------------------------------------------------------------------


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    stems = Stems(path, task.losses)
    for one in found:
        stem = stems.stem(one.id)
        document = traits.distinct(one, task.losses)
        page = {
            "@context": CONTEXT,
            "id": f"{stem.name}{SUFFIX}",
            "type": "AnnotationPage",
            "items": list(_annotations(document, f"{stem.name}.txt", task)),
        }
        text = (document.text or "").encode()
        stem.with_name(f"{stem.name}.txt").write_bytes(text)
        stem.with_name(f"{stem.name}{SUFFIX}").write_bytes(items.encoded(page) + b"\n")
    return len(stems)


def _annotations(document: Document, source: str, task: Task) -> Iterator[dict[str, object]]:
    ruler = Ruler(document.text or "", task["unit"] or "code points")
    for mention in document.mentions:
        bodies = [_tag(mention.type), *map(_identity, mention.links)]
        target = {"source": source, "selector": _selectors(mention, document, ruler)}
        yield _annotation(mention.id, "classifying", bodies, target)
    for relation in document.relations:
        targets = [f"#{argument.ref}" for argument in relation.args]
        yield _annotation(relation.id, "linking", [_tag(relation.type)], targets)


def _selectors(mention: Mention, document: Document, ruler: Ruler) -> list[dict[str, object]]:
    """Return where a mention stands, by its offsets and by its words and those beside them."""
    text, start, end = document.text or "", mention.start, mention.end
    place: dict[str, object] = {
        "type": "TextPositionSelector",
        "start": ruler.offset(start),
        "end": ruler.offset(end),
    }
    quote: dict[str, object] = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - BESIDE) : start],
        "suffix": text[end : end + BESIDE],
    }
    return [place, quote]


def _identity(link: Link) -> dict[str, str]:
    source = f"{link.kb}:{link.id}"
    return {"type": "SpecificResource", "source": source, "purpose": "identifying"}


def _tag(value: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": "classifying"}


def _annotation(
    name: str, motivation: str, bodies: list[dict[str, str]], target: object
) -> dict[str, object]:
    return {
        "id": f"#{name}",
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies,
        "target": target,
    }


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return bool(inputs.files(path, SUFFIX))
    return path.suffix == SUFFIX and CONTEXT.encode() in head


FORMAT = Format(
    "W3C Web Annotation: a folder with a .txt and a .jsonld for each document",
    (SUFFIX,),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    options=OPTIONS,
    folder=True,
)
