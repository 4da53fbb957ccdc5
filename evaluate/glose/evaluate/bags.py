"""Counts of two bags: what is given twice counts twice, and matches as often as both have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from glose.evaluate.counts import Tally, typed_sets


def typed_bags(
    gold: Sequence[Hashable], predicted: Sequence[Hashable], label: Callable[[Any], str]
) -> Tally:
    """Return the counts of two bags of keys of which `label` tells the type, as `Shared`.

    >>> typed_bags(["PER 1", "PER 1"], ["PER 1", "ORG 2"], lambda key: key[:3])[None]
    (1, 2, 1, 2)
    """
    if len(set(gold)) == len(gold) and len(set(predicted)) == len(predicted):
        return typed_sets(gold, predicted, label)
    golds, guesses = Counter(gold), Counter(predicted)
    shared = golds & guesses
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    for columns, keys in (((0, 2), shared), ((1,), guesses), ((3,), golds)):
        for key, times in keys.items():
            row = rows[label(key)]
            for column in columns:
                row[column] += times
    tally: Tally = {name: tuple(row) for name, row in rows.items()}
    tally[None] = (shared.total(), len(predicted), shared.total(), len(gold))
    return tally
