"""Kinds of errors: a partition of what is in gold and of what was predicted.

Every annotation of either side is in exactly one *case*. A case has annotations of gold, of the
predictions, or of both, and a kind; so the cases add up to both sides, and to repair a case is to
put its gold annotations in the place of its predicted ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glose.corpus.document import Document, Pair
from glose.evaluate import matching
from glose.evaluate.annotations import Annotation, Layer
from glose.evaluate.cases import Case, Steps
from glose.evaluate.groupings import groups
from glose.evaluate.projection import Cut, Span, pieces

#: The kinds of each layer, in the order in which they are told and repaired.
KINDS: dict[Layer, tuple[str, ...]] = {
    "entity": (
        "correct", "duplicate", "type", "boundary", "type and boundary", "split", "merge",
        "missed", "spurious",
    ),
    "trigger": (
        "correct", "duplicate", "type", "boundary", "type and boundary", "split", "merge",
        "missed", "spurious",
    ),
    "argument": (
        "correct", "duplicate", "role", "coreferent mention", "boundary", "event",
        "trigger missed", "trigger spurious", "missed", "spurious",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What arguments hang on: the gold entity of a place, and the events of either side.

    An event is known by its type and the pieces of its triggers.
    """

    entities: Mapping[Pair, str]
    gold: frozenset[Hashable]
    predicted: frozenset[Hashable]

    @classmethod
    def of(cls, gold: Document, predicted: Document, cut: Cut = str) -> Scene:
        """Return the scene of two documents."""
        places = {mention.id: (mention.start, mention.end) for mention in gold.mentions}
        entities = {
            places[name]: entity.id
            for entity in reversed(gold.entities)
            for name in entity.mentions
            if name in places
        }
        return cls(entities, _events(gold, cut), _events(predicted, cut))


def _events(document: Document, cut: Cut) -> frozenset[Hashable]:
    return frozenset(
        (cut(event.type), tuple(pair for each in event.triggers for pair in pieces(each)))
        for event in document.events
    )


def cases(
    layer: Layer, gold: Sequence[Annotation], predicted: Sequence[Annotation], scene: Scene
) -> list[Case]:
    """Return the cases of a layer of a document."""
    if layer == "argument":
        return list(_arguments(gold, predicted, scene))
    return list(spans(gold, predicted))


def spans(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> Iterator[Case]:
    """Yield the cases of mentions or triggers.

    The pairs are those of the best one-to-one alignment (matching.spans). A prediction left over
    that was given before is a *duplicate*. Where predictions that are left over overlap the gold
    span of a pair that is not right, it was *split* into them; where gold spans that are left
    over overlap the prediction of such a pair, they were *merged* into it.
    """
    found = matching.spans(*([_span(each) for each in side] for side in (gold, predicted)))
    golds, guesses = _Numbers(gold), _Numbers(predicted)
    for span in found.equal:
        yield Case("correct", (golds.take(span),), (guesses.take(span),))
    correct = set(found.equal)
    pairs: list[Case] = []
    for kind, each in (
        ("type", found.typed),
        ("boundary", found.moved),
        ("type and boundary", found.both),
    ):
        pairs += [Case(kind, (golds.take(a),), (guesses.take(b),)) for a, b in each]
    missed = [golds.take(span) for span in found.missed]
    spurious = []
    there = correct | {_span(predicted[n]) for case in pairs for n in case.predicted}
    for span in sorted(found.spurious):
        number = guesses.take(span)
        if span in there:
            yield Case("duplicate", (), (number,))
        else:
            there.add(span)
            spurious.append(number)
    yield from _grown(pairs, missed, spurious, (gold, predicted))


def _grown(
    pairs: Sequence[Case], missed: Sequence[int], spurious: Sequence[int],
    sides: tuple[Sequence[Annotation], Sequence[Annotation]],
) -> Iterator[Case]:  # fmt: skip
    """Yield pairs that are not right, with what was split off or merged, and the rest."""
    gold, predicted = sides
    owner = {
        (side, number): place
        for place, (golds, guesses) in enumerate(groups(gold, predicted))
        for side, numbers in enumerate((golds, guesses))
        for number in numbers
    }
    waiting: dict[tuple[int, int], list[int]] = defaultdict(list)
    for side, numbers in ((0, missed), (1, spurious)):
        for number in numbers:
            waiting[side, owner[side, number]].append(number)
    for case in pairs:
        (one,), (other,) = case.gold, case.predicted
        parts = _overlapping(waiting[1, owner[0, one]], predicted, gold[one])
        if parts:
            yield Case("split", case.gold, (other, *parts))
            continue
        held = _overlapping(waiting[0, owner[1, other]], gold, predicted[other])
        yield Case("merge", (one, *held), case.predicted) if held else case
    for (side, _), numbers in waiting.items():
        for number in numbers:
            yield Case("spurious", (), (number,)) if side else Case("missed", (number,), ())


def _overlapping(waiting: list[int], items: Sequence[Annotation], other: Annotation) -> list[int]:
    """Take the annotations that overlap another from those that wait, and return them."""
    found = [
        number
        for number in waiting
        if any(a < d and c < b for a, b in items[number].pieces for c, d in other.pieces)
    ]
    for number in found:
        waiting.remove(number)
    return found


def _span(each: Annotation) -> Span:
    # What has no place stands at one of its own, before the text.
    return each.type, each.pieces or ((-1, 0),)


class _Numbers:
    """The numbers of annotations by their spans, each taken once."""

    def __init__(self, items: Sequence[Annotation]) -> None:
        self.left: dict[Span, list[int]] = defaultdict(list)
        for number in reversed(range(len(items))):
            self.left[_span(items[number])].append(number)

    def take(self, span: Span) -> int:
        return self.left[span].pop()


def _arguments(
    gold: Sequence[Annotation], predicted: Sequence[Annotation], scene: Scene
) -> Iterator[Case]:
    """Yield the cases of arguments."""

    def coreferent(each: Annotation) -> Hashable | None:
        entity = scene.entities.get(each.bounds) if each.bounds else None
        return None if entity is None else (_event(each), each.type, entity)

    steps = Steps(dict(enumerate(gold)), dict(enumerate(predicted)))
    yield from steps.paired("correct", lambda each: (_event(each), _what(each), each.type))
    yield from steps.duplicates(lambda each: each.key)
    yield from steps.paired("role", lambda each: (_event(each), _what(each)))
    yield from steps.paired("coreferent mention", coreferent)
    yield from steps.paired("boundary", lambda each: (_event(each), each.type), _overlap)
    yield from steps.paired("event", lambda each: (_what(each), each.type))
    yield from steps.chosen(
        "trigger missed", lambda each: _event(each) not in scene.predicted, lambda _each: False
    )
    yield from steps.chosen(
        "trigger spurious", lambda _each: False, lambda each: _event(each) not in scene.gold
    )
    yield from steps.rest()


def _event(each: Annotation) -> Hashable:
    return each.event, each.trigger


def _what(each: Annotation) -> Hashable:
    return each.pieces or each.text


def _overlap(one: Annotation, other: Annotation) -> bool:
    return any(a < d and c < b for a, b in one.pieces for c, d in other.pieces)


def kinds(found: Iterable[Case]) -> Counter[tuple[str, str]]:
    """Return how many annotations of gold and of the predictions are in cases of each kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in found:
        counts["gold", case.kind] += len(case.gold)
        counts["predicted", case.kind] += len(case.predicted)
        counts["cases", case.kind] += 1
    return counts
