"""Entities in the order of hash tables, as brateval has them (docs/metrics/entities.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from glose.corpus.document import Document, Pair
from glose.evaluate import hashmap
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.metric import Metric
from glose.evaluate.numbering import natural
from glose.evaluate.projection import Cut, Pieces
from glose.evaluate.protocol import Protocol
from glose.evaluate.waiting import waiting_for


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


def _tally(
    gold: Sequence[Bound],
    predicted: Sequence[Bound],
    pairs: Callable[[list[Pieces], list[Pieces]], int],
) -> Tally:
    wanted, found = _by_type(gold), _by_type(predicted)
    tally: Tally = {}
    for name in wanted.keys() | found.keys():
        right = pairs(wanted[name], found[name])
        tally[name] = (right, len(found[name]), right, len(wanted[name]))
    tally[None] = tuple(map(sum, zip((0,) * 4, *tally.values(), strict=True)))
    return tally


def _by_type(items: Sequence[Bound]) -> dict[str, list[Pieces]]:
    found: dict[str, list[Pieces]] = defaultdict(list)
    for item in items:
        found[item.type].append(item.pieces)
    return found


def _with_all(gold: list[Pieces], predicted: list[Pieces]) -> int:
    """Return how many gold entities find a prediction with all of their fragments."""
    having: dict[Pair, list[int]] = defaultdict(list)
    for number in reversed(range(len(predicted))):
        for piece in predicted[number]:
            having[piece].append(number)
    taken: set[int] = set()
    for entity in gold:
        candidates = having[entity[0]]
        while candidates and candidates[-1] in taken:
            candidates.pop()
        fitting = (
            number
            for number in reversed(candidates)
            if number not in taken and set(entity) <= set(predicted[number])
        )
        taken.update(islice(fitting, 1))
    return len(taken)


def _overlapping(gold: list[Pieces], predicted: list[Pieces]) -> int:
    """Return how many gold entities find a prediction that shares a code point with them."""
    waiting = waiting_for(
        [(piece, number) for number, entity in enumerate(predicted) for piece in entity]
    )
    right = 0
    for entity in gold:
        firsts = (next(waiting.overlapping(start, end), None) for start, end in entity)
        number = min((first for first in firsts if first is not None), default=None)
        if number is not None:
            waiting.take(number)
            right += 1
    return right


def _same(n: Shared) -> Shared:
    return n


def _counts(n: Shared) -> dict[str, float]:
    right = n.correct_recall
    return {"tp": right, "fp": n.predicted - right, "fn": n.gold - right}


METRICS = tuple(
    Metric(
        f"brat/entities-{name}",
        Statistic(
            f"brat {name}", ("mentions",), Shared, hashed, count, reads=("mentions",), local="hash"
        ),
        _same, _counts, averages=(), undefined=0.0,
    )
    for name, count in (("exact", exact), ("overlap", overlap))
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
