"""What was found out about errors as plain text: explanations of differences between scores."""

from __future__ import annotations

from collections.abc import Iterator

from glose.evaluate.annotations import Annotation
from glose.evaluate.explaining import Explained, Explanation, Odd
from glose.evaluate.quoting import Report
from glose.evaluate.repairing import Mended, Repairs
from glose.evaluate.results import Bounds
from glose.evaluate.suspects import Audit, Suspect
from glose.evaluate.tables import align, percent


def exact(number: float) -> str:
    """Return a count as it is, without the dust of binary fractions."""
    return f"{round(number, 4):g}" if number % 1 else f"{number:.0f}"


def signed(number: float) -> str:
    """Return a change of a count with its sign; nothing for no change."""
    return f"+{exact(number)}" if number > 0 else exact(number) if number else ""


def points(value: float | None) -> str:
    """Return a change of a figure in points of percent, with its sign."""
    return "-" if value is None else f"{100 * value:+.2f}"


def between(bounds: Bounds) -> str:
    """Return an interval in percent."""
    return "-" if bounds is None else f"{percent(bounds[0])} to {percent(bounds[1])}"


def explanations(found: Explained) -> Iterator[str]:
    """Yield, for each two metrics, why they differ, the items, and the sum of it."""
    for each in found.explanations:
        for odd in each.odd:
            yield _odd(odd)
        if each.odd:
            yield ""
        yield from align(list(_accounts(each)))
        yield f"counted alike by both: {each.alike} items"
        yield ""


def _odd(odd: Odd) -> str:
    near = f" ({_shown(odd.near)})" if odd.near and odd.near.key != odd.item.key else ""
    before, inside, after = odd.context
    what = f"{odd.document}  {odd.side} {_shown(odd.item)}  {odd.how}: {odd.why}{near}"
    return f"{what}  {before}>>{inside}<<{after}"


def _shown(item: Annotation) -> str:
    place = " ".join(f"{start}-{end}" for start, end in item.pieces)
    where = f" at {' '.join(f'{a}-{b}' for a, b in item.trigger)}" if item.trigger else ""
    return f"{item.label}{where} {place or repr(item.text)}".strip()


def _accounts(each: Explanation) -> Iterator[tuple[str, ...]]:
    head = ("", "correct (P)", "predicted", "correct (R)", "gold", "F1")
    yield head
    yield (f"A {each.a.metric}", *map(exact, each.a.sums), percent(each.a.f1))
    for cause in each.causes:
        counted, correct = map(signed, cause.change)
        cells = (
            (correct, counted, "", "") if cause.side == "predicted" else ("", "", correct, counted)
        )
        yield (f"  {cause.side}, {cause.how}: {cause.why}", *cells, points(cause.f1))
    if any(each.rest):
        yield ("  of no item", *map(signed, each.rest), "")
    yield (f"B {each.b.metric}", *map(exact, each.b.sums), percent(each.b.f1))


def alignment(report: Report) -> Iterator[str]:
    """Yield how quotes were found, what decided between several places, and what has no place."""
    for each in report.rejects:
        yield f"{each['id']}  {each['path']}  {each['type']}  {each['quote']!r}: {each['reason']}"
    if report.rejects:
        yield ""
    ways = [(way, str(report.ways[way])) for way in ("exact", "normalised", "fuzzy", "not found")]
    yield from align([("quotes", str(sum(report.ways.values()))), *ways])
    if report.by:
        yield ""
        several = ("at several places, decided by", str(sum(report.by.values())))
        yield from align([several, *((f"  {by}", str(n)) for by, n in sorted(report.by.items()))])


def repairs(found: Repairs) -> Iterator[str]:
    """Yield, for each layer, how many errors of each kind there are, and each repair."""
    for each in found.layers:
        yield from align(list(_kinds(each)))
        yield ""
        for metric, f1 in each.f1.items():
            yield from align(list(_gains(each, metric, f1)))
            yield ""


def _kinds(each: Mended) -> Iterator[tuple[str, ...]]:
    counted = any(repair.gold or repair.predicted for repair in each.repairs)
    yield (each.layer, "errors", *(("gold", "predicted") if counted else ()))
    for repair in each.repairs:
        sides = (str(repair.gold), str(repair.predicted)) if counted else ()
        yield (f"  {repair.kind}", str(repair.errors), *sides)
    if counted:
        golds, guesses = (
            sum(getattr(repair, side) for repair in each.repairs) for side in ("gold", "predicted")
        )
        yield ("  all", "", str(golds), str(guesses))


def _gains(each: Mended, metric: str, f1: float | None) -> Iterator[tuple[str, ...]]:
    yield (metric, "F1", "gain", "one after the other")
    yield ("  as it is", percent(f1), "", percent(f1))
    for repair in each.repairs:
        if repair.kind != "correct":
            alone, after = repair.alone[metric], repair.after[metric]
            gain = None if alone is None or f1 is None else alone - f1
            yield (f"  without {repair.kind}", percent(alone), points(gain), percent(after))


def audit(found: Audit) -> Iterator[str]:
    """Yield the likeliest errors of gold, a line each and what speaks for it below."""
    for number, each in enumerate(found.suspects, start=1):
        yield from _suspect(number, each)
    counts = f"{found.found} suspects in {found.documents} documents"
    yield f"{counts}, by {found.systems} systems; shown: {len(found.suspects)}"


def _suspect(number: int, each: Suspect) -> Iterator[str]:
    types = " -> ".join(item.type if item else "-" for item in (each.gold, each.proposed))
    before, inside, after = each.context
    place = f"{number}.  {each.score:.2f}  {each.document}  {each.layer} {each.kind}  {types}"
    yield f"{place}  {before}>>{inside}<<{after}"
    for words in each.evidence:
        yield f"      {words}"
