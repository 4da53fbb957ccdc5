"""Results as aligned plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from glose.evaluate.results import (
    KINDS,
    Bounds,
    Comparison,
    Difference,
    Errors,
    Evaluation,
    Mistake,
    Score,
    System,
)

Cells = Sequence[str]

_HEAD = ("system", "P", "R", "F1", "interval", "correct", "gold", "predicted")


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
    """Return a figure in percent with two decimals, `-` where it is not defined.

    >>> percent(0.70711), percent(None)
    ('70.71', '-')
    """
    return "-" if value is None else f"{100 * value:.2f}"


def number(value: float | None) -> str:
    """Return a count, with one decimal only where it needs one."""
    return "-" if value is None else f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _range(bounds: Bounds) -> str:
    return "-" if bounds is None else f"{percent(bounds[0])} to {percent(bounds[1])}"


def leaderboard(evaluation: Evaluation, *, by: Sequence[str] = ()) -> Iterator[str]:
    """Yield, for each metric, a table of the systems, best F1 first, and what it was made by."""
    for metric in evaluation.metrics:
        yield from align([(metric, *_HEAD[1:]), *_ranked(evaluation, metric)])
        yield from _details(evaluation, metric, by)
        yield ""
    for system in evaluation.systems:
        yield f"{system.name}: {system.predicted}"
    yield evaluation.signature


def _ranked(evaluation: Evaluation, metric: str) -> list[Cells]:
    rows: list[Cells] = []
    for system, score in _by_f1(evaluation.systems, metric):
        macro = system.find(metric, "macro")
        rows.append(_row(system.name, score))
        if macro is not None:
            rows.append(_row("  macro over types", macro))
    return rows


def _by_f1(systems: Iterable[System], metric: str) -> list[tuple[System, Score]]:
    found = [(s, score) for s in systems if (score := s.find(metric)) is not None]
    return sorted(found, key=lambda each: -1.0 if each[1].f1 is None else each[1].f1, reverse=True)


def _row(name: str, score: Score) -> Cells:
    interval = _range(score.interval.f1) if score.interval else "-"
    figures = map(percent, (score.precision, score.recall, score.f1))
    correct = number(score.correct_precision)
    if score.correct_precision != score.correct_recall:
        correct += f"/{number(score.correct_recall)}"
    return (name, *figures, interval, correct, number(score.gold), number(score.predicted))


def _details(evaluation: Evaluation, metric: str, by: Sequence[str]) -> Iterator[str]:
    for system in evaluation.systems:
        for field in by:
            head = (f"{system.name} by {field}", *_HEAD[1:])
            slices = list(_slices(system, metric, field))
            rows = [head, *(_row(f"  {name}", score) for name, score in slices)]
            if field != "type":
                documents = ["documents", *(str(score.documents) for _, score in slices)]
                rows = [(*row, cell) for row, cell in zip(rows, documents, strict=True)]
            if slices:
                yield ""
                yield from align(rows)


def _slices(system: System, metric: str, field: str) -> Iterator[tuple[str, Score]]:
    for score in system.scores:
        if score.metric != metric:
            continue
        if field == "type" and score.type is not None and score.average == "micro":
            yield score.type, score
        elif score.bucket is not None and score.bucket.by == field:
            yield score.bucket.value, score


def comparison(compared: Comparison) -> Iterator[str]:
    """Yield a table of differences for each metric, and what it was made by."""
    head = ("", "F1", "F1", "difference", "interval", "p", "p (Holm)", "win/tie/loss")
    for metric in dict.fromkeys(d.metric for d in compared.differences):
        rows = [_difference(d) for d in compared.differences if d.metric == metric]
        yield from align([(metric, *head[1:]), *rows])
        yield ""
    for name, digest in compared.systems.items():
        yield f"{name}: {digest}"
    yield compared.signature


def _difference(each: Difference) -> Cells:
    p, holm = ("-" if value is None else f"{value:.4f}" for value in (each.p, each.holm))
    gap = "-" if each.difference is None else f"{100 * each.difference:+.2f}"
    return (
        f"{each.a} -> {each.b}", percent(each.f1_a), percent(each.f1_b), gap,
        _range(each.interval), p, holm, f"{each.wins}/{each.ties}/{each.losses}",
    )  # fmt: skip


def mistakes(found: Errors) -> Iterator[str]:
    """Yield each mistake on a line, with its text marked in context, then how many there are."""
    for mistake in found.mistakes:
        yield _mistake(mistake)
    if found.mistakes:
        yield ""
    layers = sorted({layer for layer, _ in found.counts})
    head: Cells = ("", *KINDS)
    rows: list[Cells] = [
        (layer, *(str(found.counts.get((layer, kind), 0)) for kind in KINDS)) for layer in layers
    ]
    yield from align([head, *rows])


def _mistake(each: Mistake) -> str:
    types = " -> ".join(item.label if item else "-" for item in (each.gold, each.predicted))
    place = f"{each.document}  {each.layer} {each.kind}  {types}"
    return f"{place}  {each.before}>>{each.inside}<<{each.after}"
