"""Which predicted document goes with which gold document: by id, one to one.

Files that are sorted by id, as the canonical form is, are read side by side. If one is not, all
are read line by line through the spots of their lines. Either way one document a file is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Literal, NamedTuple, TypeAlias, cast

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import readable
from glose.evaluate.survey import START, Spot, Survey, identify, lines, survey
from glose.evaluate.unpaired import Unpaired

Missing: TypeAlias = Literal["error", "empty", "ignore"]
Extra: TypeAlias = Literal["error", "ignore"]


class Line(NamedTuple):
    """A line of a file, with its number: a record that is not decoded yet."""

    number: int
    content: bytes


class Row(NamedTuple):
    """A gold line, and the line of the same id in each predictions file, or `None`."""

    id: str
    gold: Line
    predicted: tuple[Line | None, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do where the files do not hold the same documents.

    A document that a system lacks is an error, counts as `empty` (nothing predicted), or is left
    out for all systems. One that is not in gold is an error, or ignored. `wanted` are the ids to
    score, or `None` for all; the rest of gold is passed over.
    """

    missing: Missing = "error"
    extra: Extra = "error"
    wanted: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the work that one process can do by itself.

    Sorted files: the lines from `starts` (one spot a file, gold first; before `first` they are
    another part's) up to but without the id `end`. Others: the gold ids of `chosen`.
    """

    files: tuple[Survey, ...]
    policy: Policy
    starts: tuple[Spot, ...] = ()
    first: str | None = None
    end: str | None = None
    chosen: tuple[str, ...] = ()


def parts(gold: Path, predicted: Sequence[Path], policy: Policy, jobs: int = 1) -> list[Part]:
    """Return the work in at most `jobs` parts, in the order of gold.

    Raises `GloseError` where gold or a predictions file holds nothing, or an id twice.
    """
    files = [survey(path) for path in (gold, *predicted)]
    if not files[0].documents:
        raise GloseError(f"{gold}: no documents; expected the gold corpus, one document a line")
    for file in files[1:]:
        if not file.documents and policy.missing != "empty":
            raise GloseError(
                f"{file.path}: no documents; expected predictions, or say --missing empty"
            )
    if all(file.ascending for file in files):
        return list(_ranges(tuple(files), policy, jobs))
    files = [file if file.spots else survey(file.path, every=True) for file in files]
    return list(_choices(tuple(files), policy, jobs))


def _ranges(files: tuple[Survey, ...], policy: Policy, jobs: int) -> Iterator[Part]:
    marks = files[0].marks
    cuts = sorted({len(marks) * job // jobs for job in range(jobs)})
    bounds = [marks[cut][0] for cut in cuts]
    ends = [*bounds[1:], None]
    for number, (bound, end) in enumerate(zip(bounds, ends, strict=True)):
        first = bound if number else None
        starts = tuple(_start(file, first) for file in files)
        yield Part(files, policy, starts, first, end)


def _start(file: Survey, first: str | None) -> Spot:
    """Return the last spot that is known to stand at or before an id."""
    spot = START
    for name, mark in file.marks:
        if first is None or name > first:
            break
        spot = mark
    return spot


def _choices(files: tuple[Survey, ...], policy: Policy, jobs: int) -> Iterator[Part]:
    _refuse_extra(files, policy)
    ids = tuple(files[0].spots)
    for job in range(jobs):
        chosen = ids[len(ids) * job // jobs : len(ids) * (job + 1) // jobs]
        if chosen:
            yield Part(files, policy, chosen=chosen)


def _refuse_extra(files: tuple[Survey, ...], policy: Policy) -> None:
    if policy.extra == "ignore":
        return
    gold = files[0]
    for file in files[1:]:
        for name, spot in file.spots.items():
            if name not in gold.spots:
                raise _extra(file.path, spot.line, name, gold.path)


def rows(part: Part, unpaired: Unpaired | None = None) -> Iterator[Row]:
    """Yield the rows of a part; raise `InputError` where the policy says so.

    When all are out, what the systems lack or have too much is added to `unpaired`.
    """
    unpaired = unpaired or Unpaired.none(len(part.files) - 1)
    found = _picked(part, unpaired) if part.chosen else _merged(part, unpaired)
    if part.policy.missing == "ignore":
        return (row for row in found if None not in row.predicted)
    return found


def _picked(part: Part, unpaired: Unpaired) -> Iterator[Row]:
    unpaired.add((), _extras(part))
    wanted = part.policy.wanted
    with ExitStack() as stack:
        streams = [stack.enter_context(readable(file.path)) for file in part.files]
        for name in part.chosen:
            if wanted is None or name in wanted:
                gold, *predicted = map(partial(_pick, name), part.files, streams)
                # Every chosen id is one of gold's.
                yield _row(part, Row(name, cast("Line", gold), tuple(predicted)), unpaired)


def _extras(part: Part) -> tuple[int, ...]:
    """Return how many ids each system has that gold has not; only the first part tells."""
    gold, *systems = (file.spots for file in part.files)
    if part.chosen[0] != next(iter(gold)):
        return ()
    return tuple(sum(name not in gold for name in spots) for spots in systems)


def _pick(name: str, file: Survey, stream: IO[bytes]) -> Line | None:
    spot = file.spots.get(name)
    if spot is None:
        return None
    stream.seek(spot.offset)
    return Line(spot.line, stream.readline())


def _merged(part: Part, unpaired: Unpaired) -> Iterator[Row]:
    gold, *predicted = part.files
    cursors = [
        _Cursor(file, start, part) for file, start in zip(predicted, part.starts[1:], strict=True)
    ]
    wanted = part.policy.wanted
    for name, line in _between(gold, part.starts[0], part):
        found = tuple(cursor.take(name) for cursor in cursors)
        if wanted is None or name in wanted:
            yield _row(part, Row(name, line, found), unpaired)
    for cursor in cursors:
        cursor.finish()
    unpaired.add((), [cursor.extra for cursor in cursors])


def _between(file: Survey, start: Spot, part: Part) -> Iterator[tuple[str, Line]]:
    """Yield the lines of a sorted file that belong to a part, with their ids."""
    for spot, content in lines(file.path, start):
        name = identify(content, file.path, spot.line)
        if part.end is not None and name >= part.end:
            return
        if part.first is None or name >= part.first:
            yield name, Line(spot.line, content)


class _Cursor:
    """A sorted predictions file that is asked for ids in ascending order.

    `extra` counts the lines that were passed over.
    """

    def __init__(self, file: Survey, start: Spot, part: Part) -> None:
        self.file, self.part = file, part
        self.extra = 0
        self.lines = _between(file, start, part)
        self.waiting = next(self.lines, None)

    def take(self, name: str) -> Line | None:
        """Return the line of an id, passing over the lines before it; `None` if there is none."""
        while self.waiting is not None and self.waiting[0] < name:
            self._pass()
        if self.waiting is None or self.waiting[0] != name:
            return None
        line = self.waiting[1]
        self.waiting = next(self.lines, None)
        return line

    def finish(self) -> None:
        """Pass over what is left."""
        while self.waiting is not None:
            self._pass()

    def _pass(self) -> None:
        if self.waiting is not None and self.part.policy.extra == "error":
            name, line = self.waiting
            raise _extra(self.file.path, line.number, name, self.part.files[0].path)
        self.extra += 1
        self.waiting = next(self.lines, None)


def _row(part: Part, row: Row, unpaired: Unpaired) -> Row:
    if None not in row.predicted:
        return row
    if part.policy.missing == "error":
        path = part.files[1 + row.predicted.index(None)].path
        advice = _other_ids(part.files[0].path, path) or (
            "expected each gold document once; score one split with --split, count it as empty "
            "with --missing empty, or leave it out with --missing ignore"
        )
        raise InputError(Place(str(path), None, row.id), f"this document is missing; {advice}")
    unpaired.add([line is None for line in row.predicted], ())
    return row


def _extra(path: Path, number: int, name: str, gold: Path) -> InputError:
    advice = _other_ids(gold, path) or "remove it, or say --extra ignore"
    what = f"this document is not in {gold}; {advice}"
    return InputError(Place(str(path), number, name), what)


def _other_ids(gold: Path, path: Path) -> str | None:
    """Return what to do where two files have no id in common, read once more to find out."""
    known = {identify(line, gold, spot.line) for spot, line in lines(gold)}
    ids = [identify(line, path, spot.line) for spot, line in lines(path)]
    if not ids or not known.isdisjoint(ids):
        return None
    return (
        f"no id is in both files ({min(known)!r} and {ids[0]!r}): a document without one is "
        "called by its file; convert both with the same --option name=NAME"
    )
