"""Times and numbers of a document as mentions with values, none inside another."""

from __future__ import annotations

from glose.annotate.expressions import Expression, Spans
from glose.annotate.numbers import numbers
from glose.annotate.times import times
from glose.corpus.document import Date

#: The mention types that the grammars find.
TYPES = ("DATE", "TIME", "DUR", "SET", "NUM")


def values(text: str, date: Date | None = None) -> list[Expression]:
    """Return the times and numbers of a text in its order; the parts of a time are no numbers.

    >>> [(one.type, one.value.norm) for one in values("12 morts le 18 février 2031")]
    [('NUM', 'number:12'), ('DATE', 'date:2031-02-18')]
    """
    found = times(text, date)
    taken = Spans((one.start, one.end) for one in found)
    free = [one for one in numbers(text) if not taken.touch(one.start, one.end)]
    return sorted([*found, *free], key=lambda one: (one.start, -one.end))
