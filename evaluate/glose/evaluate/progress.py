"""A count of what is done, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Between two changes of the line stand so many documents.
_STEP = 1000


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Give a function to be told of more that is done; it is shown on standard error."""
    done = shown = 0

    def tell(more: int) -> None:
        nonlocal done, shown
        done += more
        if sys.stderr.isatty() and done >= shown + _STEP:
            shown = done
            print(f"\r{done} {what}", end="", file=sys.stderr, flush=True)  # noqa: T201

    try:
        yield tell
    finally:
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)  # noqa: T201
