"""The reading of sources, in this process or in several; the results are the same and in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

from glose.corpus.building import reading
from glose.corpus.building.drafts import Skipped
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.building.spool import Place, Spool
from glose.corpus.errors import GloseError

#: Below this many documents one process is done before others have started.
FEW = 1000
#: But from so many bytes on, packed or not, a few files are worth several.
LARGE = 1 << 25
#: The most processes that are used if nobody says how many.
MOST = 8
#: How many documents a process takes at a time.
CHUNK = 16


@dataclass(frozen=True, slots=True)
class Task:
    """One source to read, with its id and the rules."""

    id: str
    source: Source
    rules: Rules


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that was read and waits for its id.

    `own` is the one that it has by itself, which goes to `extra` as `key` where it is not used;
    `number` is its place among the records of its source, from 1; `left` is what of it is no
    text, such as attachments, and `undated` what it states as a date and is none.
    """

    place: Place
    number: int
    own: str | None = None
    left: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    key: str | None = None


#: What a task gives, in the order of its source.
Result: TypeAlias = list[Waiting | Rejection | Skipped]


def results(tasks: Sequence[Task], jobs: int | None, spool: Spool) -> Iterator[Result]:
    """Yield what each task gives, in their order; `jobs` is `None` for as many as are worth it."""
    if jobs is None:
        jobs = min(os.cpu_count() or 1, MOST) if is_much(tasks) else 1
    if min(jobs, len(tasks)) <= 1:
        yield from (perform(task, spool) for task in tasks)
    else:
        yield from _shared_out(tasks, min(jobs, len(tasks)), spool)


def is_much(tasks: Sequence[Task]) -> bool:
    """Say if tasks are worth several processes: they are many, or their files are large."""
    if len(tasks) >= FEW:
        return True
    with suppress(OSError):  # reading the file says what is wrong
        return sum(path.stat().st_size for path in {task.source.path for task in tasks}) >= LARGE
    return False


#: The spool of this process, where it is one of several.
_spools: list[Spool] = []


def _begin(spool: Spool) -> None:
    # An interruption is for the first process to handle; it ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _spools[:] = [spool]


def _performed(task: Task) -> Result:
    found = perform(task, _spools[0])
    _spools[0].flush()
    return found


def _shared_out(tasks: Sequence[Task], jobs: int, spool: Spool) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(spool,))
    # Many small files go together, a few large ones one by one.
    size = max(1, min(CHUNK, len(tasks) // (jobs * 4)))
    try:
        yield from pool.map(_performed, tasks, chunksize=size)
    except BrokenProcessPool as error:
        raise GloseError(
            "a process of the build was ended from outside (is memory short?); try --jobs 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def perform(task: Task, spool: Spool) -> Result:
    """Return what the documents of a task are, which go to the spool, or why there are none."""
    found: Result = []
    for one in reading.read(task.source, task.id, task.rules):
        if isinstance(one, reading.Made):
            place = spool.add(one.document)
            found.append(Waiting(place, one.number, one.own, one.left, one.undated, one.key))
        else:
            found.append(one)
    return found
