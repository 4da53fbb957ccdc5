"""Whole events: type, triggers and all arguments, inside as outside (docs/metrics/bionlp.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document, Event
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.metric import Metric
from glose.evaluate.nesting import inside_out
from glose.evaluate.projection import Cut, Pieces, pieces
from glose.evaluate.protocol import Protocol

#: What fills a role: a place, a name or value, or the number of an event of the same document.
Filler: TypeAlias = Pieces | str | int

#: The type of an event, and what all events that are equal to it share.
Key: TypeAlias = tuple[str, Hashable]


class Whole(NamedTuple):
    """An event with its triggers, in the order of the text, and its arguments as they come."""

    type: str
    triggers: tuple[Pieces, ...]
    args: tuple[tuple[str, Filler], ...]


def wholes(document: Document, cut: Cut = str) -> list[Whole]:
    """Return each event, with or without a trigger, in the order of the record.

    An argument that is an entity stands where its first mention does.
    """
    if not document.events:
        return []
    known = _places(document)
    known.update((event.id, number) for number, event in enumerate(document.events))
    return [_whole(event, known, cut) for event in document.events]


def _places(document: Document) -> dict[str, Filler]:
    mentions = {mention.id: pieces(mention) for mention in document.mentions}
    known: dict[str, Filler] = dict(mentions.items())
    known.update((segment.id, pieces(segment)) for segment in document.segments)
    for entity in document.entities:
        places = [mentions[each] for each in entity.mentions if each in mentions]
        known[entity.id] = min(places, default=entity.name or "")
    return known


def _whole(event: Event, known: dict[str, Filler], cut: Cut) -> Whole:
    triggers = tuple(sorted(pieces(trigger) for trigger in event.triggers))
    args = tuple(
        (arg.role, known.get(arg.ref or "", arg.value or arg.ref or "")) for arg in event.args
    )
    return Whole(cut(event.type), triggers, args)


def count(gold: Sequence[Whole], predicted: Sequence[Whole]) -> Tally:
    """Return the counts of two bags of events: what is given twice has to be there twice."""
    numbers: dict[Hashable, int] = {}
    wanted, found = (Counter(_keys(side, numbers)) for side in (gold, predicted))
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    for column, bag in ((0, wanted & found), (1, found), (2, wanted & found), (3, wanted)):
        for (type_, _), times in bag.items():
            rows[type_][column] += times
            rows[None][column] += times
    return {None: (0,) * 4, **{name: tuple(row) for name, row in rows.items()}}


def _keys(events: Sequence[Whole], numbers: dict[Hashable, int]) -> list[Key]:
    """Return a key of each event, the same for events that are equal.

    `numbers` gives each kind of event a number, so that a key of an event that holds others is no
    larger than the event. An event that contains itself, through others, is equal to none.
    """
    keys: list[Key] = [(event.type, object()) for event in events]
    for number in inside_out([event.args for event in events]):
        event = events[number]
        args = Counter(
            (role, keys[filler][1] if isinstance(filler, int) else filler, isinstance(filler, int))
            for role, filler in event.args
        )
        kind = (event.type, event.triggers, frozenset(args.items()))
        keys[number] = event.type, numbers.setdefault(kind, len(numbers))
    return keys


WHOLES = Statistic("wholes", ("events",), Shared, wholes, count)

METRICS = (Metric("event/nested", WHOLES, same),)
PROTOCOLS = (Protocol("nested_events", ("event/nested",), "bag"),)
