"""Everything that is wrong with a file of records, in one pass.

Nothing is held but ids and the beginnings of hashes. A line that is no record is told and left
out; a file that is none at all gives a single line.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

import msgspec

from glose.corpus import canonical, cautions, jsonl, rules
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, Place
from glose.corpus.files import readable
from glose.corpus.numbers import counted
from glose.corpus.refusals import QUOTED
from glose.corpus.schema import Schema
from glose.corpus.violations import violations

#: A file that begins with so many lines that are not JSON is no corpus.
HOPELESS = 10
BLANK = "a blank line; expected one record a line"

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong at a place; a warning breaks no rule."""

    place: Place
    what: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.level == 'warning' else ''}{self.what}"

    def plain(self) -> dict[str, str | int | None]:
        """Return the problem as `--json` writes it."""
        place = self.place
        return {
            "file": place.source,
            "line": place.line,
            "id": place.id,
            "level": self.level,
            "what": self.what,
        }


@dataclass(frozen=True, slots=True)
class Checks:
    """What to check beside the rules. `sparse` records may leave out keys, and need no order.

    `form` is what a departure from the canonical form is: an error only where a manifest vouches
    for the bytes of a file.
    """

    schema: Schema | None = None
    sparse: bool = False
    form: Level = "warning"


@dataclass(slots=True)
class Summary:
    """How much was read and what was found, filled as the problems are asked for."""

    files: int = 0
    documents: int = 0
    errors: int = 0
    warnings: int = 0

    def count(self, problem: Problem) -> None:
        """Count a problem as error or warning."""
        if problem.level == "error":
            self.errors += 1
        else:
            self.warnings += 1

    def __str__(self) -> str:
        return (
            f"{counted(self.files, 'file')}, {counted(self.documents, 'record')}:"
            f" {counted(self.errors, 'error')}, {counted(self.warnings, 'warning')}"
        )


Observer = Callable[[Document], None]


def file(
    path: Path, checks: Checks, summary: Summary, observe: Observer = lambda _: None
) -> Iterator[Problem]:
    """Yield what is wrong with a file; `observe` is called with each record that can be read."""
    summary.files += 1
    source = str(path)
    reader = _Reader(source, checks, observe)
    try:
        with readable(path) as stream:
            yield from reader.read(stream)
    except GloseError as error:
        yield Problem(Place(source), str(error).removeprefix(f"{path}: "))
    except (EOFError, OSError, zlib.error) as error:
        yield Problem(Place(source), f"cannot be read on ({error}); is the file whole?")
    summary.documents += reader.count


@dataclass(slots=True)
class _Reader:
    """One pass over one file."""

    source: str
    checks: Checks
    observe: Observer
    count: int = 0
    _last: str = ""
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def read(self, stream: IO[bytes]) -> Iterator[Problem]:
        """Yield the problems of every line; of one alone if there is no record at all."""
        # What is wrong before the first record waits until there is one.
        waiting: list[Problem] = []
        for number, line in _lines(stream):
            found = list(self._line(line, number))
            if self.count:
                yield from waiting
                yield from found
                waiting.clear()
            else:
                waiting += found
                if len(waiting) == HOPELESS or b"\0" in line:
                    break
        if not self.count:
            yield self._none(waiting)

    def _none(self, waiting: list[Problem]) -> Problem:
        """Return the one thing to say of a file without records."""
        bad = [problem for problem in waiting if problem.what != BLANK]
        if not bad:
            what = "only blank lines" if waiting else "the file is empty"
            return Problem(Place(self.source), f"{what}; expected one record a line")
        if len(bad) == 1:
            return bad[0]
        what = f"no line of the first {waiting[-1].place.line} is a record ({bad[0].what})"
        return Problem(Place(self.source), what)

    def _line(self, line: bytes, number: int) -> Iterator[Problem]:
        found = _decoded(line)
        if isinstance(found, Document):
            self.count += 1
            yield from self._record(found, line, number)
        elif found.what != BLANK or not self.checks.sparse:
            self.count += found.object
            yield Problem(
                Place(self.source, number, _id(line) if found.object else None), found.what
            )

    def _record(self, document: Document, line: bytes, number: int) -> Iterator[Problem]:
        place = Place(self.source, number, document.id[:QUOTED] or None)
        written = document
        if self.checks.sparse:
            document = jsonl.completed(document, Path(self.source).name.split(".")[0])
        else:
            yield from self._form(document, line, place)
        yield from (Problem(place, fault) for fault in rules.faults(document, written))
        yield from (Problem(place, what, "warning") for what in cautions.warnings(document))
        if self.checks.schema is not None:
            for found in violations(document, self.checks.schema):
                yield Problem(place, found.what, found.level)
        yield from self._order(document, place)
        self.observe(document)

    def _form(self, document: Document, line: bytes, place: Place) -> Iterator[Problem]:
        form = canonical.departure(line, document)
        if form is None:
            return
        if missing := canonical.missing(line, document):
            yield Problem(place, missing)
        else:
            yield Problem(place, form, self.checks.form)

    def _order(self, document: Document, place: Place) -> Iterator[Problem]:
        key = document.id, document.layer
        if key in self._seen:
            what = f"a second record of this id in layer {document.layer!r}; expected one"
            yield Problem(place, what)
        self._seen.add(key)
        if document.id < self._last and not self.checks.sparse:
            what = f"stands after {self._last!r}; expected records sorted by id"
            yield Problem(place, what, self.checks.form)
        self._last = document.id


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers; of one too long, the beginning alone."""
    number = 0
    while line := stream.readline(jsonl.LONGEST):
        number += 1
        yield number, line
        while len(line) == jsonl.LONGEST and not line.endswith(b"\n"):
            line = stream.readline(jsonl.LONGEST)


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a line is no record, and whether it is a JSON object at least."""

    what: str
    object: bool


def _decoded(line: bytes) -> Document | _Refused:
    if not line.strip():
        return _Refused(BLANK, object=False)
    try:
        return jsonl.decode(line)
    except msgspec.ValidationError as error:
        return _Refused(str(error)[:QUOTED], line.lstrip().startswith(b"{"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _Refused(_reason(line, error), object=False)


def _reason(line: bytes, error: Exception) -> str:
    if len(line) == jsonl.LONGEST:
        return f"a line of more than {jsonl.LONGEST >> 20} MiB; expected one record a line"
    if b"\0" in line:
        return f"binary data (a NUL at byte {line.index(0)}); expected one JSON record a line"
    if line.startswith(jsonl.MARKS):
        return jsonl.UNDECIDED
    if line.startswith(b"\xef\xbb\xbf"):
        return "a byte order mark before the record; expected UTF-8 without one"
    if isinstance(error, UnicodeDecodeError):
        # The decoder counts from the beginning of the string that is wrong.
        start = max(line.find(error.object), 0) + error.start
        return f"byte {start} of the line is not UTF-8; save the file as UTF-8"
    return f"not JSON ({str(error)[:QUOTED]}); expected one record a line"


class _Named(msgspec.Struct):
    id: str


def _id(line: bytes) -> str | None:
    """Return the id of a line that is JSON but no record, if it has one."""
    try:
        return msgspec.json.decode(line, type=_Named).id[:QUOTED] or None
    except (msgspec.ValidationError, RecursionError):
        # What is nested too deeply to be read was told of already.
        return None
