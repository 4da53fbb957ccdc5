"""What was found out about errors as tables: differences of scores, repairs, quotes, suspects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from glose.evaluate.annotations import Annotation
from glose.evaluate.explaining import Explained, Explanation, Odd
from glose.evaluate.explaining import Figure as Measured
from glose.evaluate.quoting import Report
from glose.evaluate.repairing import Mended, Repair, Repairs
from glose.evaluate.results import Item
from glose.evaluate.sheet import Cell, Column, Figure, Row, Sheet, Table
from glose.evaluate.suspects import Audit, Suspect, quoted
from glose.evaluate.tables import count, points, share

_CONTEXT = ("before", "inside", "after")


def columns(*names: str) -> tuple[Column, ...]:
    """Return columns by their heads."""
    return tuple(map(Column, names))


def exact(number: float) -> str:
    """Return a count as it is, without the dust of binary fractions."""
    return f"{round(number, 4):g}" if number % 1 else f"{number:.0f}"


def signed(number: float) -> Figure:
    """Return a change of a count with its sign; nothing for no change."""
    shown = f"+{exact(number)}" if number > 0 else exact(number) if number else ""
    return Figure(shown, (number,))


def explanations(found: Explained) -> Sheet:
    """Return, for each two metrics, the items that they count differently, and the sum of it."""
    blocks: list[Table | str] = []
    for each in found.explanations:
        if each.odd:
            blocks.append(_items(each))
        blocks += [_account(each), f"counted alike by both: {each.alike} items"]
    names = "|".join(f"{side}:{name}" for side, name in zip("ab", found.protocols, strict=True))
    return Sheet(tuple(blocks), f"{names}|gold:{found.gold}|predicted:{found.predicted}")


def _items(each: Explanation) -> Table:
    rows = tuple(
        Row(
            (odd.document, odd.side, _shown(odd.item), odd.how, odd.why,
             _shown(odd.near) if odd.near else "", *odd.context),
            {"row": "item", "a": each.a.metric, "b": each.b.metric, "document": odd.document},
        )
        for odd in each.odd
    )  # fmt: skip
    heads = columns("document", "side", "item", "how", "why", "near", *_CONTEXT)
    return Table(heads, rows, len(heads), tuple(map(_odd, each.odd)))


def _odd(odd: Odd) -> str:
    near = f" ({_shown(odd.near)})" if odd.near and odd.near.key != odd.item.key else ""
    before, inside, after = odd.context
    what = f"{odd.document}  {odd.side} {_shown(odd.item)}  {odd.how}: {odd.why}{near}"
    return f"{what}  {before}>>{inside}<<{after}"


def _shown(item: Annotation) -> str:
    place = " ".join(f"{start}-{end}" for start, end in item.pieces)
    where = f" at {' '.join(f'{a}-{b}' for a, b in item.trigger)}" if item.trigger else ""
    return f"{item.label}{where} {place or repr(item.text)}".strip()


_SUMS = ("correct (P)", "predicted", "correct (R)", "gold")


def _account(each: Explanation) -> Table:
    """Return the counts of A, what changes them, and those of B."""
    key = {"a": each.a.metric, "b": each.b.metric}

    def row(name: str, cells: Sequence[Cell], last: Cell, indent: int = 0, **more: str) -> Row:
        return Row((name, *cells, last), {"row": "count", **key, **more}, indent)

    def figures(name: str, figure: Measured) -> Row:
        return row(name, [Figure(exact(x), (x,)) for x in figure.sums], share(figure.f1))

    rows = [figures(f"A {each.a.metric}", each.a)]
    for cause in each.causes:
        counted, correct = map(signed, cause.change)
        none = Figure("", (0.0,)), Figure("", (0.0,))
        sides = (correct, counted)
        cells = (*sides, *none) if cause.side == "predicted" else (*none, *sides)
        name = f"{cause.side}, {cause.how}: {cause.why}"
        said = {"side": cause.side, "how": cause.how, "why": cause.why}
        rows.append(row(name, cells, points(cause.f1), 1, **said))
    if any(each.rest):
        rest = list(map(signed, each.rest))
        rows.append(row("of no item", rest, points(each.rest_f1), 1, side="neither"))
    rows.append(figures(f"B {each.b.metric}", each.b))
    return Table(columns("", *_SUMS, "F1"), tuple(rows))


def alignment(report: Report) -> Sheet:
    """Return how quotes were found, what decided between several places, and what has no place."""
    names = ("id", "path", "type", "quote", "reason")
    rejects = [{name: str(each[name]) for name in names} for each in report.rejects]
    lines = (
        f"{each['id']}  {each['path']}  {each['type']}  {each['quote']!r}: {each['reason']}"
        for each in rejects
    )
    listed = Table(
        columns("document", *names[1:]),
        tuple(
            Row(tuple(each.values()), {"row": "not found", "document": each["id"]})
            for each in rejects
        ),
        len(names),
        tuple(lines),
    )
    ways = [(way, report.ways[way]) for way in ("exact", "normalised", "fuzzy", "not found")]
    tables = [_numbers("quotes", ("all", sum(report.ways.values())), *ways)]
    if report.by:
        decided = ("all", sum(report.by.values())), *sorted(report.by.items())
        tables.append(_numbers("at several places, decided by", *decided))
    return Sheet((*([listed] if rejects else []), *tables), f"documents:{report.documents}")


def _numbers(head: str, *rows: tuple[str, int]) -> Table:
    return Table(
        (Column(head), Column("number")),
        tuple(Row((name, count(number)), {"row": head, "what": name}, 1) for name, number in rows),
    )


def repairs(found: Repairs) -> Sheet:
    """Return, for each layer, how many errors of each kind there are, and each repair.

    Kinds of which there is nothing are named in a line.
    """
    blocks: list[Table | str] = []
    for each in found.layers:
        blocks.append(_kinds(each))
        none = [repair.kind for repair in each.repairs if not _there(repair)]
        if none:
            blocks.append(f"no errors of {each.layer}: {', '.join(none)}")
        blocks += [_gains(each, metric, f1) for metric, f1 in each.f1.items()]
    if not blocks:
        blocks = ["no metric was asked for of which there are kinds of errors"]
    return Sheet(tuple(blocks), f"gold:{found.gold}|predicted:{found.predicted}")


def _there(repair: Repair) -> bool:
    return bool(repair.errors or repair.gold or repair.predicted or repair.kind == "correct")


def _kinds(each: Mended) -> Table:
    counted = any(repair.gold or repair.predicted for repair in each.repairs)
    heads = columns(each.layer, "errors", *(("gold", "predicted") if counted else ()))
    rows = []
    for repair in filter(_there, each.repairs):
        right = repair.kind == "correct"
        errors: Cell = Figure("", (0.0,)) if right else count(repair.errors)
        sides = (count(repair.gold), count(repair.predicted)) if counted else ()
        rows.append(
            Row((repair.kind, errors, *sides), {"layer": each.layer, "kind": repair.kind}, 1)
        )
    if counted:
        golds, guesses = (
            sum(getattr(repair, side) for repair in each.repairs) for side in ("gold", "predicted")
        )
        wrong = sum(repair.errors for repair in each.repairs if repair.kind != "correct")
        cells = ("all", count(wrong), count(golds), count(guesses))
        rows.append(Row(cells, {"layer": each.layer, "kind": "all"}, 1))
    return Table(heads, tuple(rows))


def _gains(each: Mended, metric: str, f1: float | None) -> Table:
    """Return F1 of a metric with each kind repaired alone, and with all kinds before it."""
    key = {"layer": each.layer, "metric": metric}
    rows = [Row(("as it is", share(f1), "", share(f1)), {**key, "kind": "as it is"}, 1)]
    for repair in filter(_there, each.repairs):
        if repair.kind != "correct":
            alone, after = repair.alone[metric], repair.after[metric]
            gain = None if alone is None or f1 is None else alone - f1
            cells = (f"without {repair.kind}", share(alone), points(gain), share(after))
            rows.append(Row(cells, {**key, "kind": repair.kind}, 1))
    return Table(columns(metric, "F1", "gain", "one after the other"), tuple(rows))


_SUSPECT = ("document", "layer", "kind", "gold", "proposed", "evidence", *_CONTEXT)


def audit(found: Audit) -> Sheet:
    """Return the likeliest errors of gold, what speaks for each, and how many there are."""
    rows = tuple(
        Row(
            (str(number), each.document, each.layer, each.kind, *_labels(each),
             "; ".join(each.evidence), *each.context, Figure(f"{each.score:.2f}", (each.score,))),
            {"rank": str(number), "document": each.document},
        )
        for number, each in enumerate(found.suspects, start=1)
    )  # fmt: skip
    lines = tuple(
        line
        for number, each in enumerate(found.suspects, start=1)
        for line in _suspect(number, each)
    )
    heads = columns("rank", *_SUSPECT, "score")
    counts = (
        f"{_of(found.found, 'suspect')} in {_of(found.documents, 'document')}, by "
        f"{_of(found.systems, 'system')}; shown: {len(found.suspects)}"
    )
    shown = Counter(each.layer for each in found.suspects)
    of = ", ".join(f"{number} of {name}" for name, number in shown.items())
    summary = f"{counts} ({of})" if of else counts
    table = [Table(heads, rows, len(heads) - 1, lines)] if rows else []
    signature = f"audit|documents:{found.documents}|systems:{found.systems}"
    return Sheet((*table, summary), signature)


def _of(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"


def _labels(each: Suspect) -> tuple[str, str]:
    """Return what gold has and what is proposed, with its words where the type says too little."""
    worded = each.layer in ("coreference", "relation") or each.kind == "boundary"

    def label(item: Item | None) -> str:
        return (
            "-" if item is None else f"{item.label} {quoted(item.text)}" if worded else item.label
        )

    return label(each.gold), label(each.proposed)


def _suspect(number: int, each: Suspect) -> Iterator[str]:
    before, inside, after = each.context
    place = f"{number}.  {each.score:.2f}  {each.document}  {each.layer} {each.kind}"
    yield f"{place}  {' -> '.join(_labels(each))}  {before}>>{inside}<<{after}"
    for words in each.evidence:
        yield f"      {words}"
