"""Mentions by their heads, by any overlap, and by their structure (docs/metrics/entities.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from glose.corpus.document import Document
from glose.evaluate import matching, overlaps, traces
from glose.evaluate.counts import FOUR, Shared, Statistic, Tally
from glose.evaluate.heaviest import greatest
from glose.evaluate.keyed import ordered
from glose.evaluate.lexicon import Mask
from glose.evaluate.listings import Listed, Rows
from glose.evaluate.matched import equal
from glose.evaluate.metric import Metric
from glose.evaluate.nearest import nearest
from glose.evaluate.projection import Cut, Pieces, Span, View, entities, head, pieces
from glose.evaluate.protocol import Protocol
from glose.evaluate.stacked import Spans, Stack, Stacked
from glose.evaluate.tracing import mentioned


class Headed(NamedTuple):
    """A mention with its head, which is empty or one pair of offsets."""

    type: str
    pieces: Pieces
    head: tuple[int, ...]


_Item = TypeVar("_Item", Headed, Span)

#: What two mentions must share to be paired, `None` for one that takes no part.
Key: TypeAlias = Callable[[Headed], Hashable | None]


def headed(document: Document, cut: Cut = str) -> list[Headed]:
    """Return each mention with its head, in the order of the record."""
    return [
        Headed(cut(m.type), pieces(m), head(document, m, f"mention {m.id}"))
        for m in document.mentions
    ]


def heads(gold: Sequence[Headed], predicted: Sequence[Headed]) -> Tally:
    """Return the counts of mentions of one type that have one head, each paired once.

    First what is equal in all, then in span, then in head. Where one of the two has no head, its
    span must hold the head of the other and lie within the other's span (MUC-6).
    """
    wanted, found = _by_type(gold), _by_type(predicted)
    right = {name: _headed(wanted[name], found[name]) for name in wanted.keys() & found.keys()}
    return _tally(right, right, gold, predicted)


def _headed(gold: list[Headed], predicted: list[Headed]) -> int:
    pairs = 0
    steps: tuple[Key, ...] = (lambda m: m, attrgetter("pieces"), lambda m: m.head or None)
    for key in steps:
        taken, gold, predicted = _bag(gold, predicted, key)
        pairs += taken
    return pairs + _held(gold, predicted) if gold and predicted else pairs


def _bag(
    gold: list[Headed], predicted: list[Headed], key: Key
) -> tuple[int, list[Headed], list[Headed]]:
    """Return how many mentions are paired by a key, and what is left of both sides, sorted."""
    found: dict[Hashable, list[Headed]] = defaultdict(list)
    for mention in sorted(predicted, reverse=True):
        found[key(mention)].append(mention)
    none, left = found.pop(None, []), []
    for mention in sorted(gold):
        wanted = key(mention)
        if wanted is not None and found.get(wanted):
            found[wanted].pop()
        else:
            left.append(mention)
    rest = sorted(none + [mention for each in found.values() for mention in each])
    return len(gold) - len(left), left, rest


def _held(gold: list[Headed], predicted: list[Headed]) -> int:
    """Return how many mentions can be paired of which just one has a head."""
    of_gold, of_predicted = [m.pieces for m in gold], [m.pieces for m in predicted]
    if overlaps.count(of_gold, of_predicted) > matching.PAIRS:
        near = nearest([m[:2] for m in gold], [m[:2] for m in predicted])
        return sum(_holds(gold[g], predicted[p]) for g, p in near)
    met = overlaps.shared(of_gold, of_predicted)
    cells = {(g, p): 1.0 for g, p in sorted(met) if _holds(gold[g], predicted[p])}
    return round(greatest(cells))


def _holds(one: Headed, other: Headed) -> bool:
    """Tell whether one of two has no head, holds that of the other and lies within it."""
    if bool(one.head) == bool(other.head):
        return False
    full, bare = (one, other) if one.head else (other, one)
    return _within([(full.head[0], full.head[1])], bare) and _within(bare.pieces, full)


def _within(parts: Sequence[tuple[int, int]], mention: Headed) -> bool:
    return all(any(a <= start and end <= b for a, b in mention.pieces) for start, end in parts)


def overlap(gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    """Return the counts of mentions of one type that overlap: as many pairs as there can be."""
    wanted, found = _by_type(gold), _by_type(predicted)
    right = {
        name: len(matching.overlapping(sorted(wanted[name]), sorted(found[name]))[0])
        for name in wanted.keys() & found.keys()
    }
    return _tally(right, right, gold, predicted)


def traced_overlap(gold: View, predicted: View) -> Iterator[traces.Trace]:
    """Yield which mentions `overlap` pairs."""
    wanted, found = (_by_type(view.items(entities)) for view in (gold, predicted))
    golds, guesses = mentioned(gold), mentioned(predicted)
    pairs = [
        (golds[one].pop(), guesses[other].pop())
        for name in wanted.keys() & found.keys()
        for one, other in matching.overlapping(sorted(wanted[name]), sorted(found[name]))[0]
    ]
    names = [[mention.id for mention in view.document.mentions] for view in (gold, predicted)]
    return traces.counted(names[0], names[1], pairs)


def nested(gold: Sequence[Span], predicted: Sequence[Span]) -> Listed:
    """Return the mentions that lie within another mention of their side."""
    return _part(gold, predicted, inner)


def discontinuous(gold: Sequence[Span], predicted: Sequence[Span]) -> Listed:
    """Return the mentions that have several pieces."""
    return _part(gold, predicted, _broken)


def _broken(spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if len(span[1]) > 1]


def inner(spans: Sequence[Span]) -> list[Span]:
    """Return the spans that lie within another one, by outer bounds that are not the same."""
    found: list[Span] = []
    until = -1
    ordered = sorted(spans, key=lambda span: (span[1][0][0], -span[1][-1][1]))
    for (_, end), same in groupby(ordered, key=lambda span: (span[1][0][0], span[1][-1][1])):
        if end <= until:
            found += same
        until = max(until, end)
    return found


def _part(
    gold: Sequence[Span],
    predicted: Sequence[Span],
    chosen: Callable[[Sequence[Span]], list[Span]],
) -> Listed:
    """Return some of the spans of each side, which are right as in entity/strict."""
    same = Counter(gold) & Counter(predicted)
    found, wanted = chosen(predicted), chosen(gold)
    precise, recalled = (list((Counter(side) & same).elements()) for side in (found, wanted))
    return Listed([[name for name, _ in part] for part in (precise, found, recalled, wanted)])


def stacked_nested(stack: Stack) -> Rows:
    """Return the rows of many documents, as `nested` has that of one."""
    gold, predicted = stack.spans(0), stack.spans(1)
    recalled, precise = equal(gold, predicted)
    wanted, found = _within_one(gold), _within_one(predicted)
    golds, guesses = gold.cells(wanted), predicted.cells(found)
    right = predicted.cells(precise & found), gold.cells(recalled & wanted)
    return stack.rows([right[0], guesses, right[1], golds])


def _within_one(spans: Spans) -> Mask:
    """Tell which spans lie within another one, as `inner` does."""
    order = ordered(spans.start, -spans.end)
    places = np.stack([spans.start[order], spans.end[order]])
    firsts = np.flatnonzero(np.diff(places, prepend=-1).any(axis=0))
    ends = places[1, firsts]
    inside = np.zeros(len(ends), dtype=np.bool_)
    inside[1:] = ends[1:] <= np.maximum.accumulate(ends)[:-1]
    found = np.zeros(len(order), dtype=np.bool_)
    found[order] = np.repeat(inside, np.diff(firsts, append=len(order)))
    return found


def _continuous(stack: Stack) -> Rows:
    """Return the rows of documents in which nothing has several pieces."""
    return stack.nothing(4)


def _by_type(items: Sequence[_Item]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        found[item[0]].append(item)
    return found


def _tally(
    precise: Mapping[str, int],
    recalled: Mapping[str, int],
    gold: Sequence[_Item],
    predicted: Sequence[_Item],
) -> Tally:
    """Return rows of `Shared` from what is right by type."""
    given, wanted = (Counter(item[0] for item in side) for side in (predicted, gold))
    tally: Tally = {
        name: (precise.get(name, 0), given[name], recalled.get(name, 0), wanted[name])
        for name in given.keys() | wanted.keys()
    }
    tally[None] = tuple(map(sum, zip((0,) * 4, *tally.values(), strict=True)))
    return tally


def _same(n: Shared) -> Shared:
    return n


METRICS = (
    Metric(
        "entity/head",
        Statistic(
            "heads", ("mentions",), Shared, headed, heads, reads=("mentions",), local="bare"
        ),
        _same,
    ),
    Metric(
        "entity/overlap",
        Statistic(
            "overlaps",
            ("mentions",),
            Shared,
            entities,
            overlap,
            reads=("mentions",),
            local="order",
            trace=traced_overlap,
        ),
        _same,
    ),
    Metric(
        "entity/nested",
        Statistic(
            "nested",
            ("mentions",),
            Shared,
            entities,
            Stacked(nested, FOUR, stacked_nested, words=False),
            reads=("mentions",),
        ),
        _same,
    ),
    Metric(
        "entity/discontinuous",
        Statistic(
            "discontinuous",
            ("mentions",),
            Shared,
            entities,
            Stacked(discontinuous, FOUR, _continuous, words=False),
            reads=("mentions",),
        ),
        _same,
    ),
)
PROTOCOLS = (
    Protocol("relaxed", ("entity/head", "entity/overlap"), "one-to-one"),
    Protocol("nested", ("entity/strict", "entity/nested", "entity/discontinuous"), "one-to-one"),
)
