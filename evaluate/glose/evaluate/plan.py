"""What is compared and how: the options of a run, and what each system is counted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from glose.corpus import manifest
from glose.corpus.document import ANNOTATIONS
from glose.corpus.errors import GloseError
from glose.evaluate.alignment import Extra, Missing, Policy
from glose.evaluate.counts import Statistic
from glose.evaluate.intervals import Sampling
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import Lists, annotated
from glose.evaluate.projection import Cut, cut
from glose.evaluate.protocol import Protocol
from glose.evaluate.protocols import abridged, find, metrics
from glose.evaluate.results import Average
from glose.evaluate.signature import sign


@dataclass(frozen=True, slots=True)
class Options:
    """How layers are compared, whatever is computed from it.

    `depth` cuts types to so many steps; `split` names documents of the gold's `corpus.json`.
    `cluster` is the field of documents by which they are resampled together, `None` if each is
    by itself. `jobs` is the number of processes, which changes no figure.
    """

    protocols: tuple[str, ...] = ("default",)
    depth: int | None = None
    split: str | None = None
    missing: Missing = "error"
    extra: Extra = "error"
    sampling: Sampling = field(default_factory=Sampling)
    jobs: int = 1
    cluster: str | None = None

    def policy(self, gold: Path) -> Policy:
        """Return what to do where the files do not hold the same documents."""
        ids = manifest.ids(gold.parent, self.split) if self.split else None
        return Policy(self.missing, self.extra, ids)

    def signature(self, gold: str, documents: int, metrics: Iterable[str]) -> str:
        """Return the signature of results by these metrics on these gold documents."""
        protocols = [find(name) for name in self.protocols]
        names = list(metrics)
        averages = (each.name for name in names for each in METRICS[name].averages)
        empty = ("null" if METRICS[name].undefined is None else "0" for name in names)
        fields = {
            "protocol": "+".join(protocol.name for protocol in protocols),
            "metrics": "+".join(abridged(names)),
            "matching": "+".join(dict.fromkeys(protocol.matching for protocol in protocols)),
            "average": "+".join(dict.fromkeys(["micro", *map(_average, averages)])),
            "empty": "+".join(dict.fromkeys(empty)),
            "depth": self.depth or "all",
            "split": self.split or "all",
            "missing": self.missing,
            "extra": self.extra,
            "gold": gold,
            "documents": documents,
            "interval": self.sampling.method,
            "cluster": self.cluster or "none",
            "samples": self.sampling.samples,
            "level": self.sampling.level,
            "seed": self.sampling.seed,
        }
        return sign(fields.items())


def _average(name: Average) -> str:
    """Return what a signature calls a mean: what it is over, too."""
    return name if name == "macro-document" else f"{name}-type"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted: the names of the metrics of each system, the buckets and the clusters.

    `fields` are what is read off each document: those of buckets and clusters, and more if the
    counts are saved. With `every` each distinct row of the counts of all types is kept. `types`
    are those that gold has, by the names of closed statistics.
    """

    metrics: tuple[tuple[str, ...], ...]
    by: tuple[str, ...] = ()
    splits: Mapping[str, str] = field(default_factory=dict)
    depth: int | None = None
    cluster: str | None = None
    fields: tuple[str, ...] = ()
    every: bool = False
    types: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def cut(self) -> Cut:
        """The function that cuts types."""
        return cut(self.depth)

    def statistics(self, system: int) -> dict[str, Statistic]:
        """Return what the metrics of a system read, each statistic once, by name."""
        read = (METRICS[name].statistic for name in self.metrics[system])
        return {statistic.name: statistic.of(self.types) for statistic in read}

    def lists(self) -> Lists:
        """Return the lists that gold and each system must have annotated."""
        needed = [
            _union(statistic.lists for statistic in self.statistics(system).values())
            for system in range(len(self.metrics))
        ]
        return (_union(needed), *needed)

    def reads(self) -> tuple[str, ...] | None:
        """Return the lists that the statistics of all systems look at; `None` for any."""
        systems = range(len(self.metrics))
        read = [each.reads for system in systems for each in self.statistics(system).values()]
        if None in read:
            return None
        return _union(each for each in read if each is not None)


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in lists for name in each))


def chosen(options: Options, gold: Path, predicted: Sequence[Path]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the metrics of each system.

    A flexible protocol leaves out the metrics of lists that the first document of gold or of the
    system says were not annotated. Raises `GloseError` if that leaves none.
    """
    protocols = [find(name) for name in options.protocols]
    there = annotated(gold) or ()
    return tuple(_chosen(protocols, gold, there, path) for path in predicted)


def _chosen(
    protocols: Sequence[Protocol], gold: Path, there: tuple[str, ...], path: Path
) -> tuple[str, ...]:
    found = annotated(path)
    # A file without documents annotates what is asked of it: nothing was found.
    lists = set(there) & set(ANNOTATIONS if found is None else found)
    names = tuple(
        metric.name
        for protocol in protocols
        for metric in metrics([protocol])
        if not protocol.flexible or _reads(metric, lists)
    )
    if not names:
        raise GloseError(
            f"{path}: nothing to score: its first document has {_shown(found)} annotated, that of "
            f"{gold} {_shown(there)}; expected mentions or events in both (status.annotated)"
        )
    return tuple(dict.fromkeys(names))


def _reads(metric: Metric, lists: set[str]) -> bool:
    return lists.issuperset(metric.statistic.lists)


def _shown(names: Sequence[str] | None) -> str:
    return ", ".join(names or ()) or "no list"
