"""Time expressions: their extent, type and value, one to one (docs/metrics/time.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glose.evaluate import matching
from glose.evaluate.counts import Shared, Statistic, Tally
from glose.evaluate.metric import Metric
from glose.evaluate.projection import Span, View
from glose.evaluate.protocol import Protocol
from glose.evaluate.temporal import Time, is_time, times
from glose.evaluate.traces import Trace, ids


class Timed(NamedTuple):
    """Times in pairs, and what of them is the same; each pair once by its type on either side.

    `valued` are those that have a value. Of a pair only one side of which is of a type, the counts
    that end in `_gold` or `_predicted` are of that side.
    """

    strict_gold: float
    strict_predicted: float
    relaxed_gold: float
    relaxed_predicted: float
    type: float
    value_gold: float
    value_predicted: float
    gold: float
    predicted: float
    valued_gold: float
    valued_predicted: float


#: Between the type and the value in what the alignment takes for the type. No type has it.
_BETWEEN = "\x1f"


def _span(time: Time) -> Span:
    return _BETWEEN.join((time.type, *filter(None, [time.value]))), time.pieces


def _pairs(gold: Sequence[Time], predicted: Sequence[Time]) -> Iterator[tuple[Span, Span]]:
    """Yield times that are one: first equal in all, then on one span, then overlapping."""
    found = matching.spans([*map(_span, gold)], [*map(_span, predicted)])
    yield from ((each, each) for each in found.equal)
    yield from found.typed
    yield from found.moved
    yield from found.both


def _timed(gold: Sequence[Time], predicted: Sequence[Time]) -> Tally:
    rows: dict[str | None, list[float]] = defaultdict(lambda: [0.0] * len(Timed._fields))

    def count(column: str, *names: str | None) -> None:
        for name in names:
            rows[name][Timed._fields.index(column)] += 1

    rows[None] = rows[None]
    for side, items in (("gold", gold), ("predicted", predicted)):
        for time in items:
            count(side, None, time.type)
            if time.value is not None:
                count(f"valued_{side}", None, time.type)
    for wanted, found in _pairs(gold, predicted):
        for column, name in _same(wanted, found):
            count(column, None, name)
    return {name: tuple(row) for name, row in rows.items()}


def _same(gold: Span, predicted: Span) -> Iterator[tuple[str, str]]:
    """Yield the columns in which a pair counts, each with the type under which it does."""
    (kind, *value), (other, *guess) = (each[0].split(_BETWEEN) for each in (gold, predicted))
    if kind == other:
        yield "type", kind
    for side, name in (("gold", kind), ("predicted", other)):
        yield f"relaxed_{side}", name
        if gold[1] == predicted[1]:
            yield f"strict_{side}", name
        if value and value == guess:
            yield f"value_{side}", name


def _traced(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which times are there, and which are one."""
    sides = gold.items(times), predicted.items(times)
    names = [[m.id for m in view.document.mentions if is_time(m)] for view in (gold, predicted)]
    for time, name in zip(sides[0], names[0], strict=True):
        yield Trace(_row("gold", *(["valued_gold"] if time.value is not None else [])), name)
    for time, name in zip(sides[1], names[1], strict=True):
        row = _row("predicted", *(["valued_predicted"] if time.value is not None else []))
        yield Trace(row, None, name)
    spans = ([*map(_span, side)] for side in sides)
    left = [ids(zip(each, own, strict=True)) for each, own in zip(spans, names, strict=True)]
    for one, other in _pairs(*sides):
        row = _row(*(column for column, _ in _same(one, other)))
        yield Trace(row, left[0][one].pop(), left[1][other].pop())


def _row(*columns: str) -> tuple[int, ...]:
    return tuple(int(name in columns) for name in Timed._fields)


TIMES = Statistic("times", ("mentions",), Timed, times, _timed, trace=_traced)


def _strict(n: Timed) -> Shared:
    return Shared(n.strict_predicted, n.predicted, n.strict_gold, n.gold)


def _relaxed(n: Timed) -> Shared:
    return Shared(n.relaxed_predicted, n.predicted, n.relaxed_gold, n.gold)


def _type(n: Timed) -> Shared:
    return Shared(n.type, n.predicted, n.type, n.gold)


def _value(n: Timed) -> Shared:
    return Shared(n.value_predicted, n.valued_predicted, n.value_gold, n.valued_gold)


METRICS = (
    Metric("time/extent", TIMES, _strict),
    Metric("time/extent-relaxed", TIMES, _relaxed),
    Metric("time/type", TIMES, _type),
    Metric("time/value", TIMES, _value),
)
PROTOCOLS = (Protocol("times", tuple(metric.name for metric in METRICS), "one-to-one"),)
