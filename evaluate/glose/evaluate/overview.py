"""The overview of an evaluation: a line for each metric, where tables of all are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glose.evaluate.protocols import abridged
from glose.evaluate.results import Evaluation, Score, System
from glose.evaluate.sheet import Cell, Column, Row, Sheet, Table
from glose.evaluate.tables import count, f1, leaderboard

#: So many metrics are shown one by one without being asked for.
FEW = 12

#: So many systems have their intervals in the overview; with more it would be too wide.
WIDE = 3


def scores(evaluation: Evaluation, *, by: Sequence[str] = (), details: bool = False) -> Sheet:
    """Return the tables of an evaluation, after what it was made of its hashes and signature.

    Where there are more than `FEW` metrics, a line stands for each; with `details`, or if scores
    are wanted by anything, the table of each follows. What counts nothing is named.
    """
    counted, empty = parted(evaluation)
    shown = replace(evaluation, systems=tuple(_only(counted, s) for s in evaluation.systems))
    many = len(counted) > FEW
    blocks: list[Table | str] = [overview(shown)] if many else []
    if many and not details and not by:
        blocks.append("the table of each metric: --details")
    else:
        blocks += leaderboard(shown, by=by)
    if empty:
        blocks.append(f"neither gold nor predictions have items of {', '.join(abridged(empty))}")
    blocks += filter(None, [unshared(evaluation, counted)])
    blocks += [f"{system.name}: {system.predicted}" for system in evaluation.systems]
    blocks += [f"{name}: {digest}" for name, digest in evaluation.humans.items()]
    return Sheet((*blocks, evaluation.signature), evaluation.signature)


def _only(metrics: Sequence[str], system: System) -> System:
    return replace(system, scores=tuple(s for s in system.scores if s.metric in metrics))


def everything(evaluation: Evaluation, *, by: Sequence[str] = ()) -> Sheet:
    """Return the tables of all metrics and nothing twice, for programs to read."""
    return Sheet(tuple(leaderboard(evaluation, by=by)), evaluation.signature)


def parted(evaluation: Evaluation) -> tuple[list[str], list[str]]:
    """Return the metrics that count any item, and those that have none in gold or predictions."""
    full = {
        score.metric
        for system in evaluation.systems
        for score in system.scores
        if score.average == "micro" and score.type is None and _counts(score)
    }
    # A metric that has nothing but means is one that counts.
    means = set(evaluation.metrics) - {
        score.metric for s in evaluation.systems for score in s.scores if score.average == "micro"
    }
    counted = [name for name in evaluation.metrics if name in full | means]
    return counted, [name for name in evaluation.metrics if name not in counted]


def _counts(score: Score) -> bool:
    if score.gold is None and score.predicted is None:
        return score.f1 is not None  # a mean of figures
    return bool(score.gold or score.predicted)


def unshared(evaluation: Evaluation, metrics: Sequence[str]) -> str | None:
    """Return a line on the metrics in which people have 0 or nothing: there is no share."""
    names = []
    for metric in metrics:
        found = [system.find(metric) for system in evaluation.systems]
        human = next((score.human for score in found if score and score.human), None)
        if human and not human.f1:
            names.append(metric)
    return f"no share, as human F1 is 0 or not defined: {', '.join(names)}" if names else None


def overview(evaluation: Evaluation) -> Table:
    """Return F1 of each system in each metric, with intervals where the systems are few."""
    human = bool(evaluation.humans)
    wide = len(evaluation.systems) <= (1 if human else WIDE)
    columns = [Column("F1 of each metric"), Column("gold")]
    columns += _headed("human", "human", wide) * human
    for system in evaluation.systems:
        columns += _headed(system.name, system.name, wide)
        columns += _headed("share", f"{system.name} share", wide) * human
    rows = []
    for metric in evaluation.metrics:
        found = [system.find(metric) for system in evaluation.systems]
        gold = max((s.gold for s in found if s and s.gold is not None), default=None)
        people = next((score.human for score in found if score and score.human), None)
        cells: list[Cell] = [metric, count(gold)]
        cells += f1(people)[: 1 + wide] * human
        for score in found:
            cells += f1(score)[: 1 + wide]
            cells += f1(score.share if score else None)[: 1 + wide] * human
        rows.append(Row(tuple(cells), {"metric": metric}))
    return Table(tuple(columns), tuple(rows))


def _headed(head: str, name: str, wide: bool) -> list[Column]:
    """Return the columns of an F1, with its interval if there is room."""
    columns = [Column(head, (name,)), Column("interval", (f"{name} low", f"{name} high"))]
    return columns[: 1 + wide]
