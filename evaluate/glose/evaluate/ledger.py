"""The counts of each document in a file, from which every figure can be had again.

A counts file is JSONL: a line that says how the counts were made, then a line for each document.
The last line tells whether all of it is there as it was written. It holds no text and no
annotation. docs/metrics/statistics.md describes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, TypeVar

import msgspec

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import whole
from glose.evaluate.alignment import Extra, Missing
from glose.evaluate.counts import Row, Tally
from glose.evaluate.entries import Entry
from glose.evaluate.metrics import METRICS
from glose.evaluate.plan import Options, Plan
from glose.evaluate.signature import Print
from glose.evaluate.survey import START, lines
from glose.evaluate.unpaired import Unpaired

if TYPE_CHECKING:
    from hashlib import _Hash

_START = b'{"schema":"counts/1",'
_END = b'{"documents":'


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The counts of one document by one statistic: of all items, and of those of each type."""

    all: tuple[int | float, ...]
    types: dict[str, tuple[int | float, ...]]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document: its fields, the hashes of its lines, and for each system its counts."""

    id: str
    fields: dict[str, str]
    prints: tuple[str | None, ...]
    counts: tuple[dict[str, Counts], ...]


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A system, and the metrics that it was scored by."""

    name: str
    metrics: tuple[str, ...]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the counts of a file were made; `statistics` names the columns of each.

    `types` are those that all of gold has, by the names of statistics that count no others.
    """

    schema: Literal["counts/1"]
    glose: str
    protocols: tuple[str, ...]
    depth: int | None
    split: str | None
    missing: Missing
    extra: Extra
    fields: tuple[str, ...]
    systems: tuple[System, ...]
    statistics: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]
    types: dict[str, tuple[str, ...]] = {}


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The last line: how many documents there are, and the hash of all lines before.

    `missing` and `extra` are how many more there were of gold and of each system that have no
    line, if there were any.
    """

    documents: int
    sha256: str
    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()


@dataclass(slots=True)
class Book:
    """A counts file that is being written; `unpaired` is what has no line in it."""

    stream: IO[bytes]
    unpaired: Unpaired
    documents: int = -1
    hashed: _Hash = field(default_factory=sha256)

    def write(self, line: bytes) -> None:
        """Write a line; the first one is the header, each other that of a document."""
        self.stream.write(line)
        self.hashed.update(line)
        self.documents += 1

    def extend(self, lines: Iterable[bytes]) -> None:
        """Write some lines."""
        for line in lines:
            self.write(line)

    def close(self) -> None:
        """Write the last line."""
        found = (self.unpaired.missing, self.unpaired.extra)
        missing, extra = (tuple(each) if any(each) else () for each in found)
        end = End(self.documents, self.hashed.hexdigest(), missing, extra)
        self.stream.write(encoded(end))


@contextmanager
def written(path: Path, header: Header) -> Iterator[Book]:
    """Give a counts file to write to; it appears with its last line, or not at all."""
    with whole(path) as stream:
        book = Book(stream, Unpaired.none(len(header.systems)))
        book.write(encoded(header))
        yield book
        book.close()


