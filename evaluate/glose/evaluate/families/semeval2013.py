"""SemEval-2013 task 9.1 as nervaluate counts it, order and all (docs/metrics/entities.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.flat import Chunk, Component, Laid, components, flat, laid
from glose.evaluate.metric import Metric
from glose.evaluate.numbering import natural
from glose.evaluate.protocol import Protocol
from glose.evaluate.waiting import Few, Waiting, waiting_for
from glose.evaluate.words import Words

#: What is compared: span and type, span, span with halves, or type where spans overlap.
Schema: TypeAlias = Literal["strict", "exact", "partial", "type"]

SCHEMAS: tuple[Schema, ...] = get_args(Schema)

#: The least share of a gold span that a prediction must cover to overlap it, in percent.
LEAST = 1.0


class Schemas(NamedTuple):
    """The columns: all items, and of each schema what is right and what is only paired.

    What is paired and not right is `incorrect`, in the schema `partial` a partial match.
    """

    gold: Numbers
    predicted: Numbers
    strict: Numbers
    strict_paired: Numbers
    exact: Numbers
    exact_paired: Numbers
    partial: Numbers
    partial_paired: Numbers
    type: Numbers
    type_paired: Numbers


class Spot(NamedTuple):
    """A span by its type and the numbers of its words, half-open."""

    type: str
    first: int
    last: int


#: All items of gold and predicted, then two numbers for each schema.
_WIDTH = 2 + 2 * len(SCHEMAS)

_RIGHT = [1, 0] * len(SCHEMAS)

#: How many predictions of a group are right and how many only paired, in each schema.
Found: TypeAlias = list[int]


def listed(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two lists of spans that may overlap, each in the order of its ids."""
    return _tally(gold.chunks, predicted.chunks, gold.words, lambda chunk: natural(chunk.id))


