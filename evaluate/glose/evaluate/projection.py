"""What counts as an item: views of a document as things that can be equal.

A projection gives `(type, what)` for each item. What is equal is for the matching to say; AI, AC
or a cut of the types are projections, not scorers. Pieces are pairs of offsets into the text, in
code points, half-open: one, or several for a discontinuous span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from glose.corpus.document import Argument, Document, Event, Mention, Pair, Segment, Trigger
from glose.corpus.errors import InputError, Place

Pieces: TypeAlias = tuple[Pair, ...]

#: A type with the pieces of its span.
Span: TypeAlias = tuple[str, Pieces]


class DocumentError(InputError):
    """A document breaks a rule without which it cannot be counted.

    Who counts does not know where it was read; `pairing.located` does.
    """

    def __init__(self, document: Document, what: str) -> None:
        super().__init__(Place(document.layer or "predictions", None, document.id), what)
        self.document = document


class Filler(NamedTuple):
    """An argument: the type of its event, what fills the role, and the role.

    `what` are the pieces of the filler's span, or a string if it has no place in the text.
    """

    event: str
    what: Pieces | str
    role: str


Cut: TypeAlias = Callable[[str], str]


def cut(depth: int | None) -> Cut:
    """Return a function that keeps so many steps of a dotted type; `None` keeps all.

    >>> cut(1)("Conflict.Attack")
    'Conflict'
    """
    if depth is None:
        return str
    # No name has more steps than letters.
    return lambda name: ".".join(name.split(".", min(depth, len(name)))[:depth])


def pieces(span: Mention | Trigger | Segment) -> Pieces:
    """Return the pieces that a span covers: its fragments, or the one from start to end."""
    return getattr(span, "fragments", ()) or ((span.start, span.end),)


def head(document: Document, span: Mention | Trigger, owner: str) -> tuple[int, ...]:
    """Return the head of a span, a pair of offsets within it, or nothing.

    Raises `DocumentError` where it is anything else; `owner` is what the span is called.
    """
    found = span.head
    if found and not (len(found) == 2 and span.start <= found[0] < found[1] <= span.end):
        what = f"found {list(found)}; expected a pair inside {span.start} to {span.end}"
        raise DocumentError(document, f"{owner}: head: {what}")
    return found


def entities(document: Document, cut: Cut = str) -> list[Span]:
    """Return each mention as its type and pieces, with duplicates, in the order of the record."""
    return [(cut(m.type), m.fragments or ((m.start, m.end),)) for m in document.mentions]


def triggers(document: Document, cut: Cut = str) -> list[Span]:
    """Return each trigger as the type of its event and its pieces; without one, no item."""
    return [
        (cut(event.type), trigger.fragments or ((trigger.start, trigger.end),))
        for event in document.events
        for trigger in event.triggers
    ]


def arguments(document: Document, cut: Cut = str) -> list[Filler]:
    """Return each argument of an event; the trigger is not part of it (TextEE's AI and AC).

    A role filled by an entity stands where its first mention does, by another event where its
    first trigger does. What has no place is known by its name or its value. Raises `InputError`
    where a reference leads nowhere.
    """
    found = [(event, argument) for event in document.events for argument in event.args]
    if not found:
        return []
    places = Places(document)
    return [Filler(cut(event.type), places.of(event, arg), arg.role) for event, arg in found]


Project: TypeAlias = Callable[[Document, Cut], Any]


@dataclass(slots=True)
class View:
    """A document as its projections; each is made once, however many metrics read it."""

    document: Document
    cut: Cut = str
    made: dict[Project, Any] = field(default_factory=dict)

    def items(self, project: Project) -> Any:  # noqa: ANN401  # each projection its own
        """Return the items that a projection gives."""
        if project not in self.made:
            self.made[project] = project(self.document, self.cut)
        return self.made[project]


class Places:
    """Where the items of a document stand, by id; mentions first, as nearly all fillers are."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions = {m.id: m for m in document.mentions}
        self.others: dict[str, Pieces | str] | None = None
        if len(self.mentions) < len(document.mentions):
            raise DocumentError(document, "two mentions have the same id; expected one for each")

    def of(self, event: Event, argument: Argument) -> Pieces | str:
        """Return the pieces of what fills a role, or a string if it has no place in the text."""
        if argument.ref is None:
            if argument.value is None:
                raise self._wrong(event, f"role {argument.role!r} has neither ref nor value")
            return argument.value
        mention = self.mentions.get(argument.ref)
        if mention is not None:
            return mention.fragments or ((mention.start, mention.end),)
        if self.others is None:
            self.others = dict(self._others())
        found = self.others.get(argument.ref)
        if found is None:
            what = f"no item of this document is called {argument.ref!r}"
            raise self._wrong(event, f"{what}; expected the id of a mention, entity or event")
        return found

    def _wrong(self, event: Event, what: str) -> InputError:
        return DocumentError(self.document, f"event {event.id}: {what}")

    def _others(self) -> Iterator[tuple[str, Pieces | str]]:
        for segment in self.document.segments:
            yield segment.id, pieces(segment)
        for event in self.document.events:
            yield event.id, pieces(event.triggers[0]) if event.triggers else event.type
        for entity in self.document.entities:
            known = (self.mentions[m] for m in entity.mentions if m in self.mentions)
            yield entity.id, min(map(pieces, known), default=entity.name or "")
