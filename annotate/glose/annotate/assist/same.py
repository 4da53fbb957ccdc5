"""The same string elsewhere: where other documents of a project hold it and nobody marked it.

What counts is the string exactly as it is marked, code point for code point: with another case, a
no-break space or an accent written as a mark of its own it is another string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Select, select

from glose.annotate.assist.texts import texts
from glose.annotate.assist.widening import widened
from glose.annotate.store.names import layer_of
from glose.annotate.store.tables import documents, items, layers, progress, records
from glose.corpus.document import Pair
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown
from glose.corpus.tokens import tokenize

if TYPE_CHECKING:
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
    with project.database.reading() as connection:
        if layer_of(connection, layer) is None:
            raise GloseError(f"no layer {shown(layer)} in the project")
        held.read(connection)
        queue = select(documents.c.id).order_by(documents.c.place, documents.c.id)
        order = connection.execute(queue).scalars().all()
        holding = (number for number in order if text in held.texts.get(number, ""))
        found = _found(held, connection, layer, text, holding)
        return list(islice((one for one in found if one.id != except_id), MOST))


def _found(
    held: _Texts, connection: Connection, layer: str, text: str, holding: Iterator[int]
) -> Iterator[Found]:
    while chunk := list(islice(holding, _CHUNK)):
        rows = {row.id: row for row in connection.execute(_rows(layer, chunk))}
        held.mark(connection, layer, {n: row.revision or 0 for n, row in rows.items()})
        for number in chunk:
            row = rows[number]
            marked = held.marked(layer, number)
            spans = occurrences(held.texts[number], text)
            free = tuple(span for span in spans if span not in marked)
            if free:
                yield Found(row.name, row.title, row.revision or 0, free)


def _rows(layer: str, numbers: list[int]) -> Select[Any]:
    """Return the query for documents by number, with the revisions of their records."""
    number = select(layers.c.id).where(layers.c.name == layer).scalar_subquery()
    there = (records.c.document_id == documents.c.id) & (records.c.layer_id == number)
    wanted = select(documents.c.id, documents.c.name, documents.c.title, progress.c.revision)
    joined = wanted.join_from(documents, records, there, isouter=True).join(
        progress, progress.c.record_id == records.c.id, isouter=True
    )
    return joined.where(documents.c.id.in_(numbers))


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
    first, last = widened(text, start - _BESIDE, end + _BESIDE)
    tokens = tokenize(text[first:last])
    begins = any(begin + first == start for begin, _ in tokens)
    return begins and any(stop + first == end for _, stop in tokens)


class _Texts:
    """The texts of a project by number; and by layer what is marked in them, at which revision."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self._marked: dict[tuple[str, int], tuple[int, frozenset[Pair]]] = {}
        self._reading = Lock()

    def read(self, connection: Connection) -> None:
        """Read the texts of documents that came since."""
        with self._reading:
            newest = max(self.texts, default=-1)
            self.texts.update((number, text) for number, _, text in texts(connection, newest))

    def mark(self, connection: Connection, layer: str, revisions: Mapping[int, int]) -> None:
        """Read what is marked in the records that changed since they were read."""
        stale = {
            number: revision
            for number, revision in revisions.items()
            if revision > self._marked.get((layer, number), (0, None))[0]
        }
        if not stale:
            return
        found: dict[int, list[Pair]] = {number: [] for number in stale}
        for number, content in connection.execute(_mentions(layer, stale)):
            span = _span.decode(content)
            if not span.fragments:
                found[number].append((span.start, span.end))
        for number, spans in found.items():
            self._marked[layer, number] = stale[number], frozenset(spans)

    def marked(self, layer: str, number: int) -> frozenset[Pair]:
        """Return the spans of the mentions of a record, without those in pieces."""
        return self._marked.get((layer, number), (0, frozenset()))[1]


def _mentions(layer: str, numbers: Iterable[int]) -> Select[Any]:
    """Return the query for the mentions of documents, by number, in a layer."""
    wanted = select(records.c.document_id, items.c.content).join_from(
        records, layers, layers.c.id == records.c.layer_id
    )
    return wanted.join(items, items.c.record_id == records.c.id).where(
        layers.c.name == layer,
        records.c.document_id.in_(list(numbers)),
        items.c.list == "mentions",
        items.c.content.is_not(None),
    )


_HELD: WeakKeyDictionary[Project, _Texts] = WeakKeyDictionary()