def tagged(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two documents as tags would have them, in the order of the text."""
    wanted, found = flat(gold.chunks, gold.words), flat(predicted.chunks, gold.words)
    return _tally(wanted, found, gold.words, lambda chunk: (chunk.start,))


def _tally(
    gold: Sequence[Chunk],
    predicted: Sequence[Chunk],
    words: Words,
    order: Callable[[Chunk], tuple[str | int, ...]],
) -> Tally:
    rows: dict[str | None, Found] = defaultdict(lambda: [0] * _WIDTH)
    for side, chunks in enumerate((gold, predicted)):
        rows[None][side] = len(chunks)
        for chunk in chunks:
            rows[chunk[0]][side] += 1
    for group in components(gold, predicted):
        if group[0] and group[1]:
            for name, found in _group(group, words, order):
                row = rows[name]
                for column, number in enumerate(found, start=2):
                    row[column] += number
    return {name: tuple(row) for name, row in rows.items()}


def _group(
    group: Component, words: Words, order: Callable[[Chunk], tuple[str | int, ...]]
) -> Iterator[tuple[str | None, Found]]:
    """Yield what is found in a group that overlaps, of all types and of each by itself."""
    gold, predicted = group
    if len(gold) == len(predicted) == 1 and gold[0][:3] == predicted[0][:3]:
        yield None, _RIGHT
        yield gold[0].type, _RIGHT
        return
    wanted, given = (
        [Spot(c.type, *words.place(c.start, c.end)) for c in sorted(side, key=order)]
        for side in group
    )
    yield None, _found(wanted, given)
    for name in {spot.type for spot in wanted} & {spot.type for spot in given}:
        yield (
            name,
            _found(
                [spot for spot in wanted if spot.type == name],
                [spot for spot in given if spot.type == name],
            ),
        )


def _found(gold: Sequence[Spot], predicted: Sequence[Spot]) -> Found:
    if len(gold) == len(predicted) == 1:
        return _alone(gold[0], predicted[0])
    return [count for schema in SCHEMAS for count in paired(gold, predicted, schema)]


def _alone(gold: Spot, predicted: Spot) -> Found:
    """Return what is found in two spans."""
    if gold[1:] != predicted[1:] and not _overlap(gold, predicted):
        return [0] * (2 * len(SCHEMAS))
    placed, typed = gold[1:] == predicted[1:], gold.type == predicted.type
    right = (placed and typed, placed, placed, typed)
    return [number for each in right for number in (int(each), int(not each))]


def paired(gold: Sequence[Spot], predicted: Sequence[Spot], schema: Schema) -> tuple[int, int]:
    """Return how many predictions are right by a schema, and how many only overlap a gold span.

    Each prediction in turn takes, of the gold spans that no other has taken, the first that makes
    it right (for `type`, the one whose bounds are nearest), else the first that it overlaps.
    """
    waiting = waiting_for([(spot[1:], number) for number, spot in enumerate(gold)])
    equal: dict[object, list[int]] = defaultdict(list)
    for number in reversed(range(len(gold))):
        equal[_key(gold[number], schema)].append(number)
    right = only = 0
    for spot in predicted:
        # What is equal cannot be surpassed; nearly all that is paired is found so.
        same = equal[_key(spot, schema)]
        while same and same[-1] not in waiting:
            same.pop()
        best = (False, same.pop()) if same else _best(gold, spot, schema, waiting)
        if best is not None:
            wrong, number = best
            waiting.take(number)
            right, only = right + (not wrong), only + wrong
    return right, only


def _key(spot: Spot, schema: Schema) -> object:
    """Return what is the same in spans that are equal by a schema."""
    return spot if schema in ("strict", "type") else spot[1:]


def _best(
    gold: Sequence[Spot], predicted: Spot, schema: Schema, waiting: Waiting | Few
) -> tuple[bool, int] | None:
    """Return the gold span that a prediction takes that is equal to none, and if it is wrong."""
    ranked = (
        (*_rank(gold[number], predicted, schema), number)
        for number in waiting.overlapping(predicted.first, predicted.last)
        if _overlap(gold[number], predicted)
    )
    best = min(ranked, default=None)
    return best and (best[0], best[2])


def _overlap(gold: Spot, predicted: Spot) -> bool:
    shared = min(gold.last, predicted.last) - max(gold.first, predicted.first)
    return shared > 0 and shared / (gold.last - gold.first) * 100 >= LEAST


def _rank(gold: Spot, predicted: Spot, schema: Schema) -> tuple[bool, int]:
    """Return whether a pair is wrong, and how far apart it is where that counts."""
    if schema == "type" and gold.type == predicted.type:
        return False, abs(gold.first - predicted.first) + abs(gold.last - predicted.last)
    return True, 0


def _metric(name: str, statistic: Statistic, schema: Schema) -> Metric:
    half = 0.5 if schema == "partial" else 0.0

    def ratio(n: Schemas) -> Shared:
        right = getattr(n, schema) + half * getattr(n, f"{schema}_paired")
        return Shared(right, n.predicted, right, n.gold)

    def counts(n: Schemas) -> dict[str, Numbers]:
        right, only = getattr(n, schema), getattr(n, f"{schema}_paired")
        return {
            "correct": right,
            "incorrect": 0.0 if half else only,
            "partial": only if half else 0.0,
            "missed": n.gold - right - only,
            "spurious": n.predicted - right - only,
        }

    return Metric(f"semeval2013/{name}", statistic, ratio, counts, averages=(), undefined=0.0)


LISTED = Statistic("semeval2013 lists", ("mentions",), Schemas, laid, listed)
TAGGED = Statistic("semeval2013 tags", ("mentions",), Schemas, laid, tagged)

METRICS = (
    *(_metric(schema, LISTED, schema) for schema in SCHEMAS),
    *(_metric(f"flat-{schema}", TAGGED, schema) for schema in SCHEMAS),
)
PROTOCOLS = (
    Protocol(
        "semeval2013",
        tuple(metric.name for metric in METRICS),
        "greedy in file order",
        reference="nervaluate 1.2.1",
        warnings=(
            "semeval2013: partners are taken in file order, and another order has other figures",
            "semeval2013: by type only spans of that type are paired; types do not add up to all",
        ),
    ),
)
