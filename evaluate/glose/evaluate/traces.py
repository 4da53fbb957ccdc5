"""Traces: what each annotation adds to the columns of a statistic, by the matching itself.

A statistic that pairs annotations can say which ones. Its traces add up to the row of all items,
in the columns that figures are made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from glose.evaluate.listings import Row
from glose.evaluate.numbering import natural


class Trace(NamedTuple):
    """A row of columns, and the ids of the gold and the predicted annotation that it comes from.

    What counts for one side only has no id of the other.
    """

    row: Row
    gold: str | None = None
    predicted: str | None = None


#: Traces of two documents, given as views; a statistic that knows the types of gold gives `types`.
Tracing: TypeAlias = Callable[..., Iterator[Trace]]

#: The ids of the annotations that are the same by a key, the last one first.
Ids: TypeAlias = dict[Hashable, list[str]]

#: An annotation by what makes it the same as another, and its id.
Keyed: TypeAlias = tuple[Hashable, str]

#: The rows of `Shared`: something predicted, something in gold, and that two are right.
_PREDICTED, _GOLD, _RIGHT = (0, 1, 0, 0), (0, 0, 0, 1), (1, 0, 1, 0)


def ids(items: Iterable[Keyed]) -> Ids:
    """Return the ids of each key; of those that are the same `pop` gives the lowest."""
    found: Ids = defaultdict(list)
    for key, name in sorted(items, key=lambda item: natural(item[1]), reverse=True):
        found[key].append(name)
    return found


def counted(
    gold: Iterable[str], predicted: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> Iterator[Trace]:
    """Yield the traces of all annotations of both sides and of the pairs that are right.

    The columns are those of `Shared`.
    """
    yield from (Trace(_GOLD, name) for name in gold)
    yield from (Trace(_PREDICTED, None, name) for name in predicted)
    yield from (Trace(_RIGHT, *pair) for pair in pairs)


def common(gold: Iterable[Keyed], predicted: Iterable[Keyed]) -> Iterator[Trace]:
    """Yield the traces of two sets of keys; of what is the same on a side the lowest id counts."""
    wanted, found = (
        {key: names[-1] for key, names in ids(side).items()} for side in (gold, predicted)
    )
    pairs = ((name, found[key]) for key, name in wanted.items() if key in found)
    return counted(wanted.values(), found.values(), pairs)
