"""Results as tables, for any writer; a terminal shows some of them as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from glose.evaluate.gate import Check, Verdict
from glose.evaluate.p_values import p_value
from glose.evaluate.power import Need, Power
from glose.evaluate.results import (
    KINDS,
    Average,
    Bounds,
    Comparison,
    Difference,
    Errors,
    Evaluation,
    Measured,
    Mistake,
    Score,
    System,
)
from glose.evaluate.sheet import Cell, Column, Figure, Row, Sheet, Table

Cells = Sequence[str]

#: A row of a leaderboard: what it is called, whose score it has, and how far it is indented.
Line: TypeAlias = tuple[str, System, Score, int]

#: What the means beside the micro figure are called, in their order.
_MEANS: Mapping[Average, str] = {
    "macro": "macro over types",
    "macro-of-means": "macro, F1 of means",
    "macro-document": "mean over documents",
    "weighted": "weighted over types",
}

_FIGURES = (Column("P"), Column("R"), Column("F1"), Column("interval", ("F1 low", "F1 high")))
_HUMAN = (
    Column("human"), Column("interval", ("human low", "human high")),
    Column("share"), Column("interval", ("share low", "share high")),
)  # fmt: skip
_COUNTS = (
    Column("correct", ("correct (P)", "correct (R)")), Column("gold"), Column("predicted"),
)  # fmt: skip
_DOCUMENTS = Column("documents", told=False)
_FURTHER = (
    Column("further figures"), Column("", told=False), Column("", told=False),
    Column("", ("value",)), Column("interval", ("value low", "value high")),
)  # fmt: skip


def align(rows: Sequence[Cells], left: int = 1) -> Iterator[str]:
    """Yield rows of cells as lines; the first `left` columns are set flush left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if number < left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def percent(value: float | None) -> str:
    """Return a figure in percent with two decimals, `-` where it is not defined; 0 has no sign.

    >>> percent(0.70711), percent(None), percent(-1e-9)
    ('70.71', '-', '0.00')
    """
    return "-" if value is None else f"{100 * value:z.2f}"


def number(value: float | None) -> str:
    """Return a count, with one decimal only where it needs one."""
    return "-" if value is None else f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def share(value: float | None) -> Figure:
    """Return a share as a cell: in percent, where it is read."""
    return Figure(percent(value), (value,))


def points(value: float | None) -> Figure:
    """Return a difference of shares as a cell: with its sign, where it is read."""
    return Figure("-" if value is None else f"{100 * value:+z.2f}", (value,))


def count(value: float | None) -> Figure:
    """Return a count as a cell."""
    return Figure(number(value), (value,))


def bounds(interval: Bounds) -> Figure:
    """Return an interval as a cell of two numbers."""
    if interval is None:
        return Figure("-", (None, None))
    return Figure(f"{percent(interval[0])} to {percent(interval[1])}", interval)


def f1(found: Score | Measured | None) -> tuple[Figure, Figure]:
    """Return F1 and its interval as two cells."""
    if found is None:
        return share(None), bounds(None)
    return share(found.f1), bounds(found.interval.f1 if found.interval else None)


def chance(value: float | None) -> Figure:
    """Return a probability as a cell."""
    return Figure("-" if value is None else f"{value:.4f}", (value,))


def leaderboard(evaluation: Evaluation, *, by: Sequence[str] = ()) -> Iterator[Table]:
    """Yield, for each metric, a table of the systems, best F1 first, and what belongs to it."""
    human = bool(evaluation.humans)
    for metric in evaluation.metrics:
        rows = tuple(_row(*line, human=human) for line in _ranked(evaluation, metric))
        yield Table((Column(metric), *_columns(evaluation)), rows)
        further = tuple(_further(evaluation, metric))
        if further:
            yield Table(_FURTHER, further, left=3)
        yield from _details(evaluation, metric, by)


