"""Where counts come from: files of gold and predictions, or counts that were saved of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from glose.corpus.errors import GloseError
from glose.evaluate import buckets, inventory, ledger, notes
from glose.evaluate.alignment import Part, parts
from glose.evaluate.entries import Entry, entries
from glose.evaluate.ledger import Ledger
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import cut
from glose.evaluate.protocols import find, metrics
from glose.evaluate.unpaired import Unpaired

#: What one process can count by itself.
Work: TypeAlias = Part | Ledger

#: Is told how many more documents are done.
Progress: TypeAlias = Callable[[int], object]

_PROTOCOLS = Options().protocols


@dataclass(frozen=True, slots=True)
class Source:
    """The names of the systems, the metrics of each, and the work of counting.

    `options` are those that were asked for, with what was settled when counts were saved.
    `notes` say what is not scored.
    """

    gold: Path
    names: tuple[str, ...]
    metrics: tuple[tuple[str, ...], ...]
    options: Options
    notes: tuple[str, ...]
    work: tuple[Work, ...]

    def plan(self, by: Sequence[str] = (), *, shared: bool = False, save: bool = False) -> Plan:
        """Return what is counted; with `shared` only metrics that all systems have.

        With `save` whatever documents can be told apart by is read off them.
        """
        asked = [name for name in (*by, self.options.cluster) if name not in {None, "type"}]
        fields = tuple(dict.fromkeys(filter(None, asked)))
        known: Mapping[str, str] = {}
        if isinstance(self.work[0], Ledger):
            fields = _saved_fields(self.work[0], fields)
        else:
            if save:
                found = ("split",) if "split" in fields or _has_splits(self.gold) else ()
                fields = tuple(dict.fromkeys((*buckets.FIELDS, *found, *fields)))
            known = buckets.splits(self.gold) if "split" in fields else {}
        return Plan(
            self._shared() if shared else self.metrics, tuple(by), known, self.options.depth,
            self.options.cluster, fields, self.options.sampling.method != "percentile",
            self._types(),
        )  # fmt: skip

    def _types(self) -> Mapping[str, frozenset[str]]:
        """Return the types of gold for the statistics that must know them."""
        if isinstance(self.work[0], Ledger):
            saved = self.work[0].header.types
            return {name: frozenset(types) for name, types in saved.items()}
        statistics = {METRICS[name].statistic for names in self.metrics for name in names}
        wanted = self.options.policy(self.gold).wanted
        return inventory.types(self.gold, statistics, cut(self.options.depth), wanted)

    def _shared(self) -> tuple[tuple[str, ...], ...]:
        common = set(self.metrics[0]).intersection(*self.metrics)
        names = tuple(
            name
            for name in self.metrics[0]
            if name in common and METRICS[name].statistic.finish is None
        )
        if not names and common:
            raise GloseError(
                f"{', '.join(self.metrics[0])}: counted over all documents at once, so systems "
                "cannot be compared document by document; choose another metric"
            )
        if not names:
            raise GloseError(
                f"{', '.join(self.names)}: no metric can be scored for all of these, as their "
                "first documents have no list in common (status.annotated); choose others"
            )
        return (names,) * len(self.metrics)


def _saved_fields(saved: Ledger, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of saved counts; raise `GloseError` if one that is asked for is not."""
    for name in asked:
        if name not in saved.header.fields:
            raise GloseError(f"{saved.path}: no {name} was saved; count again")
    return saved.header.fields


def _has_splits(gold: Path) -> bool:
    from glose.corpus import manifest

    return (gold.parent / manifest.NAME).is_file() and bool(manifest.read(gold.parent).splits)


def opened(
    gold: Path, predicted: Sequence[Path], options: Options, called: Sequence[str] = ()
) -> Source:
    """Return the source of counts of systems; without any, `gold` is a file of counts.

    The systems are called as is said, or by their files. Raises `GloseError` for whatever
    cannot be scored.
    """
    if not predicted:
        return _saved(ledger.opened(gold), options)
    work = parts(gold, predicted, options.policy(gold), options.jobs)
    called = called or names(predicted)
    metrics = chosen(options, gold, predicted)
    told = (*notes.warned(options), *notes.unscored(options, gold, predicted, called))
    return Source(gold, tuple(called), metrics, options, told, tuple(work))


def _saved(saved: Ledger, options: Options) -> Source:
    header = saved.header
    for name in ("depth", "split"):
        wanted, made = getattr(options, name), getattr(header, name)
        if wanted not in (None, made):
            raise GloseError(
                f"{saved.path}: counted with {name} {made or 'all'}, not {wanted}; count again"
            )
    settled = replace(
        options,
        protocols=header.protocols if options.protocols == _PROTOCOLS else options.protocols,
        depth=header.depth, split=header.split, missing=header.missing, extra=header.extra,
    )  # fmt: skip
    each = tuple(_readable(saved, number, settled) for number in range(len(header.systems)))
    return Source(saved.path, saved.names, each, settled, header.notes, (saved,))


def _readable(saved: Ledger, number: int, options: Options) -> tuple[str, ...]:
    """Return the metrics of protocols that the counts of a system allow."""
    system = saved.header.systems[number]
    if options.protocols == saved.header.protocols:
        return system.metrics
    there = {METRICS[name].statistic.name for name in system.metrics}
    found: list[Metric] = []
    for protocol in map(find, options.protocols):
        for metric in metrics([protocol]):
            if metric.statistic.name in there:
                found.append(metric)
            elif not protocol.flexible:
                raise GloseError(
                    f"{saved.path}: {system.name} has no counts of {metric.statistic.name}, which "
                    f"{metric.name} reads; count again with -p {protocol.name}"
                )
    return tuple(dict.fromkeys(metric.name for metric in found))


def documents(work: Work, plan: Plan, unpaired: Unpaired) -> Iterator[Entry]:
    """Yield the entries of a piece of work; raise `GloseError` as `entries` does.

    When all are out, what has no counterpart was added to `unpaired`.
    """
    if isinstance(work, Ledger):
        return work.entries(unpaired)
    return entries(work, plan, unpaired)


def names(paths: Sequence[Path]) -> list[str]:
    """Return what to call each system: the stem of its file, or its path if that is not unique."""
    stems = [path.name.removesuffix(".gz").removesuffix(".jsonl") for path in paths]
    return [
        stem if stems.count(stem) == 1 else str(path)
        for stem, path in zip(stems, paths, strict=True)
    ]
