"""What one quick pass over the ids of a corpus file tells, before anything is decoded.

Records of the canonical form are sorted by id, so two files can be read side by side. Only where a
file is not sorted are the places of its lines held: ids and offsets, never records.
"""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from glose.corpus import jsonl
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import BUFFER, readable
from glose.corpus.manifest import records

#: One line in so many is remembered, so that several processes can each start at one.
STRIDE = 1000

#: The id of a record in canonical form, without decoding the record.
_quick = re.compile(rb'\{(?:"schema":"doc/1",)?"id":"([^"\\]*)"').match


class _Named(msgspec.Struct):
    id: str


_named = msgspec.json.Decoder(_Named)


class Spot(NamedTuple):
    """Where a line starts: its number, from 1, and its offset in bytes."""

    line: int
    offset: int


START = Spot(1, 0)


@dataclass(frozen=True, slots=True)
class Survey:
    """The size and the order of a file.

    `marks` are the ids and spots of some lines of a sorted file, in order, the first among them.
    `spots` are those of every line of a file that is not sorted, else empty.
    """

    path: Path
    documents: int
    ascending: bool
    marks: tuple[tuple[str, Spot], ...]
    spots: Mapping[str, Spot]


def survey(path: Path, *, every: bool = False) -> Survey:
    """Return the survey of a file; with `every` its spots are held even if it is sorted.

    Raises `InputError` at a line that is no record and at an id that comes twice.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise GloseError(f"{path}: this is no plain file; save what it gives to a file first")
    found = None if every else _in_order(path)
    return found or _in_any_order(path)


def _in_order(path: Path) -> Survey | None:
    marks: list[tuple[str, Spot]] = []
    count, last = 0, None
    for spot, line in lines(path):
        name = identify(line, path, spot.line)
        if last is not None and name <= last:
            return None
        if count % STRIDE == 0:
            marks.append((name, spot))
        count, last = count + 1, name
    return Survey(path, count, ascending=True, marks=tuple(marks), spots={})


def _in_any_order(path: Path) -> Survey:
    spots: dict[str, Spot] = {}
    for spot, line in lines(path):
        name = identify(line, path, spot.line)
        if name in spots:
            what = f"this id came in line {spots[name].line} already; expected each id once"
            raise InputError(Place(str(path), spot.line, name), what)
        spots[name] = spot
    return Survey(path, len(spots), ascending=False, marks=(), spots=spots)


def lines(path: Path, start: Spot = START) -> Iterator[tuple[Spot, bytes]]:
    """Yield the lines of a file from a spot on, each with its own; skip blank lines."""
    if path.is_dir():
        raise _folder(path)
    with readable(path, buffer=BUFFER) as stream:
        number, offset = start
        if offset:
            stream.seek(offset)
        for line in _read(stream, path):
            # A byte order mark is no part of the first line.
            mark = len(BOM_UTF8) if not offset and line.startswith(BOM_UTF8) else 0
            if not line.isspace():
                yield Spot(number, offset + mark), line[mark:]
            number, offset = number + 1, offset + len(line)


def _folder(path: Path) -> GloseError:
    there = ", ".join(file.name for file in records(path)) or "no *.jsonl"
    return GloseError(f"{path}: this is a folder; name a file of records in it (it has {there})")


def _read(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    try:
        yield from stream
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(Place(str(path)), f"cannot be read to its end ({error})") from error


def identify(line: bytes, path: Path, number: int) -> str:
    """Return the id of a line; raise `InputError` if it is no record."""
    try:
        quick = _quick(line)
        return quick[1].decode() if quick else _named.decode(line).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        place = Place(str(path), number)
        raise InputError(place, reason(error, line, place)) from error


def reason(error: Exception, line: bytes, place: Place) -> str:
    """Return what a decoder found wrong with a line, and what it should be."""
    if place.line == START.line and (name := _other_format(Path(place.source))):
        command = f"glose corpus convert {place.source} OUT.jsonl"
        return f"this looks like {name}; convert it first: {command}"
    if line.lstrip().startswith(b"["):
        return jsonl.LISTED
    if line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "this looks like UTF-16; save it as UTF-8"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} of a string is not UTF-8; save the file as UTF-8"
    if isinstance(error, RecursionError):
        return "values within values without end; expected a record of doc/1"
    if isinstance(error, msgspec.ValidationError):
        # A decoder tells where in a record it stopped, unless that is at its beginning.
        there = "" if " - at " in str(error) else "; expected a document a line, with its id"
        return f"{error}{there}"
    return f"not a JSON record ({error}); expected one document a line"


def _other_format(path: Path) -> str | None:
    """Return the name of the format that a file is of by its first bytes, if it is not JSONL."""
    # Only a file that is at fault needs it.
    from glose.corpus.formats.table import HEAD, formats

    try:
        with readable(path) as stream:
            head = stream.read(HEAD)
    except (EOFError, OSError, zlib.error):
        return None
    for name, found in formats().items():
        if name != "jsonl" and found.detect(path, head):
            return name
    return None
