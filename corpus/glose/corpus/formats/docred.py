"""DocRED and Re-DocRED: relations of entities (https://github.com/thunlp/DocRED)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import (
    Document,
    Entity,
    Mention,
    Meta,
    Provenance,
    Relation,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.facts import first
from glose.corpus.formats.items import Shape
from glose.corpus.formats.laying import Laid, bare
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names


class Spot(Shape, frozen=True):
    """A mention: tokens of a sentence, half-open."""

    sent_id: int
    pos: tuple[int, int]
    type: str
    name: str | None = None


class Arrow(Shape, frozen=True):
    """A relation of two entities, by their numbers, with the sentences that state it."""

    h: int
    t: int
    r: str
    evidence: tuple[int, ...] = ()


class Line(Shape, frozen=True, rename={"vertex_set": "vertexSet"}):
    """A document."""

    title: str
    sents: tuple[tuple[str, ...], ...]
    vertex_set: tuple[tuple[Spot, ...], ...]
    labels: tuple[Arrow, ...] | None = None


def _read(path: Path, task: Task) -> Iterator[Document]:
    seen: dict[str, int] = {}
    for number, (place, data) in enumerate(items.items(path, task), start=1):
        with task.rejects.aside(place, data.decode()) as item:
            line = items.decoded(data, Line)
            name = items.identified(line.title, path, number)
            seen[name] = seen.get(name, 0) + 1
            name = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield _Sheet(line, item.of(name), task).document(name)


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.laid = Laid(line.sents)
        self.names = Names(segment.id for segment in self.laid.segments)
        self.mentions: list[Mention] = []
        self.entities: dict[int, Entity] = {}

    def document(self, name: str) -> Document:
        """Return the document; an entity or a relation that is wrong is rejected."""
        line, rejects = self.line, self.task.rejects
        for number, spots in enumerate(line.vertex_set):
            with rejects.aside(self.place, spots):
                self._entity(number, spots)
        relations = tuple(rejects.sound(self.place, line.labels or (), self._relation))
        annotated = ("mentions", "entities") + ("relations",) * (line.labels is not None)
        return replace(
            self.laid.document(),
            id=name,
            meta=Meta(title=line.title),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            relations=relations,
            status=Status(annotated=annotated),
            provenance=Provenance(file=self.place.source, format="docred"),
        )

    def _entity(self, number: int, spots: tuple[Spot, ...]) -> None:
        if not spots:
            raise MalformedError(f"entity {number} has no mention; expected one at least")
        found = [self._mention(spot) for spot in spots]
        self.mentions += found
        members = tuple(mention.id for mention in found)
        entity = Entity(self.names.new(None, "e"), spots[0].type, mentions=members)
        earliest = first(entity, {mention.id: mention for mention in found})
        type_ = earliest.type if earliest else entity.type
        self.entities[number] = Entity(entity.id, type_, mentions=members)

    def _mention(self, spot: Spot) -> Mention:
        sents = self.line.sents
        if not 0 <= spot.sent_id < len(sents):
            what = f"sentence {spot.sent_id}; expected one of {len(sents)}, from 0"
            raise MalformedError(f"{spot.name} is in {what}")
        (start, end), size = spot.pos, len(sents[spot.sent_id])
        if not 0 <= start < end <= size:
            what = f"tokens {start} to {end} of sentence {spot.sent_id}"
            raise MalformedError(f"{spot.name} is {what}; expected some of 0 to {size}")
        there = bare("".join(sents[spot.sent_id][start:end]))
        if spot.name is not None and bare(spot.name) != there:
            self.task.losses.note("names of mentions that are not their words are left out")
        pair = self.laid.pair(start, end, sentence=spot.sent_id)
        return Mention(self.names.new(None, "m"), spot.type, *pair)

    def _relation(self, arrow: Arrow) -> Relation:
        missing = [number for number in (arrow.h, arrow.t) if number not in self.entities]
        if missing:
            raise MalformedError(f"{arrow.r} is of entity {missing[0]}, which was not read")
        args = between(self.entities[arrow.h].id, self.entities[arrow.t].id)
        evidence = self._evidence(arrow)
        return Relation(self.names.new(None, "r"), arrow.r, args, evidence=evidence)

    def _evidence(self, arrow: Arrow) -> tuple[str, ...]:
        last = len(self.line.sents) - 1
        if any(not 0 <= number <= last for number in arrow.evidence):
            what = f"evidence {list(arrow.evidence)}; expected sentences from 0"
            raise MalformedError(f"{arrow.r} has {what} to {last}")
        return tuple(dict.fromkeys(self._sentence(number) for number in arrow.evidence))

    def _sentence(self, number: int) -> str:
        """Return the segment of a sentence; empty ones have none and are not counted."""
        full = sum(1 for sentence in self.line.sents[:number] if sentence)
        if not self.line.sents[number]:
            raise MalformedError(f"sentence {number} is evidence, and empty")
        return self.laid.segments[full].id


def _detect(_path: Path, head: bytes) -> bool:
    return peeking.keys(head).keys() >= {"vertexSet"} or (
        peeking.is_list(head) and b'"vertexSet"' in head and b'"sent_id"' in head
    )


FORMAT = Format(
    "DocRED and Re-DocRED: relations of entities, with evidence",
    (),
    _read,
    None,
    _detect,
    offsets="tokens",
)
