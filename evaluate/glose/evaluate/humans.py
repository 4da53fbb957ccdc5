"""People beside systems: what their layers count against one another, document by document.

One layer of people is scored against gold, as a system is. Of several each is scored against each
other, both ways, since none of them is gold. Gold is not among them unless it is named, as mostly
it is made of them. What comes of the counts is in relative.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import TypeAlias

from glose.corpus.document import ANNOTATIONS, Document, Status
from glose.corpus.errors import GloseError, InputError, Place
from glose.evaluate import buckets, inventory, sources
from glose.evaluate.agreement.layers import Layers, Shared
from glose.evaluate.counts import Statistic, Tally
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import annotated
from glose.evaluate.plan import Options, Plan
from glose.evaluate.projection import View
from glose.evaluate.protocols import abridged
from glose.evaluate.results import Evaluation
from glose.evaluate.signature import Print
from glose.evaluate.survey import Survey, survey
from glose.evaluate.work import spread

#: Two layers by their numbers: the one that is taken for gold, and the one that is scored. Gold is
#: 0, then come the systems, then people.
Pairing: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The files of gold, of systems and of people, and what is counted of them.

    `plan` has the metrics of each system that people can be scored by too. `documents` is how many
    of gold are scored, with people or without; `notes` say what has no figures of people.
    """

    names: tuple[str, ...]
    layers: Layers
    plan: Plan
    documents: int
    notes: tuple[str, ...] = ()

    @property
    def systems(self) -> range:
        """The numbers of the layers of systems."""
        return range(1, 1 + len(self.plan.metrics))

    @property
    def people(self) -> range:
        """The numbers of the layers of people."""
        return range(self.systems.stop, len(self.layers.files))

    @property
    def between(self) -> tuple[Pairing, ...]:
        """How people are scored: one against gold, several against each other."""
        if len(self.people) == 1:
            return ((0, self.people[0]),)
        return tuple(permutations(self.people, 2))

    @property
    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The lists that each layer must have annotated."""
        gold, *systems = self.plan.lists()
        return (gold, *systems, *(gold for _ in self.people))

    @property
    def read(self) -> dict[Pairing, tuple[str, ...]]:
        """The names of the statistics of each two layers that are counted."""
        own = {(0, n): tuple(self.plan.statistics(n - 1)) for n in self.systems}
        every = tuple(dict.fromkeys(name for names in own.values() for name in names))
        return own | dict.fromkeys(self.between, every)


@dataclass(slots=True)
class Counted:
    """The counts of documents: `tallies[pairing][statistic]` has one for each, or `None`.

    `None` stands where one of the two layers lacks the document. `fields` are what gold says of
    each document, `prints` the fingerprints of what people have.
    """

    ids: list[str]
    fields: list[dict[str, str]]
    tallies: dict[Pairing, dict[str, list[Tally | None]]]
    prints: list[Print]

    @classmethod
    def none(cls, crowd: Crowd) -> Counted:
        """Return the counts of no documents."""
        tallies: dict[Pairing, dict[str, list[Tally | None]]] = {
            pairing: {name: [] for name in names} for pairing, names in crowd.read.items()
        }
        return cls([], [], tallies, [Print() for _ in crowd.people])

    def merge(self, other: Counted) -> None:
        """Add the documents of another."""
        self.ids += other.ids
        self.fields += other.fields
        for pairing, statistics in other.tallies.items():
            for name, tallies in statistics.items():
                self.tallies[pairing][name] += tallies
        for mine, theirs in zip(self.prints, other.prints, strict=True):
            mine.merge(theirs)


def counted(crowd: Crowd, jobs: int = 1) -> Counted:
    """Return the counts of all documents; raise `InputError` where one cannot be scored."""
    found = Counted.none(crowd)
    for each in spread(partial(_count, crowd), crowd.layers.shares(jobs), jobs):
        found.merge(each)
    return found


def _count(crowd: Crowd, share: Layers) -> Counted:
    """Return the counts of a share of the documents."""
    found, plan = Counted.none(crowd), crowd.plan
    statistics = {
        name: each for n in crowd.systems for name, each in plan.statistics(n - 1).items()
    }
    for shared in share.read(crowd.lists, plan.cut):
        views = _views(shared, crowd)
        for (one, other), kept in found.tallies.items():
            gold, guess = views[one], views[other]
            for name, tallies in kept.items():
                tallies.append(_tally(statistics[name], gold, guess))
        found.ids.append(shared.id)
        found.fields.append(buckets.said(shared.first, plan.fields, plan.splits))
        for total, line in zip(found.prints, shared.lines[crowd.people.start :], strict=True):
            if line is not None:
                total.add(line)
    return found


def _tally(statistic: Statistic, gold: View | None, predicted: View | None) -> Tally | None:
    """Return the counts of one layer against another, `None` where one lacks the document."""
    return None if gold is None or predicted is None else statistic.tally(gold, predicted)


def _views(shared: Shared, crowd: Crowd) -> list[View | None]:
    """Return the layers of a document; a system that lacks it gave nothing there."""
    nothing = Document(id=shared.id, status=Status(annotated=ANNOTATIONS))
    return [
        view or (View(nothing, crowd.plan.cut) if number in crowd.systems else None)
        for number, view in enumerate(shared.views)
    ]


def crowd(
    found: Evaluation, gold: Path, predicted: Sequence[Path], humans: Sequence[Path],
    options: Options, called: Sequence[str] = (),
) -> Crowd:  # fmt: skip
    """Return what people are scored by beside the systems of an evaluation.

    They are `called` by their files if nothing else is said. Raises `GloseError` where there is
    nothing that they can be scored by, or on.
    """
    _refuse_same(gold, humans)
    names = tuple(called or sources.names(humans))
    files = tuple(survey(path, every=True) for path in (gold, *predicted, *humans))
    first = 1 + len(predicted)
    for file in files[first:]:
        _refuse_extra(file, files[0], options)
    scored = _scored(files[:first], options)
    ids = tuple(name for name in scored if _paired(name, files[first:]))
    if not ids:
        shown = ", ".join(str(path) for path in humans)
        many = "in two of these" if len(humans) > 1 else "in it"
        raise GloseError(f"{shown}: no document that is scored is {many}; check their ids")
    metrics, left = _metrics(found, humans, names)
    plan = _plan(found, metrics, gold, options)
    return Crowd(names, Layers(files, ids), plan, len(scored), tuple(left))


def _refuse_same(gold: Path, humans: Sequence[Path]) -> None:
    """Raise `GloseError` where a layer of people would be compared with itself."""
    every = [path.resolve() for path in humans]
    for number, path in enumerate(humans):
        if every[number] in every[:number]:
            raise GloseError(f"{path}: this layer of people is named twice; name each once")
    if every == [gold.resolve()]:
        raise GloseError(f"{gold}: this is gold itself; name what another person annotated")


def _refuse_extra(file: Survey, gold: Survey, options: Options) -> None:
    if not file.documents:
        raise GloseError(f"{file.path}: no documents; expected what a person annotated")
    for name, spot in file.spots.items():
        if name not in gold.spots and options.extra == "error":
            what = f"this document is not in {gold.path}; remove it, or say --extra ignore"
            raise InputError(Place(str(file.path), spot.line, name), what)


def _scored(files: Sequence[Survey], options: Options) -> list[str]:
    """Return the ids of the documents of gold that systems are scored on."""
    gold, *systems = files
    wanted = options.policy(gold.path).wanted
    return [
        name
        for name in gold.spots
        if (wanted is None or name in wanted)
        and (options.missing != "ignore" or all(name in file.spots for file in systems))
    ]


def _paired(name: str, people: Sequence[Survey]) -> bool:
    """Tell whether a document can be compared: one person has it, or two of several."""
    return sum(name in file.spots for file in people) >= min(2, len(people))


def _metrics(
    found: Evaluation, humans: Sequence[Path], names: Sequence[str]
) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Return the metrics of each system that people have the lists for, and what is left out."""
    left: list[str] = []
    kept = list(found.metrics)
    for path, name in zip(humans, names, strict=True):
        there = set(annotated(path) or ())
        lacking = [each for each in kept if not there.issuperset(METRICS[each].statistic.lists)]
        kept = [each for each in kept if each not in lacking]
        if lacking:
            lists = dict.fromkeys(x for each in lacking for x in METRICS[each].statistic.lists)
            out = ", ".join(each for each in lists if each not in there)
            left.append(f"{name}: {out} not annotated; no human figures of {_short(lacking)}")
        if not kept:
            raise GloseError(
                f"{path}: nothing to score: its first document has "
                f"{', '.join(sorted(there)) or 'no list'} annotated (status.annotated); expected "
                f"what is read for {_short(found.metrics)}"
            )
    return tuple(tuple(m for m in s.metrics if m in kept) for s in found.systems), left


def _short(names: Sequence[str]) -> str:
    return ", ".join(abridged(names))


def _plan(
    found: Evaluation, metrics: tuple[tuple[str, ...], ...], gold: Path, options: Options
) -> Plan:
    by = {score.bucket.by for system in found.systems for score in system.scores if score.bucket}
    fields = sorted(name for name in {*by, options.cluster} if name and buckets.known(name))
    plan = Plan(metrics, depth=options.depth, cluster=options.cluster, fields=tuple(fields))
    read = {METRICS[name].statistic for names in metrics for name in names}
    wanted = options.policy(gold).wanted
    return replace(
        plan,
        splits=buckets.splits(gold) if "split" in fields else {},
        types=inventory.types(gold, read, plan.cut, wanted),
    )
