"""The relations of brateval 0.3.2, exact and overlapping (docs/metrics/relations.md).

The protocol `brat` has them beside its entities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Document
from glose.evaluate import overlaps
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.hashmap import order
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut, Pieces, Span, entities
from glose.evaluate.protocol import Protocol
from glose.evaluate.relating import Relating, of_mentions, relations

#: The places on the other side that will do for a place.
Near: TypeAlias = Mapping[Pieces, Sequence[Pieces]]


class Outcome(NamedTuple):
    """The columns of brateval: what is found, and what of the rest lacks an entity.

    `unheard` of what is spurious has an entity that gold has not, `unseen` of what is missed has
    one that was not predicted.
    """

    correct: Numbers
    spurious: Numbers
    missed: Numbers
    unheard: Numbers
    unseen: Numbers


class Link(NamedTuple):
    """A relation as brateval sees it: `type|type of first|type of second`, and two entities."""

    label: str
    first: Span
    second: Span


class Page(NamedTuple):
    """The entities of a document, and its relations in the order of brateval's HashMap."""

    entities: list[Span]
    links: list[Link]


def pages(document: Document, cut: Cut = str) -> list[Page]:
    """Return the one page of a document; relations that are not of two mentions are left out."""
    known = {r.id: _link(r) for r in relations(document, cut) if of_mentions(r)}
    return [Page(entities(document, cut), [known[name] for name in order(known)])]


def _link(relation: Relating) -> Link:
    first, second = relation.args
    label = f"{relation.type}|{first.type}|{second.type}"
    return Link(label, (first.type, tuple(first.what)), (second.type, tuple(second.what)))  # type: ignore[arg-type]  # mentions have pieces


def _within(places: Iterable[Pieces], others: Iterable[Pieces]) -> Near:
    """Return the places each piece of which is one of theirs: brateval's equal spans."""
    holding: dict[tuple[int, int], list[Pieces]] = defaultdict(list)
    for other in dict.fromkeys(others):
        for piece in other:
            holding[piece].append(other)
    return {
        place: [other for other in holding[place[0]] if set(place) <= set(other)]
        for place in dict.fromkeys(places)
    }


def _overlapping(places: Iterable[Pieces], others: Iterable[Pieces]) -> Near:
    """Return the places that share a code point."""
    mine, theirs = list(dict.fromkeys(places)), list(dict.fromkeys(others))
    near: dict[Pieces, list[Pieces]] = defaultdict(list)
    for number, other in overlaps.shared(mine, theirs):
        near[mine[number]].append(theirs[other])
    return near


def _compared(
    name: str, compare: Callable[[Iterable[Pieces], Iterable[Pieces]], Near]
) -> Statistic:
    """Return brateval's comparison by one way of comparing spans; types are always equal."""

    def count(gold: Sequence[Page], predicted: Sequence[Page]) -> Tally:
        (wanted,), (found,) = gold, predicted
        places, others = _places(wanted), _places(found)
        near = compare(places, others)
        pairs, left = _taken(wanted.links, found.links, near)
        rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 5)
        for number, link in enumerate(wanted.links):
            known = number in pairs
            _add(rows, link, 0 if known else 2, lacking=not known and _lacks(link, near, others))
        back = compare(others, places)
        for link in left:
            _add(rows, link, 1, lacking=_lacks(link, back, places))
        return {None: (0,) * 5, **{group: tuple(row) for group, row in rows.items()}}

    return Statistic(name, ("mentions", "relations"), Outcome, pages, count)


def _add(rows: dict[str | None, list[int]], link: Link, column: int, *, lacking: bool) -> None:
    for row in (rows[None], rows[link.label]):
        row[column] += 1
        if lacking:
            row[column + 2] += 1


def _places(page: Page) -> dict[Pieces, set[str]]:
    """Return the types of the entities at each place."""
    places: dict[Pieces, set[str]] = defaultdict(set)
    for type_, place in page.entities:
        places[place].add(type_)
    return places


def _lacks(link: Link, near: Near, others: Mapping[Pieces, set[str]]) -> bool:
    """Tell whether one of the two entities is not on the other side."""
    return not all(
        any(type_ in others[other] for other in near.get(place, ()))
        for type_, place in (link.first, link.second)
    )


def _taken(
    gold: Sequence[Link], predicted: Sequence[Link], near: Near
) -> tuple[set[int], list[Link]]:
    """Return the numbers of the gold relations that are found, and what else was predicted.

    Each takes the first predicted relation that will do and that none before it took.
    """
    waiting: dict[tuple[str, Pieces, Pieces], list[int]] = defaultdict(list)
    for number in range(len(predicted) - 1, -1, -1):
        link = predicted[number]
        waiting[link.label, link.first[1], link.second[1]].append(number)
    found, used = set(), set()
    for number, link in enumerate(gold):
        firsts = (
            (waiting[key][-1], key)
            for first in near.get(link.first[1], ())
            for second in near.get(link.second[1], ())
            if waiting.get(key := (link.label, first, second))
        )
        taken = min(firsts, default=None)
        if taken is not None:
            used.add(waiting[taken[1]].pop())
            found.add(number)
    return found, [link for number, link in enumerate(predicted) if number not in used]


def _ratio(n: Outcome) -> Shared:
    return Shared(n.correct, n.correct + n.spurious, n.correct, n.correct + n.missed)


def _lacking(n: Outcome) -> dict[str, Numbers]:
    return {"fp": n.spurious, "fn": n.missed, "fpm": n.unheard, "fnm": n.unseen}


METRICS = tuple(
    Metric(statistic.name, statistic, _ratio, _lacking, undefined=0.0)
    for statistic in (
        _compared("brat/relations-exact", _within),
        _compared("brat/relations-overlap", _overlapping),
    )
)
PROTOCOLS: tuple[Protocol, ...] = ()
