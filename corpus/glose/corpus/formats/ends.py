"""The two ends of a relation, of formats that have no roles for them."""

from __future__ import annotations

from glose.corpus.document import Argument
from glose.corpus.formats.facts import ENDS


def between(first: str, second: str) -> tuple[Argument, ...]:
    """Return the arguments of a relation from one item of the record to another, by their ids."""
    return Argument(ENDS[0], ref=first), Argument(ENDS[1], ref=second)
