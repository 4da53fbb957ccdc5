"""Templates set side by side: pairs of one type, and of fillers of a role that share a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from glose.evaluate.frames import Filled, Frame
from glose.evaluate.heaviest import heaviest

#: A number in gold and one in the predictions.
Two: TypeAlias = tuple[int, int]


def matched(gold: Sequence[Filled], predicted: Sequence[Filled]) -> Iterator[Two]:
    """Yield the numbers of fillers that share role and name, as many pairs as there can be."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, filler in enumerate(gold):
        for name in set(filler.names):
            places[filler.role, name].append(number)
    cells = {
        (number, at): 1.0
        for at, filler in enumerate(predicted)
        for name in sorted(set(filler.names))
        for number in places.get((filler.role, name), ())
    }
    return heaviest(cells)


def paired(
    gold: Sequence[Frame], predicted: Sequence[Frame]
) -> Iterator[tuple[int, int, list[Two]]]:
    """Yield the numbers of two templates of one type, and those of the fillers that they share.

    Templates are paired one to one so that the most fillers are shared. Of pairings that are
    equally good the one taken depends on what the templates hold, not on their order.
    """
    ours, theirs = (sorted(range(len(side)), key=side.__getitem__) for side in (gold, predicted))
    shared = {
        (g, p): list(matched(gold[g].fillers, predicted[p].fillers))
        for g in ours
        for p in theirs
        if gold[g].type == predicted[p].type
    }
    for g, p in heaviest({pair: 1 + len(found) for pair, found in shared.items()}):
        yield g, p, shared[g, p]
