"""Merging files of counts: of shards of a corpus, or of systems on the same documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from glose.corpus.errors import GloseError
from glose.evaluate.ledger import Counts, Header, Ledger, Line, encoded, opened, written
from glose.evaluate.unpaired import Unpaired


@dataclass(slots=True)
class _Merged:
    """One document of the merged file: its line of gold, and what there is of each system."""

    path: Path
    fields: dict[str, str]
    gold: str | None
    systems: dict[str, tuple[str | None, dict[str, Counts]]]


def merge(paths: Sequence[Path], output: Path) -> int:
    """Write the counts of some files to one, sorted by id; return how many documents it has.

    Files of other documents add up; those of other systems on the same documents are set side by
    side. Raises `GloseError` where they were counted otherwise, where a system has a document
    twice, or one that another system lacks.
    """
    ledgers = [opened(path) for path in paths]
    header = _joined(ledgers)
    documents: dict[str, _Merged] = {}
    unpaired: dict[str, list[tuple[int, int]]] = {system.name: [] for system in header.systems}
    for ledger in ledgers:
        found = Unpaired.none(len(ledger.names))
        for line, _ in ledger.lines(found):
            _add(documents, line, ledger)
        for name, *each in zip(ledger.names, found.missing, found.extra, strict=True):
            unpaired[name].append((each[0], each[1]))
    names = [*unpaired]
    with written(output, header) as book:
        book.unpaired.merge(_unpaired([*unpaired.values()]))
        for name in sorted(documents):
            book.write(encoded(_line(name, documents[name], names)))
    return len(documents)


def _unpaired(systems: Sequence[Sequence[tuple[int, int]]]) -> Unpaired:
    """Return what the files of each system have no lines of.

    What is not in the gold of one shard may be in that of another: of a system in several files
    nothing is `extra`.
    """
    missing = [sum(number for number, _ in each) for each in systems]
    return Unpaired(missing, [each[0][1] if len(each) == 1 else 0 for each in systems])


def _joined(ledgers: Sequence[Ledger]) -> Header:
    """Return the header of all; raise `GloseError` where they were not counted alike."""
    first = ledgers[0].header
    systems = {system.name: system for system in first.systems}
    statistics, notes, fields = dict(first.statistics), list(first.notes), list(first.fields)
    for ledger in ledgers[1:]:
        other = ledger.header
        for name in ("glose", "protocols", "depth", "split", "missing", "extra"):
            if getattr(first, name) != getattr(other, name):
                raise GloseError(
                    f"{ledger.path}: counted with {name} {_shown(getattr(other, name))}, "
                    f"{ledgers[0].path} with {_shown(getattr(first, name))}; count both alike"
                )
        _refuse_other_types(ledgers[0], ledger)
        for system in other.systems:
            if systems.setdefault(system.name, system) != system:
                what = f"{system.name} was scored by other metrics than in {ledgers[0].path}"
                raise GloseError(f"{ledger.path}: {what}; count both alike")
        statistics |= other.statistics
        notes += other.notes
        fields += other.fields
    return msgspec.structs.replace(
        first, systems=tuple(systems.values()), statistics=statistics,
        notes=tuple(dict.fromkeys(notes)), fields=tuple(dict.fromkeys(fields)),
    )  # fmt: skip


def _refuse_other_types(one: Ledger, other: Ledger) -> None:
    """Raise `GloseError` where counts depend on the types of all of gold, and these differ."""
    for name, types in other.header.types.items():
        if one.header.types.get(name, types) != types:
            what = f"{name} count only the types that gold has, which are others in {one.path}"
            raise GloseError(f"{other.path}: {what}; count them on the whole of gold")


def _shown(value: object) -> str:
    return "+".join(value) if isinstance(value, tuple) else str(value or "all")


def _add(documents: dict[str, _Merged], line: Line, ledger: Ledger) -> None:
    gold, *prints = line.prints
    there = documents.setdefault(line.id, _Merged(ledger.path, line.fields, gold, {}))
    if there.gold != gold:
        what = f"gold is not what it is in {there.path}; count both on the same gold"
        raise GloseError(f"{ledger.path}: {line.id}: {what}")
    for name, print_, counts in zip(ledger.names, prints, line.counts, strict=True):
        if name in there.systems:
            what = f"{name} has this document already, from {there.path}"
            raise GloseError(f"{ledger.path}: {line.id}: {what}; merge each file once")
        there.systems[name] = (print_, counts)


def _line(name: str, document: _Merged, systems: Sequence[str]) -> Line:
    for system in systems:
        if system not in document.systems:
            what = f"{system} has no counts of this document, which others have"
            raise GloseError(f"{document.path}: {name}: {what}; count all systems on it")
    found = [document.systems[system] for system in systems]
    prints = (document.gold, *(print_ for print_, _ in found))
    return Line(name, document.fields, prints, tuple(counts for _, counts in found))
