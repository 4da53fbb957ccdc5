"""Two versions of a file made one: of a file of records, or of a sheet.

Records are compared as bytes; only those that both sides changed are decoded. Of the others
nothing is held but where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import IO, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from glose.corpus import jsonl
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import whole
from glose.corpus.forms import shown
from glose.corpus.versions import markers, merging, sheets
from glose.corpus.versions.conflicts import Conflict
from glose.corpus.versions.merging import Merge
from glose.corpus.versions.sequences import woven

Key: TypeAlias = tuple[str, str]
Side: TypeAlias = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to merge: which side wins a conflict, if one does, and how long marks are.

    `name` is what the file is called, which says the layer of records that name none.
    """

    name: str
    take: Side | None = None
    marks: int = markers.SIZE


@dataclass(slots=True)
class Outcome:
    """What came of the merge of a file, filled as its lines are asked for."""

    documents: int = 0
    #: How many documents both sides changed.
    both: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    #: Of which document, and the old and new id of each annotation of theirs that got another.
    names: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, found: Merge) -> None:
        """Count the merge of a document that both sides changed."""
        self.both += 1
        self.conflicts += found.conflicts
        kept = found.ours or found.theirs
        if kept is not None:
            self.names += [(kept.id, old, new) for old, new in found.names]


def is_sheet(path: Path) -> bool:
    """Whether a file begins as a sheet does."""
    with _opened(path) as stream:
        return stream.read(len(sheets.HEAD)) == sheets.HEAD


def is_corpus(path: Path) -> bool:
    """Whether a file is empty, or begins with a record or as a sheet does."""
    with _opened(path) as stream:
        line = stream.readline(jsonl.LONGEST)
    if not line or sheets.HEAD.startswith(line):
        return True
    try:
        jsonl.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True


def lines(three: tuple[Path, Path, Path], wanted: Wanted, outcome: Outcome) -> Iterator[bytes]:
    """Yield the lines of the merge of base, ours and theirs, and fill the outcome.

    Raises `InputError` where a record that both sides changed breaks a rule.
    """
    if any(is_sheet(path) for path in three):
        yield from _of_sheets(three, wanted, outcome)
        return
    with ExitStack() as stack:
        found = [stack.enter_context(_Index(path, wanted.name)) for path in three]
        for index in found:
            index.read()
        base, ours, theirs = found
        yield from _of_records(base, ours, theirs, wanted, outcome)


# --------------------------------------------------------------------------------------------
# Files of records
# --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a record stands: its line, the place of its bytes, and their hash."""

    number: int
    start: int
    size: int
    digest: bytes


class _Name(msgspec.Struct):
    id: str
    layer: str = ""


class _Index:
    """A file of records, and where each is."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.stream = _opened(path)
        self.spots: dict[Key, _Spot] = {}

    def __enter__(self) -> _Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def read(self) -> None:
        """Find all records; raise `InputError` where there is none, or one comes twice."""
        position = 0
        for number, line in enumerate(self.stream, start=1):
            if line.strip():
                self._add(number, position, line)
            position += len(line)

    def _add(self, number: int, position: int, line: bytes) -> None:
        place = Place(self.name, number)
        try:
            found = _names.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            if line.startswith(jsonl.MARKS):
                raise InputError(place, jsonl.UNDECIDED) from error
            raise InputError(
                place, f"no record ({error}); expected one document a line"
            ) from error
        key = found.id, found.layer
        if key in self.spots:
            what = f"comes twice in layer {shown(found.layer)}; expected each document once"
            raise InputError(Place(self.name, number, found.id), what)
        digest = blake2b(line.rstrip(b"\r\n"), digest_size=16).digest()
        self.spots[key] = _Spot(number, position, len(line), digest)

    def digest(self, key: Key) -> bytes | None:
        """Return the hash of a record, or `None` if it is not there."""
        spot = self.spots.get(key)
        return None if spot is None else spot.digest

    def line(self, key: Key) -> Iterator[bytes]:
        """Yield the line of a record as it stands, with its end; nothing if it is not there."""
        spot = self.spots.get(key)
        if spot is not None:
            self.stream.seek(spot.start)
            line = self.stream.read(spot.size)
            yield line if line.endswith(b"\n") else line + b"\n"

    def document(self, key: Key) -> Document | None:
        """Return a record, or `None` if it is not there."""
        for line in self.line(key):
            try:
                [found] = jsonl.parse([line], self.name)
            except InputError as error:
                number = self.spots[key].number
                raise InputError(Place(self.name, number, error.place.id), error.what) from error
            # A hash that is not stated stays so, as it does in a sheet.
            return replace(found, text_sha256=jsonl.decode(line).text_sha256)
        return None


_names = msgspec.json.Decoder(_Name)


def _of_records(
    base: _Index, ours: _Index, theirs: _Index, wanted: Wanted, outcome: Outcome
) -> Iterator[bytes]:
    for key in _order(base, ours, theirs):
        before, mine, yours = (index.digest(key) for index in (base, ours, theirs))
        if mine == yours or yours == before:
            found = ours.line(key)
        elif mine == before:
            found = theirs.line(key)
        else:
            versions = (index.document(key) for index in (base, ours, theirs))
            merge = merging.merge(*versions)
            outcome.add(merge)
            found = _written(merge, _record, wanted)
        for number, line in enumerate(found):
            outcome.documents += number == 0
            yield line


def _order(base: _Index, ours: _Index, theirs: _Index) -> list[Key]:
    """Return the names of all records: sorted if both sides are, else as they stand there."""
    three = [list(index.spots) for index in (base, ours, theirs)]
    found = woven(*three)
    if all(_sorted(side) for side in three[1:]):
        found.sort(key=lambda key: key[0])
    return found


def _sorted(keys: list[Key]) -> bool:
    return all(a[0] <= b[0] for a, b in pairwise(keys))


def _written(
    found: Merge, encode: Callable[[Document], list[bytes]], wanted: Wanted
) -> Iterator[bytes]:
    """Yield the lines of a merge, with marks around what is to be decided."""
    ours = found.theirs if wanted.take == "theirs" else found.ours
    theirs = found.ours if wanted.take == "ours" else found.theirs
    sides = [[] if side is None else encode(side) for side in (ours, theirs)]
    yield from markers.marked(sides[0], sides[1], wanted.marks)


def _record(document: Document) -> list[bytes]:
    return [jsonl.encode(document) + b"\n"]


# --------------------------------------------------------------------------------------------
# Sheets
# --------------------------------------------------------------------------------------------


def _of_sheets(
    three: tuple[Path, Path, Path], wanted: Wanted, outcome: Outcome
) -> Iterator[bytes]:
    base, ours, theirs = (path.read_bytes() for path in three)
    outcome.documents = 1
    if ours == theirs or theirs == base:
        yield ours
    elif ours == base:
        yield theirs
    else:
        merge = merging.merge(
            _sheet(base, f"{wanted.name} (base)"),
            _sheet(ours, f"{wanted.name} (ours)"),
            _sheet(theirs, f"{wanted.name} (theirs)"),
        )
        outcome.add(merge)
        yield from _written(merge, _lines, wanted)


def _lines(document: Document) -> list[bytes]:
    return sheets.encode(document).splitlines(keepends=True)


def _sheet(data: bytes, name: str) -> Document | None:
    return sheets.parse(data.split(b"\n"), name) if data.strip() else None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error


def write(path: Path, found: Iterator[bytes]) -> None:
    """Write lines to a file, which may be one of those that they are made from.

    It appears whole or not at all. Raises `GloseError`.
    """
    with whole(path) as stream:
        stream.writelines(found)