def _columns(evaluation: Evaluation) -> tuple[Column, ...]:
    return (*_FIGURES, *(_HUMAN if evaluation.humans else ()), *_COUNTS)


def _ranked(evaluation: Evaluation, metric: str) -> Iterator[Line]:
    for system, score in by_f1(evaluation.systems, metric):
        yield system.name, system, score, 0
        yield from _means(system, metric, None, 1)
        for group in _groups(system, metric):
            of_group = system.find(metric, "micro", group)
            if of_group:
                yield group, system, of_group, 1
            yield from _means(system, metric, group, 2)


def _means(system: System, metric: str, type_: str | None, indent: int) -> Iterator[Line]:
    for average, name in _MEANS.items():
        mean = system.find(metric, average, type_)
        if mean is not None:
            yield name, system, mean, indent


def _groups(system: System, metric: str) -> list[str]:
    """Return the types of which the parts have a mean; none if there is but one of them."""
    found = [
        s.type for s in system.scores if s.metric == metric and s.average == "macro" and s.type
    ]
    return found if len(found) > 1 else []


def _further(evaluation: Evaluation, metric: str) -> Iterator[Row]:
    """Yield the further figures of the systems over all types, or of each group of types."""
    for system in evaluation.systems:
        groups: list[str | None] = [*_groups(system, metric)]
        for group in groups or [None]:
            for score in system.scores:
                if (score.metric, score.type, score.bucket) == (metric, group, None):
                    yield from _extras(system, score)


def _extras(system: System, score: Score) -> Iterator[Row]:
    intervals = score.interval.extras if score.interval else {}
    for name, figure in score.extras.items():
        if figure is not None and not name.endswith("_std"):
            cells = (system.name, score.type or "", name, share(figure))
            key = {**_key(system, score), "figure": name}
            yield Row((*cells, bounds(intervals.get(name))), key, 1)


def by_f1(systems: Iterable[System], metric: str) -> list[tuple[System, Score]]:
    """Return the systems that have a score in a metric, the best F1 first."""
    found = [(s, score) for s in systems if (score := s.find(metric)) is not None]
    return sorted(found, key=lambda each: -1.0 if each[1].f1 is None else each[1].f1, reverse=True)


def _key(system: System, score: Score) -> dict[str, str]:
    """Return what a score is about."""
    bucket = score.bucket
    return {
        "metric": score.metric,
        "system": system.name,
        "average": score.average,
        "type": score.type or "",
        "by": bucket.by if bucket else "",
        "bucket": bucket.value if bucket else "",
        "documents": "" if score.documents is None else str(score.documents),
    }


def _row(name: str, system: System, score: Score, indent: int, *, human: bool) -> Row:
    correct = number(score.correct_precision)
    if score.correct_precision != score.correct_recall:
        correct += f"/{number(score.correct_recall)}"
    cells: tuple[Cell, ...] = (
        name, share(score.precision), share(score.recall), *f1(score),
        *((*f1(score.human), *f1(score.share)) if human else ()),
        Figure(correct, (score.correct_precision, score.correct_recall)),
        count(score.gold), count(score.predicted),
    )  # fmt: skip
    return Row(cells, _key(system, score), indent)


def _details(evaluation: Evaluation, metric: str, by: Sequence[str]) -> Iterator[Table]:
    for system in evaluation.systems:
        for field in by:
            columns = (Column(f"{system.name} by {field}"), *_columns(evaluation))
            slices = list(_slices(system, metric, field))
            human = bool(evaluation.humans)
            rows = [_row(name, system, score, 1, human=human) for name, score in slices]
            if field != "type":
                columns = (*columns, _DOCUMENTS)
                rows = [
                    Row((*row.cells, str(score.documents)), row.key, 1)
                    for row, (_, score) in zip(rows, slices, strict=True)
                ]
            if slices:
                yield Table(columns, tuple(rows))


