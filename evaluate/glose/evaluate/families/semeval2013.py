"""SemEval-2013 task 9.1 as nervaluate counts it, order and all (docs/metrics/entities.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias, get_args

from glose.evaluate.closest import Closest
from glose.evaluate.counts import Numbers, Shared, Statistic, Tally
from glose.evaluate.flat import Chunk, Component, Laid, components, laid
from glose.evaluate.metric import Metric
from glose.evaluate.numbering import natural
from glose.evaluate.projection import View
from glose.evaluate.protocol import Protocol
from glose.evaluate.traces import Trace
from glose.evaluate.waiting import waiting_for
from glose.evaluate.words import Words

#: What is compared: span and type, span, span with halves, or type where spans overlap.
Schema: TypeAlias = Literal["strict", "exact", "partial", "type"]

SCHEMAS: tuple[Schema, ...] = get_args(Schema)

#: With more spans than this that overlap a prediction, the nearest is sought from its bounds.
MANY = 32

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

#: The columns of what is right, which in a prediction that is equal to a gold span are all.
_RIGHT = range(2, _WIDTH, 2)

#: How many predictions of a group are right and how many only paired, in each schema.
Found: TypeAlias = list[int]


#: What a group of spans is sorted by.
Order: TypeAlias = Callable[[Chunk], tuple[str | int, ...]]


def listed(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two lists of spans that may overlap, each in the order of its ids."""
    return _tally(gold.chunks, predicted.chunks, gold.words, _by_id)


