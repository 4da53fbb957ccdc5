"""The reading of sources, in this process or in several; the results are the same and in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from glose.corpus import rules
from glose.corpus.building import reading
from glose.corpus.building.rejections import RejectError, Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import Document
from glose.corpus.errors import GloseError

#: Below this many documents one process is done before others have started.
FEW = 1000
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


def results(tasks: Sequence[Task], jobs: int | None) -> Iterator[Document | Rejection]:
    """Yield what each task gives, in their order; `jobs` is `None` for as many as are worth it."""
    if jobs is None:
        jobs = 1 if len(tasks) < FEW else min(os.cpu_count() or 1, MOST)
    if min(jobs, len(tasks)) <= 1:
        yield from map(perform, tasks)
    else:
        yield from _shared_out(tasks, min(jobs, len(tasks)))


def _shared_out(tasks: Sequence[Task], jobs: int) -> Iterator[Document | Rejection]:
    context = multiprocessing.get_context("spawn")
    # An interruption is for this process to handle; it ends the others.
    quiet = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(jobs, context, initializer=signal.signal, initargs=quiet)
    try:
        yield from pool.map(perform, tasks, chunksize=CHUNK)
    except BrokenProcessPool as error:
        raise GloseError(
            "a process of the build was ended from outside (is memory short?); try --jobs 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def perform(task: Task) -> Document | Rejection:
    """Return the document of a task, or why there is none."""
    try:
        document = reading.read(task.source, task.id, task.rules)
        for fault in rules.faults(document):
            raise RejectError(fault)
    except RejectError as error:
        return Rejection(task.source.name, str(error))
    return document
