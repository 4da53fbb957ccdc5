"""Scoring: gold and the predictions of some systems, streamed, to an `Evaluation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from glose.corpus.errors import GloseError
from glose.evaluate import buckets, ledger, notes, traits
from glose.evaluate.alignment import Part
from glose.evaluate.counter import Counter
from glose.evaluate.counts import Statistic, Table
from glose.evaluate.entries import Entry, add_prints
from glose.evaluate.grouped import Clusters
from glose.evaluate.intervals import Sampling
from glose.evaluate.joint import Joint
from glose.evaluate.ledger import Ledger
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import located, pairs
from glose.evaluate.plan import Options, Plan
from glose.evaluate.projection import DocumentError, View
from glose.evaluate.results import Evaluation, Score, System
from glose.evaluate.scores import scores
from glose.evaluate.signature import Print
from glose.evaluate.slicing import sliced
from glose.evaluate.sources import Progress, Source, Work, documents, opened
from glose.evaluate.unpaired import Unpaired
from glose.evaluate.work import spread


def score(
    gold: Path,
    predicted: Sequence[Path],
    *,
    by: Sequence[str] = (),
    options: Options | None = None,
    save: Path | None = None,
    progress: Progress = lambda _: None,
    called: Sequence[str] = (),
    train: Path | None = None,
) -> Evaluation:
    """Return the scores of predictions on a gold corpus, both JSONL files of `doc/1`.

    Memory does not grow with the files. The figures depend neither on the order of documents or
    items nor on the number of jobs. The counts of each document are written to `save`, if that is
    named; such a file may stand for `gold`, without predictions. Systems are `called` by their
    files if nothing else is said. `train` is the corpus that frequencies of items are of. Raises
    `GloseError` for whatever cannot be scored.
    """
    options = options or Options()
    buckets.check(by)
    buckets.check_cluster(options.cluster)
    items = [name for name in by if name in buckets.ITEMS]
    traits.check(items, train)
    source = opened(gold, predicted, options, called)
    plan = source.plan([name for name in by if name not in items], save=save is not None)
    counted = Counted.none(plan)
    with ExitStack() as stack:
        made = ledger.header(plan, source.names, source.options, source.notes)
        book = stack.enter_context(ledger.written(save, made)) if save else None
        # In one process the lines of documents need not wait for the end of the work.
        alone = options.jobs == 1 or len(source.work) == 1
        sink = book.write if book and alone else None
        work = partial(count, plan=plan, save=bool(save), sink=sink)
        for found in spread(work, source.work, options.jobs):
            counted.merge(found)
            if book:
                book.extend(found.lines)
            progress(found.documents)
        if book:
            # Documents that count as empty have lines of their own.
            out = source.options.missing == "ignore"
            book.unpaired.add(counted.unpaired.missing if out else (), counted.unpaired.extra)
        # Where nothing was compared no file of counts is left.
        refuse_nothing(counted.documents, gold, source.options)
    whole_scores = evaluation(counted, plan, source)
    if not items:
        return whole_scores
    if not predicted:
        raise GloseError(f"{gold}: counts cannot be told apart by {items[0]}; name the corpus")
    return sliced(whole_scores, gold, predicted, items, options, train)


def refuse_nothing(documents: int, gold: Path, options: Options) -> None:
    """Raise `GloseError` if no document was compared."""
    if not documents and options.missing == "ignore":
        raise GloseError(f"{gold}: no document is in all files; check their ids")
    if not documents and options.split is None:
        raise GloseError(f"{gold}: no documents in these counts; count again")
    if not documents:
        raise GloseError(f"{gold}: no document of split {options.split!r}; check corpus.json")


@dataclass(slots=True)
class Counted:
    """The counts of some documents: fingerprints of gold and systems, and tables by statistic.

    `unpaired` is what stands on one side only, `said` are the fields that any document has,
    `alone` counts documents that are no part of a cluster, `lines` are those of a counts file.
    """

    documents: int
    prints: list[Print]
    tables: list[dict[str, Table]]
    unpaired: Unpaired
    said: set[str] = field(default_factory=set)
    alone: int = 0
    lines: list[bytes] = field(default_factory=list)

    @classmethod
    def none(cls, plan: Plan) -> Counted:
        """Return the counts of no documents."""
        systems = range(len(plan.metrics))
        tables = [
            {name: _table(plan, each) for name, each in plan.statistics(system).items()}
            for system in systems
        ]
        prints = [Print() for _ in range(len(tables) + 1)]
        return cls(0, prints, tables, Unpaired.none(len(tables)))

    def add(self, entry: Entry, plan: Plan) -> None:
        """Add a document."""
        self.documents += 1
        for total, each in zip(self.prints, entry.prints, strict=True):
            if each is not None:
                total.merge(each)
        self.said.update(entry.fields)
        found = buckets.of(entry.fields, plan.by)
        cluster = plan.cluster and entry.cluster(plan.cluster)
        self.alone += bool(plan.cluster and plan.cluster not in entry.fields)
        for tables, tallies in zip(self.tables, entry.tallies, strict=True):
            for name, table in tables.items():
                table.add(tallies[name], found, cluster)

    def take(self, part: Part, plan: Plan) -> None:
        """Add the documents of a part of the work, which nothing is asked of one by one."""
        counters = [
            Counter(plan.statistics(system), tables, plan.cut)
            for system, tables in enumerate(self.tables)
        ]
        for pair in pairs(part, plan.lists(), plan.reads(), self.unpaired):
            self.documents += 1
            add_prints(self.prints, pair)
            gold = View(pair.gold, plan.cut)
            try:
                for counter, predicted in zip(counters, pair.predicted, strict=True):
                    counter.add(gold, View(predicted, plan.cut))
            except DocumentError as error:
                raise located(error, pair, part) from error
        for counter in counters:
            counter.settle()

    def merge(self, other: Counted) -> None:
        """Add the documents of another."""
        self.documents += other.documents
        self.alone += other.alone
        self.unpaired.merge(other.unpaired)
        self.said |= other.said
        for mine, theirs in zip(self.prints, other.prints, strict=True):
            mine.merge(theirs)
        for tables, added in zip(self.tables, other.tables, strict=True):
            for name, table in added.items():
                tables[name].merge(table)

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        tables = [table.clusters for each in self.tables for table in each.values()]
        return next((each.number(None) for each in tables if each is not None), 0)


def _table(plan: Plan, statistic: Statistic) -> Table:
    if statistic.finish:
        return Table(whole={})
    clusters = Clusters(types=_by_type(plan, statistic)) if plan.cluster else None
    return Table(joint=Joint(all=plan.every), clusters=clusters)


def _by_type(plan: Plan, statistic: Statistic) -> bool:
    """Tell whether a metric that reads a statistic has means over documents by type or group."""
    metrics = [METRICS[name] for names in plan.metrics for name in names]
    reading = [metric for metric in metrics if metric.statistic.name == statistic.name]
    return any(
        averaging.by_type or (metric.group and averaging.over == "documents")
        for metric in reading
        for averaging in metric.averages
    )


def count(
    work: Work, plan: Plan, *, save: bool = False, sink: Callable[[bytes], object] | None = None
) -> Counted:
    """Return the counts of one part of the work.

    To `save` them the lines of a counts file are given to `sink`, or if there is none returned.
    """
    counted = Counted.none(plan)
    if isinstance(work, Part) and not (plan.by or plan.cluster or save):
        counted.take(work, plan)
        return counted
    keep = sink or counted.lines.append
    for entry in documents(work, plan, counted.unpaired):
        counted.add(entry, plan)
        if save:
            keep(ledger.encoded(ledger.line(entry)))
    return counted


def evaluation(counted: Counted, plan: Plan, source: Source) -> Evaluation:
    """Return the scores of what was counted."""
    gold, *prints = map(str, counted.prints)
    options = source.options
    systems = tuple(
        System(name, found, tuple(_scores(counted.tables[number], plan, number, options.sampling)))
        for number, (name, found) in enumerate(zip(source.names, prints, strict=True))
    )
    metrics = (name for each in plan.metrics for name in each)
    signature = options.signature(gold, counted.documents, metrics)
    rough = notes.few(counted.documents, options)
    if options.cluster:
        rough = notes.clustered(counted.clusters, counted.alone, options)
    unpaired = notes.unpaired(counted.unpaired, source.names, options)
    whole = notes.whole(METRICS[name] for each in plan.metrics for name in each)
    told = (*source.notes, *unpaired, *_unsaid(counted, plan, source), *rough, *whole)
    return Evaluation(signature, gold, counted.documents, systems, told)


def _unsaid(counted: Counted, plan: Plan, source: Source) -> Iterator[str]:
    """Say which fields no document has; for what may be meant the corpus is read again."""
    unsaid = [name for name in plan.by if name != "type" and name not in counted.said]
    if not unsaid:
        return iter(())
    there = set() if isinstance(source.work[0], Ledger) else buckets.own(source.gold)
    return notes.unsaid(unsaid, counted.said | there)


def _scores(
    tables: dict[str, Table], plan: Plan, system: int, sampling: Sampling
) -> Iterator[Score]:
    wanted = [METRICS[name] for name in plan.metrics[system]]
    for name, table in tables.items():
        reading = [metric for metric in wanted if metric.statistic.name == name]
        yield from scores(table, reading, sampling)
