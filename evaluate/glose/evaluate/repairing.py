"""Repairs: what a system would score if all errors of one kind were put right.

For each layer the kinds of errors (taxonomy.py, conflation.py), how many there are, and what each
metric of that layer would be if an oracle mended one kind and nothing else, and one kind after
the other; after the last the predictions are gold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from glose.corpus.document import Document
from glose.evaluate import conflation, inventory, notes, taxonomies
from glose.evaluate.alignment import parts
from glose.evaluate.attribution import Sides
from glose.evaluate.counts import Row, Shared, Statistic
from glose.evaluate.entries import add_prints
from glose.evaluate.figures import value
from glose.evaluate.mending import mended
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import View, cut
from glose.evaluate.results import Plain
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.signature import Print
from glose.evaluate.sources import names
from glose.evaluate.taxonomies import TAXONOMIES
from glose.evaluate.taxonomy import kinds
from glose.evaluate.unpaired import Unpaired

#: What repairs are told of: the layers of annotations, and clusters.
COREFERENCE = "coreference"

#: Predictions as they are repaired in some kinds of errors.
Repaired = Callable[[Collection[str]], Document]


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of error: how much there is of it, and F1 with it repaired.

    `gold` and `predicted` are annotations, `errors` cases (of coreference: operations). `alone` is
    F1 by metric with this kind repaired only, `after` with this and all kinds before.
    """

    kind: str
    errors: int
    gold: int
    predicted: int
    alone: Mapping[str, float | None]
    after: Mapping[str, float | None]

    def plain(self) -> Plain:
        """Return the repair for a JSON encoder."""
        return {
            "kind": self.kind,
            "errors": self.errors,
            "gold": self.gold,
            "predicted": self.predicted,
            "alone": dict(self.alone),
            "after": dict(self.after),
        }


@dataclass(frozen=True, slots=True)
class Mended:
    """The errors of one layer, what is `correct` among its annotations, and F1 as it is."""

    layer: str
    f1: Mapping[str, float | None]
    repairs: tuple[Repair, ...]

    def plain(self) -> Plain:
        """Return the layer for a JSON encoder."""
        repairs = [repair.plain() for repair in self.repairs]
        return {"layer": self.layer, "f1": dict(self.f1), "kinds": repairs}


