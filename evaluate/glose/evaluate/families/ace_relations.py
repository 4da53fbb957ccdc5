"""The relations of OneIE's scorer, in the copy that TextEE has (docs/metrics/relations.md).

The protocol `ace` has them beside OneIE's other figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import FILLERS, same
from glose.evaluate.metric import Metric
from glose.evaluate.protocol import Protocol
from glose.evaluate.relating import Related, Relating, of_mentions, relations

#: The type of a relation, and the outer bounds of its first and of its second argument.
Triple: TypeAlias = tuple[str, tuple[int, int], tuple[int, int]]


def _bounds(related: Related) -> tuple[int, int]:
    first, last = related.what[0], related.what[-1]
    return int(first[0]), int(last[1])


def _triples(items: Sequence[Relating]) -> list[Triple]:
    """Return the relations between two mentions, by what OneIE compares."""
    kept = filter(of_mentions, items)
    return [(r.type, _bounds(r.args[0]), _bounds(r.args[1])) for r in kept]


def _found(name: str, *, directed: bool) -> Statistic:
    """Return a count of what is predicted and somewhere in gold; a duplicate counts again."""

    def count(gold: Sequence[Relating], predicted: Sequence[Relating]) -> Tally:
        wanted, guessed = _triples(gold), _triples(predicted)
        known = set(wanted)
        if not directed:
            known |= {(type_, second, first) for type_, first, second in wanted}
        rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
        for triple in guessed:
            for row in (rows[None], rows[triple[0]]):
                row[0] += triple in known
                row[1] += 1
                row[2] += triple in known
        for triple in wanted:
            for row in (rows[None], rows[triple[0]]):
                row[3] += 1
        return {None: (0,) * 4, **{group: tuple(row) for group, row in rows.items()}}

    return Statistic(
        name, ("mentions", "relations"), Shared, relations, count, reads=(*FILLERS, "relations")
    )


METRICS = tuple(
    Metric(statistic.name, statistic, same, undefined=0.0)
    for statistic in (
        _found("ace/oneie-relation", directed=False),
        _found("ace/oneie-relation-directional", directed=True),
    )
)
PROTOCOLS: tuple[Protocol, ...] = ()
