"""Tracing: which annotations an alignment of spans counts, and in which columns of `Kinds`."""

from __future__ import annotations

from collections.abc import Iterator

from glose.evaluate.counts import Kinds
from glose.evaluate.listings import Row
from glose.evaluate.matching import Matched
from glose.evaluate.projection import View, entities
from glose.evaluate.traces import Ids, Trace, ids

_FIELDS = Kinds._fields


def _row(*columns: str) -> Row:
    return tuple(int(name in columns) for name in _FIELDS)


_EQUAL, _MISSED, _SPURIOUS = _row("correct"), _row("missed"), _row("spurious")
_MOVED = _row("boundary")
_TYPED = _row("type_gold", "type_predicted")
_BOTH = _row("both_gold", "both_predicted")


def mentioned(view: View) -> Ids:
    """Return the ids of the mentions of a document, by type and pieces."""
    names = (mention.id for mention in view.document.mentions)
    return ids(zip(view.items(entities), names, strict=True))


def aligned(matched: Matched, gold: Ids, predicted: Ids) -> Iterator[Trace]:
    """Yield the traces of an alignment, as `counts.partition` counts it.

    `gold` and `predicted` are the ids of each span; of spans that are the same the lowest id has
    the best place. They are used up.
    """
    for span in matched.equal:
        yield Trace(_EQUAL, gold[span].pop(), predicted[span].pop())
    kinds = (_TYPED, matched.typed), (_MOVED, matched.moved), (_BOTH, matched.both)
    for row, pairs in kinds:
        for one, other in pairs:
            yield Trace(row, gold[one].pop(), predicted[other].pop())
    for span in matched.missed:
        yield Trace(_MISSED, gold[span].pop())
    for span in matched.spurious:
        yield Trace(_SPURIOUS, None, predicted[span].pop())
