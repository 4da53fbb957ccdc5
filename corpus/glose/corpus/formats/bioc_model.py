"""What a BioC file holds, the same in XML and in JSON, and both ways of writing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from glose.corpus.errors import InputError, Place
from glose.corpus.formats.markup import Element, local

Infons = dict[str, Any]


class Node(msgspec.Struct):
    """A member of a relation: what it refers to, and in which role."""

    refid: str | int
    role: str = ""


class Location(msgspec.Struct):
    """A piece of a span, as the file counts."""

    offset: int
    length: int


class Annotation(msgspec.Struct, kw_only=True):
    """A span of a passage."""

    id: str | int | None = None
    infons: Infons = {}
    text: str | None = None
    locations: list[Location] = []


class Relation(msgspec.Struct, kw_only=True):
    """What holds between annotations or relations."""

    id: str | int | None = None
    infons: Infons = {}
    nodes: list[Node] = []


class Sentence(msgspec.Struct, kw_only=True):
    """A sentence of a passage."""

    infons: Infons = {}
    offset: int
    text: str | None = None
    annotations: list[Annotation] = []
    relations: list[Relation] = []


class Passage(Sentence, kw_only=True):
    """A part of a document; its text stands in it or in its sentences."""

    sentences: list[Sentence] = []


class Document(msgspec.Struct, kw_only=True):
    """One document of a collection."""

    id: str | int
    infons: Infons = {}
    passages: list[Passage]
    annotations: list[Annotation] = []
    relations: list[Relation] = []


#: The lists of an element by the name of their items.
_LISTS = {
    "passage": "passages",
    "sentence": "sentences",
    "annotation": "annotations",
    "relation": "relations",
    "location": "locations",
    "node": "nodes",
}


def of_xml(element: Element) -> dict[str, Element]:
    """Return an element as JSON has it; numbers are strings still."""
    found: dict[str, Any] = dict(element.attrib)
    for child in element:
        name = local(child)
        if name == "infon":
            found.setdefault("infons", {})[child.get("key") or ""] = _text(child)
        elif name in _LISTS:
            found.setdefault(_LISTS[name], []).append(of_xml(child))
        elif name:
            text = _text(child)
            found[name] = text if name == "text" else text.strip()
    return found


def _text(element: Element) -> str:
    """Return the text of an element around what else stands in it, such as comments."""
    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def of_json(data: str, place: Place) -> Iterator[Any]:
    """Yield the documents of a file: a collection, a list of them, or a document a line."""
    try:
        yield from _documents(msgspec.json.decode(data))
    except msgspec.DecodeError as error:
        lines = data.split("\n")
        if len(lines) < 2:
            raise InputError(place, f"not JSON ({error})") from error
        yield from _of_lines(lines, place)


def _of_lines(lines: list[str], place: Place) -> Iterator[Any]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield from _documents(msgspec.json.decode(line))
            except msgspec.DecodeError as error:
                raise InputError(Place(place.source, number), f"not JSON ({error})") from error


def _documents(found: Element, depth: int = 0) -> Iterator[Element]:
    if isinstance(found, list) and depth < 3:
        for item in found:
            yield from _documents(item, depth + 1)
    elif isinstance(found, dict) and "passages" not in found and depth < 3:
        # A collection, or what the service of PubTator puts around its documents.
        lists = [value for value in found.values() if isinstance(value, list)]
        yield from _documents(found.get("documents", lists[0] if lists else found), depth + 1)
    else:
        yield found


#: What XML 1.0 cannot say, be it escaped.
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml(document: Document) -> str:
    """Return a document as XML."""
    parts = [*_head(document.id, document.infons)]
    for passage in document.passages:
        parts += ["<passage>", *_infons(passage.infons), f"<offset>{passage.offset}</offset>"]
        parts += [f"<text>{_escaped(passage.text or '')}</text>"]
        parts += [*map(_annotation, passage.annotations), "</passage>"]
    parts += map(_relation, document.relations)
    return f"<document>{''.join(parts)}</document>"


def _head(name: str | int, infons: Infons) -> Iterator[str]:
    yield f"<id>{_escaped(str(name))}</id>"
    yield from _infons(infons)


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _infons(infons: Infons) -> Iterator[str]:
    for key, value in infons.items():
        name = quoteattr(key, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
        yield f"<infon key={name}>{_escaped(value)}</infon>"


def _annotation(found: Annotation) -> str:
    places = (f'<location offset="{p.offset}" length="{p.length}"/>' for p in found.locations)
    text = f"<text>{_escaped(found.text or '')}</text>"
    inner = "".join((*_infons(found.infons), *places, text))
    return f'<annotation id="{found.id}">{inner}</annotation>'


def _relation(found: Relation) -> str:
    nodes = (f'<node refid="{n.refid}" role={quoteattr(n.role)}/>' for n in found.nodes)
    return f'<relation id="{found.id}">{"".join((*_infons(found.infons), *nodes))}</relation>'
