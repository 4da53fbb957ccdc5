"""From one format to another, with an account of what became of everything on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.formats import inputs, layers, reports, unread
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.losses import Reason, Row
from glose.corpus.formats.rejects import Rejects
from glose.corpus.formats.reports import Report
from glose.corpus.formats.structures import STRUCTURES


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to convert: `strict` makes any loss an error, `rejects` is where malformed items go.

    `options` go to the format that declares them; `from.name` and `to.name` to one side only.
    `layer` is the only one whose records are taken, if it is named.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    rejects: Path | None = None
    strict: bool = False
    layer: str | None = None


Named = tuple[str, Format]


def convert(source: Path, target: Path, read: Named, write: Named, wanted: Wanted) -> Report:
    """Write the documents of a path to another; return what became of them.

    Raises `GloseError` where an option is unknown, nothing is there to convert, or something was
    lost and that is not wanted; then nothing is written but the rejects.
    """
    rejects = Rejects(wanted.rejects)
    reading, writing = _tasks(read, write, wanted, rejects)
    documents = _some(read[1].read(source, reading), source, read[1].suffixes)
    if wanted.layer is not None:
        documents = layers.chosen(documents, wanted.layer, source, reading.losses)

    def report() -> Report:
        rows = tuple(_joined(writing.losses.rows(), reading.losses.rows()))
        notes = (*_told(reading), *_told(writing))
        names = str(source), str(target), read[0], write[0]
        count = writing.losses.documents
        return Report(*names, count, rows, len(rejects.found), notes)

    def agree() -> None:
        if wanted.strict and not (found := report()).lossless:
            raise GloseError(
                f"{target}: not written, since --strict allows no loss: {reports.worst(found)}"
            )

    try:
        with inputs.noted():
            write[1].write(target, documents, writing, agree)
    finally:
        rejects.write()
    return report()


def _tasks(read: Named, write: Named, wanted: Wanted, rejects: Rejects) -> tuple[Task, Task]:
    sides = {"from": (read[0], read[1].known), "to": (write[0], write[1].options)}
    given: dict[str, dict[str, str]] = {"from": {}, "to": {}}
    for name, value in wanted.options.items():
        side, dot, short = name.rpartition(".")
        takers = [
            one
            for one, (_, known) in sides.items()
            if side in ("", one) and short in {option.name for option in known}
        ]
        if not takers or (dot and side not in sides):
            raise GloseError(_unknown(short, sides))
        for one in takers:
            given[one][short] = value
    reading = Task(given["from"], rejects, counted=True, name=read[0])
    return reading, Task(given["to"], rejects, counted=True, name=write[0])


def options(given: Iterable[str]) -> dict[str, str]:
    """Return options as they are given on the command line, `name=value`, by name."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise GloseError(f"--option {text}: expected NAME=VALUE")
        found[name] = value
    return found


def _unknown(name: str, sides: Mapping[str, tuple[str, tuple[Option, ...]]]) -> str:
    known = {option.name: called for called, found in sides.values() for option in found}
    close = get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    there = ", ".join(f"{option} ({called})" for option, called in sorted(known.items()))
    return f"--option {name}: no such option{hint} (there are: {there or 'none'})"


def _some(
    documents: Iterable[Document], source: Path, suffixes: tuple[str, ...]
) -> Iterator[Document]:
    empty = True
    for document in documents:
        empty = False
        yield document
    if empty:
        ledger = inputs.ledger()
        why = unread.missing(source, ledger, suffixes) if ledger and source.is_dir() else None
        raise GloseError(f"{source}: no record in it; {why or 'expected one at least'}")


def _joined(written: Iterable[Row], found: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of both sides as one account, in the order of the structures.

    What the reader kept is what was there for the writer; what it changed may be lost once more.
    """
    before, after = {row.kind: row for row in found}, {row.kind: row for row in written}
    order = [*STRUCTURES, *sorted((before.keys() | after.keys()) - STRUCTURES.keys())]
    for kind in order:
        first = before.get(kind, Row(kind, 0, 0, 0, 0))
        second = after.get(kind, Row(kind, 0, 0, 0, 0))
        there = second.there + first.dropped
        dropped = second.dropped + first.dropped
        changed = min(second.changed + first.changed, there - dropped)
        if there:
            kept = there - changed - dropped
            reasons = _capped((*first.reasons, *second.reasons), changed, dropped)
            yield Row(kind, there, kept, changed, dropped, reasons)


def _capped(reasons: Iterable[Reason], changed: int, dropped: int) -> tuple[Reason, ...]:
    """Return reasons that add up to what was changed and dropped."""
    left = {"changed": changed, "dropped": dropped}
    found = []
    for reason in reasons:
        number = min(reason.count, left[reason.what])
        left[reason.what] -= number
        if number:
            found.append(Reason(reason.what, number, reason.reason))
    return tuple(found)


def _told(task: Task) -> Iterator[str]:
    for note, number in task.losses.notes.items():
        yield f"{note} ({number} times)" if number > 1 else note
