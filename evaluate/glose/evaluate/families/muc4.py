"""The figures of GTT's scorer of MUC-4 templates (docs/metrics/templates.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.families.events import same
from glose.evaluate.frames import Frame, frames
from glose.evaluate.metric import Metric
from glose.evaluate.pairings import best
from glose.evaluate.protocol import Protocol

#: Under what the types of templates are counted, as if a type were one more filler.
TYPE = "incident_type"

#: Roles of right predicted fillers, and those of gold fillers that were found.
Right = tuple[list[str], list[str]]


def right(gold: Frame, predicted: Frame) -> Right:
    """Return what is right in a template for another: its type, and fillers by role.

    A predicted filler is right if all its names are names of one gold filler of the role; the gold
    filler is then found. Both sides may have several of one of the other.
    """
    if predicted.type not in gold.type:
        return [], []
    pairs = [
        (g, p)
        for g, one in enumerate(gold.fillers)
        for p, other in enumerate(predicted.fillers)
        if one.role == other.role and set(other.names) <= set(one.names)
    ]
    return (
        [TYPE, *(predicted.fillers[p].role for p in {p for _, p in pairs})],
        [TYPE, *(gold.fillers[g].role for g in {g for g, _ in pairs})],
    )


def _slots(items: Sequence[Frame]) -> Iterator[str]:
    for frame in items:
        yield TYPE
        yield from (filler.role for filler in frame.fillers)


def _count(gold: Sequence[Frame], predicted: Sequence[Frame]) -> Tally:
    rows: dict[str | None, list[int]] = defaultdict(lambda: [0] * 4)
    rows[None] = [0] * 4

    def count(column: int, roles: Iterator[str] | list[str]) -> None:
        for role in roles:
            rows[role][column] += 1
            rows[None][column] += 1

    count(1, _slots(predicted))
    count(3, _slots(gold))
    table = [[right(one, other) for one in gold] for other in predicted]
    worth = [[(len(precise), len(recalled)) for precise, recalled in row] for row in table]
    for row, at in zip(table, best(worth, rows[None][1], rows[None][3]), strict=True):
        if at is not None:
            count(0, row[at][0])
            count(2, row[at][1])
    return {name: tuple(row) for name, row in rows.items()}


SLOTS = Statistic("muc4 slots", ("templates",), Shared, frames, _count)

METRICS = (Metric("muc4/slots", SLOTS, same, averages=(), undefined=0.0),)
PROTOCOLS = (
    Protocol(
        "muc4",
        ("muc4/slots",),
        "pairing of templates with the best F1",
        reference="GTT eval.py (Du et al. 2021)",
        warnings=(
            "several fillers may meet one of the other side",
            "a filler with some of the names of a gold one is wholly right",
            "figures by role depend on the order of templates that could be paired as well",
        ),
    ),
)
