"""MUC-4 as GTT has it: texts with templates (https://github.com/xinyadu/gtt)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Mention,
    Provenance,
    Status,
    Template,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed
from glose.corpus.rulers import UNITS, Ruler

OPTIONS = (Option("unit", "in which offsets are counted", "code points", UNITS),)
TYPE = "incident_type"

#: The names of a filler, each with where it stands.
_Filler = tuple[tuple[str, int], ...]


class Line(Shape, frozen=True):
    """A document."""

    docid: str
    doctext: str
    templates: tuple[dict[str, Any], ...]


def _read(path: Path, task: Task) -> Iterator[Document]:
    for place, data in items.items(path, task):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            yield _Sheet(line, item.of(line.docid), task).document()


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.ruler = Ruler(line.doctext, task["unit"] or "code points")
        self.names = Names()
        self.mentions: list[Mention] = []
        self.entities: dict[tuple[str, _Filler], Entity] = {}

    def document(self) -> Document:
        """Return the document; a template that is wrong is rejected."""
        sound = self.task.rejects.sound
        templates = tuple(sound(self.place, self.line.templates, self._template))
        return Document(
            id=self.line.docid,
            text=self.ruler.text,
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            templates=templates,
            # Only what fills a role is a mention, so that mentions were not annotated as such.
            status=Status(annotated=("templates",)),
            provenance=Provenance(file=self.place.source, format="gtt"),
        )

    def _template(self, given: dict[str, Any]) -> Template:
        type_ = given.get(TYPE)
        if not isinstance(type_, str) or not type_:
            raise MalformedError(f"a template without {TYPE}; expected one")
        args = tuple(
            Argument(role, ref=self._entity(role, filler))
            for role, fillers in given.items()
            if role != TYPE
            for filler in items.converted(fillers, list[Any])
        )
        return Template(self.names.new(None, "t"), type_, args)

    def _entity(self, role: str, filler: object) -> str:
        """Return the entity of a filler: one for all templates where it fills the role."""
        given = items.converted(filler, list[Any])
        found = tuple(items.converted(one, tuple[str, int]) for one in given)
        if not found:
            raise MalformedError(f"{role} has a filler without names; expected one at least")
        if (role, found) not in self.entities:
            made = [self._mention(role, *one) for one in found]
            self.mentions += made
            members = tuple(mention.id for mention in made)
            entity = Entity(self.names.new(None, "e"), role, found[0][0], members)
            self.entities[role, found] = entity
        return self.entities[role, found].id

    def _mention(self, role: str, words: str, start: int) -> Mention:
        end = start + Ruler(words, self.ruler.unit).size
        pair = placed(self.ruler, (start, end), words, role)
        return Mention(self.names.new(None, "m"), role, *pair)


def _detect(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    return found.get("docid") == '"' and found.get("doctext") == '"'


FORMAT = Format(
    "MUC-4 as GTT has it: texts with templates",
    (),
    _read,
    None,
    _detect,
    options=OPTIONS,
)
