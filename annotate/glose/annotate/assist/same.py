"""The same string elsewhere: where other documents of a project hold it and nobody marked it.

What counts is the string exactly as it is marked, code point for code point: with another case, a
no-break space or an accent written as a mark of its own it is another string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec

from glose.corpus.document import Document, Pair
from glose.corpus.tokens import tokenize

if TYPE_CHECKING:
    from glose.annotate.store.listing import Row
    from glose.annotate.store.project import Project

#: How many documents an answer names at most, the first of the queue first.
MOST = 200
#: How many characters beside a string decide whether it begins and ends a token.
_BESIDE = 24


class Found(msgspec.Struct, frozen=True):
    """A document that holds the string, and where; `revision` is that of its record."""

    id: str
    title: str
    revision: int
    spans: tuple[Pair, ...]


def elsewhere(project: Project, layer: str, text: str, except_id: str) -> list[Found]:
    """Return where other documents hold a string that no mention of the layer covers exactly.

    At most `MOST` documents, in the order of the queue. The texts of a project are read once and
    held, two bytes or less a character; what is marked is read anew where it changed.
    """
    if not text.strip():
        return []
    held = _HELD.setdefault(project, _Texts())
    return list(_found(held, project, layer, text, except_id))


def _found(
    held: _Texts, project: Project, layer: str, text: str, except_id: str
) -> Iterator[Found]:
    left = MOST
    for row in project.documents(layer):
        if row.id == except_id or text not in held.text(project, layer, row.id):
            continue
        marked = held.marked(project, layer, row)
        places = occurrences(held.text(project, layer, row.id), text)
        spans = tuple(span for span in places if span not in marked)
        if spans:
            yield Found(row.id, row.title, row.revision, spans)
            left -= 1
        if not left:
            return


def occurrences(text: str, wanted: str) -> Iterator[Pair]:
    """Yield where a string stands in a text as whole tokens; none inside another.

    >>> list(occurrences("Al Bab, Bab et El-Bab", "Bab"))
    [(3, 6), (8, 11)]
    """
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if _is_whole(text, start, end):
            yield start, end
            start = text.find(wanted, end)
        else:
            start = text.find(wanted, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether tokens begin and end where a span does."""
    first, last = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    tokens = tokenize(text[first:last])
    return any(begin + first == start for begin, _ in tokens) and any(
        stop + first == end for _, stop in tokens
    )


class _Texts:
    """The texts of a project, and by layer and document what is marked, with its revision."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._marked: dict[tuple[str, str], tuple[int, frozenset[Pair]]] = {}

    def text(self, project: Project, layer: str, document: str) -> str:
        found = self._texts.get(document)
        if found is None:
            found = project.snapshot(document, layer).document.text or ""
            self._texts[document] = found
        return found

    def marked(self, project: Project, layer: str, row: Row) -> frozenset[Pair]:
        known = self._marked.get((layer, row.id))
        if known is None or known[0] != row.revision:
            snapshot = project.snapshot(row.id, layer)
            known = snapshot.revision, frozenset(_spans(snapshot.document))
            self._marked[layer, row.id] = known
        return known[1]


def _spans(document: Document) -> Iterable[Pair]:
    return ((one.start, one.end) for one in document.mentions if not one.fragments)


_HELD: WeakKeyDictionary[Project, _Texts] = WeakKeyDictionary()
