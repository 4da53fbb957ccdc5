"""From the denotations of a text to the annotations of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Mention,
    Pair,
    Relation,
    Segment,
)
from glose.corpus.errors import Place
from glose.corpus.formats import traits
from glose.corpus.formats.chains import Chains
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.ends import between
from glose.corpus.formats.items import Shape, converted, worded
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.formats.spans import Names, placed, span
from glose.corpus.formats.statuses import stated
from glose.corpus.rulers import Ruler

#: The relation of a span to one of its further pieces.
CHAINED = "_lexicallyChainedTo"


class Bounds(Shape, frozen=True):
    """A piece of a span."""

    begin: int
    end: int


class Denotation(Shape, frozen=True):
    """A span with its type, or a block of the text."""

    span: Bounds | tuple[Bounds, ...]
    obj: str
    id: str | int | None = None

    @property
    def pieces(self) -> tuple[Bounds, ...]:
        """The pieces of the span."""
        return (self.span,) if isinstance(self.span, Bounds) else self.span


class Statement(Shape, frozen=True):
    """A relation, an attribute or a modification."""

    pred: str
    obj: Any
    subj: str | int | None = None
    id: str | int | None = None


class Track(Shape, frozen=True):
    """The annotations of one project."""

    project: str | None = None
    denotations: tuple[Any, ...] = ()
    blocks: tuple[Any, ...] = ()
    relations: tuple[Any, ...] = ()
    attributes: tuple[Any, ...] = ()
    modifications: tuple[Any, ...] = ()


class Sheet:
    """A text, with what was found in it so far."""

    def __init__(self, ruler: Ruler, place: Place, task: Task) -> None:
        self.ruler, self.place, self.task = ruler, place, task
        self._names = Names()
        self._called: dict[str, str] = {}
        self._pieces: dict[str, list[Pair]] = {}
        self._types: dict[str, str] = {}
        self._segments: list[Segment] = []
        self._relations: dict[str, Relation] = {}
        self._said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._chains = Chains()

    def document(self, track: Track, bare: Document) -> Document:
        """Return a document with a track; an item that is wrong is rejected."""
        self._each(track.denotations, self._denotation)
        self._each(track.blocks, self._block)
        self._each(track.relations, self._relation)
        self._each(track.attributes, self._attribute)
        self._each(track.modifications, self._modification)
        mentions = tuple(map(self._mention, self._pieces))
        relations = tuple(
            replace(r, attrs=tuple(Attribute(*pair) for pair in self._said[r.id]))
            for r in self._relations.values()
        )
        found = replace(
            bare,
            text=self.ruler.text,
            segments=tuple(self._segments),
            mentions=mentions,
            entities=self._chains.entities(mentions, self._names),
            relations=relations,
        )
        return traits.anchored(replace(found, status=stated(found)))

    def _mention(self, name: str) -> Mention:
        place = span(self.ruler.text, self._pieces[name])
        return traits.on_mention(Mention(name, self._types[name], **place), self._said[name])

    def _each(self, given: Iterable[object], take: Any) -> None:  # noqa: ANN401  # a method
        for item in given:
            with self.task.rejects.aside(self.place, item):
                take(item)

    def _placed(self, given: Denotation) -> list[Pair]:
        if not given.pieces:
            raise MalformedError(f"{given.id} has no span; expected begin and end")
        whose = str(given.id)
        return [placed(self.ruler, (p.begin, p.end), None, whose) for p in given.pieces]

    def _new(self, given: Denotation | Statement, letter: str) -> str:
        wanted = None if given.id is None else str(given.id)
        name = self._names.new(wanted, letter)
        if wanted is not None:
            self._called.setdefault(wanted, name)
        return name

    def _denotation(self, item: object) -> None:
        given = converted(item, Denotation)
        pieces = self._placed(given)
        name = self._new(given, "m")
        self._pieces[name], self._types[name] = pieces, given.obj

    def _block(self, item: object) -> None:
        given = converted(item, Denotation)
        pieces = self._placed(given)
        start, end = min(a for a, _ in pieces), max(b for _, b in pieces)
        self._segments.append(Segment(self._new(given, "g"), given.obj, start, end))

    def _target(self, foreign: object) -> str:
        name = self._called.get(str(foreign))
        if name is None:
            raise MalformedError(f"{foreign} is nothing that was read; expected the id of an item")
        return name

    def _relation(self, item: object) -> None:
        given = converted(item, Statement)
        refs = self._target(given.subj), self._target(given.obj)
        if given.pred == CHAINED:
            self._chain(*refs)
        elif given.pred == self.task["coreference"] and self._pieces.keys() >= {*refs}:
            self._chains.join(*refs)
        elif not self._relations.keys().isdisjoint(refs):
            raise MalformedError(f"{given.pred} is of a relation; expected denotations or blocks")
        else:
            name = self._new(given, "r")
            self._relations[name] = Relation(name, given.pred, between(*refs))

    def _chain(self, whole: str, piece: str) -> None:
        """Add a piece to a span, and forget it as one of its own."""
        if whole == piece or not {whole, piece} <= self._pieces.keys():
            raise MalformedError(f"{piece} is no further piece of {whole}")
        self._pieces[whole] += self._pieces.pop(piece)
        self._called = {k: whole if v == piece else v for k, v in self._called.items()}

    def _attribute(self, item: object) -> None:
        given = converted(item, Statement)
        self._say(self._target(given.subj), given.pred, given.obj)

    def _modification(self, item: object) -> None:
        given = converted(item, Statement)
        self._say(self._target(given.obj), given.pred, value=True)

    def _say(self, name: str, pred: str, value: object) -> None:
        if name not in self._pieces and name not in self._relations:
            raise MalformedError(f"{pred} is said of a block; expected a denotation or relation")
        self._said[name].append((pred, worded(value)))
