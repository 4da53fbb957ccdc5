"""Statistics as a table: a row for each count, a column for each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from glose.corpus.statistics import Counts, Statistics, ranked

Row: TypeAlias = tuple[str, list[int]]

#: The least width of a column.
NARROWEST = 11


def table(columns: Sequence[tuple[str, Statistics]]) -> Iterator[str]:
    """Yield the lines of a table of the statistics of files, each with its name."""
    sections = {"": list(_totals([found for _, found in columns]))}
    sections |= dict(_sections([found for _, found in columns]))
    labels = (len(name) for rows in sections.values() for name, _ in rows)
    heads = [Path(name).name for name, _ in columns]
    widths = [max(labels, default=0) + 2, *(max(len(head), NARROWEST) for head in heads)]
    yield _line("", heads, widths)
    for section, rows in sections.items():
        if section:
            yield from ("", section)
        for name, numbers in rows:
            label = f"  {name}" if section else name
            yield _line(label, [f"{number:,}" for number in numbers], widths)


def _totals(found: Sequence[Statistics]) -> Iterator[Row]:
    """Yield the totals that are not nothing in every file."""
    for name in dict.fromkeys(name for one in found for name in one.totals):
        numbers = [one.totals[name] for one in found]
        if any(numbers):
            yield name, numbers
    if any(one.deepest for one in found):
        yield "deepest nesting", [one.deepest for one in found]


def _sections(found: Sequence[Statistics]) -> Iterator[tuple[str, list[Row]]]:
    """Yield how the counts fall out, what is most frequent in all files together first."""
    for section in dict.fromkeys(name for one in found for name in one.by):
        counted: list[Counts] = [one.by.get(section, Counter()) for one in found]
        rows = [
            (name, [counts[name] for counts in counted])
            for name, _ in ranked(sum(counted, Counter()))
        ]
        if rows:
            yield section, rows


def _line(label: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = widths
    padded = (cell.rjust(width) for cell, width in zip(cells, others, strict=True))
    return f"{label:<{first}}  {'  '.join(padded)}".rstrip()
