"""Scoring files: gold and the predictions of some systems, streamed, to an `Evaluation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from glose.corpus.errors import GloseError
from glose.evaluate import buckets, notes
from glose.evaluate.alignment import Part, parts
from glose.evaluate.counts import Table
from glose.evaluate.intervals import Sampling
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import View
from glose.evaluate.results import Evaluation, Score, System
from glose.evaluate.scores import scores
from glose.evaluate.signature import Print
from glose.evaluate.work import spread

#: Is told how many more documents are done.
Progress: TypeAlias = Callable[[int], object]


def score(
    gold: Path,
    predicted: Sequence[Path],
    *,
    by: Sequence[str] = (),
    options: Options | None = None,
    progress: Progress = lambda _: None,
) -> Evaluation:
    """Return the scores of predictions on a gold corpus, both JSONL files of `doc/1`.

    Memory does not grow with the files. The figures depend neither on the order of documents or
    items nor on the number of jobs. Raises `GloseError` for whatever cannot be scored.
    """
    options = options or Options()
    buckets.check(by)
    work = parts(gold, predicted, options.policy(gold), options.jobs)
    known = buckets.splits(gold) if "split" in by else {}
    plan = Plan(chosen(options, gold, predicted), tuple(by), known, options.depth)
    counted = Counted.none(plan)
    for found in spread(partial(count, plan=plan), work, options.jobs):
        counted.merge(found)
        progress(found.documents)
    refuse_nothing(counted.documents, gold, options)
    told = (
        *notes.unscored(options, gold, predicted, names(predicted)),
        *notes.few(counted.documents, options),
    )
    return evaluation(counted, plan, predicted, options, told)


def refuse_nothing(documents: int, gold: Path, options: Options) -> None:
    """Raise `GloseError` if no document was compared."""
    if not documents and options.missing == "ignore":
        raise GloseError(f"{gold}: no document is in all files; check their ids")
    if not documents:
        raise GloseError(f"{gold}: no document of split {options.split!r}; check corpus.json")


@dataclass(slots=True)
class Counted:
    """The counts of some documents: fingerprints of gold and systems, and tables by statistic."""

    documents: int
    prints: list[Print]
    tables: list[dict[str, Table]]

    @classmethod
    def none(cls, plan: Plan) -> Counted:
        """Return the counts of no documents."""
        systems = range(len(plan.metrics))
        tables = [{name: Table() for name in plan.statistics(system)} for system in systems]
        return cls(0, [Print() for _ in range(len(tables) + 1)], tables)

    def merge(self, other: Counted) -> None:
        """Add the documents of another."""
        self.documents += other.documents
        for mine, theirs in zip(self.prints, other.prints, strict=True):
            mine.merge(theirs)
        for tables, added in zip(self.tables, other.tables, strict=True):
            for name, table in added.items():
                tables[name].merge(table)


def count(part: Part, plan: Plan) -> Counted:
    """Return the counts of one part of the work."""
    counted = Counted.none(plan)
    statistics = [plan.statistics(system) for system in range(len(plan.metrics))]
    for pair in pairs(part, plan.lists()):
        counted.documents += 1
        add_prints(counted.prints, pair)
        found = buckets.of(pair.gold, plan.by, plan.splits)
        gold = View(pair.gold, plan.cut)
        for predicted, tables, wanted in zip(
            pair.predicted, counted.tables, statistics, strict=True
        ):
            guess = View(predicted, plan.cut)
            for name, statistic in wanted.items():
                tables[name].add(statistic.tally(gold, guess), found)
    return counted


def add_prints(prints: Sequence[Print], pair: Pair) -> None:
    """Add a pair of documents to the fingerprints of gold and systems."""
    for total, line in zip(prints, pair.lines, strict=True):
        if line is not None:
            total.add(line)


def evaluation(
    counted: Counted,
    plan: Plan,
    predicted: Sequence[Path],
    options: Options,
    told: tuple[str, ...] = (),
) -> Evaluation:
    """Return the scores of what was counted."""
    gold, *prints = map(str, counted.prints)
    systems = tuple(
        System(name, found, tuple(_scores(counted.tables[number], plan, number, options.sampling)))
        for number, (name, found) in enumerate(zip(names(predicted), prints, strict=True))
    )
    metrics = (name for each in plan.metrics for name in each)
    signature = options.signature(gold, counted.documents, metrics)
    return Evaluation(signature, gold, counted.documents, systems, told)


def _scores(
    tables: dict[str, Table], plan: Plan, system: int, sampling: Sampling
) -> Iterator[Score]:
    wanted = [METRICS[name] for name in plan.metrics[system]]
    for name, table in tables.items():
        reading = [metric for metric in wanted if metric.statistic.name == name]
        yield from scores(table, reading, sampling)


def names(paths: Sequence[Path]) -> list[str]:
    """Return what to call each system: the stem of its file, or its path if that is not unique."""
    stems = [path.name.removesuffix(".gz").removesuffix(".jsonl") for path in paths]
    return [
        stem if stems.count(stem) == 1 else str(path)
        for stem, path in zip(stems, paths, strict=True)
    ]
