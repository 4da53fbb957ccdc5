"""From lines of PubTator to documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Link,
    Mention,
    Provenance,
    Relation,
    Segment,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.facts import ENDS, UNTYPED, first
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import placed, span
from glose.corpus.forms import shown
from glose.corpus.rulers import Ruler

#: What stands between the identifiers of a mention that is of several concepts.
SEPARATOR = "|"
#: What stands for no identifier.
NOTHING = frozenset({"", "-", "-1"})
#: The attribute that the fifth column of a relation is.
NOVELTY = "novelty"
#: The attribute that the seventh column of a mention is: the parts of its words, by concept.
PARTS = "parts"

_TEXT = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)
_NUMBER = re.compile(r"\d{1,12}")
#: How many columns a relation has: the fifth is its novelty.
_WIDTHS = (4, 5)


@dataclass(slots=True)
class Block:
    """The lines of one document."""

    id: str
    place: Place
    texts: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, str]] = field(default_factory=list)

    def is_over(self, name: str, part: str) -> bool:
        """Whether a line of text is of another document, or a title where there was one."""
        return name != self.id or part in self.texts


def documents(path: Path, task: Task) -> Iterator[Document]:
    """Yield the documents of a file."""
    # A document without relations has none if another has some; else nobody may have looked.
    related = path.is_file() and any(_is_relation(line) for _, line in inputs.lines(path))
    for block in _blocks(path, task):
        found = _document(block, task, related=related)
        yield replace(found, provenance=Provenance(file=str(path), format="pubtator"))


def _blocks(path: Path, task: Task) -> Iterator[Block]:
    block: Block | None = None
    for number, line in inputs.lines(path):
        place = Place(str(path), number)
        text = _TEXT.fullmatch(line)
        if text:
            if block is None or block.is_over(text[1], text[2]):
                yield from (block,) if block else ()
                block = Block(text[1], place)
            block.texts[text[2]] = text[3]
        elif line.strip():
            with task.rejects.aside(place, line):
                _put(block, number, line)
    yield from (block,) if block else ()


def _put(block: Block | None, number: int, line: str) -> None:
    name = line.split("\t", 1)[0]
    if block is None or name != block.id:
        expected = "no line of text before it" if block is None else f"expected {shown(block.id)}"
        raise MalformedError(f"an annotation of the document {shown(name)}; {expected}")
    block.lines.append((number, line))


def _is_mention(cells: list[str]) -> bool:
    return len(cells) > 1 and _NUMBER.fullmatch(cells[1]) is not None


def _is_relation(line: str) -> bool:
    cells = line.split("\t")
    return len(cells) in _WIDTHS and not _is_mention(cells) and not _TEXT.fullmatch(line)


def _document(block: Block, task: Task, *, related: bool) -> Document:
    raw = "\n".join(block.texts[part] for part in "ta" if part in block.texts)
    ruler, kb = Ruler(raw, task["unit"] or "code points"), task["kb"] or ""
    mentions: list[Mention] = []
    relations: list[Relation] = []
    for number, line in block.lines:
        with task.rejects.aside(Place(block.place.source, number), line):
            cells = line.split("\t")
            if _is_mention(cells):
                mentions.append(_mention(f"m{len(mentions) + 1}", cells, ruler, kb))
            else:
                relations.append(_relation(f"r{len(relations) + 1}", cells))
    concepts = _Concepts(relations, kb)
    looked = related or relations
    annotated = ("mentions", "entities", "relations") if looked else ("mentions",)
    return Document(
        id=block.id.strip(),
        text=ruler.text,
        segments=segments(ruler.text),
        mentions=tuple(mentions),
        entities=tuple(concepts.entities(mentions)),
        relations=tuple(map(concepts.grounded, relations)),
        status=Status(annotated=annotated),
    )


def segments(text: str) -> tuple[Segment, ...]:
    """Return title and abstract: the first line of a text, and the rest."""
    end = text.find("\n") if "\n" in text else len(text)
    bounds = (("title", 0, end), ("abstract", end + 1, len(text)))
    return tuple(Segment(f"g-{n}", n, a, b) for n, a, b in bounds if a < b)


def _mention(name: str, cells: list[str], ruler: Ruler, kb: str) -> Mention:
    if len(cells) < 5 or not _NUMBER.fullmatch(cells[2]):
        what = "id, start, end, words, type, identifier with tabs between them"
        raise MalformedError(f"{len(cells)} columns; expected {what}")
    _, start, end, words, type_, written, parts = (*cells, "", "")[:7]
    pair = placed(ruler, (int(start), int(end)), words if words.strip() else None)
    found = span(ruler.text, [pair])
    attrs = (Attribute(PARTS, parts),) if parts else ()
    return Mention(name, type_ or UNTYPED, **found, links=links(written, kb), attrs=attrs)


def links(written: str, kb: str) -> tuple[Link, ...]:
    """Return the concepts of an identifier: `MESH:D003924`, `D003924|D009369`, `-`.

    >>> links("MESH:D003924|672", "gene")
    (Link(kb='MESH', id='D003924', score=None), Link(kb='gene', id='672', score=None))
    """
    parts = (part.strip() for part in written.split(SEPARATOR))
    return tuple(_link(part, kb) for part in parts if part not in NOTHING)


def members(mentions: Iterable[Mention], concepts: Iterable[Link]) -> dict[Link, list[str]]:
    """Return the mentions of each concept; one of several concepts is of its first one."""
    found: dict[Link, list[str]] = {concept: [] for concept in concepts}
    for mention in mentions:
        home = next((link for link in mention.links if link in found), None)
        if home is not None:
            found[home].append(mention.id)
    return found


def _link(written: str, kb: str) -> Link:
    name, colon, rest = written.partition(":")
    return Link(name, rest) if colon else Link(kb, written)


def _relation(name: str, cells: list[str]) -> Relation:
    if len(cells) not in _WIDTHS or not cells[1]:
        what = "a mention (start and end are numbers), or id, type and two identifiers"
        raise MalformedError(f"{len(cells)} columns; expected {what}")
    novelty = (Attribute(NOVELTY, cells[4]),) if len(cells) > 4 else ()
    pairs = zip(ENDS, cells[2:4], strict=True)
    args = tuple(Argument(role, value=value.strip()) for role, value in pairs)
    return Relation(name, cells[1], args, attrs=novelty)


class _Concepts:
    """The entities that relations are of: a concept with the mentions of it.

    A mention of several concepts is in the entity of the first of them; an entity without
    mentions has the identifier as its name.
    """

    def __init__(self, relations: list[Relation], kb: str) -> None:
        wanted = dict.fromkeys(argument.value or "" for r in relations for argument in r.args)
        self._names = {value: f"e{number}" for number, value in enumerate(wanted, start=1)}
        self._links = {value: _link(value, kb) for value in wanted}

    def entities(self, mentions: list[Mention]) -> Iterator[Entity]:
        """Yield the entities, of the type of their first mention."""
        own = members(mentions, self._links.values())
        known = {mention.id: mention for mention in mentions}
        for value, link in self._links.items():
            entity = Entity(self._names[value], UNTYPED, None, tuple(own[link]), (link,))
            earliest = first(entity, known)
            if earliest is None:
                yield replace(entity, name=link.id or "-")
            else:
                yield replace(entity, type=earliest.type)

    def grounded(self, relation: Relation) -> Relation:
        """Return a relation of entities where it was one of identifiers."""
        args = (Argument(a.role, ref=self._names[a.value or ""]) for a in relation.args)
        return replace(relation, args=tuple(args))
