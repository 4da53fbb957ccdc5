"""Agreement as tables: a row for all layers, each two, each one, and each type and bucket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glose.evaluate.agreement.results import Agreement, Coefficient
from glose.evaluate.results import Bucket
from glose.evaluate.sheet import Cell, Column, Figure, Row, Sheet, Table
from glose.evaluate.tables import align

#: What a line is of: kind, layers, type and bucket.
Line = tuple[str, tuple[str, ...], str | None, Bucket | None]

#: The coefficients of a line, by their unit and name.
Own = Sequence[Coefficient | None]


def agreement(found: Agreement) -> Sheet:
    """Return a table for each unit; those of F1 by several metrics are one."""
    of_f1 = [unit for unit in found.units if _names(found, [unit]) == ["f1"]]
    tables = [_table(found, "F1", of_f1)] if of_f1 else []
    tables += [_table(found, unit, [unit]) for unit in found.units if unit not in of_f1]
    hashes = (f"{name}: {d}" for name, d in (*found.layers.items(), *found.systems.items()))
    return Sheet((*tables, *hashes, found.signature), found.signature)


def _names(found: Agreement, units: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(each.name for each in found.coefficients if each.unit in units))


def _table(found: Agreement, title: str, units: Sequence[str]) -> Table:
    """Return one table; its columns are the coefficients of a unit, or F1 by several metrics.

    A terminal shows the ends of an interval below its figure.
    """
    cells = [each for each in found.coefficients if each.unit in units]
    if len(units) > 1 or title == "F1":
        columns = [(unit, "f1") for unit in units]
        heads = [unit for unit, _ in columns]
    else:
        columns = [(units[0], name) for name in _names(found, units)]
        heads = [name for _, name in columns]
    lines: dict[Line, dict[tuple[str, str], Coefficient]] = {}
    for each in sorted(cells, key=_order):
        line: Line = (each.kind, each.layers, each.type, each.bucket)
        lines.setdefault(line, {})[each.unit, each.name] = each
    told = [(line, [there.get(column) for column in columns]) for line, there in lines.items()]
    shown = align([(title, *heads), *(row for line, own in told for row in _lines(line, own))])
    rows = tuple(_row(title, line, own) for line, own in told)
    named = (Column(head, (head, f"{head} low", f"{head} high")) for head in heads)
    return Table((Column(title), *named), rows, lines=tuple(shown))


def _lines(line: Line, own: Own) -> Iterator[tuple[str, ...]]:
    """Yield what a terminal shows of a line."""
    yield _called(line), *(_figure(each.value if each else None) for each in own)
    if line[0] in ("all", "system", "relative") and line[2] is None:
        for end, name in enumerate(("    from", "    to")):
            bounds = [each.interval if each else None for each in own]
            if any(bounds):
                yield name, *(_figure(each and each[end]) for each in bounds)


def _row(title: str, line: Line, own: Own) -> Row:
    kind, layers, type_, bucket = line
    key = {
        "unit": title, "of": kind, "layers": " - ".join(layers), "type": type_ or "",
        "by": bucket.by if bucket else "", "bucket": bucket.value if bucket else "",
    }  # fmt: skip
    name = _called(line)
    return Row((name.strip(), *map(_cell, own)), key, int(name.startswith(" ")))


def _cell(each: Coefficient | None) -> Cell:
    value = each.value if each else None
    low, high = (each.interval if each else None) or (None, None)
    shown = (
        _figure(value) if low is None else f"{_figure(value)} ({_figure(low)} to {_figure(high)})"
    )
    return Figure(shown, (value, low, high))


_KINDS = ("all", "pair", "annotator", "system", "relative")


def _order(each: Coefficient) -> tuple[bool, bool, int]:
    """Sort what is of all documents and types first, then by type, then by bucket."""
    return each.bucket is not None, each.type is not None, _KINDS.index(each.kind)


def _called(line: Line) -> str:
    kind, layers, type_, bucket = line
    if type_ is not None:
        return f"  type {type_}"
    where = f"  {bucket.by} {bucket.value}" if bucket else ""
    if kind == "all":
        return where or "all"
    name = " - ".join(layers)
    shown = {"annotator": f"{name}, mean", "relative": f"{name}, share of people's"}
    return f"{where}: {name}" if bucket else shown.get(kind, name)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