@dataclass(frozen=True, slots=True)
class Repairs:
    """The errors of a system by layer; `notes` are as in `Evaluation`."""

    gold: str
    predicted: str
    documents: int
    layers: tuple[Mended, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return all of it for a JSON encoder."""
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "documents": self.documents,
            "notes": list(self.notes),
            "layers": [each.plain() for each in self.layers],
        }


def repairs(gold: Path, predicted: Path, *, options: Options) -> Repairs:
    """Return the errors of one system by kind, and what it would score without each.

    The metrics are those of the options that are of mentions, triggers, arguments or clusters.
    Raises `GloseError` for whatever cannot be scored.
    """
    plan = Plan(chosen(options, gold, [predicted]), depth=options.depth)
    statistics = _statistics(gold, plan, options)
    running = [_Running(name, each, statistics) for name, each in _layers(plan).items()]
    prints, documents, unpaired = [Print(), Print()], 0, Unpaired.none(1)
    for part in parts(gold, [predicted], options.policy(gold)):
        for pair in pairs(part, plan.lists(), unpaired=unpaired):
            documents += 1
            add_prints(prints, pair)
            for each in running:
                each.add(pair.gold, pair.predicted[0], plan)
    refuse_nothing(documents, gold, options)
    called = names([predicted])
    told = (
        *notes.unscored(options, gold, [predicted], called),
        *notes.unpaired(unpaired, called, options),
    )
    found = tuple(each.mended() for each in running)
    return Repairs(str(prints[0]), str(prints[1]), documents, found, told)


def _statistics(gold: Path, plan: Plan, options: Options) -> Mapping[str, Statistic]:
    there = {METRICS[name].statistic for name in plan.metrics[0]}
    types = inventory.types(gold, there, cut(options.depth), options.policy(gold).wanted)
    return {each.name: each.of(types) for each in there}


def _layers(plan: Plan) -> dict[str, list[Metric]]:
    """Return the metrics by what they are of, those without a taxonomy left out."""
    found: dict[str, list[Metric]] = {}
    for metric in map(METRICS.__getitem__, plan.metrics[0]):
        taxonomy = taxonomies.of(metric)
        if taxonomy is not None:
            found.setdefault(taxonomy.name, []).append(metric)
        elif _is_coreference(metric.statistic):
            found.setdefault(COREFERENCE, []).append(metric)
    return found


def _is_coreference(statistic: Statistic) -> bool:
    return {"mentions", "entities"} == set(statistic.lists) and not statistic.finish


@dataclass(slots=True)
class _Running:
    """The sums of one layer, for each set of repairs."""

    layer: str
    metrics: Sequence[Metric]
    statistics: Mapping[str, Statistic]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    sums: dict[tuple[str, str, str], Row] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of errors of this layer, in the order of repair."""
        if self.layer == COREFERENCE:
            return conflation.OPERATIONS
        return tuple(kind for kind in TAXONOMIES[self.layer].kinds if kind != "correct")

    def add(self, gold: Document, predicted: Document, plan: Plan) -> None:
        """Add a document, as it is and with each repair."""
        if self.layer == COREFERENCE:
            clusters = conflation.Clusters.of(gold, predicted)
            operations = clusters.operations()
            for kind, number in operations.items():
                self.counts["cases", kind] += number
            there = {kind for kind, number in operations.items() if number}

            def repaired(chosen: Collection[str]) -> Document:
                return conflation.document(gold, clusters.repaired(chosen))
        else:
            taxonomy = TAXONOMIES[self.layer]
            sides = Sides.of(gold, predicted, taxonomy.layer, plan.cut)
            found = taxonomy.found(sides, gold, predicted)
            self.counts.update(kinds(found))
            there = {case.kind for case in found}

            def repaired(chosen: Collection[str]) -> Document:
                return mended(sides, found, chosen) if chosen else predicted

        self._count(View(gold, plan.cut), repaired, plan, there)

    def _count(self, gold: View, repaired: Repaired, plan: Plan, there: Collection[str]) -> None:
        """Add the counts of each repair; of what is not there, nothing has to be counted again."""
        bare = after = self._rows(gold, View(repaired(()), plan.cut))
        self._plus("", "", bare)
        before: list[str] = []
        for kind in self.kinds:
            before.append(kind)
            alone = bare
            if kind in there:
                alone = self._rows(gold, View(repaired([kind]), plan.cut))
                others = any(each in there for each in before[:-1])
                after = self._rows(gold, View(repaired(before), plan.cut)) if others else alone
            self._plus("alone", kind, alone)
            self._plus("after", kind, after)

    def _rows(self, gold: View, predicted: View) -> dict[str, Row]:
        names = dict.fromkeys(metric.statistic.name for metric in self.metrics)
        return {name: self.statistics[name].tally(gold, predicted).get(None, ()) for name in names}

    def _plus(self, how: str, kind: str, rows: Mapping[str, Row]) -> None:
        for name, row in rows.items():
            before = self.sums.get((how, kind, name))
            added = (
                row if not before or not row else tuple(map(sum, zip(before, row, strict=True)))
            )
            self.sums[how, kind, name] = added or before or ()

    def mended(self) -> Mended:
        """Return what was found."""
        made = (self._repair(kind) for kind in ("correct", *self.kinds))
        repairs = tuple(each for each in made if each.kind != "correct" or each.gold)
        return Mended(self.layer, self._figures("", ""), repairs)

    def _repair(self, kind: str) -> Repair:
        alone, after = ({}, {}) if kind == "correct" else (
            self._figures("alone", kind), self._figures("after", kind)
        )  # fmt: skip
        errors, golds, guesses = (self.counts[x, kind] for x in ("cases", "gold", "predicted"))
        return Repair(kind, errors, golds, guesses, alone, after)

    def _figures(self, how: str, kind: str) -> dict[str, float | None]:
        found = {}
        for metric in self.metrics:
            statistic = metric.statistic
            row = self.sums.get((how, kind, statistic.name)) or (0,) * statistic.width
            shares = metric.shares(statistic.columns(*map(np.asarray, row)))
            figures = metric.figures([Shared(*map(np.asarray, share)) for share in shares])
            found[metric.name] = value(figures.f1)
        return found
