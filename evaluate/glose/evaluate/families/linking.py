"""The tagging measures of neleval 3.1.1, with its figures by type (docs/metrics/links.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeAlias

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.families.links import is_linked, is_nil
from glose.evaluate.linked import Linked, linked
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol

Key: TypeAlias = Callable[[Linked], Hashable]
Kept: TypeAlias = Callable[[Linked], bool]

#: Stretches of text that do not touch, sorted.
Stretches: TypeAlias = list[tuple[int, int]]


def _any(_: Linked) -> bool:
    return True


def _nothing(_: Linked) -> Hashable:
    return None


def _id(mention: Linked) -> str | None:
    """Return the id of the entry without its knowledge base: neleval has no name for one."""
    return mention.entry and mention.entry[1]


def _typed_id(mention: Linked) -> Hashable:
    return mention.type, _id(mention)


def _type(mention: Linked) -> str:
    return mention.type


#: Of each measure that needs a span: what must be equal beside it, and which mentions take part.
_MEASURES: tuple[tuple[str, Key, Kept], ...] = (
    ("mention_match", _nothing, _any),
    ("typed_mention_match", _type, _any),
    ("linked_mention_match", _nothing, is_linked),
    ("link_match", _id, is_linked),
    ("nil_match", _nothing, is_nil),
    ("all_match", _id, _any),
    ("typed_link_match", _typed_id, is_linked),
    ("typed_nil_match", _type, is_nil),
    ("typed_all_match", _typed_id, _any),
)


def _sets(name: str, key: Key, kept: Kept) -> Statistic:
    """Return a comparison of sets of keys; of one type, those of that type on both sides."""

    def count(gold: Sequence[Linked], predicted: Sequence[Linked]) -> Tally:
        rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
        wanted, found = (_grouped(side, key, kept) for side in (gold, predicted))
        for group in wanted.keys() | found.keys():
            golds, guesses = wanted.get(group, set()), found.get(group, set())
            shared = len(golds & guesses)
            rows[group] = [shared, len(guesses), shared, len(golds)]
        return {None: (0,) * 4, **{group: tuple(row) for group, row in rows.items()}}

    return Statistic(name, ("mentions",), Shared, linked, count)


def _grouped(mentions: Iterable[Linked], key: Key, kept: Kept) -> dict[str | None, set[Hashable]]:
    """Return the keys of the mentions that are kept: all under `None`, and those of each type."""
    groups: dict[str | None, set[Hashable]] = defaultdict(set)
    for mention in filter(kept, mentions):
        found = key(mention)
        groups[None].add(found)
        groups[mention.type].add(found)
    return groups


def _strong(key: Key) -> Key:
    return lambda mention: (mention.bounds, key(mention))


def _weak(name: str, key: Key, kept: Kept) -> Statistic:
    """Return a comparison of code points: each counts once with what must be equal beside it."""

    def count(gold: Sequence[Linked], predicted: Sequence[Linked]) -> Tally:
        rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
        wanted, found = (_covered(side, key, kept) for side in (gold, predicted))
        for group, what in wanted.keys() | found.keys():
            golds, guesses = wanted.get((group, what), []), found.get((group, what), [])
            shared = _common(golds, guesses)
            for column, number in enumerate((shared, _length(guesses), shared, _length(golds))):
                rows[group][column] += number
        return {None: (0,) * 4, **{group: tuple(row) for group, row in rows.items()}}

    return Statistic(name, ("mentions",), Shared, linked, count)


def _covered(
    mentions: Iterable[Linked], key: Key, kept: Kept
) -> dict[tuple[str | None, Hashable], Stretches]:
    """Return what text the mentions of each key cover, all of them and those of each type."""
    groups: dict[tuple[str | None, Hashable], Stretches] = defaultdict(list)
    for mention in filter(kept, mentions):
        for group in (None, mention.type):
            groups[group, key(mention)].append(mention.bounds)
    return {name: _joined(bounds) for name, bounds in groups.items()}


def _joined(bounds: Stretches) -> Stretches:
    joined: Stretches = []
    for start, end in sorted(bounds):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _common(one: Stretches, other: Stretches) -> int:
    """Return how many code points two lists of stretches have in common."""
    total = first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        total += max(0, end - start)
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
    return total


def _length(stretches: Stretches) -> int:
    return sum(end - start for start, end in stretches)


_STATISTICS = (
    *(_sets(f"linking/strong_{name}", _strong(key), kept) for name, key, kept in _MEASURES),
    _sets("linking/entity_match", _id, is_linked),
    *(_weak(f"linking/weak_{name}", key, kept) for name, key, kept in _MEASURES),
)
METRICS = tuple(
    Metric(statistic.name, statistic, same, averages=(), undefined=0.0)
    for statistic in _STATISTICS
)
PROTOCOLS = (
    Protocol(
        "linking",
        tuple(metric.name for metric in METRICS),
        "set of outer bounds",
        reference="neleval 3.1.1",
        warnings=(
            "discontinuous mentions are compared by their outer bounds",
            "strong_all_match holds all NIL mentions to be of one entry",
            "links of different knowledge bases with the same id are the same",
        ),
    ),
)
