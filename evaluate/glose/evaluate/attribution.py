"""Attribution: what each annotation adds to the counts of a metric, whatever its matching.

A metric whose statistic says which annotations it pairs (traces.py) is taken at its word: what is
paired is credited, whatever an order of processing or a choice among several has made of it.

Any other metric is a function of two documents that need not say which item it paired with which.
So its items are told from outside: the annotations of a side are put in one by one, in the order
of their ids, against the whole of the other side, and each is credited with what it adds.

Predicted annotations share out the denominator and numerator of precision, gold ones those of
recall. The credits of a document add up to its counts: nothing is lost or counted twice.

Annotations that have nothing to do with each other are credited apart, if that changes no sum: in
the finest grouping (groupings.py) whose parts, each in an excerpt of the document (excerpts.py),
add up to the whole. So the time is that of small groups, and not the square of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from glose.corpus.document import Argument, Document, Event, Label, Mention, Relation, Trigger
from glose.evaluate.annotations import Annotation, Layer, Store, listed
from glose.evaluate.counts import Statistic
from glose.evaluate.divisions import Divisions, Part
from glose.evaluate.groupings import Group, groups
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Cut, View

#: Sums of shares are equal if they differ by less.
NEAR = 1e-9


class Credit(NamedTuple):
    """What an annotation adds to the denominator of its side, and to the numerator."""

    counted: float
    correct: float


#: The credit of what a metric does not count.
_NOTHING = Credit(0, 0)


class Sums(NamedTuple):
    """The numerators and denominators of one document: of precision, then of recall."""

    correct_precision: float
    predicted: float
    correct_recall: float
    gold: float


@dataclass(frozen=True, slots=True)
class Credits:
    """The credit of each annotation of a document, gold and predicted, and what they add up to.

    `sums` has precision over what was predicted, also where a program prints it as recall.
    `rest` is what the metric counts that no annotation adds, nearly always zeros. What an
    annotation is credited with is below zero only if the metric says nothing of its pairs, and
    another annotation is worth less beside it.
    """

    gold: tuple[Credit, ...]
    predicted: tuple[Credit, ...]
    sums: Sums
    rest: Sums


@dataclass(frozen=True, slots=True)
class Sides:
    """Gold and predicted annotations of one layer of a document, and the groups they form."""

    layer: Layer
    stores: tuple[Store, Store]
    gold: tuple[Annotation, ...]
    predicted: tuple[Annotation, ...]
    groups: tuple[Group, ...]
    cut: Cut
    divisions: Divisions

    @classmethod
    def of(cls, gold: Document, predicted: Document, layer: Layer, cut: Cut = str) -> Sides:
        """Return the annotations of a layer of two documents."""
        text = gold.text or ""
        golds, guesses = (tuple(listed(each, layer, text, cut)) for each in (gold, predicted))
        stores = Store(gold, layer), Store(predicted, layer)
        together = tuple(groups(golds, guesses))
        divisions = Divisions(layer, (golds, guesses), stores, cut)
        return cls(layer, stores, golds, guesses, together, cut, divisions)


def layer(metric: Metric) -> Layer | None:
    """Return what a metric counts; `None` if it has no items (clusters, templates, means)."""
    lists = set(metric.statistic.lists)
    if metric.others or metric.statistic.finish or "macro" in metric.name:
        return None
    if lists & {"event_clusters", "templates"} or {"entities", "events"} & lists == {"entities"}:
        return None
    if "relations" in lists:
        return "relation"
    if "events" in lists:
        named = "argument" in metric.name or "role" in metric.name
        return "argument" if named or _counts_arguments(metric.statistic) else "trigger"
    return "label" if "labels" in lists else "entity"


#: A document of one event with one argument, to find out which of the two is counted.
_EVENT = Event("e1", "X", (Trigger(2, 3, text="b"),), (Argument("R", ref="m1"),))
_PROBE = Document(
    id="probe",
    text="a b",
    tokens=((0, 1), (2, 3)),
    mentions=(Mention("m1", "Y", 0, 1, text="a"),),
    relations=(Relation("r1", "Z"),),
    events=(_EVENT,),
    labels=(Label("s", "v"),),
)


@cache
def _counts_arguments(statistic: Statistic) -> bool:
    bare = View(Store(_PROBE, "argument").kept(()))
    with_argument = View(_PROBE)
    return _tally(statistic, bare, bare) != _tally(statistic, with_argument, with_argument)


def _tally(statistic: Statistic, gold: View, predicted: View) -> tuple[float, ...]:
    return statistic.tally(gold, predicted).get(None, (0,) * statistic.width)


def sums(metric: Metric, statistic: Statistic, gold: View, predicted: View) -> Sums:
    """Return the numerators and denominators of a metric on two documents."""
    row = _tally(statistic, gold, predicted)
    return Sums(*map(float, metric.ratio(statistic.columns(*row))))


def credited(metric: Metric, sides: Sides, statistic: Statistic | None = None) -> Credits:
    """Return what each annotation of a document adds to the counts of a metric.

    `statistic` is that of the metric where it has to know the types of gold (`Statistic.of`).
    """
    statistic = statistic or metric.statistic
    traced = _traced(metric, sides, statistic)
    if traced is not None:
        return traced
    found = _Credited(metric, statistic, sides)
    whole = found.sums(*sides.divisions.whole.views)
    found.credit_all(whole)
    return _credits(found.gold, found.predicted, found.righted(whole))


def _credits(gold: Sequence[Credit], predicted: Sequence[Credit], told: Sums) -> Credits:
    guesses, golds = _total(predicted), _total(gold)
    added = guesses.correct, guesses.counted, golds.correct, golds.counted
    # Each credit is rounded, so what is left of all of them may be dust.
    dust = NEAR * (1 + len(gold) + len(predicted))
    rest = Sums(*(a - b if abs(a - b) > dust else 0 for a, b in zip(told, added, strict=True)))
    return Credits(tuple(gold), tuple(predicted), told, rest)


def _traced(metric: Metric, sides: Sides, statistic: Statistic) -> Credits | None:
    """Return the credits that the statistic itself tells, `None` if it tells nothing."""
    views = sides.divisions.whole.views
    found = statistic.traces(*views)
    if found is None:
        return None
    given: tuple[dict[str, Credit], ...] = ({}, {})
    for row, *names in found:
        share = Sums(*map(float, metric.ratio(statistic.columns(*row))))
        own = Credit(share.gold, share.correct_recall), Credit(*share[1::-1])
        for known, name, credit in zip(given, names, own, strict=True):
            if name is not None:
                known[name] = _plus(known.get(name, _NOTHING), credit)
    golds, guesses = (
        [known.pop(each.id, _NOTHING) for each in side]
        for known, side in zip(given, (sides.gold, sides.predicted), strict=True)
    )
    return _credits(golds, guesses, sums(metric, statistic, *views))


class _Credited:
    """The credits that have been given so far."""

    def __init__(self, metric: Metric, statistic: Statistic, sides: Sides) -> None:
        self.metric, self.statistic, self.sides = metric, statistic, sides
        self.gold = [Credit(0, 0)] * len(sides.gold)
        self.predicted = [Credit(0, 0)] * len(sides.predicted)
        views = sides.divisions.whole.views
        bare = [View(store.kept(()), sides.cut) for store in sides.stores]
        given, wanted = self.sums(bare[0], views[1]), self.sums(views[0], bare[1])
        #: Whether precision is over gold, as where a program swaps it with recall.
        self.swapped = given.gold > given.predicted == 0 or wanted.predicted > wanted.gold == 0
        #: Whether a program gives something to a side that is empty.
        self.giving = any((*self.sums(*bare), *self._side(0, given), *self._side(1, wanted)))

    def sums(self, gold: View, predicted: View) -> Sums:
        return sums(self.metric, self.statistic, gold, predicted)

    def credit_all(self, whole: Sums) -> None:
        """Credit all annotations, part by part as soon as the parts add up to the whole."""
        for parts in self.sides.divisions:
            if self._credited(parts, whole):
                return
            # Where an empty side is given something, each part counts beside another.
            if self.giving and self._credited(self.sides.divisions.together(parts), whole):
                return

    def _credited(self, parts: Sequence[Part], whole: Sums) -> bool:
        """Credit the annotations of some parts if these add up, and tell whether they did."""
        if not parts:
            return False
        sums = [self.sums(*part.views) for part in parts]
        nothing = Sums(0, 0, 0, 0)
        bases = [sums[0] if any(part.beside) else nothing for part in parts]
        added = [_less(each, base) for each, base in zip(sums, bases, strict=True)]
        if len(parts) > 1 and not (
            _near(whole, _added(added)) and all(map(self._own, parts, added))
        ):
            return False
        for part, each, base in zip(parts, sums, bases, strict=True):
            self.credit(part, each, base)
        return True

    def _own(self, part: Part, added: Sums) -> bool:
        """Tell whether a part adds nothing to a side of which it has no annotation."""
        without = (side for side, own in enumerate(part.group) if not own)
        return all(abs(number) < NEAR for side in without for number in self._side(side, added))

    def credit(self, part: Part, whole: Sums, base: Sums) -> None:
        """Credit the annotations of a part; its sums, and those without them, are known."""
        for side, own in enumerate(part.group):
            # A program that gives an empty side something gives it to its first annotation.
            before = self._side(side, base)
            for number, annotation in enumerate(own, start=1):
                last = number == len(own)
                now = whole if last else self._beside(part, side, number)
                after = self._side(side, now)
                gain = Credit(*(_clean(a - b) for a, b in zip(after, before, strict=True)))
                (self.predicted if side else self.gold)[annotation] = gain
                before = after

    def _beside(self, part: Part, side: int, first: int) -> Sums:
        """Return the sums with the first annotations of a side only."""
        chosen = (*part.own[side][:first], *part.beside[side])
        changing = View(part.stores[side].kept(chosen), self.sides.cut)
        fixed = part.views[1 - side]
        gold, predicted = (fixed, changing) if side else (changing, fixed)
        return self.sums(gold, predicted)

    def _side(self, side: int, found: Sums) -> Credit:
        if side != self.swapped:
            return Credit(found.predicted, found.correct_precision)
        return Credit(found.gold, found.correct_recall)

    def righted(self, found: Sums) -> Sums:
        """Return sums with precision over what was predicted, also where they are swapped."""
        return Sums(*found[2:], *found[:2]) if self.swapped else found


def _plus(one: Credit, other: Credit) -> Credit:
    return Credit(*(_clean(a + b) for a, b in zip(one, other, strict=True)))


def _total(given: Sequence[Credit]) -> Credit:
    return Credit(sum(each.counted for each in given), sum(each.correct for each in given))


def _clean(number: float) -> float:
    """Return a number without the dust of binary fractions."""
    return round(number, 9) + 0.0


def _added(parts: Sequence[Sums]) -> Sums:
    return Sums(*map(sum, zip(*parts, strict=True)))


def _less(one: Sums, other: Sums) -> Sums:
    return Sums(*(a - b for a, b in zip(one, other, strict=True)))


def _near(one: Sums, other: Sums) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))