@dataclass(frozen=True, slots=True)
class Ledger:
    """A counts file: how it was made, and its path."""

    path: Path
    header: Header

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the systems."""
        return tuple(system.name for system in self.header.systems)

    def lines(self, unpaired: Unpaired | None = None) -> Iterator[tuple[Line, bytes]]:
        """Yield the documents, decoded and as bytes; raise `InputError` where one is at fault.

        When all are out, what the file has no lines of was added to `unpaired`.
        """
        wanted, hashed, number, end = self._widths(), sha256(), 0, None
        for spot, content in lines(self.path):
            place = Place(str(self.path), spot.line)
            if end is not None:
                raise InputError(place, "a line after the last of the counts; count again")
            if content.startswith(_END):
                end = _decoded(_end, content, place)
                continue
            hashed.update(content)
            if spot != START:
                number += 1
                yield self._line(content, wanted, place), content
        if end is None:
            what = "the last line is not there, so others may lack too; count again"
            raise InputError(Place(str(self.path)), what)
        if (end.documents, end.sha256) != (number, hashed.hexdigest()):
            what = f"not as it was written (with {end.documents} documents); count again"
            raise InputError(Place(str(self.path)), what)
        if {len(end.missing), len(end.extra)} - {0, len(self.names)}:
            what = "the last line is not of the systems in line 1; count again"
            raise InputError(Place(str(self.path)), what)
        if unpaired is not None:
            unpaired.add(end.missing, end.extra)

    def _line(self, content: bytes, wanted: list[dict[str, set[int]]], place: Place) -> Line:
        line = _decoded(_line, content, place)
        if [_widths(counts) for counts in line.counts] != wanted:
            what = "the counts are not those of the systems in line 1; count again"
            raise InputError(replace(place, id=line.id), what)
        return line

    def _widths(self) -> list[dict[str, set[int]]]:
        """Return how many columns each statistic of each system has."""
        return [
            {name: {len(self.header.statistics[name])} for name in read(system.metrics)}
            for system in self.header.systems
        ]

    def entries(self, unpaired: Unpaired) -> Iterator[Entry]:
        """Yield the entries of the documents; add what has no counterpart to `unpaired`."""
        for line, _ in self.lines(unpaired):
            unpaired.add([found is None for found in line.prints[1:]], ())
            yield _entry(line)


def _widths(counts: Mapping[str, Counts]) -> dict[str, set[int]]:
    return {name: {len(each.all), *map(len, each.types.values())} for name, each in counts.items()}


def read(names: Iterable[str]) -> list[str]:
    """Return the names of the statistics that metrics read, each once."""
    return list(dict.fromkeys(METRICS[name].statistic.name for name in names))


_header = msgspec.json.Decoder(Header)
_line = msgspec.json.Decoder(Line)
_end = msgspec.json.Decoder(End)

_T = TypeVar("_T", Line, End)


def _decoded(decoder: msgspec.json.Decoder[_T], content: bytes, place: Place) -> _T:
    try:
        return decoder.decode(content)
    except msgspec.MsgspecError as error:
        raise InputError(place, f"no line of counts ({error}); count again") from error


def is_ledger(path: Path) -> bool:
    """Tell whether a file is one of counts, by its first line."""
    if not path.is_file():
        return False
    return any(content.startswith(_START) for _, content in _first(path))


def _first(path: Path) -> Iterator[tuple[object, bytes]]:
    for found in lines(path):
        yield found
        return


def opened(path: Path) -> Ledger:
    """Return a counts file; raise `GloseError` if it is none, or of metrics that are not here."""
    for _, content in _first(path):
        if not content.startswith(_START):
            break
        try:
            header = _header.decode(content)
        except msgspec.MsgspecError as error:
            what = f"not as counts begin ({error}); count again"
            raise InputError(Place(str(path), 1), what) from error
        _check(header, path)
        return Ledger(path, header)
    raise GloseError(f"{path}: no counts; expected a file that score --save-counts wrote")


def _check(header: Header, path: Path) -> None:
    """Raise `GloseError` where a metric is not here, or counts otherwise than the file does."""
    for name in dict.fromkeys(name for system in header.systems for name in system.metrics):
        if name not in METRICS:
            raise GloseError(
                f"{path}: no metric is called {name!r} here; install what glose {header.glose} "
                "had when the counts were made"
            )
        statistic = METRICS[name].statistic
        if header.statistics.get(statistic.name) != statistic.fields:
            raise GloseError(
                f"{path}: glose {header.glose} counted {statistic.name} otherwise; count again"
            )


def header(plan: Plan, names: Sequence[str], options: Options, notes: Iterable[str]) -> Header:
    """Return the first line of the counts that a plan makes of systems of these names."""
    systems = tuple(map(System, names, plan.metrics))
    statistics = {
        name: statistic.fields
        for number in range(len(names))
        for name, statistic in plan.statistics(number).items()
    }
    return Header(
        "counts/1", version("glose"), options.protocols, options.depth, options.split,
        options.missing, options.extra, plan.fields, systems, statistics, tuple(notes),
        {name: tuple(sorted(types)) for name, types in plan.types.items()},
    )  # fmt: skip


def encoded(made: Header | Line | End) -> bytes:
    """Return a line of a counts file."""
    return msgspec.json.encode(made) + b"\n"


def line(entry: Entry) -> Line:
    """Return an entry as a line of a counts file."""
    return Line(
        entry.id,
        dict(entry.fields),
        tuple(None if each is None else str(each) for each in entry.prints),
        tuple({name: _counts(t) for name, t in tallies.items()} for tallies in entry.tallies),
    )


def _counts(tally: Tally) -> Counts:
    types = sorted((name, row) for name, row in tally.items() if name is not None)
    return Counts(_short(tally[None]), {name: _short(row) for name, row in types})


def _short(row: Row) -> Row:
    """Return counts of which those that are whole are written without a point."""
    return tuple(int(count) if count == int(count) else float(count) for count in row)


def _entry(line: Line) -> Entry:
    tallies = [
        {name: {**each.types, None: each.all} for name, each in counts.items()}
        for counts in line.counts
    ]
    prints = tuple(None if each is None else Print(int(each, 16)) for each in line.prints)
    return Entry(line.id, line.fields, prints, tuple(tallies))
