"""The report of seqeval: figures by type and their averages, as text or as a dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from glose.evaluate.tags.chunks import Texts
from glose.evaluate.tags.schemes import detected, find
from glose.evaluate.tags.shares import Counted, check

#: Name, precision, recall, F1 and gold chunks.
Row: TypeAlias = tuple[str, float, float, float, int]

_FIGURES = ("precision", "recall", "f1-score", "support")
_AVERAGES = ("micro", "macro", "weighted")


def classification_report(
    y_true: Texts, y_pred: Texts,
    digits: int = 2, suffix: bool = False, output_dict: bool = False, mode: str | None = None,
    sample_weight: object = None, zero_division: str | float = "warn", scheme: object = None,  # noqa: ARG001
) -> str | dict[str, dict[str, float]]:  # fmt: skip
    """Return precision, recall and F1 of each type, and their averages, as a table.

    With `output_dict` it is a dictionary. With `mode="strict"` the scheme is detected from gold
    if none is named; arguments are else as in `precision_score`.
    """
    check(y_true, y_pred)
    rules = None
    if mode == "strict":
        rules = detected(y_true, suffix) if scheme is None else find(scheme)
    counted = Counted.of(y_true, y_pred, rules, suffix)
    types = list(_types(counted, zero_division))
    averages = list(_averages(counted, zero_division))
    if output_dict:
        return {name: dict(zip(_FIGURES, row, strict=True)) for name, *row in types + averages}
    return _text(types, averages, digits)


def _types(counted: Counted, zero_division: str | float) -> Iterator[Row]:
    for name, *row in zip(counted.types, *counted.figures(None, zero_division), strict=True):
        precision, recall, f1, support = row
        yield name, precision, recall, f1, int(support)


def _averages(counted: Counted, zero_division: str | float) -> Iterator[Row]:
    for average in _AVERAGES:
        yield f"{average} avg", *counted.figures(average, zero_division)


def _text(types: list[Row], averages: list[Row], digits: int) -> str:
    width = max(len("weighted avg"), digits, *(len(row[0]) for row in types))
    heads = "".join(f" {head:>9}" for head in _FIGURES)
    lines = [f"{'':>{width}} {heads}", ""]
    for rows in (types, averages):
        for name, precision, recall, f1, support in rows:
            shown = "".join(f" {share:>9.{digits}f}" for share in (precision, recall, f1))
            lines.append(f"{name:>{width}} {shown} {support:>9}")
        lines.append("")
    return "\n".join(lines)
