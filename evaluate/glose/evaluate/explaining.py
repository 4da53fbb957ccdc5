"""Explaining why two protocols give two figures: the items that they count differently.

Every item is credited by both with what it adds to the counts (attribution.py). What they credit
differently is listed with the reason, and adds up to the difference of the counts exactly; the
difference of the scores is shared out among the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias, cast

import numpy as np

from glose.corpus.errors import GloseError
from glose.evaluate import inventory, notes
from glose.evaluate.alignment import parts
from glose.evaluate.annotations import Annotation, Layer
from glose.evaluate.attribution import NEAR, Credit, Credits, Sides, Sums, credited, layer
from glose.evaluate.counterparts import counterparts
from glose.evaluate.counts import Shared, Statistic
from glose.evaluate.entries import add_prints
from glose.evaluate.figures import value
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.mistakes import context
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import cut
from glose.evaluate.reasons import reason
from glose.evaluate.results import Item, Plain
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.signature import Print
from glose.evaluate.sources import names
from glose.evaluate.unpaired import Unpaired

Side: TypeAlias = Literal["gold", "predicted"]

NONE = Sums(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Odd:
    """An annotation that two metrics count differently, and what each credits it with.

    `near` is what it is most like on the other side, `why` how the two differ.
    """

    document: str
    side: Side
    item: Annotation
    a: Credit
    b: Credit
    why: str
    near: Annotation | None = None
    context: tuple[str, str, str] = ("", "", "")

    @property
    def change(self) -> Credit:
        """What b credits more than a."""
        return Credit(
            round(self.b.counted - self.a.counted, 9), round(self.b.correct - self.a.correct, 9)
        )

    @property
    def how(self) -> str:
        """How the two count it, in words."""
        return said(self.a, self.b)

    def plain(self) -> Plain:
        """Return the item for a JSON encoder."""
        return {
            "document": self.document,
            "side": self.side,
            "item": self.item.plain(),
            "a": self.a._asdict(),
            "b": self.b._asdict(),
            "how": self.how,
            "why": self.why,
            "near": self.near.plain() if self.near else None,
            "context": list(self.context),
        }


def said(a: Credit, b: Credit) -> str:
    """Return how two metrics count an item, as far as it differs.

    >>> said(Credit(1, 1), Credit(1, 0)), said(Credit(1, 0), Credit(0, 0))
    ('correct in A only', 'counted in A only')
    >>> said(Credit(1, -1), Credit(1, 0))
    'costs another in A'
    """
    counted = _told(a.counted, b.counted, "counted", "takes the place of another")
    correct = _told(a.correct, b.correct, "correct", "costs another")
    return ", ".join((*counted, *correct))


def _told(a: float, b: float, more: str, less: str) -> Iterator[str]:
    """Yield words for two different shares, those above zero and those below."""
    if abs(a - b) < NEAR:
        return
    high, low = ("A", "B") if a > b else ("B", "A")
    if max(a, b) > 0:
        yield f"{more} for more in {high}" if min(a, b) > 0 else f"{more} in {high} only"
    if min(a, b) < 0:
        yield f"{less} more in {low}" if max(a, b) < 0 else f"{less} in {low}"


@dataclass(frozen=True, slots=True)
class Cause:
    """All items of one side that are counted differently in one way for one reason.

    `change` is what they add to the denominator and numerator of their side, `f1` what they do to
    F1 if they are changed over after the causes before them: these add up to the difference.
    """

    side: Side
    how: str
    why: str
    items: int
    change: Credit
    f1: float | None = None

    def plain(self) -> Plain:
        """Return the cause for a JSON encoder."""
        found = {"side": self.side, "how": self.how, "why": self.why, "items": self.items}
        return {**found, **self.change._asdict(), "f1": self.f1}


@dataclass(frozen=True, slots=True)
class Figure:
    """The micro figures of one metric with what they are made of."""

    metric: str
    sums: Sums
    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, metric: Metric, sums: Sums) -> Figure:
        """Return the figures of sums."""
        found = metric.figures([Shared(*map(np.asarray, sums))])
        return cls(metric.name, sums, *map(value, found))

    def plain(self) -> Plain:
        """Return the figures for a JSON encoder."""
        rest = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {"metric": self.metric, **self.sums._asdict(), **rest}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two metrics of the same things: their figures, and all that lies between them.

    `alike` is how many items are counted alike, `rest` what no item accounts for (a constant that
    a program adds to each document): a.sums + the changes of all causes + rest = b.sums. The `f1`
    of all causes and `rest_f1` add up to the difference of the two.
    """

    layer: Layer
    a: Figure
    b: Figure
    causes: tuple[Cause, ...]
    odd: tuple[Odd, ...]
    alike: int
    rest: Sums
    rest_f1: float | None = None

    def plain(self) -> Plain:
        """Return the explanation for a JSON encoder."""
        return {
            "layer": self.layer,
            "a": self.a.plain(),
            "b": self.b.plain(),
            "alike": self.alike,
            "causes": [cause.plain() for cause in self.causes],
            "rest": {**self.rest._asdict(), "f1": self.rest_f1},
            "items": [odd.plain() for odd in self.odd],
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """What sets two protocols apart on the same files; `notes` are what has no items."""

    protocols: tuple[str, str]
    gold: str
    predicted: str
    documents: int
    explanations: tuple[Explanation, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return all of it for a JSON encoder."""
        return {
            "protocols": list(self.protocols),
            "gold": self.gold,
            "predicted": self.predicted,
            "documents": self.documents,
            "notes": list(self.notes),
            "explanations": [each.plain() for each in self.explanations],
        }


def explain(
    gold: Path, predicted: Path, *, limit: int | None = None, options: Options
) -> Explained:
    """Return what two protocols, those of the options, count differently in one system.

    At most `limit` items are kept of each two metrics; the totals are of all. Raises `GloseError`
    unless there are two protocols with something to compare, and for what cannot be scored.
    """
    if len(options.protocols) != 2:
        raise GloseError("expected two protocols, such as -p entity/strict -p semeval2013/strict")
    first, second = (
        chosen(replace(options, protocols=(name,)), gold, [predicted])[0]
        for name in options.protocols
    )
    matched, unmatched = counterparts(first, second)
    if not matched:
        raise GloseError(f"{' and '.join(options.protocols)}: {'; '.join(unmatched)}")
    plan = Plan((tuple(dict.fromkeys(n for pair in matched for n in pair)),), depth=options.depth)
    statistics = _closed(gold, plan, options)
    running = [_Running(METRICS[a], METRICS[b], statistics, limit) for a, b in matched]
    prints, documents, unpaired = [Print(), Print()], 0, Unpaired.none(1)
    for part in parts(gold, [predicted], options.policy(gold)):
        for pair in pairs(part, plan.lists(), unpaired=unpaired):
            documents += 1
            add_prints(prints, pair)
            _add(running, pair, plan)
    refuse_nothing(documents, gold, options)
    found = tuple(each.explanation() for each in running)
    two = options.protocols[0], options.protocols[1]
    told = (*unmatched, *notes.unpaired(unpaired, names([predicted]), options))
    return Explained(two, str(prints[0]), str(prints[1]), documents, found, told)


def _closed(gold: Path, plan: Plan, options: Options) -> Mapping[str, Statistic]:
    """Return the statistics by name, those that are closed with the types of gold."""
    there = {METRICS[name].statistic for name in plan.metrics[0]}
    types = inventory.types(gold, there, cut(options.depth), options.policy(gold).wanted)
    return {each.name: each.of(types) for each in there}


def _add(running: Sequence[_Running], pair: Pair, plan: Plan) -> None:
    sides: dict[Layer, Sides] = {}
    given: dict[str, Credits] = {}
    for each in running:
        if each.layer not in sides:
            sides[each.layer] = Sides.of(pair.gold, pair.predicted[0], each.layer, plan.cut)
        for metric in (each.a, each.b):
            if metric.name not in given:
                statistic = each.statistics[metric.statistic.name]
                given[metric.name] = credited(metric, sides[each.layer], statistic)
        each.add(pair, sides[each.layer], given[each.a.name], given[each.b.name])


@dataclass(slots=True)
class _Running:
    """What is known so far of two metrics."""

    a: Metric
    b: Metric
    statistics: Mapping[str, Statistic]
    limit: int | None
    sums: list[Sums] = field(default_factory=lambda: [NONE, NONE])
    rest: Sums = NONE
    odd: list[Odd] = field(default_factory=list)
    items: Counter[tuple[Side, str, str]] = field(default_factory=Counter)
    changes: dict[tuple[Side, str, str], Credit] = field(default_factory=dict)
    alike: int = 0

    @property
    def layer(self) -> Layer:
        """What is counted; `counterparts` names no metric that has no items."""
        return cast("Layer", layer(self.a))

    def add(self, pair: Pair, sides: Sides, a: Credits, b: Credits) -> None:
        """Add the credits of a document."""
        for number, each in enumerate((a, b)):
            self.sums[number] = _plus(self.sums[number], each.sums)
        self.rest = _plus(self.rest, b.rest, a.rest)
        for group in sides.groups:
            for odd in _odd(pair, sides, group, (a, b)):
                self._take(odd)
        self.alike += len(sides.gold) + len(sides.predicted)

    def _take(self, odd: Odd) -> None:
        cause = odd.side, odd.how, odd.why
        self.items[cause] += 1
        before = self.changes.get(cause, Credit(0, 0))
        self.changes[cause] = Credit(*(x + y for x, y in zip(before, odd.change, strict=True)))
        self.alike -= 1
        if self.limit is None or len(self.odd) < self.limit:
            self.odd.append(odd)

    def explanation(self) -> Explanation:
        """Return what was found."""
        a, b = (Figure.of(m, s) for m, s in zip((self.a, self.b), self.sums, strict=True))
        ordered = sorted(self.items, key=lambda cause: (-self.items[cause], cause))
        changes = [_change(cause[0], self.changes[cause]) for cause in ordered]
        *gains, left = _gains(a, b, self.b, [*changes, self.rest])
        causes = tuple(
            Cause(*cause, self.items[cause], self.changes[cause], gain)
            for cause, gain in zip(ordered, gains, strict=True)
        )
        return Explanation(
            self.layer, a, b, causes, tuple(self.odd), self.alike, self.rest,
            left if any(self.rest) else None,
        )  # fmt: skip


def _gains(
    a: Figure, b: Figure, metric: Metric, changes: Sequence[Sums]
) -> Iterator[float | None]:
    """Yield what each change does to F1 after those before it, `None` where it is undefined."""
    before, sums = a.f1, a.sums
    last = max((n for n, change in enumerate(changes) if any(change)), default=0)
    for number, change in enumerate(changes):
        sums = _plus(sums, change)
        # At the end stands the figure of b itself, whatever it makes of such counts.
        now = Figure.of(metric, sums).f1 if number < last else b.f1
        yield None if now is None or before is None else now - before
        before = before if now is None else now


def _plus(one: Sums, other: Sums, less: Sums = NONE) -> Sums:
    return Sums(*(round(x + y - z, 9) for x, y, z in zip(one, other, less, strict=True)))


def _change(side: Side, change: Credit) -> Sums:
    counted, correct = change
    if side == "predicted":
        return Sums(correct, counted, 0, 0)
    return Sums(0, 0, correct, counted)


def _odd(
    pair: Pair, sides: Sides, group: tuple[tuple[int, ...], ...], both: tuple[Credits, Credits]
) -> Iterator[Odd]:
    """Yield the annotations of a group that two metrics credit differently."""
    items = sides.gold, sides.predicted
    here = [[own[n] for n in numbers] for own, numbers in zip(items, group, strict=True)]
    names: tuple[Side, Side] = "gold", "predicted"
    text = pair.gold.text or ""
    for side, name in enumerate(names):
        for number, place in enumerate(group[side]):
            a, b = ((each.predicted if side else each.gold)[place] for each in both)
            if said(a, b):
                item = here[side][number]
                why, near = reason(item, here[side][:number], here[side], here[1 - side])
                shown = Item(item.type, item.pieces, item.text)
                yield Odd(pair.gold.id, name, item, a, b, why, near, context(text, shown))
