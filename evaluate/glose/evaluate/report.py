"""An evaluation as one HTML page that needs nothing else: no network, no other file.

The page is made of values: what a table or a chart shows is computed here, how it looks stands in
`templates/`. Charts are SVG, legible in black and white. The mistakes are embedded as JSON and
listed by a small script; without scripts, everything else is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from glose.evaluate.results import (
    KINDS,
    Bounds,
    Comparison,
    Confusion,
    Errors,
    Evaluation,
    Kind,
    Mistake,
    Score,
    System,
)

#: What each kind of mistake is called on the page.
KIND_NAMES: Mapping[Kind, str] = {
    "correct": "correct",
    "type": "wrong type",
    "boundary": "wrong boundary",
    "both": "wrong type and boundary",
    "role": "wrong role",
    "missed": "missed",
    "spurious": "spurious",
}

#: The metrics that stand at the top of the page, where they were computed.
HEADLINES = ("entity/strict", "trigger/classification", "argument/classification")


@dataclass(frozen=True, slots=True)
class Row:
    """A system in a board: its score over all types, and the macro average over types."""

    name: str
    score: Score
    macro: Score | None


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


def page(
    evaluation: Evaluation,
    errors: Sequence[Errors] = (),
    *,
    comparison: Comparison | None = None,
    title: str = "Evaluation",
) -> str:
    """Return the HTML of an evaluation; `errors` are those of its systems, in the same order.

    The page shows as many mistakes as `errors` hold, and says how many there are in all.
    """
    names = [system.name for system in evaluation.systems]
    environment = _environment()
    return environment.get_template("report.html.j2").render(
        title=title,
        evaluation=evaluation,
        boards=boards(evaluation),
        comparison=comparison,
        types=[type_table(evaluation, metric) for metric in evaluation.metrics],
        buckets=bucket_tables(evaluation),
        anatomies=[
            a for name, found in zip(names, errors, strict=False) for a in anatomy(name, found)
        ],
        matrices=[
            matrix(name, confusion)
            for name, found in zip(names, errors, strict=False)
            for confusion in found.confusions
            if confusion.cells
        ],
        mistakes=embedded(names, errors),
        style=_asset("report.css"),
        script=_asset("report.js"),
    )


def boards(evaluation: Evaluation) -> list[Board]:
    """Return a board for each metric, the headlines first; a system without a score comes last."""
    first = [metric for metric in HEADLINES if metric in evaluation.metrics]
    rest = [metric for metric in evaluation.metrics if metric not in first]
    return [board(evaluation, metric) for metric in (*first, *rest)]


def board(evaluation: Evaluation, metric: str) -> Board:
    """Return the systems that were scored by a metric, the best F1 first, ties by name."""
    rows = [
        Row(system.name, score, system.find(metric, "macro"))
        for system in evaluation.systems
        if (score := system.find(metric)) is not None
    ]
    rows.sort(key=lambda row: (row.score.f1 is None, -(row.score.f1 or 0.0), row.name))
    return Board(metric, tuple(rows))


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
    values = dict.fromkeys(value for scores in by_value for value in scores)
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


def embedded(names: Sequence[str], errors: Sequence[Errors]) -> Markup:
    """Return the mistakes as JSON that may stand in a script element, whatever the texts hold."""
    rows = [
        {
            "system": name,
            "document": mistake.document,
            "layer": mistake.layer,
            "kind": KIND_NAMES[mistake.kind],
            "gold": mistake.gold and mistake.gold.label,
            "predicted": mistake.predicted and mistake.predicted.label,
            "types": sorted({item.name for item in (mistake.gold, mistake.predicted) if item}),
            "before": mistake.before,
            "runs": runs(mistake),
            "after": mistake.after,
        }
        for name, found in zip(names, errors, strict=False)
        for mistake in found.mistakes
        if mistake.kind != "correct"
    ]
    encoded = msgspec.json.encode(rows).decode()
    # "<" could end the script element; "\u003c" is the same character to a JSON parser.
    return Markup(encoded.replace("<", "\\u003c"))  # noqa: S704


def runs(mistake: Mistake) -> list[tuple[str, bool, bool]]:
    """Return `mistake.inside` in runs: their text, whether in gold, whether in predicted.

    Offsets are cut here, where they are code points; a browser counts UTF-16 units.
    """
    gold = mistake.gold.pieces if mistake.gold else ()
    predicted = mistake.predicted.pieces if mistake.predicted else ()
    pieces = (*gold, *predicted)
    if not pieces:
        return [(mistake.inside, bool(mistake.gold), bool(mistake.predicted))]
    first, last = min(a for a, _ in pieces), max(b for _, b in pieces)
    if last - first != len(mistake.inside):
        return [(mistake.inside, bool(gold), bool(predicted))]
    cuts = sorted({offset for piece in pieces for offset in piece})
    return [
        (mistake.inside[a - first : b - first], _within(a, gold), _within(a, predicted))
        for a, b in pairwise(cuts)
    ]


def _within(offset: int, pieces: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in pieces)


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
        percent=percent, count=count, between=between, kind=KIND_NAMES.__getitem__
    )
    return environment


def _asset(name: str) -> Markup:
    # Our own style sheet and script, not input.
    return Markup(files("glose.evaluate").joinpath("templates", name).read_text("utf-8"))  # noqa: S704
