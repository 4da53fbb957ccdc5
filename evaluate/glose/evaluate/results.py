"""What an evaluation gives: values to print, to write as JSON and to draw.

Nothing here computes a score. A figure that is not defined is `None`, never 0. `plain` of a value
is the same as dictionaries and lists, in the order of DESIGN section 3, for a JSON encoder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Plain: TypeAlias = dict[str, object]

#: Lower and upper bound of a figure, or `None` where the figure is not defined.
Bounds: TypeAlias = tuple[float, float] | None

#: `macro` is the mean over types, `macro-of-means` the same with F1 of the means of P and R,
#: `macro-document` is the mean over documents, `weighted` that over types by their gold items.
Average: TypeAlias = Literal["micro", "macro", "macro-of-means", "macro-document", "weighted"]

#: What can be wrong with a mention, a trigger or an argument; `correct` is no mistake.
Kind: TypeAlias = Literal["correct", "type", "boundary", "both", "role", "missed", "spurious"]

KINDS: tuple[Kind, ...] = ("correct", "type", "boundary", "both", "role", "missed", "spurious")


@dataclass(frozen=True, slots=True)
class Interval:
    """Where precision, recall, F1 and further figures lie at a level such as 0.95."""

    level: float
    method: str
    precision: Bounds
    recall: Bounds
    f1: Bounds
    extras: Mapping[str, Bounds] = field(default_factory=dict)

    def plain(self) -> Plain:
        """Return the interval for a JSON encoder."""
        shown: Plain = {
            "level": self.level,
            "method": self.method,
            "f1": self.f1,
            "precision": self.precision,
            "recall": self.recall,
        }
        return {**shown, "extras": dict(self.extras)} if self.extras else shown


@dataclass(frozen=True, slots=True)
class Measured:
    """Precision, recall and F1 that stand beside a score: those of people, or shares of theirs."""

    precision: float | None
    recall: float | None
    f1: float | None
    interval: Interval | None = None

    def plain(self) -> Plain:
        """Return the figures for a JSON encoder."""
        figures: Plain = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**figures, "interval": self.interval.plain() if self.interval else None}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Some of the documents: those whose `by` (source, length, …) is `value`."""

    by: str
    value: str

    def plain(self) -> Plain:
        """Return the bucket for a JSON encoder."""
        return {"by": self.by, "value": self.value}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one metric, for all items, one type, or one bucket.

    `type` is `None` for the figure over all types, `bucket` is `None` for all documents. The macro
    average over types has no numerators and denominators, so these are `None`. `counts` holds
    what else a metric counts, such as the five counts of SemEval-2013, `extras` its further
    figures, such as a slot error rate. `documents` are those of the bucket, or all; `interval` is
    `None` if fewer than two of them have items. `human` are the figures of people, if they were
    asked for, `share` the score as a share of them (humans.py).
    """

    metric: str
    average: Average
    type: str | None
    precision: float | None
    recall: float | None
    f1: float | None
    correct_precision: float | None
    correct_recall: float | None
    gold: float | None
    predicted: float | None
    counts: Mapping[str, float]
    interval: Interval | None = None
    bucket: Bucket | None = None
    documents: int | None = None
    extras: Mapping[str, float | None] = field(default_factory=dict)
    human: Measured | None = None
    share: Measured | None = None

    @property
    def correct(self) -> float | None:
        """The numerator of precision and recall where they are the same, else `None`."""
        return self.correct_precision if self.correct_precision == self.correct_recall else None

    def plain(self) -> Plain:
        """Return the score for a JSON encoder; two numerators only where they differ."""
        shown: Plain = {
            "metric": self.metric,
            "average": self.average,
            "type": self.type,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "correct": self.correct,
            "gold": self.gold,
            "predicted": self.predicted,
        }
        if self.correct_precision != self.correct_recall:
            shown["correct_precision"] = self.correct_precision
            shown["correct_recall"] = self.correct_recall
        if self.counts:
            shown["counts"] = dict(self.counts)
        if self.extras:
            shown["extras"] = dict(self.extras)
        shown["interval"] = self.interval.plain() if self.interval else None
        if self.human and self.share:
            shown |= {"human": self.human.plain(), "share": self.share.plain()}
        bucket = self.bucket and {**self.bucket.plain(), "documents": self.documents}
        return {**shown, "bucket": bucket}


@dataclass(frozen=True, slots=True)
class System:
    """The scores of one predictions file; `predicted` is the hash of its documents."""

    name: str
    predicted: str
    scores: tuple[Score, ...]

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that were computed, in the order of their protocols."""
        return tuple(dict.fromkeys(score.metric for score in self.scores))

    def find(
        self,
        metric: str,
        average: Average = "micro",
        type_: str | None = None,
        bucket: Bucket | None = None,
    ) -> Score | None:
        """Return the score that is wanted, or `None` if it was not computed."""
        wanted = (metric, average, type_, bucket)
        for score in self.scores:
            if (score.metric, score.average, score.type, score.bucket) == wanted:
                return score
        return None

    def types(self, metric: str) -> tuple[Score, ...]:
        """Return the scores of a metric by type, over all documents, sorted by type."""
        return tuple(
            score
            for score in self.scores
            if (score.metric, score.average, score.bucket) == (metric, "micro", None)
            and score.type is not None
        )

    def plain(self) -> Plain:
        """Return the system for a JSON encoder."""
        return {
            "name": self.name,
            "predicted": self.predicted,
            "metrics": list(self.metrics),
            "scores": [score.plain() for score in self.scores],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one or more systems on the same gold documents.

    `gold` is a hash of the gold documents that does not depend on their order. `signature` tells
    what somebody else needs to get the same figures, `notes` what a reader should know first.
    `humans` are the layers of people that scores are set beside, by name, with their hashes.
    """

    signature: str
    gold: str
    documents: int
    systems: tuple[System, ...]
    notes: tuple[str, ...] = ()
    humans: Mapping[str, str] = field(default_factory=dict)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that were computed, in the order of their protocols."""
        return tuple(dict.fromkeys(name for system in self.systems for name in system.metrics))

    def plain(self) -> Plain:
        """Return the evaluation for a JSON encoder."""
        humans = [{"name": name, "hash": found} for name, found in self.humans.items()]
        return {
            "signature": self.signature,
            "gold": self.gold,
            "documents": self.documents,
            "notes": list(self.notes),
            **({"humans": humans} if humans else {}),
            "systems": [system.plain() for system in self.systems],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How system `b` differs from system `a` in the F1 of one metric.

    `difference` is F1 of b minus F1 of a, `interval` its paired interval by `method`. `p` is the
    two-sided probability of so great a difference if the two were exchangeable, by `test`, `holm`
    the same corrected for the number of pairs that were compared. `wins` counts the documents (or
    clusters) in which b has the higher F1, `losses` those in which a has. `effect` is the
    difference in standard deviations of one document's share in it, `detectable` the least
    difference that would be found with a power of 0.8.
    """

    metric: str
    a: str
    b: str
    f1_a: float | None
    f1_b: float | None
    difference: float | None
    interval: Bounds
    p: float | None
    holm: float | None
    wins: int
    ties: int
    losses: int
    average: Average = "micro"
    test: str | None = None
    method: str | None = None
    effect: float | None = None
    detectable: float | None = None

    def plain(self) -> Plain:
        """Return the difference for a JSON encoder."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs of the systems, compared on the same documents; `notes` as in `Evaluation`."""

    signature: str
    gold: str
    documents: int
    systems: Mapping[str, str]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return the comparison for a JSON encoder; systems are names with their hashes."""
        return {
            "signature": self.signature,
            "gold": self.gold,
            "documents": self.documents,
            "notes": list(self.notes),
            "systems": [{"name": n, "predicted": h} for n, h in self.systems.items()],
            "differences": [difference.plain() for difference in self.differences],
        }


@dataclass(frozen=True, slots=True)
class Item:
    """A mention, a trigger or an argument where it stands in the text of its document.

    `pieces` are the pairs of offsets that it covers, in code points, half-open: one, or several if
    it is discontinuous, or none for an argument without a place. `event` and `role` are set
    for arguments only, and `trigger`, the text of the triggers of the event, where it has any.
    """

    type: str
    pieces: tuple[tuple[int, int], ...]
    text: str
    event: str | None = None
    role: str | None = None
    trigger: str | None = None

    @property
    def label(self) -> str:
        """What the item is called in a list: its type, or `ASSAULT(bombardé): Actor`."""
        if self.role is None:
            return self.type
        return f"{self.event}({self.trigger}): {self.role}" if self.trigger else self.name

    @property
    def name(self) -> str:
        """Its type, or that of its event with its role: `ASSAULT: Actor`."""
        return self.type if self.role is None else f"{self.event}: {self.role}"

    def plain(self) -> Plain:
        """Return the item for a JSON encoder."""
        return {
            "type": self.type,
            "pieces": [list(piece) for piece in self.pieces],
            "text": self.text,
            "event": self.event,
            "role": self.role,
            "trigger": self.trigger,
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold item and the predicted item that was set beside it; one is `None` if there is none.

    `layer` is `entity`, `trigger` or `argument`. `before`, `inside` and `after` are the text
    around the item on one line: `inside` is the span of both items together.
    """

    document: str
    layer: Literal["entity", "trigger", "argument"]
    kind: Kind
    gold: Item | None
    predicted: Item | None
    before: str = ""
    inside: str = ""
    after: str = ""

    def plain(self) -> Plain:
        """Return the mistake for a JSON encoder."""
        return {
            "document": self.document,
            "layer": self.layer,
            "kind": self.kind,
            "gold": self.gold.plain() if self.gold else None,
            "predicted": self.predicted.plain() if self.predicted else None,
            "context": [self.before, self.inside, self.after],
        }


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a gold type was predicted as another: `cells[gold, predicted]`.

    `None` as a gold type stands for spurious items, as a predicted type for missed ones. Pairs are
    items with equal or overlapping spans, one to one.
    """

    layer: Literal["entity", "trigger", "argument"]
    cells: Mapping[tuple[str | None, str | None], int]

    @property
    def types(self) -> tuple[str, ...]:
        """All types on either side, sorted."""
        return tuple(sorted({name for cell in self.cells for name in cell if name is not None}))

    def plain(self) -> Plain:
        """Return the table for a JSON encoder, one row for each cell that is not 0."""
        rows = sorted(self.cells.items(), key=lambda row: (row[0][0] or "", row[0][1] or ""))
        return {
            "layer": self.layer,
            "cells": [
                {"gold": gold, "predicted": predicted, "count": count}
                for (gold, predicted), count in rows
            ],
        }


@dataclass(frozen=True, slots=True)
class Errors:
    """The mistakes of one system, with how often each kind occurs and the confusion tables.

    `counts[layer, kind]` covers all items, `mistakes` may be cut by a limit. `notes` are as in
    `Evaluation`.
    """

    gold: str
    predicted: str
    counts: Mapping[tuple[str, Kind], int]
    mistakes: tuple[Mistake, ...]
    confusions: tuple[Confusion, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return the errors for a JSON encoder."""
        counts = sorted(self.counts.items(), key=lambda row: (row[0][0], KINDS.index(row[0][1])))
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "notes": list(self.notes),
            "counts": [{"layer": a, "kind": kind, "count": each} for (a, kind), each in counts],
            "mistakes": [mistake.plain() for mistake in self.mistakes],
            "confusions": [confusion.plain() for confusion in self.confusions],
        }
