"""The loss report of a conversion: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glose.corpus.files import whole
from glose.corpus.formats.losses import Row
from glose.corpus.numbers import counted

#: How many losses an error names.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the structures of all documents; `rows` are in the order of the table."""

    source: str
    target: str
    read: str
    write: str
    documents: int
    rows: tuple[Row, ...]
    rejected: int = 0
    notes: tuple[str, ...] = ()

    @property
    def lossless(self) -> bool:
        """Whether nothing was changed, dropped or rejected."""
        return not self.rejected and all(row.kept == row.there for row in self.rows)


def write(path: Path, report: Report) -> None:
    """Write a report as JSON."""
    content = msgspec.json.format(msgspec.json.encode(report), indent=1)
    with whole(path) as stream:
        stream.write(content + b"\n")


def worst(report: Report) -> str:
    """Return what was lost, the most first, as one line."""
    reasons = [
        (reason.count, f"{row.kind}: {reason.count:,} {reason.what}: {reason.reason}")
        for row in report.rows
        for reason in row.reasons
    ]
    if report.rejected:
        reasons.append((report.rejected, f"{counted(report.rejected, 'item')} rejected"))
    told = [text for _, text in sorted(reasons, key=lambda pair: -pair[0])]
    more = f"; and {len(told) - NAMED} more" if len(told) > NAMED else ""
    return "; ".join(told[:NAMED]) + more


def table(report: Report) -> Iterator[str]:
    """Yield the lines of the report as a person reads it."""
    yield f"{'structure':<30} {'there':>9} {'kept':>9} {'changed':>9} {'dropped':>9}"
    for row in report.rows:
        numbers = " ".join(f"{n:>9,}" for n in (row.there, row.kept, row.changed, row.dropped))
        yield f"{row.kind:<30} {numbers}"
        for reason in row.reasons:
            yield f"    {reason.count:,} {reason.what}: {reason.reason}"
    for note in report.notes:
        yield f"note: {note}"
    if report.rejected:
        yield f"rejected: {counted(report.rejected, 'item')}"
