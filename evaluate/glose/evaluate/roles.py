"""Roles: what fills those of the events of a document, and how it is told to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, Event
from glose.evaluate.mistakes import cover
from glose.evaluate.projection import Cut, Pieces, Places, pieces
from glose.evaluate.results import Item

What: TypeAlias = Pieces | str


class Frame(NamedTuple):
    """An event by what it is known by: its type, and the pieces of its triggers."""

    type: str
    trigger: Pieces


@dataclass(slots=True)
class Roles:
    """The arguments of a document by event: what fills which roles."""

    frames: dict[Frame, dict[What, list[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, cut: Cut) -> Roles:
        """Return the arguments of a document; events without a trigger are left out."""
        found = cls()
        places = Places(document)
        for event in document.events:
            if event.triggers:
                fillers = found.frames.setdefault(frame_of(event, cut), {})
                for argument in event.args:
                    roles = fillers.setdefault(places.of(event, argument), [])
                    if argument.role not in roles:
                        roles.append(argument.role)
        return found


def frame_of(event: Event, cut: Cut) -> Frame:
    """Return what an event is known by."""
    return Frame(cut(event.type), tuple(pair for each in event.triggers for pair in pieces(each)))


class Same:
    """Tells whether two fillers are the same: places, or mentions of one gold entity."""

    def __init__(self, gold: Document) -> None:
        places = {mention.id: pieces(mention) for mention in gold.mentions}
        self.owner: dict[What, str] = {
            places[name]: entity.id
            for entity in reversed(gold.entities)
            for name in entity.mentions
            if name in places
        }

    def known(self, what: What) -> What:
        """Return what stands for a filler and all that is the same."""
        return self.owner.get(what, what)


class Items:
    """Arguments of a document as items.

    Where events of one type have triggers with the same words, these are told with their offsets.
    """

    def __init__(self, text: str, frames: Iterable[Frame]) -> None:
        self.text = text
        self.namesakes = Counter(self._named(frame) for frame in frames)

    def item(self, frame: Frame, what: What, role: str) -> Item:
        """Return the item of what fills a role."""
        words = self.trigger(frame)
        if isinstance(what, str):
            return Item(role, (), what, frame.type, role, words)
        return Item(role, what, cover(self.text, what), frame.type, role, words)

    def trigger(self, frame: Frame) -> str | None:
        """Return how the trigger of an event is called, if it has one."""
        words = self._named(frame)[1]
        if words is not None and self.namesakes[frame.type, words] > 1:
            return f"{words} ({frame.trigger[0][0]}-{frame.trigger[-1][1]})"
        return words

    def _named(self, frame: Frame) -> tuple[str, str | None]:
        return frame.type, cover(self.text, frame.trigger) if frame.trigger else None


def touch(one: What, other: What) -> bool:
    """Tell whether two fillers overlap; what has no place only does if it is the same."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return any(a < d and c < b for a, b in one for c, d in other)
