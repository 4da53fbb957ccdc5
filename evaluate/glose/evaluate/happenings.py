"""Events as scorers of arguments see them: one trigger each, and what fills the roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias, overload

from glose.corpus.document import Document, Event, Mention, Pair, Trigger
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces, Places, pieces
from glose.evaluate.sentences import ends

#: Where something stands, by its pieces; a string if it has no place in the text.
What: TypeAlias = Pieces | str

#: Where something stands, by its first and its last code point; a string if it has no place.
Bounds: TypeAlias = Pair | str


class Filled(NamedTuple):
    """A role of an event, and what fills it: where it stands, and from where to where."""

    role: str
    what: What
    bounds: Bounds


class Happening(NamedTuple):
    """An event with one trigger, or none: its type and its arguments, in the order of the record.

    An event with several triggers is as many of these, with the same arguments. The bounds of no
    trigger are an empty string.
    """

    type: str
    trigger: Pieces | None
    bounds: Bounds
    args: tuple[Filled, ...]


class Scene(Sequence[Happening]):
    """The events of a document in the order of their ids, with what their arguments refer to."""

    def __init__(self, document: Document, cut: Cut) -> None:
        self.document = document
        self.happenings = tuple(_happenings(document, cut))

    @overload
    def __getitem__(self, index: int) -> Happening: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Happening]: ...

    def __getitem__(self, index: int | slice) -> Happening | Sequence[Happening]:
        """Return an event, or some."""
        return self.happenings[index]

    def __len__(self) -> int:
        """Return the number of events, one for each trigger."""
        return len(self.happenings)

    @cached_property
    def heads(self) -> dict[Bounds, Pair]:
        """The heads that are stated, by the bounds of their spans; of several heads the first."""
        spans: Iterable[Mention | Trigger] = chain(
            self.document.mentions,
            (trigger for event in self.document.events for trigger in event.triggers),
        )
        found: dict[Bounds, Pair] = {}
        for span in spans:
            if len(span.head) == 2:
                head = span.head[0], span.head[1]
                bounds = span.start, span.end
                found[bounds] = min(head, found.get(bounds, head))
        return found

    @cached_property
    def entities(self) -> dict[Bounds, str]:
        """The entity of each span that is a mention of it; of several the one of the first id."""
        places = {mention.id: (mention.start, mention.end) for mention in self.document.mentions}
        found: dict[Bounds, str] = {}
        for entity in sorted(self.document.entities, key=lambda entity: natural(entity.id)):
            for mention in entity.mentions:
                if mention in places:
                    found.setdefault(places[mention], entity.id)
        return found

    @cached_property
    def telling(self) -> dict[str, Pair]:
        """The bounds of the most informative mention of each entity, by the id of the entity."""
        mentions = {mention.id: mention for mention in self.document.mentions}
        return {
            entity.id: (best.start, best.end)
            for entity in self.document.entities
            if (best := _best(mentions[one] for one in entity.mentions if one in mentions))
        }

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where the sentences end."""
        return ends(self.document)


def in_order(events: Sequence[Event]) -> Sequence[Event]:
    """Return events in the order of their ids."""
    if len(events) < 2:
        return events
    return sorted(events, key=lambda event: natural(event.id))


def scene(document: Document, cut: Cut = str) -> Scene:
    """Return the events of a document, for metrics of arguments."""
    return Scene(document, cut)


def outer(what: What) -> Bounds:
    """Return the first and last offset of something; a string stays as it is."""
    return what if isinstance(what, str) else (what[0][0], what[-1][1])


def given(gold: Iterable[Happening], predicted: Iterable[Happening]) -> list[Happening]:
    """Return, for each gold event, the predicted one with the same trigger and type.

    They are paired one to one, in their order, and by the bounds of triggers. Where there is none,
    it is an event without arguments. So arguments are scored as if triggers were given.
    """
    waiting: dict[tuple[str, Bounds], list[Happening]] = defaultdict(list)
    for each in predicted:
        waiting[each.type, each.bounds].append(each)
    for found in waiting.values():
        found.reverse()
    pairs = ((each, waiting.get((each.type, each.bounds))) for each in gold)
    return [found.pop() if found else each._replace(args=()) for each, found in pairs]


def _happenings(document: Document, cut: Cut) -> Iterator[Happening]:
    if not document.events:
        return
    places = Places(document)
    for event in in_order(document.events):
        whats = ((arg.role, places.of(event, arg)) for arg in event.args)
        args = tuple(Filled(role, what, outer(what)) for role, what in whats)
        type_ = cut(event.type)
        for trigger in event.triggers:
            yield Happening(type_, pieces(trigger), (trigger.start, trigger.end), args)
        if not event.triggers:
            yield Happening(type_, None, "", args)


#: Names tell more than nouns, nouns more than pronouns; what is not known stands between.
_LEVELS = {"NAM": 0, "NOM": 1, None: 2, "PRO": 3}


def _best(mentions: Iterable[Mention]) -> Mention | None:
    def rank(mention: Mention) -> tuple[int, int, int]:
        return _LEVELS.get(mention.level, 2), mention.start - mention.end, mention.start

    return min(mentions, key=rank, default=None)
