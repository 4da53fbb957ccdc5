"""The rules of what a record does not hold: comments and decisions about suggestions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from glose.annotate.store.operations import LISTS, Comment, Decision
from glose.corpus.forms import shown

_is_id = re.compile(r"[A-Za-z][\w.:-]*").fullmatch


def comment_faults(comment: Comment, known: Container[str], size: int) -> Iterator[str]:
    """Yield what is wrong with a comment in a text of so many characters.

    `known` are the ids of the record that it may be about.
    """
    where = f"comment {shown(comment.id)}"
    if not _is_id(comment.id):
        yield f"{shown(comment.id)} is no id; expected a letter, then letters, digits, _ . : -"
    if comment.target is not None and comment.target not in known:
        yield f"{where}: {shown(comment.target)} is no item of the record; expected the id of one"
    yield from (f"{where}: {fault}" for fault in _place_faults(comment.start, comment.end, size))
    if not comment.text.strip() and not comment.flag:
        yield f"{where}: says nothing; expected a text, or a flag"


def _place_faults(start: int | None, end: int | None, size: int) -> Iterator[str]:
    if start is None or end is None:
        if start != end:
            yield "has a start or an end; expected both or none"
    elif not 0 <= start < end <= size:
        yield f"span {start} to {end}; expected 0 <= start < end <= {size}"


def decision_faults(decision: Decision) -> Iterator[str]:
    """Yield what is wrong with a decision."""
    where = f"decision {shown(decision.id)}"
    if not all(decision.id.partition("/")):
        yield f"{where}: expected the layer and the id of a suggestion, such as crf/m12"
    if decision.list not in LISTS:
        yield f"{where}: no list {shown(decision.list)}"
