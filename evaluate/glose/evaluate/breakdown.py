"""F1 by type and by bucket: tables of all systems, and curves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from glose.evaluate import charts
from glose.evaluate.numbering import Key, natural
from glose.evaluate.results import Evaluation, Score, System

#: Kinds of buckets that are numbers or ranges of numbers.
_NUMBERED = ("length", "span-length", "frequency", "position")

#: Kinds of buckets that have an order, so that a line may join their figures.
_ORDERED = (*_NUMBERED, "date", "year", "distance")


@dataclass(frozen=True, slots=True)
class TypeTable:
    """The F1 of each system for each type; `rows` are type, gold items, and a score a system.

    Gold items are `None` of a metric that does not count them.
    """

    metric: str
    systems: tuple[str, ...]
    rows: tuple[tuple[str, float | None, tuple[Score | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class BucketTable:
    """The F1 of each system in each bucket of one kind; rows as in `TypeTable`.

    `documents` are those of each bucket, by its value.
    """

    metric: str
    by: str
    systems: tuple[str, ...]
    rows: tuple[tuple[str, float | None, tuple[Score | None, ...]], ...]
    documents: Mapping[str, int | None]

    @property
    def chart(self) -> Markup:
        """The figures with their intervals as a picture; lines join buckets that have an order."""
        series = {
            name: [_point(scores[number]) for _, _, scores in self.rows]
            for number, name in enumerate(self.systems)
        }
        places = [short(value, self.by) for value, _, _ in self.rows]
        title = f"F1 by {self.by}, {self.metric}"
        return charts.curves(title, places, series, joined=self.by in _ORDERED)


def type_table(evaluation: Evaluation, metric: str) -> TypeTable:
    """Return the scores by type, the most frequent type of the gold first."""
    systems = evaluation.systems
    by_type = [{score.type: score for score in system.types(metric)} for system in systems]
    names = {name for scores in by_type for name in scores if name is not None}
    rows = [(name, *_cells([scores.get(name) for scores in by_type])) for name in sorted(names)]
    rows.sort(key=lambda row: -(row[1] or 0.0))
    return TypeTable(metric, _names(systems), tuple(rows))


def bucket_tables(evaluation: Evaluation) -> list[BucketTable]:
    """Return a table for each metric and each kind of bucket that was asked for."""
    found = dict.fromkeys(
        (score.metric, score.bucket.by)
        for system in evaluation.systems
        for score in system.scores
        if score.bucket is not None
    )
    return [_bucket_table(evaluation, metric, by) for metric, by in found]


def short(value: str, by: str) -> str:
    """Return the name of a bucket without the zeros that sort it; dates keep theirs.

    >>> short("00500-00999", "length"), short("06+", "span-length"), short("2031-03", "date")
    ('500–999', '6+', '2031-03')
    """
    numbers = re.fullmatch(r"(\d+)(?:-(\d+))?(\+?)", value)
    if numbers is None or by not in _NUMBERED:
        return value
    first, last, more = numbers.groups()
    return str(int(first)) + (f"–{int(last)}" if last else more)


def _bucket_table(evaluation: Evaluation, metric: str, by: str) -> BucketTable:
    by_value = [
        {
            score.bucket.value: score
            for score in system.scores
            if score.bucket is not None
            and (score.metric, score.bucket.by) == (metric, by)
            and (score.average, score.type) == ("micro", None)
        }
        for system in evaluation.systems
    ]
    values = sorted({value for scores in by_value for value in scores}, key=_place)
    rows = tuple((value, *_cells([s.get(value) for s in by_value])) for value in values)
    documents = {value: each.documents for s in by_value for value, each in s.items()}
    return BucketTable(metric, by, _names(evaluation.systems), rows, documents)


def _place(value: str) -> tuple[int, Key]:
    """Return where a bucket stands: distances by their number, what is before first.

    All others stand by their names, whose numbers count as numbers.
    """
    found = re.fullmatch(r"(\d+) (before|after)", value)
    number = int(found[1]) * (1 if found[2] == "after" else -1) if found else 0
    return number, natural(value)


def _point(score: Score | None) -> charts.Point:
    if score is None:
        return charts.Point(None)
    return charts.Point(score.f1, score.interval.f1 if score.interval else None)


def _names(systems: Iterable[System]) -> tuple[str, ...]:
    return tuple(system.name for system in systems)


def _cells(scores: Sequence[Score | None]) -> tuple[float | None, tuple[Score | None, ...]]:
    golds = [score.gold for score in scores if score is not None and score.gold is not None]
    return max(golds, default=None), tuple(scores)
