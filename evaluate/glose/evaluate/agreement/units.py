"""What layers are compared on: tokens and documents with labels, and units on the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from glose.evaluate.agreement.layers import Shared
from glose.evaluate.flat import Chunk, flat
from glose.evaluate.projection import View
from glose.evaluate.words import Words

#: The labels of a token or a document.
Value: TypeAlias = frozenset[str]

NONE: Value = frozenset()

#: What each layer says of one unit; `None` where a layer says nothing, not even "no label".
Votes: TypeAlias = tuple[Value | None, ...]


class Unit(NamedTuple):
    """A stretch of text with a type: from `start` to `end`, in code points, half-open."""

    start: int
    end: int
    type: str


#: What gives the chunks of one layer of a document.
Chunks: TypeAlias = Callable[[View], list[Chunk]]


def mentions(view: View) -> list[Chunk]:
    """Return the mentions of a layer by their outer bounds."""
    return [Chunk(view.cut(m.type), m.start, m.end, m.id) for m in view.document.mentions]


def triggers(view: View) -> list[Chunk]:
    """Return the triggers of a layer by their outer bounds, with the types of their events."""
    return [
        Chunk(view.cut(event.type), trigger.start, trigger.end, event.id)
        for event in view.document.events
        for trigger in event.triggers
    ]


def stretches(shared: Shared, chunks: Chunks) -> list[list[Unit] | None]:
    """Return the units of each layer in the order of the text, the longer first; sets of them."""
    found: list[list[Unit] | None] = []
    for view in shared.views:
        if view is None:
            found.append(None)
            continue
        units = {Unit(chunk.start, chunk.end, chunk.type) for chunk in chunks(view)}
        found.append(sorted(units, key=lambda unit: (unit.start, -unit.end, unit.type)))
    return found


@dataclass(frozen=True, slots=True)
class Coded:
    """So many units, with what each layer says of those that it gives a label.

    A layer is `None` if it has not seen the document. A value of `None` says that the layer has
    not seen this unit.
    """

    size: int
    layers: tuple[Mapping[Hashable, Value | None] | None, ...]

    def votes(self) -> Counter[Votes]:
        """Return what the layers say of a unit, with how many units they say it of."""
        touched = set[Hashable]().union(*(layer for layer in self.layers if layer is not None))
        found: Counter[Votes] = Counter()
        for unit in touched:
            found[
                tuple(None if each is None else each.get(unit, NONE) for each in self.layers)
            ] += 1
        rest = tuple(None if each is None else NONE for each in self.layers)
        found[rest] += self.size - len(touched)
        return +found


def words(shared: Shared) -> Words:
    """Return the words of a document: the tokens of the first layer that has some."""
    views = (view for view in shared.views if view is not None)
    tokens = next((view.document.tokens for view in views if view.document.tokens), ())
    return Words(shared.text, tokens)


def tokens(shared: Shared, chunks: Chunks, *, nested: bool = False) -> Coded:
    """Return the tokens of a document with the type of the chunk that they are part of.

    Of chunks that overlap, only those of the flat view count (flat.py); if they may be `nested`,
    all do, and a token has a set of types.
    """
    numbered = words(shared)
    layers = tuple(
        None if view is None else _labelled(numbered, chunks(view), nested=nested)
        for view in shared.views
    )
    return Coded(len(numbered), layers)


def _labelled(words: Words, chunks: Sequence[Chunk], *, nested: bool) -> dict[Hashable, Value]:
    found: dict[Hashable, Value] = {}
    for chunk in chunks if nested else flat(chunks, words):
        first, last = words.place(chunk.start, chunk.end)
        for word in range(first, last):
            found[word] = found.get(word, NONE) | {chunk.type}
    return found


def schemes(shared: Shared) -> Iterator[tuple[str, Coded]]:
    """Yield, for each scheme of labels of the document, what each layer says: one unit."""
    labels = [
        None if view is None else [x for x in view.document.labels if x.target is None]
        for view in shared.views
    ]
    there = {label.scheme for each in labels for label in each or ()}
    for scheme in sorted(there):
        layers: tuple[Mapping[Hashable, Value] | None, ...] = tuple(
            None
            if view is None or each is None
            else {0: frozenset(view.cut(x.value) for x in each if x.scheme == scheme)}
            for view, each in zip(shared.views, labels, strict=True)
        )
        yield scheme, Coded(1, layers)
