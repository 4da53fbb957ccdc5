"""Named entities of CLEF HIPE as its scorer counts them (docs/metrics/entities.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from glose.evaluate import traces, tracing
from glose.evaluate.counts import Kinds, Numbers, Shared, Statistic, Tally, partition
from glose.evaluate.figures import divide
from glose.evaluate.flat import Chunk, Laid, laid
from glose.evaluate.matching import Matched
from glose.evaluate.metric import Averaging, Metric
from glose.evaluate.projection import Span, View
from glose.evaluate.protocol import Protocol

#: A label (a type, a link) and outer bounds in any unit, half-open.
Labeled = tuple[str, int, int]


def entities(gold: Laid, predicted: Laid, types: Set[str] | None = None) -> Tally:
    """Return the counts of two documents as tags would have them, `Kinds`.

    Predictions of other than these types are taken for no predictions.
    """
    return greedy(*([chunk[:3] for chunk in side] for side in _sides(gold, predicted, types)))


def _sides(
    gold: Laid, predicted: Laid, types: Set[str] | None
) -> tuple[Sequence[Chunk], Sequence[Chunk]]:
    wanted, found = (side.flat(gold.words) for side in (gold, predicted))
    if types is not None:
        found = [chunk for chunk in found if chunk.type in types]
    return wanted, found


def _traced(gold: View, predicted: View, types: Set[str] | None = None) -> Iterator[traces.Trace]:
    return traced(*_sides(gold.items(laid), predicted.items(laid), types))


def traced(gold: Sequence[Chunk], predicted: Sequence[Chunk]) -> Iterator[traces.Trace]:
    """Yield which chunks of two sides, of which neither overlaps itself, are paired."""
    named = (traces.ids((_span(c[:3]), c.id) for c in side) for side in (gold, predicted))
    matched = paired(*([chunk[:3] for chunk in side] for side in (gold, predicted)))
    return tracing.aligned(matched, *named)


def _known(gold: Laid) -> set[str]:
    """Return the types of gold that its tags have."""
    return {chunk.type for chunk in gold.flat(gold.words)}


def greedy(gold: Sequence[Labeled], predicted: Sequence[Labeled]) -> Tally:
    """Return the counts of two sides of which neither overlaps itself, `Kinds`."""
    return partition(paired(gold, predicted))


def paired(gold: Sequence[Labeled], predicted: Sequence[Labeled]) -> Matched:
    """Return the pairs of two sides of which neither overlaps itself.

    In the order of the text each prediction takes the first gold span that it overlaps and that
    no other has taken.
    """
    wanted, taken = sorted(gold, key=_bounds), set[int]()
    matched = Matched([], [], [], [], [], [])
    place = 0
    for span in sorted(predicted, key=_bounds):
        while place < len(wanted) and wanted[place][2] <= span[1]:
            place += 1
        number = place
        while number in taken:
            number += 1
        if number < len(wanted) and wanted[number][1] < span[2]:
            taken.add(number)
            _pair(matched, wanted[number], span)
        else:
            matched.spurious.append(_span(span))
    left = (span for number, span in enumerate(wanted) if number not in taken)
    matched.missed.extend(map(_span, left))
    return matched


def _bounds(span: Labeled) -> tuple[int, int]:
    return span[1], span[2]


def _span(labeled: Labeled) -> Span:
    return labeled[0], (labeled[1:],)


def _pair(matched: Matched, gold: Labeled, predicted: Labeled) -> None:
    wanted, found = _span(gold), _span(predicted)
    if gold == predicted:
        matched.equal.append(wanted)
    elif wanted[1] == found[1]:
        matched.typed.append((wanted, found))
    else:
        (matched.moved if gold[0] == predicted[0] else matched.both).append((wanted, found))


def _ratio(right: Callable[[Kinds], Numbers]) -> Callable[[Kinds], Shared]:
    """Return a ratio in which a prediction that is paired counts under its gold type."""

    def ratio(n: Kinds) -> Shared:
        paired = n.correct + n.boundary + n.type_gold + n.both_gold
        return Shared(right(n), paired + n.spurious, right(n), paired + n.missed)

    return ratio


def _strict(n: Kinds) -> Numbers:
    return n.correct


def _exact(n: Kinds) -> Numbers:
    return n.correct + n.type_gold


def _partial(n: Kinds) -> Numbers:
    return n.correct + n.type_gold + 0.5 * (n.boundary + n.both_gold)


def _fuzzy(n: Kinds) -> Numbers:
    return n.correct + n.boundary


def _counts(right: Callable[[Kinds], Numbers]) -> Callable[[Kinds], dict[str, Numbers]]:
    def counts(n: Kinds) -> dict[str, Numbers]:
        whole = _exact(n) if right is _partial else right(n)
        paired = n.correct + n.boundary + n.type_gold + n.both_gold
        rest = paired - whole
        return {
            "correct": whole,
            "incorrect": 0.0 if right is _partial else rest,
            "partial": rest if right is _partial else 0.0,
            "missed": n.missed,
            "spurious": n.spurious,
        }

    return counts


def slot_errors(n: Kinds) -> dict[str, Numbers]:
    """Return the slot error rate: errors by gold spans; half of one where only one is wrong.

    Missed, spurious, and wrong in type and bounds count 1, wrong in one of them 1/2 (Makhoul et
    al. 1999, Galibert et al. 2011). It can be above 1.
    """
    errors = n.missed + n.spurious + n.both_gold + 0.5 * (n.type_gold + n.boundary)
    wanted = n.correct + n.boundary + n.type_gold + n.both_gold + n.missed
    return {"slot_error_rate": divide(errors, wanted)}


#: Over types what is undefined counts as 0; documents that do not define a figure are left out.
AVERAGES = (
    Averaging("macro", undefined=0.0),
    Averaging("macro-of-means", undefined=0.0, of_means=True),
    Averaging("macro-document", "documents", both=True, by_type=True, spread=True),
)

_KINDS = (("strict", _strict), ("fuzzy", _fuzzy), ("exact", _exact), ("partial", _partial))


def metrics(prefix: str, statistic: Statistic) -> tuple[Metric, ...]:
    """Return the four regimes of the scorer on a statistic of `Kinds`."""
    return tuple(
        Metric(
            f"{prefix}{name}",
            statistic,
            _ratio(right),
            _counts(right),
            slot_errors if right is _strict else lambda _: {},
            averages=AVERAGES,
            undefined=0.0,
        )
        for name, right in _KINDS
    )


ENTITIES = Statistic(
    "hipe2022 entities",
    ("mentions",),
    Kinds,
    laid,
    entities,
    closed=_known,
    reads=("mentions", "tokens"),
    local="closed",
    trace=_traced,
)

METRICS = metrics("hipe2022/", ENTITIES)

#: Those of its task `nel`, in hipe2022_links.py.
_LINKS = tuple(f"hipe2022/nel-{name}" for name, _ in _KINDS)
PROTOCOLS = (
    Protocol(
        "hipe2022",
        (*(metric.name for metric in METRICS), *_LINKS),
        "greedy in the order of the text",
        reference="HIPE-scorer (2022)",
        warnings=(
            "hipe2022: by type, a prediction that overlaps gold counts under the type of gold",
            "hipe2022: predictions of types that gold never has are not counted",
            "hipe2022: F1 over documents leaves out those without gold or without predictions",
        ),
    ),
)