def _slices(system: System, metric: str, field: str) -> Iterator[tuple[str, Score]]:
    for score in system.scores:
        if score.metric != metric:
            continue
        if field == "type" and score.type is not None and score.average == "micro":
            yield score.type, score
        elif score.bucket is not None and score.bucket.by == field:
            yield score.bucket.value, score


_DIFFERENCES = (
    Column("F1", ("F1 of a",)), Column("F1", ("F1 of b",)), Column("difference"),
    Column("interval", ("difference low", "difference high")), Column("p"), Column("p (Holm)"),
    Column("effect"), Column("detectable"), Column("win/tie/loss", ("wins", "ties", "losses")),
)  # fmt: skip


def comparison(compared: Comparison) -> Sheet:
    """Return a table of differences for each metric, and what it was made by."""
    tables = [
        Table(
            (Column(_compared(metric, average)), *_DIFFERENCES),
            tuple(_difference(d) for d in compared.differences if d.metric == metric),
        )
        for metric, average in dict.fromkeys((d.metric, d.average) for d in compared.differences)
    ]
    hashes = (f"{name}: {digest}" for name, digest in compared.systems.items())
    return Sheet((*tables, *hashes, compared.signature), compared.signature)


def _compared(metric: str, average: Average) -> str:
    """Return the head of what is compared: a metric, with the average where it is a mean."""
    return f"{metric}, {_MEANS[average]}" if average in _MEANS else metric


def _difference(each: Difference) -> Row:
    effect = Figure("-" if each.effect is None else f"{each.effect:+z.2f}", (each.effect,))
    record = (each.wins, each.ties, each.losses)
    cells: tuple[Cell, ...] = (
        f"{each.a} -> {each.b}", share(each.f1_a), share(each.f1_b), points(each.difference),
        bounds(each.interval), p_value(each.p), p_value(each.holm), effect,
        share(each.detectable),
        Figure("/".join(map(str, record)), record),
    )  # fmt: skip
    return Row(cells, {"metric": each.metric, "average": each.average, "a": each.a, "b": each.b})


def powers(found: Power) -> Sheet:
    """Return, for each metric, what it takes to tell systems apart, and the power of that."""
    unit = "documents" if found.cluster is None else f"clusters by {found.cluster}"
    columns = (
        Column("difference"), Column("to find"), Column(unit), Column("needed"),
        Column("interval", ("needed low", "needed high")), Column("more"),
    )  # fmt: skip
    tables: list[Table] = []
    for metric in dict.fromkeys(need.metric for need in found.needs):
        needs = [need for need in found.needs if need.metric == metric]
        head = Column(_compared(metric, found.goal.average))
        tables.append(Table((head, *columns), tuple(map(_need, needs))))
        tables += [_curve(need, unit) for need in needs if need.curve]
    goal = f"for a power of {found.goal.power:g} at alpha {found.goal.alpha:g}"
    return Sheet((*tables, goal, found.signature), found.signature)


def _need(need: Need) -> Row:
    low, high = need.interval or (None, None)
    ends = ["no end" if end is None else str(end) for end in need.interval or ()]
    cells: tuple[Cell, ...] = (
        f"{need.a} -> {need.b}", points(need.difference), share(need.assumed), count(need.units),
        count(need.needed), Figure(" to ".join(ends) or "-", (low, high)), count(need.more),
    )  # fmt: skip
    return Row(cells, {"metric": need.metric, "a": need.a, "b": need.b})


def _curve(need: Need, unit: str) -> Table:
    """Return the power for each number of units: down in a table, across in a terminal."""
    name = f"{need.a} -> {need.b}: {unit}"
    powers = [
        ("  power, normal", *(f"{point.normal:.2f}" for point in need.curve)),
        ("  power, resampled", *(f"{point.resampled:.2f}" for point in need.curve)),
    ]
    lines = align([(name, *(str(point.units) for point in need.curve)), *powers])
    columns = (Column(name), Column("power, normal"), Column("power, resampled"))
    key = {"metric": need.metric, "a": need.a, "b": need.b}
    rows = tuple(
        Row(
            (str(each.units), chance(each.normal), chance(each.resampled)),
            {**key, unit: str(each.units)},
        )
        for each in need.curve
    )
    return Table(columns, rows, lines=tuple(lines))


