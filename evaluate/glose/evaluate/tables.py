"""Results as aligned plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from glose.evaluate.gate import Check, Verdict
from glose.evaluate.power import Need, Power
from glose.evaluate.results import (
    KINDS,
    Average,
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

#: What the means beside the micro figure are called, in their order.
_MEANS: Mapping[Average, str] = {
    "macro": "macro over types",
    "macro-of-means": "macro, F1 of means",
    "macro-document": "mean over documents",
    "weighted": "weighted over types",
}

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
        yield from _further(evaluation, metric)
        yield from _details(evaluation, metric, by)
        yield ""
    for system in evaluation.systems:
        yield f"{system.name}: {system.predicted}"
    yield evaluation.signature


def _ranked(evaluation: Evaluation, metric: str) -> list[Cells]:
    rows: list[Cells] = []
    for system, score in _by_f1(evaluation.systems, metric):
        rows.append(_row(system.name, score))
        rows += _means(system, metric, None, "  ")
        for group in _groups(system, metric):
            of_group = system.find(metric, "micro", group)
            rows += [_row(f"  {group}", of_group)] if of_group else []
            rows += _means(system, metric, group, "    ")
    return rows


def _means(system: System, metric: str, type_: str | None, indent: str) -> list[Cells]:
    means = ((name, system.find(metric, average, type_)) for average, name in _MEANS.items())
    return [_row(f"{indent}{name}", mean) for name, mean in means if mean is not None]


def _groups(system: System, metric: str) -> list[str]:
    """Return the types of which the parts have a mean; none if there is but one of them."""
    found = [
        s.type for s in system.scores if s.metric == metric and s.average == "macro" and s.type
    ]
    return found if len(found) > 1 else []


def _further(evaluation: Evaluation, metric: str) -> Iterator[str]:
    """Yield the further figures of the systems over all types, or of each group of types."""
    rows: list[Cells] = []
    for system in evaluation.systems:
        groups: list[str | None] = [*_groups(system, metric)]
        for group in groups or [None]:
            found = (
                s for s in system.scores if (s.metric, s.type, s.bucket) == (metric, group, None)
            )
            for score in found:
                bounds = score.interval.extras if score.interval else {}
                rows += [
                    (
                        f"  {system.name}",
                        group or "",
                        name,
                        percent(figure),
                        _range(bounds.get(name)),
                    )
                    for name, figure in score.extras.items()
                    if figure is not None and not name.endswith("_std")
                ]
    if rows:
        yield ""
        yield from align([("further figures", "", "", "", "interval"), *rows], left=3)


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
    head = (
        "", "F1", "F1", "difference", "interval", "p", "p (Holm)", "effect", "detectable",
        "win/tie/loss",
    )  # fmt: skip
    for metric in dict.fromkeys(d.metric for d in compared.differences):
        rows = [_difference(d) for d in compared.differences if d.metric == metric]
        yield from align([(metric, *head[1:]), *rows])
        yield ""
    for name, digest in compared.systems.items():
        yield f"{name}: {digest}"
    yield compared.signature


def _difference(each: Difference) -> Cells:
    p, holm = map(_chance, (each.p, each.holm))
    effect = "-" if each.effect is None else f"{each.effect:+.2f}"
    gap = "-" if each.difference is None else f"{100 * each.difference:+.2f}"
    return (
        f"{each.a} -> {each.b}", percent(each.f1_a), percent(each.f1_b), gap,
        _range(each.interval), p, holm, effect, percent(each.detectable),
        f"{each.wins}/{each.ties}/{each.losses}",
    )  # fmt: skip


def _chance(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def powers(found: Power) -> Iterator[str]:
    """Yield, for each metric, what it takes to tell systems apart, and the power of that."""
    unit = "documents" if found.cluster is None else f"clusters by {found.cluster}"
    for metric in dict.fromkeys(need.metric for need in found.needs):
        head = (metric, "difference", "to find", unit, "needed", "interval", "more")
        needs = [need for need in found.needs if need.metric == metric]
        yield from align([head, *map(_need, needs)])
        for need in needs:
            yield from _curve(need, unit)
        yield ""
    yield f"for a power of {found.goal.power:g} at alpha {found.goal.alpha:g}"
    yield found.signature


def _need(need: Need) -> Cells:
    gap = "-" if need.difference is None else f"{100 * need.difference:+.2f}"
    ends = need.interval and ["no end" if end is None else str(end) for end in need.interval]
    needed, more = ("-" if n is None else str(n) for n in (need.needed, need.more))
    between = " to ".join(ends) if ends else "-"
    return (
        f"{need.a} -> {need.b}", gap, percent(need.assumed), str(need.units), needed, between,
        more,
    )  # fmt: skip


def _curve(need: Need, unit: str) -> Iterator[str]:
    if need.curve:
        yield ""
        head = (f"{need.a} -> {need.b}: {unit}", *(str(point.units) for point in need.curve))
        rows = [
            ("  power, normal", *(f"{point.normal:.2f}" for point in need.curve)),
            ("  power, resampled", *(f"{point.resampled:.2f}" for point in need.curve)),
        ]
        yield from align([head, *rows])


def verdict(found: Verdict) -> Iterator[str]:
    """Yield a line for each check, then what comes of all, and what it was made by."""
    for check in found.checks:
        name = f"{check.metric} {check.average} {check.figure} {percent(check.value)}"
        yield f"{'ok  ' if check.passed else 'FAIL'}  {name}: {_found(check, found.alpha)}"
    failed = sum(not check.passed for check in found.checks)
    yield f"failed: {failed} of {len(found.checks)} checks" if failed else "passed"
    yield found.signature


def _found(check: Check, alpha: float) -> str:
    if check.kind == "minimum":
        least = percent(check.wanted)
        return f"at least {least}" if check.passed else f"below the minimum {least}"
    was = f"the baseline {percent(check.wanted)}"
    if check.p is None:
        return f"no figure to compare with {was}"
    sure = f"p {check.p:.4f}, corrected {_chance(check.holm)}, alpha {alpha:g}"
    if not check.passed:
        return f"significantly worse than {was} ({sure})"
    unseen = ""
    if check.detectable is not None:
        unseen = f"; a loss of less than {percent(check.detectable)} may go unseen"
    return f"not significantly worse than {was} ({sure}){unseen}"


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
