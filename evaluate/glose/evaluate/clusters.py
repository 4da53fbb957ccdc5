"""Clusters of mentions as columns: the mentions of one side of a document, cluster by cluster."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from glose.corpus.document import Pair

#: What a mention is known by.
Spot = TypeVar("Spot", bound=Hashable)

#: How many bits the end of a span has.
BITS = 32


class Clusters(NamedTuple, Generic[Spot]):
    """The mentions of one side of a document, one cluster after another, and the clusters' sizes.

    No mention comes twice and no cluster is empty.
    """

    mentions: Sequence[Spot]
    sizes: Sequence[int]

    def of(self, size: int) -> list[Spot]:
        """Return the mentions of clusters that have so many or more."""
        sizes = chain.from_iterable(repeat(each, each) for each in self.sizes)
        return [spot for spot, each in zip(self.mentions, sizes, strict=True) if each >= size]


class Numbered(NamedTuple):
    """Clusters whose mentions are numbers, held in as little memory as can be."""

    mentions: array[int]
    sizes: array[int]

    @classmethod
    def of(cls, found: Clusters[int]) -> Numbered:
        """Return clusters of numbers of 64 bits."""
        return cls(array("q", found.mentions), array("q", found.sizes))


#: The clusters of both sides of a document, whose mentions are the same where they are equal.
Sides: TypeAlias = tuple[Numbered, Numbered]


def unpacked(number: int) -> Pair:
    """Return the span of a number, which is `start << BITS | end`, so that their order is one.

    >>> unpacked(1 << BITS | 3)
    (1, 3)
    """
    return number >> BITS, number & (1 << BITS) - 1


def clusters(groups: Iterable[Sequence[Spot]]) -> Clusters[Spot]:
    """Return groups as clusters, but for empty ones.

    >>> clusters(["ab", "", "c"])
    Clusters(mentions=['a', 'b', 'c'], sizes=[2, 1])
    """
    found = [group for group in groups if group]
    return Clusters([*chain.from_iterable(found)], [*map(len, found)])


def resolved(groups: Sequence[Sequence[str]], spots: Mapping[str, Spot]) -> Clusters[Spot]:
    """Return the clusters of groups of names; the first group that names a mention keeps it.

    Names without a mention are left out.
    """
    found = [*map(spots.get, chain.from_iterable(groups))]
    distinct = set(found)
    if len(distinct) == len(found) and None not in distinct and all(groups):
        return Clusters(found, [*map(len, groups)])  # type: ignore[arg-type]  # none is None
    seen: set[Spot] = set()
    kept: list[list[Spot]] = []
    for group in groups:
        own = dict.fromkeys(spots[name] for name in group if name in spots)
        kept.append([spot for spot in own if spot not in seen])
        seen.update(own)
    return clusters(kept)


def ranked(gold: Clusters[Any], predicted: Clusters[Any]) -> Sides:
    """Return clusters with a number for each mention, equal where mentions are, in their order."""
    every = sorted({*gold.mentions, *predicted.mentions})
    ranks = {mention: rank for rank, mention in enumerate(every)}
    one, other = (
        Numbered.of(Clusters([ranks[m] for m in side.mentions], side.sizes))
        for side in (gold, predicted)
    )
    return one, other
