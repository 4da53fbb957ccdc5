"""The state of a record: what its operations, one after the other, make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from glose.annotate.store.operations import LISTS, STATUS, Change, Comment, Decision, Item, Key
from glose.annotate.store.references import references
from glose.corpus.document import ANNOTATIONS, Attribute, Document, Segment, Status

#: What a comment is called in the `extra` of a record.
COMMENT = "comment"


class State:
    """The items of a record in order; who refers to what is kept up to date with them.

    An item keeps its place in its list when it is dropped, so that undo gives the same bytes.
    `document` is the record without annotations.
    """

    def __init__(self, document: Document, revision: int = 0) -> None:
        self.document = document
        self.revision = revision
        self.segments: Mapping[str, Segment] = {one.id: one for one in document.segments}
        self._items: dict[str, dict[str, Item]] = {name: {} for name in LISTS}
        self._places: dict[str, dict[str, int]] = {name: {} for name in LISTS}
        self._referrers: dict[str, set[Key]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def get(self, name: str, key: str) -> Item | None:
        """Return an item of a list, or `None`; a status that was never set is an empty one."""
        found = self._items[name].get(key)
        return Status() if found is None and (name, key) == ("status", STATUS) else found

    def count(self, name: str) -> int:
        """Return how many items a list has."""
        return len(self._items[name])

    def all(self, name: str) -> list[Item]:
        """Return the items of a list, in the order in which they first came."""
        places = self._places[name]
        items = self._items[name]
        return [items[key] for key in sorted(items, key=places.__getitem__)]

    def place(self, name: str, key: str) -> int:
        """Return the place of an item in its list, be it there, dropped or yet to come."""
        places = self._places[name]
        return places.get(key, len(places))

    def places(self, name: str) -> Iterator[tuple[str, int]]:
        """Yield the keys of a list with their places, those of dropped items too."""
        yield from self._places[name].items()

    def referrers(self, key: str) -> frozenset[Key]:
        """Return the items that refer to an id."""
        return frozenset(self._referrers.get(key, ()))

    def put(self, name: str, key: str, place: int, item: Item | None) -> None:
        """Set an item at its place; `None` is one that was dropped."""
        known: Key = name, key
        before = self._items[name].pop(key, None)
        for target in references(before) if before is not None else ():
            self._unrefer(target, known)
        self._places[name][key] = place
        self._size += (item is not None) - (before is not None)
        if item is not None:
            self._items[name][key] = item
            for target in references(item):
                self._referrers.setdefault(target, set()).add(known)

    def _unrefer(self, target: str, known: Key) -> None:
        # A reference that was made twice is gone already.
        owners = self._referrers.get(target, set())
        owners.discard(known)
        if not owners:
            self._referrers.pop(target, None)

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes, which are not checked here."""
        for change in changes:
            self.put(change.list, change.id, self.place(change.list, change.id), change.after)

    def departures(self, changes: Iterable[Change]) -> list[Change]:
        """Return the changes whose `before` is not what is there."""
        return [c for c in changes if self.get(c.list, c.id) != c.before]

    @property
    def status(self) -> Status:
        """How far the annotation is."""
        found = self.get("status", STATUS)
        return found if isinstance(found, Status) else Status()

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What was said of the record."""
        return tuple(one for one in self.all("comments") if isinstance(one, Comment))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What became of suggestions."""
        return tuple(one for one in self.all("decisions") if isinstance(one, Decision))

    def record(self) -> Document:
        """Return the record with its annotations, but for the comments."""
        lists: dict[str, Any] = {name: tuple(self.all(name)) for name in ANNOTATIONS}
        return msgspec.structs.replace(self.document, **lists, status=self.status)

    def exported(self) -> Document:
        """Return the record with its annotations, comments as `extra`."""
        found = self.record()
        said = tuple(
            Attribute(COMMENT, msgspec.json.encode(one).decode()) for one in self.comments
        )
        return msgspec.structs.replace(found, extra=(*found.extra, *said))
