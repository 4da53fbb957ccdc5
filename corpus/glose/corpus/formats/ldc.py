"""What ACE and Rich ERE of the Linguistic Data Consortium share: they stand beside a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape

from glose.corpus.document import Entity, Event, EventCluster, Mention, Pair, Relation
from glose.corpus.errors import Place
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.markup import Element
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import Ruler, same


@dataclass(slots=True)
class Sheet:
    """What was found of a document so far; `ids` leads from those of the file to ours."""

    task: Task
    source: str
    ruler: Ruler
    names: Names = field(default_factory=Names)
    ids: dict[str, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    clusters: list[EventCluster] = field(default_factory=list)

    def place(self, element: Element) -> Place:
        """Return where an element stands; ACE writes its id in capitals."""
        return Place(self.source, element.sourceline, element.get("ID") or element.get("id"))

    def covered(self, start: int, end: int, words: str) -> Pair:
        """Return a span of the text that covers some words; raise `MisplacedError` if it does not.

        Entities of SGML are counted as they are written in the text.
        """
        pair = self.ruler.span(start, end)
        there = self.ruler.text[slice(*pair)]
        if words.strip() and not same(unescape(there), unescape(words)):
            self.ruler.span(start, end, words)
        return pair
