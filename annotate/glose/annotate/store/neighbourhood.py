"""The part of a record that changes can break: they, what they refer to, what refers to them.

Its size does not grow with the document. What is not changed itself is trimmed to its references
into the neighbourhood: whatever else is wrong with it is wrong before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from glose.annotate.store.operations import LISTS, Change, Comment, Decision, Item, Key
from glose.annotate.store.references import references, trimmed
from glose.annotate.store.state import State
from glose.corpus.document import ANNOTATIONS, Document, Status

#: Lists whose items share out what they hold: two of them may not have the same member.
GROUPS = ("entities", "event_clusters")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record, as a document, and what of it no document holds."""

    document: Document
    comments: tuple[Comment, ...]
    decisions: tuple[Decision, ...]


def parts(state: State, changes: tuple[Change, ...]) -> tuple[Part, Part]:
    """Return the neighbourhood of changes before and after they are made."""
    changed: dict[Key, Change] = {(c.list, c.id): c for c in changes}
    focus = _focus(changes)
    # New items come after those that are there, in the order in which they are made.
    order = {key: number for number, key in enumerate(changed)}
    there = {*changed, *around(state, changes)}
    keys = sorted(there, key=lambda key: (state.place(*key), order.get(key, 0)))
    before: dict[str, list[Item | None]] = {name: [] for name in LISTS}
    after: dict[str, list[Item | None]] = {name: [] for name in LISTS}
    for name, key in keys:
        old, new = _versions(state, changed.get((name, key)), (name, key), focus)
        before[name].append(old)
        after[name].append(new)
    return _part(state, before, focus), _part(state, after, focus)


def _versions(
    state: State, change: Change | None, key: Key, focus: set[str]
) -> tuple[Item | None, Item | None]:
    """Return an item before and after changes; one that is not changed is trimmed."""
    if change is not None:
        return change.before, change.after
    found = state.get(*key)
    still = trimmed(found, focus) if found is not None else None
    return still, still


def _referred(change: Change) -> Iterator[str]:
    for item in (change.before, change.after):
        if item is not None:
            yield from references(item)


def around(state: State, changes: tuple[Change, ...]) -> Iterator[Key]:
    """Yield what stands around changes, but is not changed itself.

    That is everything that they refer to, and whatever refers to them or shares with them.
    """
    own = {(change.list, change.id) for change in changes}
    yield from (key for key in _about(state, changes) if key not in own)


def _focus(changes: tuple[Change, ...]) -> set[str]:
    ids = {change.id for change in changes}
    return ids | {one for change in changes for one in _referred(change)}


def _about(state: State, changes: tuple[Change, ...]) -> Iterator[Key]:
    for key in _focus(changes):
        yield from ((name, key) for name in LISTS if state.get(name, key) is not None)
    for change in changes:
        yield from state.referrers(change.id)
        if change.list in GROUPS:
            for member in _referred(change):
                yield from (key for key in state.referrers(member) if key[0] == change.list)


def _part(state: State, items: dict[str, list[Item | None]], focus: set[str]) -> Part:
    there: dict[str, Any] = {
        name: tuple(item for item in found if item is not None) for name, found in items.items()
    }
    comments, decisions = there.pop("comments"), there.pop("decisions")
    status = there.pop("status") or (state.status,)
    segments = tuple(state.segments[key] for key in sorted(focus) if key in state.segments)
    document = msgspec.structs.replace(
        state.document, **there, status=status[0], segments=segments, tokens=()
    )
    return Part(document, comments, decisions)


def whole(state: State) -> Part:
    """Return the whole of a record as a part."""
    return Part(state.record(), state.comments, state.decisions)


def unlisted(document: Document) -> Document:
    """Return a document all lists of which count as annotated, as in a part some seem empty."""
    return msgspec.structs.replace(document, status=Status(annotated=ANNOTATIONS))
