"""Work that is done part by part, in this process or in several, with the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from glose.corpus.errors import GloseError

P = TypeVar("P")
R = TypeVar("R")


def spread(function: Callable[[P], R], parts: Sequence[P], jobs: int) -> Iterator[R]:
    """Yield the result of each part, in the order of the parts.

    `function` and parts must be picklable if there is more than one job. The processes are
    started afresh on every system, so that none inherits threads or locks.
    """
    if jobs == 1 or len(parts) == 1:
        yield from map(function, parts)
        return
    try:
        with ProcessPoolExecutor(min(jobs, len(parts)), get_context("spawn")) as pool:
            yield from pool.map(function, parts)
    except BrokenProcessPool as error:
        raise GloseError(
            f"a process ended before its work was done; try --jobs 1 ({error})"
        ) from error
