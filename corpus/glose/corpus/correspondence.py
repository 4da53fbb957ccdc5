"""Which items of two versions of a document are the same thing, though something of it changed.

Content says it before ids do: what stands at the same place and is of the same type, then what
stands at the same place, then what has the same members. Only what is left is paired by id, and
only near by: an id that was given to something elsewhere in the text says nothing.

The same pairs are found from either side, in time that grows with the items and the members that
they share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Plain: TypeAlias = dict[str, Any]
Pairs: TypeAlias = list[tuple[int, int]]
Free: TypeAlias = tuple[dict[int, Plain], dict[int, Plain]]
Key: TypeAlias = Callable[[Plain], Hashable]


def _place(item: Plain) -> str:
    return str(item["called"])


def _typed(item: Plain) -> Hashable:
    return _place(item), item.get("type")


#: What pairs items that have it in common, the surest first; the id only decides between several.
_PLACES: tuple[Key, ...] = (
    lambda item: (_typed(item), item["id"]),
    _typed,
    lambda item: (_place(item), item["id"]),
    _place,
)


def pairs(olds: Sequence[Plain], news: Sequence[Plain]) -> Pairs:
    """Return the numbers of items, old and new, that are versions of the same thing, in order.

    An item has `called`, which is its place or what it is made of, `id`, empty if it has none,
    and references that are no ids.
    """
    free = dict(enumerate(olds)), dict(enumerate(news))
    found: Pairs = []
    for key in _PLACES:
        found += _taken(free, _common(*free, key))
    found += _taken(free, _sharing(*free))
    same = _common(*free, lambda item: (item["id"], item.get("type")))
    found += _taken(free, (pair for pair in same if _near(olds[pair[0]], news[pair[1]])))
    return sorted(found)


def _taken(free: Free, wanted: Iterable[tuple[int, int]]) -> Pairs:
    """Return the pairs whose items are both free, each taken when its turn comes."""
    found = []
    for old, new in wanted:
        if old in free[0] and new in free[1]:
            del free[0][old], free[1][new]
            found.append((old, new))
    return found


def _common(olds: Mapping[int, Plain], news: Mapping[int, Plain], key: Key) -> Pairs:
    """Return the pairs of items with the same key, first with first, second with second."""
    waiting = defaultdict(list)
    for number, item in olds.items():
        waiting[key(item)].append(number)
    turns: Counter[Hashable] = Counter()
    found = []
    for number, item in news.items():
        same, turn = waiting.get(key(item), ()), turns[key(item)]
        turns[key(item)] += 1
        if turn < len(same):
            found.append((same[turn], number))
    return found


def _sharing(olds: Mapping[int, Plain], news: Mapping[int, Plain]) -> Pairs:
    """Return the pairs of entities or clusters with a member in common, those with most first."""
    owners = defaultdict(list)
    for number, item in olds.items():
        for member in _members(item):
            owners[member].append(number)
    shared = Counter(
        (old, number)
        for number, item in news.items()
        for member in _members(item)
        for old in owners.get(member, ())
    )

    def rank(pair: tuple[int, int]) -> tuple[int, bool, int, int]:
        old, new = pair
        # What is left is the same from either side: pairs that tie have no item in common.
        return -shared[pair], olds[old]["id"] != news[new]["id"], old + new, abs(old - new)

    return sorted(shared, key=rank)


def _members(item: Plain) -> set[str]:
    """Return what an entity or a cluster is made of; nothing else has members."""
    return {*item.get("mentions", ()), *item.get("events", ())}


def _near(old: Plain, new: Plain) -> bool:
    """Whether two items of one id may be one thing: they overlap, or cover the same words."""
    if not old["id"]:
        return False
    before, after = _spans(old), _spans(new)
    return not (before and after) or any(_touch(a, b) for a in before for b in after)


def _touch(one: Plain, other: Plain) -> bool:
    if one["start"] < other["end"] and other["start"] < one["end"]:
        return True
    return bool(one.get("text")) and one["text"] == other["text"]


def _spans(item: Plain) -> Sequence[Plain]:
    return (item,) if "start" in item else item.get("triggers", ())
