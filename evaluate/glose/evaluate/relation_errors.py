"""Kinds of errors of relations and of temporal links (docs/metrics/errors.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from glose.corpus.document import Document
from glose.evaluate.cases import Case, Steps
from glose.evaluate.closure import Closure, Link, sense
from glose.evaluate.groupings import standing
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces
from glose.evaluate.relating import Related, Relating, relations
from glose.evaluate.temporal import intervals, links, place

RELATIONS = (
    "correct", "duplicate", "entity", "argument type", "type", "direction", "type and direction",
    "boundary", "argument", "missed", "spurious",
)  # fmt: skip
LINKS = ("correct", "duplicate", "relation", "boundary", "implied", "missed", "spurious")


def related(gold: Document, predicted: Document, cut: Cut = str) -> Iterator[Case]:
    """Yield the cases of the relations of two documents.

    What ends are mentions of counts only where entities were annotated on both sides.
    """
    golds, guesses = ([*_numbered(each, cut)] for each in (gold, predicted))
    both = all("entities" in each.status.annotated for each in (gold, predicted))
    spots = _spots([pieces for each in (*golds, *guesses) for pieces in _pieces(each)])
    steps = Steps(dict(enumerate(golds)), dict(enumerate(guesses)))

    def key(*parts: Callable[[Related], Hashable], typed: bool = True) -> Callable[..., Hashable]:
        return lambda each: (
            each.type if typed else None,
            _bag(tuple(part(arg) for part in parts) for arg in each.args),
        )

    def cluster(arg: Related) -> Hashable:
        return arg.cluster if both else None

    def spot(arg: Related) -> Hashable:
        return arg.what if isinstance(arg.what, str) else spots[arg.what]

    everything = key(_role, _what, _type, cluster)
    yield from steps.paired("correct", everything)
    yield from steps.duplicates(everything)
    yield from steps.paired("entity", key(_role, _what, _type))
    yield from steps.paired("argument type", key(_role, _what))
    yield from steps.paired("type", key(_role, _what, typed=False))
    yield from steps.paired("direction", key(_what))
    yield from steps.paired("type and direction", key(_what, typed=False))
    yield from steps.paired("boundary", key(_role, spot), _overlapping)
    for number in range(max((len(each.args) for each in golds), default=0)):
        yield from steps.paired("argument", partial(_end, number=number))
    yield from steps.rest()


def _numbered(document: Document, cut: Cut) -> Iterable[Relating]:
    """Return the relations in the natural order of their ids, as annotations are listed."""
    return sorted(relations(document, cut), key=lambda each: natural(each.id))


def _role(arg: Related) -> Hashable:
    return arg.role


def _what(arg: Related) -> Hashable:
    return arg.what


def _type(arg: Related) -> Hashable:
    return arg.type


def _end(each: Relating, number: int) -> Hashable | None:
    """Return one end of a relation, in the order of their roles, with its type."""
    args = sorted(each.args, key=lambda arg: (arg.role, repr(arg.what)))
    if len(args) <= number:
        return None
    return each.type, number, args[number].role, args[number].what


def _bag(items: Iterable[Hashable]) -> Hashable:
    return frozenset(Counter(items).items())


def _pieces(each: Relating) -> Iterator[Pieces]:
    yield from (arg.what for arg in each.args if not isinstance(arg.what, str))


def _spots(places: Iterable[Pieces]) -> Mapping[Pieces, Hashable]:
    """Return what pieces share that overlap."""
    known = list(dict.fromkeys(places))
    return dict(zip(known, standing(known, [None] * len(known)), strict=True))


def _overlapping(one: Relating, other: Relating) -> bool:
    """Tell whether the ends of two relations overlap, each that of its role."""
    sides = (
        sorted(each.args, key=lambda arg: (arg.role, repr(arg.what))) for each in (one, other)
    )
    return all(_overlap(a, b) for a, b in zip(*sides, strict=True))


def _overlap(one: Related, other: Related) -> bool:
    if isinstance(one.what, str) or isinstance(other.what, str):
        return one.what == other.what
    return _touch(one.what, other.what)


def _touch(one: Pieces, other: Pieces) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


class _Timed(NamedTuple):
    """A temporal link between places."""

    source: Pieces
    target: Pieces
    relation: str

    @property
    def link(self) -> Link:
        return Link(*self)

    @property
    def said(self) -> Hashable:
        """What it says, whichever way round."""
        return sense(self.link) or self.link

    @property
    def ends(self) -> Hashable:
        return frozenset((self.source, self.target))


def timed(gold: Document, predicted: Document, _cut: Cut = str) -> Iterator[Case]:
    """Yield the cases of the temporal links of two documents; other relations are none."""
    golds, guesses = (dict(_timed(each)) for each in (gold, predicted))
    closures = [Closure([each.link for each in side.values()]) for side in (golds, guesses)]
    both = (*golds.values(), *guesses.values())
    spots = _spots(place for each in both for place in (each.source, each.target))
    steps = Steps(golds, guesses)
    yield from steps.paired("correct", lambda each: each.said)
    yield from steps.duplicates(lambda each: each.said)
    yield from steps.paired("relation", lambda each: each.ends)
    yield from steps.paired(
        "boundary", lambda each: (each.relation, spots[each.source], spots[each.target]),
        lambda a, b: _touch(a.source, b.source) and _touch(a.target, b.target),
    )  # fmt: skip
    yield from steps.chosen(
        "implied", lambda each: closures[1].holds(each.link),
        lambda each: closures[0].holds(each.link),
    )  # fmt: skip
    yield from steps.rest()


def _timed(document: Document) -> Iterator[tuple[int, _Timed]]:
    """Yield the temporal links with their numbers among all relations, as these are listed."""
    known = {name: place(each) for name, each in intervals(document).items()}
    names = sorted((each.id for each in document.relations), key=natural)
    numbers = {name: number for number, name in enumerate(names)}
    found = sorted(links(document), key=lambda link: numbers[link.id])
    for link in found:
        yield numbers[link.id], _Timed(known[link.source], known[link.target], link.relation)
