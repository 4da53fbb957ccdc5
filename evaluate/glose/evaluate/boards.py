"""Leaderboards: systems in the order of their F1 in one metric, with letters of significance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glose.evaluate.letters import letters
from glose.evaluate.overview import parted
from glose.evaluate.results import Comparison, Evaluation, Score

#: The metrics that stand at the top of the page, where they were computed.
HEADLINES = (
    "entity/strict", "trigger/classification", "argument/classification", "relation/strict",
    "coreference/conll", "link/strict", "time/value", "event/nested", "template/entities",
)  # fmt: skip

#: The level at which systems have letters of their own.
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """A system in a board: its score over all types, and the macro average over types.

    Systems that share one of their `letters` do not differ significantly; without a comparison
    there are none. The `best` have the highest F1, as it is shown.
    """

    name: str
    score: Score
    macro: Score | None
    letters: str = ""
    best: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """The systems in the order of their F1 in one metric; `rows[0]` is the best."""

    metric: str
    rows: tuple[Row, ...]


def headlines(evaluation: Evaluation) -> list[str]:
    """Return the metrics that stand at the top: known ones, or else the first three."""
    counted, _ = parted(evaluation)
    return [name for name in HEADLINES if name in counted] or counted[:3]


def boards(evaluation: Evaluation, comparison: Comparison | None = None) -> list[Board]:
    """Return a board for each metric that counts anything, the headlines first.

    A system without a score comes last.
    """
    counted, _ = parted(evaluation)
    first = headlines(evaluation)
    rest = [metric for metric in counted if metric not in first]
    return [board(evaluation, metric, comparison) for metric in (*first, *rest)]


def board(evaluation: Evaluation, metric: str, comparison: Comparison | None = None) -> Board:
    """Return the systems that were scored by a metric, the best F1 first, ties by name."""
    found = [
        (system, score)
        for system in evaluation.systems
        if (score := system.find(metric)) is not None
    ]
    found.sort(key=lambda row: (row[1].f1 is None, -(row[1].f1 or 0.0), row[0].name))
    shown = significance(
        [s.name for s, score in found if score.f1 is not None], metric, comparison
    )
    most = _shown(found[0][1]) if found else None
    return Board(
        metric,
        tuple(
            Row(
                system.name, score, system.find(metric, "macro"), shown.get(system.name, ""),
                best=score.f1 is not None and _shown(score) == most,
            )
            for system, score in found
        ),
    )  # fmt: skip


def _shown(score: Score) -> str | None:
    return None if score.f1 is None else f"{100 * score.f1:.1f}"


def significance(
    names: Sequence[str], metric: str, comparison: Comparison | None
) -> dict[str, str]:
    """Return the letters of systems, the best first, by the p values that Holm corrected.

    There are none where the metric was not tested.
    """
    tested = [
        d
        for d in (comparison.differences if comparison else ())
        if d.metric == metric and d.holm is not None
    ]
    if not tested:
        return {}
    return letters(names, ((d.a, d.b) for d in tested if (d.holm or 0.0) < ALPHA))
