"""Entities in the order of hash tables, as brateval has them (docs/metrics/entities.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple, TypeAlias, TypeVar

from glose.corpus.document import Document, Pair
from glose.evaluate import hashmap, traces
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.metric import Metric
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces, View
from glose.evaluate.protocol import Protocol
from glose.evaluate.traces import Trace
from glose.evaluate.waiting import waiting_for

_Item = TypeVar("_Item")

#: Pairs of entities of one type, by their numbers in two lists, gold first.
Pairing: TypeAlias = Callable[[list[Pieces], list[Pieces]], Iterator[tuple[int, int]]]


class Bound(NamedTuple):
    """A text-bound annotation: its type and its fragments."""

    type: str
    pieces: Pieces


def hashed(document: Document, cut: Cut = str) -> list[Bound]:
    """Return the mentions of a document in the order in which a Java `HashMap` gives their ids.

    They are put into it in the order of the file, which is that of their numbers.
    """
    mentions = {mention.id: mention for mention in document.mentions}
    found = (mentions[name] for name in _ordered(tuple(mentions)))
    return [Bound(cut(m.type), m.fragments or ((m.start, m.end),)) for m in found]


@lru_cache(maxsize=1 << 10)
def _ordered(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids in the order of the hash table; documents often have the same ones."""
    return tuple(hashmap.order(sorted(ids, key=natural)))


def exact(gold: Sequence[Bound], predicted: Sequence[Bound]) -> Tally:
    """Return the counts where a gold entity takes a prediction that has all of its fragments.

    It may have more: the comparison goes one way only.
    """
    return _tally(gold, predicted, _with_all)


def overlap(gold: Sequence[Bound], predicted: Sequence[Bound]) -> Tally:
    """Return the counts where a gold entity takes the first prediction that overlaps it."""
    return _tally(gold, predicted, _overlapping)


def _tally(gold: Sequence[Bound], predicted: Sequence[Bound], pairs: Pairing) -> Tally:
    wanted, found = _by_type(gold), _by_type(predicted)
    tally: Tally = {}
    for name in wanted.keys() | found.keys():
        right = sum(1 for _ in pairs(wanted[name], found[name]))
        tally[name] = (right, len(found[name]), right, len(wanted[name]))
    tally[None] = tuple(map(sum, zip((0,) * 4, *tally.values(), strict=True)))
    return tally


def traced_exact(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which entities `exact` pairs."""
    return _traced(gold, predicted, _with_all)


def traced_overlap(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which entities `overlap` pairs."""
    return _traced(gold, predicted, _overlapping)


def _traced(gold: View, predicted: View, pairs: Pairing) -> Iterator[Trace]:
    names, sides = [], []
    for view in (gold, predicted):
        ids = _ordered(tuple(dict.fromkeys(each.id for each in view.document.mentions)))
        items = view.items(hashed)
        names.append(_by_type(zip([item.type for item in items], ids, strict=True)))
        sides.append(_by_type(items))
    paired = (
        (names[0][each][g], names[1][each][p])
        for each in sides[0].keys() & sides[1].keys()
        for g, p in pairs(sides[0][each], sides[1][each])
    )
    wanted, found = (chain.from_iterable(side.values()) for side in names)
    return traces.counted(wanted, found, paired)


def _by_type(items: Iterable[tuple[str, _Item]]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for name, item in items:
        found[name].append(item)
    return found


def _with_all(gold: list[Pieces], predicted: list[Pieces]) -> Iterator[tuple[int, int]]:
    """Yield which gold entities find a prediction with all of their fragments."""
    having: dict[Pair, list[int]] = defaultdict(list)
    for number in reversed(range(len(predicted))):
        for piece in predicted[number]:
            having[piece].append(number)
    taken: set[int] = set()
    for number, entity in enumerate(gold):
        candidates = having[entity[0]]
        while candidates and candidates[-1] in taken:
            candidates.pop()
        fitting = (
            candidate
            for candidate in reversed(candidates)
            if candidate not in taken and set(entity) <= set(predicted[candidate])
        )
        for candidate in islice(fitting, 1):
            taken.add(candidate)
            yield number, candidate


def _overlapping(gold: list[Pieces], predicted: list[Pieces]) -> Iterator[tuple[int, int]]:
    """Yield which gold entities find a prediction that shares a code point with them."""
    waiting = waiting_for(
        [(piece, number) for number, entity in enumerate(predicted) for piece in entity]
    )
    for number, entity in enumerate(gold):
        firsts = (next(waiting.overlapping(start, end), None) for start, end in entity)
        first = min((each for each in firsts if each is not None), default=None)
        if first is not None:
            waiting.take(first)
            yield number, first


def _same(n: Shared) -> Shared:
    return n


def _counts(n: Shared) -> dict[str, float]:
    right = n.correct_recall
    return {"tp": right, "fp": n.predicted - right, "fn": n.gold - right}


METRICS = tuple(
    Metric(
        f"brat/entities-{name}",
        Statistic(
            f"brat {name}", ("mentions",), Shared, hashed, count, reads=("mentions",),
            local="hash", trace=trace,
        ),
        _same, _counts, averages=(), undefined=0.0,
    )
    for name, count, trace in (
        ("exact", exact, traced_exact),
        ("overlap", overlap, traced_overlap),
    )
)  # fmt: skip
PROTOCOLS = (
    Protocol(
        "brat",
        (*(metric.name for metric in METRICS), "brat/relations-exact", "brat/relations-overlap"),
        "greedy in the order of a hash table",
        flexible=True,
        reference="brateval 0.3.2",
        warnings=(
            "brat: the first prediction that fits is taken, in the order of a hash table of ids",
            "brat/entities-exact: a prediction may have more fragments than gold",
        ),
    ),
)
