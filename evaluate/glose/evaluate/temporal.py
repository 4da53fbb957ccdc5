"""Times, events and temporal links: the views of a document that metrics of time read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from glose.corpus.document import Document, Event, Mention
from glose.evaluate.closure import Link
from glose.evaluate.projection import Cut, Pieces, pieces

#: A mention is a time if a step of its type is one of these, in whatever case, or if its value is
#: of one of the kinds of `KINDS`.
TIMES = frozenset(
    {"TIMEX", "TIMEX2", "TIMEX3", "DATE", "TIME", "DUR", "DURATION", "SET", "DATETIME"}
)
KINDS = frozenset({"date", "time", "duration", "set"})

#: A relation is a temporal link if the last step of its type is one of these, in whatever case.
RELATIONS = frozenset(
    {
        "BEFORE", "AFTER", "IBEFORE", "IAFTER", "INCLUDES", "IS_INCLUDED", "CONTAINS", "DURING",
        "DURING_INV", "SIMULTANEOUS", "IDENTITY", "BEGINS", "BEGUN_BY", "ENDS", "ENDED_BY",
        "BEGINS-ON", "ENDS-ON", "OVERLAP", "OVERLAPS", "VAGUE",
    }
)  # fmt: skip


class Time(NamedTuple):
    """A time expression: its type, where it stands, and its value without the kind, if any."""

    type: str
    pieces: Pieces
    value: str | None


class Linked(NamedTuple):
    """A temporal link between two ids of the record, each with the pieces of its span."""

    id: str
    source: str
    target: str
    relation: str


def is_time(mention: Mention) -> bool:
    """Return whether a mention is a time expression."""
    kind = mention.value.norm.partition(":")[0] if mention.value else ""
    return kind in KINDS or not TIMES.isdisjoint(mention.type.upper().split("."))


def value(mention: Mention) -> str | None:
    """Return the value of a time without its kind: `2018-03-13` of `date:2018-03-13`."""
    return mention.value.norm.partition(":")[2] if mention.value else None


def times(document: Document, cut: Cut = str) -> list[Time]:
    """Return the time expressions of a document."""
    return [Time(cut(m.type), pieces(m), value(m)) for m in document.mentions if is_time(m)]


def intervals(document: Document) -> dict[str, Event | Mention]:
    """Return what can stand in time, by id: events that have a trigger, and times."""
    found: dict[str, Event | Mention] = {m.id: m for m in document.mentions if is_time(m)}
    found.update((event.id, event) for event in document.events if event.triggers)
    return found


def place(interval: Event | Mention) -> Pieces:
    """Return where an interval stands in the text: an event where its first trigger does."""
    return pieces(interval if isinstance(interval, Mention) else interval.triggers[0])


def links(document: Document) -> Iterator[Linked]:
    """Yield the temporal links between intervals of a document, in the order of the record."""
    known = intervals(document)
    for relation in document.relations:
        name = relation.type.upper().rpartition(".")[2]
        ends = [argument.ref for argument in relation.args]
        if name in RELATIONS and len(ends) == 2:
            source, target = ends
            if source in known and target in known:
                yield Linked(relation.id, str(source), str(target), name)


def spanned(document: Document, cut: Cut = str) -> list[Link]:
    """Return the temporal links of a document between places in the text.

    What stands on the same span is the same interval; a link of a span with itself says nothing
    and is left out. Types of links are not cut.
    """
    del cut
    known = {name: place(interval) for name, interval in intervals(document).items()}
    found = (
        Link(known[link.source], known[link.target], link.relation) for link in links(document)
    )
    return [link for link in found if link.source != link.target]
