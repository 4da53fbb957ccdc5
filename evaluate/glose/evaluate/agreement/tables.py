"""Agreement as aligned plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glose.evaluate.agreement.results import Agreement, Coefficient
from glose.evaluate.results import Bucket
from glose.evaluate.tables import align

Cells = tuple[str, ...]

#: What a line is of: kind, layers, type and bucket.
Line = tuple[str, tuple[str, ...], str | None, Bucket | None]


def agreement(found: Agreement) -> Iterator[str]:
    """Yield a table for each unit: a line for all layers, each two, each one, type and bucket."""
    of_f1 = [unit for unit in found.units if _names(found, [unit]) == ["f1"]]
    if of_f1:
        yield from _table(found, "F1", of_f1)
    for unit in found.units:
        if unit not in of_f1:
            yield from _table(found, unit, [unit])
    for name, digest in (*found.layers.items(), *found.systems.items()):
        yield f"{name}: {digest}"
    yield found.signature


def _names(found: Agreement, units: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(each.name for each in found.coefficients if each.unit in units))


def _table(found: Agreement, title: str, units: Sequence[str]) -> Iterator[str]:
    """Yield one table; its columns are the coefficients of a unit, or F1 by several metrics."""
    cells = [each for each in found.coefficients if each.unit in units]
    if len(units) > 1 or title == "F1":
        columns = [(unit, "f1") for unit in units]
        head = [unit for unit, _ in columns]
    else:
        columns = [(units[0], name) for name in _names(found, units)]
        head = [name for _, name in columns]
    lines: dict[Line, dict[tuple[str, str], Coefficient]] = {}
    for each in sorted(cells, key=_order):
        line: Line = (each.kind, each.layers, each.type, each.bucket)
        lines.setdefault(line, {})[each.unit, each.name] = each
    rows: list[Cells] = [(title, *head)]
    for (kind, layers, type_, bucket), there in lines.items():
        own = [there.get(column) for column in columns]
        rows.append(
            (
                _called((kind, layers, type_, bucket)),
                *(_figure(x.value if x else None) for x in own),
            )
        )
        if kind in ("all", "system", "relative") and type_ is None:
            for end, name in enumerate(("    from", "    to")):
                bounds = [each.interval if each else None for each in own]
                if any(bounds):
                    rows.append((name, *(_figure(b and b[end]) for b in bounds)))
    yield from align(rows)
    yield ""


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
