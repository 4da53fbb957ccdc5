"""Documents as windows of whole words in which mentions, triggers and relations stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from msgspec.structs import replace

from glose.corpus.document import Document, Event, Mention, Pair, Trigger
from glose.corpus.formats import words
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without


def fitted(document: Document, losses: Losses) -> Document:
    """Return a document whose mentions and triggers are whole words of one sentence each."""
    marked, names = _with_triggers(document)
    found = words.fitted(marked, losses)
    spans = {m.id: m for m in found.mentions}
    gone = {event for event, name in names.items() if name not in spans}
    found = without(found, gone)
    made = set(names.values())
    found = replace(
        found,
        mentions=tuple(m for m in found.mentions if m.id not in made),
        events=tuple(replace(e, triggers=(_trigger(spans[names[e.id]]),)) for e in found.events),
    )
    return losses.step(found, "triggers are whole words")


def _with_triggers(document: Document) -> tuple[Document, dict[str, str]]:
    """Return a document in which the first trigger of each event is a mention, and their names."""
    taken = {m.id for m in document.mentions}
    free = (name for n in count(1) if (name := f"trigger-{n}") not in taken)
    names = {event.id: next(free) for event in document.events}
    made = tuple(
        Mention(names[e.id], e.type, t.start, t.end, t.fragments, t.text)
        for e in document.events
        for t in e.triggers[:1]
    )
    return replace(document, mentions=(*document.mentions, *made)), names


def _trigger(mention: Mention) -> Trigger:
    return Trigger(mention.start, mention.end, mention.fragments, mention.text)


def ranges(document: Document, found: words.Words) -> list[Pair]:
    """Return the windows of a document that fits, as ranges of its words."""
    marked, _ = _with_triggers(document)
    return [pair for pair, _ in words.sentences(marked, found)]


class Homes:
    """In which window each mention and event is."""

    def __init__(self, document: Document, windows: Iterable[Pair], found: words.Words) -> None:
        first = {n: at for at, (a, b) in enumerate(windows) for n in range(a, b)}
        spans = [(m.id, m.start, m.end) for m in document.mentions]
        spans += [(e.id, e.triggers[0].start, e.triggers[0].end) for e in document.events]
        self._homes = {name: first[found.range(start, end)[0]] for name, start, end in spans}

    def of(self, name: str | None) -> int:
        """Return the number of the window of a mention or event; -1 for all else."""
        return self._homes.get(name or "", -1)

    def within(self, document: Document) -> Document:
        """Return a document without arguments and relations from one window to another."""
        events = tuple(self._filled(event) for event in document.events)
        across = {r.id for r in document.relations if len({self.of(a.ref) for a in r.args}) > 1}
        return without(replace(document, events=events), across)

    def _filled(self, event: Event) -> Event:
        args = tuple(a for a in event.args if self.of(a.ref) == self.of(event.id))
        return event if args == event.args else replace(event, args=args)


class Cut:
    """A document that fits, cut into windows in which its arguments and relations stand.

    `ranges` are the windows as ranges of its words, none if it has no words; what goes from one
    to another is told to the losses. `kind` is what the format calls a window.
    """

    def __init__(self, document: Document, losses: Losses, kind: str) -> None:
        self.words = words.Words(document)
        self.ranges = ranges(document, self.words) if document.tokens else []
        self.homes = Homes(document, self.ranges, self.words)
        self.document = document
        inside = self.homes.within(document)
        if inside != document:
            why = f"arguments and relations stand in one {kind}"
            self.document = losses.step(inside, why)


def aligned(text: str, tokens: Iterable[str]) -> list[Pair] | None:
    """Return where tokens stand in a text that has nothing but white space beside, if they do."""
    at = 0
    found: list[Pair] = []
    for token in tokens:
        while at < len(text) and text[at].isspace() and not text.startswith(token, at):
            at += 1
        if not token or not text.startswith(token, at):
            return None
        found.append((at, at + len(token)))
        at += len(token)
    return found if not text[at:].strip() else None


def spaced(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield tokens with the blank that is put after each, without white space at their ends."""
    for token in tokens:
        yield "_".join(token.split()) or "_", " "
