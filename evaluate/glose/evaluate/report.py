"""An evaluation as one HTML page that needs nothing else: no network, no other file.

The page is made of values: what a table or a chart shows is computed here, how it looks stands in
`templates/`. Charts are SVG, legible in black and white. Mistakes and documents are embedded as
JSON and shown by small scripts; without scripts, everything else is still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from glose.evaluate import charts
from glose.evaluate.browsing import Leaf
from glose.evaluate.embedding import KIND_NAMES, embedded, leaves
from glose.evaluate.letters import letters
from glose.evaluate.overview import parted
from glose.evaluate.protocols import abridged
from glose.evaluate.results import (
    KINDS,
    Bounds,
    Comparison,
    Confusion,
    Errors,
    Evaluation,
    Kind,
    Score,
    System,
)

#: The metrics that stand at the top of the page, where they were computed.
HEADLINES = (
    "entity/strict", "trigger/classification", "argument/classification", "relation/strict",
    "coreference/conll", "link/strict", "time/value", "event/nested", "template/entities",
)  # fmt: skip

#: The level at which systems have letters of their own.
ALPHA = 0.05

#: Kinds of buckets that are numbers or ranges of numbers.
_NUMBERED = ("length", "span-length", "frequency", "position")

#: Kinds of buckets that have an order, so that a line may join their figures.
_ORDERED = (*_NUMBERED, "date", "year", "distance")


@dataclass(frozen=True, slots=True)
class Row:
    """A system in a board: its score over all types, and the macro average over types.

    Systems that share one of their `letters` do not differ significantly; without a comparison
    there are none.
    """

    name: str
    score: Score
    macro: Score | None
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The systems in the order of their F1 in one metric; `rows[0]` is the best."""

    metric: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TypeTable:
    """The F1 of each system for each type; `rows` are type, gold items, and a score a system."""

    metric: str
    systems: tuple[str, ...]
    rows: tuple[tuple[str, float, tuple[Score | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class BucketTable:
    """The F1 of each system in each bucket of one kind; rows as in `TypeTable`.

    `documents` are those of each bucket, by its value.
    """

    metric: str
    by: str
    systems: tuple[str, ...]
    rows: tuple[tuple[str, float, tuple[Score | None, ...]], ...]
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


def _place(value: str) -> tuple[int, str]:
    """Return where a bucket stands: distances by their number, what is before first."""
    found = re.fullmatch(r"(\d+) (before|after)", value)
    if found is None:
        return 0, value
    return int(found[1]) * (1 if found[2] == "after" else -1), value


def _point(score: Score | None) -> charts.Point:
    if score is None:
        return charts.Point(None)
    return charts.Point(score.f1, score.interval.f1 if score.interval else None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Gold types down, predicted types across; the last column is missed, the last row spurious.

    `shades[i][j]` is the share of its gold type that a cell holds, from 0 to 1.
    """

    system: str
    layer: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Anatomy:
    """How the items of one layer of one system divide into correct and each kind of mistake."""

    system: str
    layer: str
    counts: tuple[tuple[Kind, int], ...]
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(count for _, count in self.counts))


@dataclass(frozen=True, slots=True)
class Browsed:
    """The documents that can be looked into on the page, and how many there are of all."""

    leaves: tuple[Leaf, ...] = ()
    documents: int = 0


def page(
    evaluation: Evaluation,
    errors: Sequence[Errors] = (),
    *,
    comparison: Comparison | None = None,
    browsed: Browsed | None = None,
    title: str = "Evaluation",
) -> str:
    """Return the HTML of an evaluation; `errors` are those of its systems, in the same order.

    The page shows as many mistakes as `errors` hold, and documents as are `browsed`, and says how
    many there are in all.
    """
    names = [system.name for system in evaluation.systems]
    counted, empty = parted(evaluation)
    each = list(zip(names, errors, strict=False))
    types = [type_table(evaluation, metric) for metric in counted]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=title,
            evaluation=evaluation,
            main=headlines(evaluation),
            boards=boards(evaluation, comparison),
            empty=abridged(empty),
            comparison=comparison,
            types=types,
            typed=any(table.rows for table in types),
            buckets=bucket_tables(evaluation),
            anatomies=[a for name, found in each for a in anatomy(name, found)],
            matrices=[
                matrix(name, confusion)
                for name, found in each
                for confusion in found.confusions
                if confusion.cells
            ],
            mistakes=embedded(names, errors),
            listed=sum(m.kind != "correct" for _, found in each for m in found.mistakes),
            wrong=sum(map(_wrong, errors)),
            browsed=browsed or Browsed(),
            leaves=leaves(names, browsed.leaves if browsed else ()),
            style=_asset("report.css"),
            script=_asset("report.js") + _asset("documents.js"),
        )
    )


def headlines(evaluation: Evaluation) -> list[str]:
    """Return the metrics that stand at the top: known ones, or else the first three."""
    counted, _ = parted(evaluation)
    return [name for name in HEADLINES if name in counted] or counted[:3]


def boards(evaluation: Evaluation, comparison: Comparison | None = None) -> list[Board]:
    """Return a board for each metric that counts anything, the headlines first.

    A system without a score comes last.
    """
    counted, _ = parted(evaluation)
    first = headlines(evaluation)
    rest = [metric for metric in counted if metric not in first]
    return [board(evaluation, metric, comparison) for metric in (*first, *rest)]


def board(evaluation: Evaluation, metric: str, comparison: Comparison | None = None) -> Board:
    """Return the systems that were scored by a metric, the best F1 first, ties by name."""
    found = [
        (system, score)
        for system in evaluation.systems
        if (score := system.find(metric)) is not None
    ]
    found.sort(key=lambda row: (row[1].f1 is None, -(row[1].f1 or 0.0), row[0].name))
    shown = significance(
        [s.name for s, score in found if score.f1 is not None], metric, comparison
    )
    return Board(
        metric,
        tuple(
            Row(system.name, score, system.find(metric, "macro"), shown.get(system.name, ""))
            for system, score in found
        ),
    )


def significance(
    names: Sequence[str], metric: str, comparison: Comparison | None
) -> dict[str, str]:
    """Return the letters of systems, the best first, by the p values that Holm corrected.

    There are none where the metric was not tested.
    """
    tested = [
        d
        for d in (comparison.differences if comparison else ())
        if d.metric == metric and d.holm is not None
    ]
    if not tested:
        return {}
    return letters(names, ((d.a, d.b) for d in tested if (d.holm or 0.0) < ALPHA))


def type_table(evaluation: Evaluation, metric: str) -> TypeTable:
    """Return the scores by type, the most frequent type of the gold first."""
    systems = evaluation.systems
    by_type = [{score.type: score for score in system.types(metric)} for system in systems]
    names = {name for scores in by_type for name in scores if name is not None}
    rows = [(name, *_cells([scores.get(name) for scores in by_type])) for name in sorted(names)]
    rows.sort(key=lambda row: -row[1])
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


def _names(systems: Iterable[System]) -> tuple[str, ...]:
    return tuple(system.name for system in systems)


def _cells(scores: Sequence[Score | None]) -> tuple[float, tuple[Score | None, ...]]:
    gold = max((score.gold or 0.0 for score in scores if score is not None), default=0.0)
    return gold, tuple(scores)


def anatomy(name: str, errors: Errors) -> list[Anatomy]:
    """Return how the items of each layer divide, kinds in the order of `KINDS`."""
    layers = dict.fromkeys(layer for layer, _ in errors.counts)
    return [
        Anatomy(
            name,
            layer,
            tuple(
                (kind, errors.counts[layer, kind])
                for kind in KINDS
                if errors.counts.get((layer, kind))
            ),
        )
        for layer in layers
    ]


def matrix(name: str, confusion: Confusion) -> Matrix:
    """Return a confusion table with its margins: missed as a column, spurious as a row."""
    columns: tuple[str | None, ...] = (*confusion.types, None)
    rows = []
    for gold in columns:
        counts = tuple(confusion.cells.get((gold, predicted), 0) for predicted in columns)
        total = sum(counts)
        shades = tuple(count / total if total else 0.0 for count in counts)
        rows.append(("spurious" if gold is None else gold, counts, shades))
    return Matrix(name, confusion.layer, (*confusion.types, "missed"), tuple(rows))


def percent(figure: float | None) -> str:
    """Return a share as a percentage with one digit, and a dash where it is not defined."""
    return "–" if figure is None else f"{100 * figure:.1f}"


def count(figure: float | None) -> str:
    """Return a count without needless digits: `725`, and `812.5` where halves are counted."""
    return "–" if figure is None else f"{figure:g}"


def between(bounds: Bounds) -> str:
    """Return an interval of shares as percentages."""
    return "–" if bounds is None else f"{percent(bounds[0])} to {percent(bounds[1])}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("glose.evaluate"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        short=short,
        sample=charts.sample,
        percent=percent,
        count=count,
        between=between,
        kind=KIND_NAMES.__getitem__,
    )
    return environment


def _asset(name: str) -> Markup:
    # Our own style sheet and script, not input.
    return Markup(files("glose.evaluate").joinpath("templates", name).read_text("utf-8"))  # noqa: S704


def _wrong(errors: Errors) -> int:
    return sum(number for (_, kind), number in errors.counts.items() if kind != "correct")
