"""Spans of corpora whose offsets are known to be wrong by a few, where the user says so."""

from __future__ import annotations

from itertools import chain

from glose.corpus.document import Pair
from glose.corpus.formats.declaration import Option, Task
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.rulers import MisplacedError, Ruler

OPTION = Option("slack", "how far a span may be moved to the words that it states", "0")


def settled(ruler: Ruler, pair: Pair, words: str, task: Task, kind: str) -> Pair:
    """Return a span in code points of the text, which covers the words that its source states.

    With the option `slack` it may be moved to the nearest place that has the words, which is told
    as a change of that kind of structure. Raises `MalformedError`.
    """
    try:
        return ruler.span(*pair, words)
    except MisplacedError as error:
        slack = task.number("slack") or 0
        for distance in chain.from_iterable((-n, n) for n in range(1, slack + 1)):
            moved = _there(ruler, pair[0] + distance, words)
            if moved is not None:
                task.losses.change(kind, f"moved by {distance:+} to the words that they state")
                return moved
        raise MalformedError(f"{error}{_hint(ruler, pair[0], words, slack)}") from error


def _there(ruler: Ruler, start: int, words: str) -> Pair | None:
    """Return the span of some words if they stand at an offset."""
    end = start + Ruler(words, ruler.unit).size
    if not 0 <= start < end <= ruler.size:
        return None
    try:
        return ruler.span(start, end, words)
    except MisplacedError:
        return None


def _hint(ruler: Ruler, start: int, words: str, slack: int) -> str:
    """Return what to do where the words stand close by."""
    for distance in (-1, 1, -2, 2):
        if abs(distance) > slack and _there(ruler, start + distance, words):
            return f"; they stand at {distance:+} (--option slack={abs(distance)} moves it there)"
    return ""