_CHECK = (
    "metric", "average", "figure", "value", "check", "wanted", "p", "p (Holm)", "detectable",
    "result",
)  # fmt: skip


def verdict(found: Verdict) -> Sheet:
    """Return each check, which a terminal shows as a line of words, and what comes of all."""
    lines = tuple(
        f"{'ok  ' if each.passed else 'FAIL'}  {_checked(each)} {percent(each.value)}: "
        f"{_found(each, found.alpha)}"
        for each in found.checks
    )
    table = Table(tuple(map(Column, _CHECK)), tuple(map(_check, found.checks)), 3, lines)
    failed = sum(not check.passed for check in found.checks)
    said = f"failed: {failed} of {len(found.checks)} checks" if failed else "passed"
    return Sheet((table, said, found.signature), found.signature)


def _checked(each: Check) -> str:
    return f"{each.metric} {each.average} {each.figure}"


def _check(each: Check) -> Row:
    cells: tuple[Cell, ...] = (
        each.metric, each.average, each.figure, share(each.value), each.kind, share(each.wanted),
        p_value(each.p), p_value(each.holm), share(each.detectable),
        "passed" if each.passed else "failed",
    )  # fmt: skip
    return Row(cells, {"metric": each.metric})


def _found(check: Check, alpha: float) -> str:
    if check.kind == "minimum":
        least = percent(check.wanted)
        return f"at least {least}" if check.passed else f"below the minimum {least}"
    was = f"the baseline {percent(check.wanted)}"
    if check.p is None:
        return f"no figure to compare with {was}"
    p, corrected = (p_value(each).shown for each in (check.p, check.holm))
    sure = f"p {p}, corrected {corrected}, alpha {alpha:g}"
    if not check.passed:
        return f"significantly worse than {was} ({sure})"
    unseen = ""
    if check.detectable is not None:
        unseen = f"; a loss of less than {percent(check.detectable)} may go unseen"
    return f"not significantly worse than {was} ({sure}){unseen}"


_MISTAKE = ("document", "layer", "kind", "gold", "predicted", "before", "inside", "after")


def mistakes(found: Errors) -> Sheet:
    """Return each mistake, its text marked in context on a terminal, then how many there are."""
    rows = tuple(Row(_told(each), {"document": each.document}) for each in found.mistakes)
    lines = tuple(map(_mistake, found.mistakes))
    listed = Table(tuple(map(Column, _MISTAKE)), rows, len(_MISTAKE), lines)
    layers = sorted({layer for layer, _ in found.counts})
    counts = [[found.counts.get((layer, kind), 0) for kind in KINDS] for layer in layers]
    rows = tuple(
        Row((layer, *map(count, each)), {"layer": layer})
        for layer, each in zip(layers, counts, strict=True)
    )
    signature = f"gold:{found.gold}|predicted:{found.predicted}"
    summed = Table((Column(""), *map(Column, KINDS)), rows)
    return Sheet((listed, summed) if found.mistakes else (summed,), signature)


def _told(each: Mistake) -> tuple[str, ...]:
    labels = (item.label if item else "" for item in (each.gold, each.predicted))
    return (
        each.document, each.layer, each.kind, *labels, each.before, each.inside, each.after,
    )  # fmt: skip


def _mistake(each: Mistake) -> str:
    types = " -> ".join(item.label if item else "-" for item in (each.gold, each.predicted))
    place = f"{each.document}  {each.layer} {each.kind}  {types}"
    return f"{place}  {each.before}>>{each.inside}<<{each.after}"
