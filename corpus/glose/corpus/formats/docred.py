"""DocRED and Re-DocRED: relations of entities (https://github.com/thunlp/DocRED)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glose.corpus.document import (
    Argument,
    Document,
    Entity,
    Mention,
    Meta,
    Provenance,
    Relation,
    Status,
)
from glose.corpus.errors import Place
from glose.corpus.formats import items, peeking, windows, words
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.formats.facts import ENDS, first
from glose.corpus.formats.items import Shape
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names
from glose.corpus.rulers import normal


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
        with task.rejects.aside(place, data.decode()):
            line = items.decoded(data, Line)
            name = items.identified(line.title, path, number)
            seen[name] = seen.get(name, 0) + 1
            name = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield _Sheet(line, place, task).document(name)


class _Sheet:
    """A document, with what was found in it so far."""

    def __init__(self, line: Line, place: Place, task: Task) -> None:
        self.line, self.place, self.task = line, place, task
        self.draft = words.Draft()
        self.bases: list[int] = []
        for sentence in line.sents:
            self.bases.append(len(self.draft.tokens))
            for token, after in windows.spaced(map(normal, sentence)):
                self.draft.word(token, after)
            self.draft.end()
            self.draft.gap = "\n" if self.draft.tokens else ""
        self.names = Names(segment.id for segment in self.draft.sentences)
        self.mentions: list[Mention] = []
        self.entities: dict[int, Entity] = {}

    def document(self, name: str) -> Document:
        """Return the document; an entity or a relation that is wrong is rejected."""
        for number, spots in enumerate(self.line.vertex_set):
            with self.task.rejects.aside(self.place, spots):
                self._entity(number, spots)
        relations = []
        for arrow in self.line.labels or ():
            with self.task.rejects.aside(self.place, arrow):
                relations.append(self._relation(arrow))
        annotated = ("mentions", "entities") + ("relations",) * (self.line.labels is not None)
        return Document(
            id=name,
            text=self.draft.text,
            meta=Meta(title=self.line.title),
            segments=tuple(self.draft.sentences),
            tokens=tuple(self.draft.tokens),
            mentions=tuple(self.mentions),
            entities=tuple(self.entities.values()),
            relations=tuple(relations),
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
        start, end = spot.pos
        if not 0 <= spot.sent_id < len(self.bases):
            what = f"sentence {spot.sent_id}; expected one of {len(self.bases)}, from 0"
            raise MalformedError(f"{spot.name} is in {what}")
        size = len(self.line.sents[spot.sent_id])
        if not 0 <= start < end <= size:
            what = f"tokens {start} to {end} of sentence {spot.sent_id}"
            raise MalformedError(f"{spot.name} is {what}; expected some of 0 to {size}")
        base = self.bases[spot.sent_id]
        tokens = self.draft.tokens
        pair = tokens[base + start][0], tokens[base + end - 1][1]
        there = "".join("".join(self.line.sents[spot.sent_id][start:end]).split())
        if spot.name is not None and "".join(spot.name.split()) != there:
            self.task.losses.note("names of mentions that are not their words are left out")
        return Mention(self.names.new(None, "m"), spot.type, *pair)

    def _relation(self, arrow: Arrow) -> Relation:
        missing = [number for number in (arrow.h, arrow.t) if number not in self.entities]
        if missing:
            raise MalformedError(f"{arrow.r} is of entity {missing[0]}, which was not read")
        if any(not 0 <= number < len(self.bases) for number in arrow.evidence):
            what = f"evidence {list(arrow.evidence)}; expected sentences from 0"
            raise MalformedError(f"{arrow.r} has {what} to {len(self.bases) - 1}")
        refs = self.entities[arrow.h].id, self.entities[arrow.t].id
        args = tuple(Argument(role, ref) for role, ref in zip(ENDS, refs, strict=True))
        evidence = tuple(dict.fromkeys(self._sentence(number) for number in arrow.evidence))
        return Relation(self.names.new(None, "r"), arrow.r, args, evidence=evidence)

    def _sentence(self, number: int) -> str:
        """Return the segment of a sentence; empty ones have none and are not counted."""
        full = sum(1 for sentence in self.line.sents[:number] if sentence)
        if not self.line.sents[number]:
            raise MalformedError(f"sentence {number} is evidence, and empty")
        return self.draft.sentences[full].id


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
