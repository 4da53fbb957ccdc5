"""The same string elsewhere: where other documents of a project hold it and nobody marked it.

What counts is the string exactly as it is marked, code point for code point: with another case, a
no-break space or an accent written as a mark of its own it is another string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Select, select

from glose.annotate.assist.texts import texts
from glose.annotate.store.tables import documents, items, layers, records
from glose.corpus.document import Pair
from glose.corpus.tokens import tokenize

if TYPE_CHECKING:
    from glose.annotate.store.listing import Row
    from glose.annotate.store.project import Project

#: How many documents an answer names at most, the first of the queue first.
MOST = 200
#: How many documents are asked at once what is marked in them.
_CHUNK = 250
#: How many characters beside a string decide whether it begins and ends a token.
_BESIDE = 24


class Found(msgspec.Struct, frozen=True):
    """A document that holds the string, and where; `revision` is that of its record."""

    id: str
    title: str
    revision: int
    spans: tuple[Pair, ...]


class _Span(msgspec.Struct):
    start: int
    end: int
    fragments: tuple[Pair, ...] = ()


_span = msgspec.json.Decoder(_Span)


def elsewhere(project: Project, layer: str, text: str, except_id: str) -> list[Found]:
    """Return where other documents hold a string that no mention of the layer covers exactly.

    At most `MOST` documents, in the order of the queue. The texts of a project are read once and
    held (four bytes or less a character); what is marked is read anew where it changed.
    """
    if not text.strip():
        return []
    held = _HELD.setdefault(project, _Texts())
    rows = project.documents(layer)
    with project.database.reading() as connection:
        held.read(connection)
        holding = (
            row for row in rows if row.id != except_id and text in held.texts.get(row.id, "")
        )
        return list(islice(_found(held, connection, layer, text, holding), MOST))


def _found(
    held: _Texts, connection: Connection, layer: str, text: str, rows: Iterator[Row]
) -> Iterator[Found]:
    while chunk := list(islice(rows, _CHUNK)):
        held.mark(connection, layer, chunk)
        for row in chunk:
            marked = held.marked(layer, row.id)
            spans = occurrences(held.texts[row.id], text)
            free = tuple(span for span in spans if span not in marked)
            if free:
                yield Found(row.id, row.title, row.revision, free)


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
    begins = any(begin + first == start for begin, _ in tokens)
    return begins and any(stop + first == end for _, stop in tokens)


class _Texts:
    """The texts of a project by id; and by layer what is marked in them, at which revision."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._newest = -1
        self._marked: dict[tuple[str, str], tuple[int, frozenset[Pair]]] = {}
        self._reading = Lock()

    def read(self, connection: Connection) -> None:
        """Read the texts of documents that came since; a text never changes."""
        with self._reading:
            for number, name, text in texts(connection, self._newest):
                self.texts[name] = text
                self._newest = number

    def mark(self, connection: Connection, layer: str, rows: Iterable[Row]) -> None:
        """Read what is marked in the records that changed since they were read."""
        stale = {
            row.id: row.revision
            for row in rows
            if row.revision > self._marked.get((layer, row.id), (0, None))[0]
        }
        if not stale:
            return
        found: dict[str, list[Pair]] = {name: [] for name in stale}
        for name, content in connection.execute(_mentions(layer, stale)):
            span = _span.decode(content)
            if not span.fragments:
                found[name].append((span.start, span.end))
        for name, spans in found.items():
            self._marked[layer, name] = stale[name], frozenset(spans)

    def marked(self, layer: str, document: str) -> frozenset[Pair]:
        """Return the spans of the mentions of a record, without those in pieces."""
        return self._marked.get((layer, document), (0, frozenset()))[1]


def _mentions(layer: str, names: Iterable[str]) -> Select[Any]:
    wanted = select(documents.c.name, items.c.content).join_from(
        records, documents, records.c.document_id == documents.c.id
    )
    return (
        wanted.join(layers, layers.c.id == records.c.layer_id)
        .join(items, items.c.record_id == records.c.id)
        .where(layers.c.name == layer, documents.c.name.in_(list(names)))
        .where(items.c.list == "mentions", items.c.content.is_not(None))
    )


_HELD: WeakKeyDictionary[Project, _Texts] = WeakKeyDictionary()
