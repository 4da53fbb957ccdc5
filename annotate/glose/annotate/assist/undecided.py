"""How many suggestions are left in each document, counted as the app counts what is left to do.

What several layers suggest alike is left once; what was decided, is there already, or comes with
an event that is suggested is not left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, or_, select

from glose.annotate.store.listing import Row
from glose.annotate.store.project import Project
from glose.annotate.store.tables import documents, items, layers, progress, records
from glose.corpus.document import ANNOTATIONS, Pair

#: Lists whose items say what they link, and nothing else.
_CHAINS = ("entities", "event_clusters")
#: How many documents are read at once, and counted for one list (each takes some 2 ms).
_CHUNK, _MOST = 250, 500


class _Span(msgspec.Struct):
    start: int
    end: int
    fragments: tuple[Pair, ...] = ()


class _Argument(msgspec.Struct):
    role: str
    ref: str | None = None
    value: str | None = None


class Item(msgspec.Struct):
    """As much of an item of any list as says whether two are alike."""

    type: str | None = None
    start: int = 0
    end: int = 0
    fragments: tuple[Pair, ...] = ()
    triggers: tuple[_Span, ...] = ()
    args: tuple[_Argument, ...] = ()
    mentions: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    name: str | None = None
    scheme: str | None = None
    value: msgspec.Raw = msgspec.Raw(b"")
    target: str | None = None


_item = msgspec.json.Decoder(Item)


@dataclass(frozen=True, slots=True)
class Layer:
    """The items that a layer has on one document: by list and key."""

    items: dict[str, dict[str, Item]] = field(default_factory=lambda: defaultdict(dict))

    def said(self) -> Iterator[tuple[str, str, _Said]]:
        """Yield list and key of each item that is suggested one by one, and what it says."""
        places = self._places()
        for name in ANNOTATIONS:
            for key, item in self.items.get(name, {}).items():
                yield name, key, _said(name, item, places)

    def _places(self) -> dict[str | None, Hashable]:
        found: dict[str | None, Hashable] = {}
        for name in ("mentions", "events", "relations"):
            for key, item in self.items.get(name, {}).items():
                found[key] = (item.type, _place(name, item))
        return found


class _Said(NamedTuple):
    """What an item is, what it links, and what else tells it from others."""

    what: Hashable
    parts: frozenset[Hashable]
    more: Hashable


def _place(name: str, item: Item) -> Hashable:
    spans = [item] if name == "mentions" else item.triggers
    return tuple(one.fragments or ((one.start, one.end),) for one in spans)


def _said(name: str, item: Item, places: dict[str | None, Hashable]) -> _Said:
    args = [(one.role, places.get(one.ref, one.ref), one.value) for one in item.args]
    parts = frozenset((*args, *(places.get(one, one) for one in item.mentions or item.events)))
    if name in _CHAINS:
        return _Said(name, parts, (item.type, item.name))
    label = (item.scheme, bytes(item.value), places.get(item.target)) if item.scheme else None
    return _Said((name, item.type, _place(name, item), label), parts, None)


def left(layers_: dict[str, Layer], work: Layer) -> int:
    """Return how many suggestions of layers are left for who works on a document."""
    own: dict[Hashable, list[frozenset[Hashable]]] = defaultdict(list)
    for _, _, said in work.said():
        own[said.what].append(said.parts)
    decided = work.items.get("decisions", {}).keys()
    brought: dict[Hashable, bool] = {}
    for layer, held in layers_.items():
        again: Counter[Hashable] = Counter()
        ghosts = list(_ghosts(layer, held, own, decided))
        fillers = {arg.ref for name, _, _, one in ghosts if name == "events" for arg in one.args}
        for name, key, said, _ in ghosts:
            again[said] += 1
            # The app shows the one of the first layer.
            brought.setdefault((said, again[said]), name == "mentions" and key in fillers)
    return sum(not one for one in brought.values())


def _ghosts(
    layer: str, held: Layer, own: dict[Hashable, list[frozenset[Hashable]]],
    decided: Iterable[str],
) -> Iterator[tuple[str, str, _Said, Item]]:  # fmt: skip
    """Yield the suggestions of a layer that are neither decided nor there."""
    for name, key, said in held.said():
        item = held.items[name][key]
        # One mention by itself links nothing.
        alone = name == "entities" and len(item.mentions) < 2 and not item.name
        there = any(said.parts <= parts for parts in own.get(said.what, ()))
        if not alone and not there and f"{layer}/{key}" not in decided:
            yield name, key, said, item


class Undecided:
    """What is left in the documents of a project; counted again where something was done.

    Of very many documents the first are counted, more with each list; until then a document has
    the sum over its layers.
    """

    def __init__(self, project: Project, most: int = _MOST) -> None:
        self._project = project
        self._most = most
        self._counted: dict[tuple[str, str], tuple[Hashable, int]] = {}

    def rows(self, layer: str) -> list[Row]:
        """Return the documents in the order of the queue, with what is left in a layer."""
        rows = self._project.documents(layer)
        with self._project.database.reading() as connection:
            revisions = _revisions(connection)
            every = (row for row in rows if self._stale(layer, row, revisions))
            stale = islice(every, self._most)
            while chunk := list(islice(stale, _CHUNK)):
                held = _read(connection, layer, [row.id for row in chunk])
                for row in chunk:
                    count = left(held[row.id], held[row.id].pop("", Layer()))
                    self._counted[layer, row.id] = ((row.revision, revisions[row.id]), count)
        return [replace(row, suggested=self._count(layer, row)) for row in rows]

    def _stale(self, layer: str, row: Row, revisions: dict[str, Any]) -> bool:
        known = self._counted.get((layer, row.id), (None, 0))[0]
        return row.id in revisions and known != (row.revision, revisions[row.id])

    def _count(self, layer: str, row: Row) -> int:
        return self._counted.get((layer, row.id), (None, row.suggested))[1]


def _revisions(connection: Connection) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return by document how far each of its records of suggestions is."""
    wanted = (
        select(documents.c.name, records.c.id, progress.c.revision)
        .join_from(records, progress, progress.c.record_id == records.c.id)
        .join(documents, documents.c.id == records.c.document_id)
        .join(layers, layers.c.id == records.c.layer_id)
        .where(layers.c.kind == "suggestions")
        .order_by(records.c.id)
    )
    found: dict[str, tuple[tuple[int, int], ...]] = defaultdict(tuple)
    for row in connection.execute(wanted):
        found[row.name] += ((row.id, row.revision),)
    return dict(found)


def _read(connection: Connection, layer: str, names: list[str]) -> dict[str, dict[str, Layer]]:
    """Return by document what each layer suggests, in their order; under "" the work itself."""
    found: dict[str, dict[str, Layer]] = {name: {} for name in names}
    for row in connection.execute(_wanted(layer, names)):
        held = found[row.document].setdefault("" if row.layer == layer else row.layer, Layer())
        item = Item() if row.list == "decisions" else _item.decode(row.content)
        held.items[row.list][row.key] = item
    return found


def _wanted(layer: str, names: list[str]) -> Select[Any]:
    columns = select(
        documents.c.name.label("document"), layers.c.name.label("layer"),
        items.c.list, items.c.key, items.c.content,
    )  # fmt: skip
    return (
        columns.join_from(items, records, records.c.id == items.c.record_id)
        .join(documents, documents.c.id == records.c.document_id)
        .join(layers, layers.c.id == records.c.layer_id)
        .where(documents.c.name.in_(names), items.c.content.is_not(None))
        .where(items.c.list.in_((*ANNOTATIONS, "decisions")))
        .where(or_(layers.c.kind == "suggestions", layers.c.name == layer))
        .order_by(layers.c.id, items.c.place)
    )
