"""Templates as frames: a type, and fillers of roles that are known by their names.

Scorers of templates compare strings, since fillers need not stand in the text. What fills a role
is one *filler* with all its names: of an entity its attributes `alias`, its name and the texts of
its mentions; of a mention or an event the text that it covers; of a value the value.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from glose.corpus.document import Argument, Document, Mention, Template, Trigger
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, DocumentError, pieces

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Filled(NamedTuple):
    """What fills a role of a template, by its names, normalised."""

    role: str
    names: tuple[str, ...]


class Frame(NamedTuple):
    """A template: its type, and its fillers in the order of the record."""

    type: str
    fillers: tuple[Filled, ...]


def normal(name: str) -> str:
    """Return a name as the scorers of MUC-4 compare it, without case, ASCII punctuation, articles.

    >>> normal("The  Shining-Path (SL)")
    'shiningpath sl'
    """
    return " ".join(_ARTICLES.sub(" ", name.lower().translate(_PUNCTUATION)).split())


def frames(document: Document, cut: Cut = str) -> list[Frame]:
    """Return the templates of a document in the order of their ids.

    Raises `InputError` where a reference leads nowhere or to something without a name.
    """
    names = _Names(document) if document.templates else None
    return [
        Frame(cut(t.type), tuple(Filled(each.role, names.of(t.id, each)) for each in t.args))
        for t in ordered(document)
        if names is not None
    ]


def ordered(document: Document) -> list[Template]:
    """Return the templates of a document in the natural order of their ids."""
    return sorted(document.templates, key=lambda each: natural(each.id))


class _Names:
    """The names of what can fill a role, by id."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions = {mention.id: mention for mention in document.mentions}
        self.entities = {entity.id: entity for entity in document.entities}
        self.events = {event.id: event for event in document.events}

    def of(self, template: str, argument: Argument) -> tuple[str, ...]:
        names = [argument.value or ""] if argument.ref is None else [*self._named(argument.ref)]
        found = tuple(map(normal, filter(None, names)))
        if not found:
            what = f"template {template}: role {argument.role!r} is filled by {argument.ref!r},"
            raise DocumentError(
                self.document, f"{what} which has no name and no text; expected one of them"
            )
        return found

    def _named(self, ref: str) -> Iterator[str]:
        entity = self.entities.get(ref)
        if entity is not None:
            aliases = [each.value for each in entity.attrs if each.name == "alias"]
            yield from aliases
            if entity.name is not None and entity.name not in aliases:
                yield entity.name
            yield from (
                self._text(self.mentions[m]) for m in entity.mentions if m in self.mentions
            )
        elif ref in self.mentions:
            yield self._text(self.mentions[ref])
        elif ref in self.events:
            yield from map(self._text, self.events[ref].triggers)

    def _text(self, span: Mention | Trigger) -> str:
        if span.text or self.document.text is None:
            return span.text
        return " ".join(self.document.text[start:end] for start, end in pieces(span))