def traced_lists(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which spans of two lists are paired, in each schema."""
    wanted, found = gold.items(laid), predicted.items(laid)
    return _traces(wanted.chunks, found.chunks, wanted.words, _by_id)


def _by_id(chunk: Chunk) -> tuple[str | int, ...]:
    return natural(chunk.id)


def tagged(gold: Laid, predicted: Laid) -> Tally:
    """Return the counts of two documents as tags would have them, in the order of the text."""
    wanted, found = gold.flat(gold.words), predicted.flat(gold.words)
    return _tally(wanted, found, gold.words, _by_start)


def traced_tags(gold: View, predicted: View) -> Iterator[Trace]:
    """Yield which spans that tags would have are paired, in each schema."""
    words = gold.items(laid).words
    wanted, found = (view.items(laid).flat(words) for view in (gold, predicted))
    return _traces(wanted, found, words, _by_start)


def _by_start(chunk: Chunk) -> tuple[str | int, ...]:
    return (chunk.start,)


def _tally(gold: Sequence[Chunk], predicted: Sequence[Chunk], words: Words, order: Order) -> Tally:
    rows: dict[str | None, Found] = defaultdict(lambda: [0] * _WIDTH)
    for side, chunks in enumerate((gold, predicted)):
        rows[None][side] = len(chunks)
        for chunk in chunks:
            rows[chunk[0]][side] += 1
    equal = Counter[str | None]()
    for group in components(gold, predicted):
        wanted, found = group
        if len(wanted) == len(found) == 1 and wanted[0][:3] == found[0][:3]:
            equal[wanted[0][0]] += 1
        elif wanted and found:
            for name, counted in _group(group, words, order):
                row = rows[name]
                for column, number in enumerate(counted, start=2):
                    row[column] += number
    equal[None] = equal.total()
    for name, number in equal.items():
        row = rows[name]
        for column in _RIGHT:
            row[column] += number
    return {name: tuple(row) for name, row in rows.items()}


def _traces(
    gold: Sequence[Chunk], predicted: Sequence[Chunk], words: Words, order: Order
) -> Iterator[Trace]:
    """Yield what the row of all items that `_tally` gives comes from."""
    yield from (Trace(_row(0), chunk.id) for chunk in gold)
    yield from (Trace(_row(1), None, chunk.id) for chunk in predicted)
    for group in components(gold, predicted):
        sides = [sorted(side, key=order) for side in group]
        spots = [_spots(side, words) for side in sides]
        for number, schema in enumerate(SCHEMAS):
            for wanted, found, wrong in pairs(spots[0], spots[1], schema):
                row = _row(2 + 2 * number + wrong)
                yield Trace(row, sides[0][wanted].id, sides[1][found].id)


def _row(column: int) -> tuple[int, ...]:
    return tuple(int(number == column) for number in range(_WIDTH))


def _spots(chunks: Sequence[Chunk], words: Words) -> list[Spot]:
    return [Spot(chunk.type, *words.place(chunk.start, chunk.end)) for chunk in chunks]


def _group(group: Component, words: Words, order: Order) -> Iterator[tuple[str | None, Found]]:
    """Yield what is found in a group that overlaps, of all types and of each by itself."""
    wanted, given = (_spots(sorted(side, key=order), words) for side in group)
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
    """Return how many predictions are right by a schema, and how many only overlap a gold span."""
    wrong = [each[2] for each in pairs(gold, predicted, schema)]
    return len(wrong) - sum(wrong), sum(wrong)


def pairs(
    gold: Sequence[Spot], predicted: Sequence[Spot], schema: Schema
) -> Iterator[tuple[int, int, bool]]:
    """Yield pairs of spans by their numbers in lists, gold first, and whether they are wrong.

    Each prediction in turn takes, of the gold spans that no other has taken, the first that makes
    it right (for `type`, the one whose bounds are nearest), else the first that it overlaps.
    """
    left = _Left(gold, schema)
    for place, spot in enumerate(predicted):
        best = left.best(spot)
        if best is not None:
            wrong, number = best
            left.take(number)
            yield number, place, wrong


class _Left:
    """The gold spans that no prediction has taken."""

    def __init__(self, gold: Sequence[Spot], schema: Schema) -> None:
        self.gold, self.schema = gold, schema
        self.waiting = waiting_for([(spot[1:], number) for number, spot in enumerate(gold)])
        self.equal: dict[object, list[int]] = defaultdict(list)
        for number in reversed(range(len(gold))):
            self.equal[self._key(gold[number])].append(number)
        self.closest: dict[str, Closest] = {}
        if schema == "type" and len(gold) > MANY:
            for name in {spot.type for spot in gold}:
                own = [(spot[1:], n) for n, spot in enumerate(gold) if spot.type == name]
                self.closest[name] = Closest(own)

    def _key(self, spot: Spot) -> object:
        """Return what is the same in spans that are equal by the schema."""
        return spot if self.schema in ("strict", "type") else spot[1:]

    def take(self, number: int) -> None:
        self.waiting.take(number)
        if self.closest:
            self.closest[self.gold[number].type].take(number)

    def best(self, spot: Spot) -> tuple[bool, int] | None:
        """Return which gold span a prediction takes, and if it is wrong."""
        # What is equal cannot be surpassed; nearly all that is paired is found so.
        same = self.equal.get(self._key(spot), [])
        while same and same[-1] not in self.waiting:
            same.pop()
        if same:
            return False, same[-1]
        number = self._nearest(spot) if self.schema == "type" else None
        if number is not None:
            return False, number
        number = next(self._met(spot), None)
        return None if number is None else (True, number)

    def _met(self, spot: Spot) -> Iterator[int]:
        met = self.waiting.overlapping(spot.first, spot.last)
        return (number for number in met if _overlap(self.gold[number], spot))

    def _nearest(self, spot: Spot) -> int | None:
        """Return the gold span of the same type whose bounds are nearest."""
        gold = self.gold
        if self.closest and self.waiting.count(spot.first, spot.last) > MANY:
            if spot.type not in self.closest:
                return None
            return self.closest[spot.type].nearest(
                spot.first, spot.last, lambda number: _overlap(gold[number], spot)
            )
        return min(
            (number for number in self._met(spot) if gold[number].type == spot.type),
            key=lambda n: (abs(gold[n].first - spot.first) + abs(gold[n].last - spot.last), n),
            default=None,
        )


def _overlap(gold: Spot, predicted: Spot) -> bool:
    shared = min(gold.last, predicted.last) - max(gold.first, predicted.first)
    return shared > 0 and shared / (gold.last - gold.first) * 100 >= LEAST


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


LISTED = Statistic(
    "semeval2013 lists",
    ("mentions",),
    Schemas,
    laid,
    listed,
    reads=("mentions", "tokens"),
    local="words",
    trace=traced_lists,
)
TAGGED = Statistic(
    "semeval2013 tags",
    ("mentions",),
    Schemas,
    laid,
    tagged,
    reads=("mentions", "tokens"),
    local="words",
    trace=traced_tags,
)

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
