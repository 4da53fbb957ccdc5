"""What the journal holds: operations on the items of a record, as frozen values.

A *record* is one document in one layer; its state is ten lists of items, each known by a key. An
operation is a set of changes of items with what was there before, so it says by itself what it
undoes, and whether it still applies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec

from glose.corpus.document import (
    Entity,
    Event,
    EventCluster,
    Label,
    Mention,
    Relation,
    Status,
    Template,
)
from glose.corpus.errors import GloseError
from glose.corpus.forms import shown
from glose.corpus.refusals import refusal


class Comment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What a user says of the document, an item (`target`) or a span; a flag may say nothing."""

    id: str
    target: str | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""
    flag: bool = False
    resolved: bool = False
    user: str = ""


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What became of a suggestion: `id` is its layer and id (`crf/m12`), `item` what it became."""

    id: str
    list: str
    outcome: Literal["accepted", "refused"]
    item: str | None = None


Item: TypeAlias = (
    Mention | Entity | Relation | Event | EventCluster | Template | Label | Status | Comment
    | Decision
)  # fmt: skip
#: A list and the key of an item in it.
Key: TypeAlias = tuple[str, str]

#: The lists of a record, and what the items of each are.
LISTS: Mapping[str, type[Item]] = {
    "mentions": Mention,
    "entities": Entity,
    "relations": Relation,
    "events": Event,
    "event_clusters": EventCluster,
    "templates": Template,
    "labels": Label,
    "status": Status,
    "comments": Comment,
    "decisions": Decision,
}
#: The key of the one item of `status`.
STATUS = "status"
VERBS = frozenset((
    "import", "mark", "trigger", "fill", "empty", "retype", "resize", "piece", "attribute",
    "value", "link", "chain", "unchain", "merge", "split", "cluster", "relate", "label", "delete",
    "accept", "refuse", "comment", "flag", "resolve", "duplicate", "same", "state", "undo", "redo",
))  # fmt: skip
#: A note is a remark, not a document (characters).
LONGEST_NOTE = 1000
#: No key of a new item is longer (characters): databases look items up by it.
LONGEST_KEY = 200
#: The last revision that both databases can count to.
LAST = 2**31 - 1
#: What the app says of how far a record is; imports may bring other states.
STATES = ("in-progress", "done")


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item before and after: `before` is `None` if it is new, `after` if it is dropped."""

    list: str
    id: str
    before: Item | None
    after: Item | None


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Changes that a user makes at once to revision `base` of a record.

    `of` is the operation that is undone or redone.
    """

    id: str
    base: int
    verb: str
    of: str | None = None
    note: str | None = None
    changes: tuple[Change, ...]


class Entry(Operation, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An operation as the journal has it: it made `revision`; `at` is the time in UTC."""

    revision: int
    user: str
    at: str


class _Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change whose items are not decoded: which kind they are stands beside them."""

    list: str
    id: str
    before: msgspec.Raw
    after: msgspec.Raw


class _Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    base: int
    verb: str
    of: str | None = None
    note: str | None = None
    changes: tuple[_Change, ...]


T = TypeVar("T")

_NULL = b"null"
#: U+0000 in JSON: what stands before it is no backslash that is itself written with one.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
is_id = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_decoders: Mapping[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(kind) for name, kind in LISTS.items()
}
_operation = msgspec.json.Decoder(_Operation)
_changes = msgspec.json.Decoder(tuple[_Change, ...])


def decode(content: bytes | str) -> Operation:
    """Return an operation from JSON, its items with every key; raise `GloseError` if it is none.

    What it says is not checked: `faults` does that.
    """
    found = _decoded(_operation, content, _Operation, "operation")
    fields = {name: getattr(found, name) for name in ("id", "base", "verb", "of", "note")}
    return Operation(**fields, changes=tuple(map(_change, found.changes)))


def encode(value: object) -> bytes:
    """Return an operation, an entry, changes or an item as JSON, every key written."""
    return msgspec.json.encode(value)


def changes(content: bytes | str) -> tuple[Change, ...]:
    """Return changes from JSON."""
    found = _decoded(_changes, content, tuple[_Change, ...], "changes")
    return tuple(map(_change, found))


def item(name: str, content: bytes | str | msgspec.Raw) -> Item:
    """Return an item of a list from JSON; a key that is missing gets its default."""
    if name not in LISTS:
        expected = ", ".join(LISTS)
        raise GloseError(f"operation: no list {shown(name)}; expected one of {expected}")
    found: Item = _decoded(_decoders[name], content, LISTS[name], name)
    return found


def inverse(found: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that undo changes."""
    return tuple(Change(c.list, c.id, c.after, c.before) for c in reversed(tuple(found)))


def key(found: Item) -> str:
    """Return by what an item is known in its list: its id, or what stands for one."""
    if isinstance(found, Label):
        return f"{found.scheme}|{found.value}|{found.target or ''}"
    return STATUS if isinstance(found, Status) else found.id


def faults(operation: Operation) -> Iterator[str]:
    """Yield what is wrong with an operation by itself, whatever record it is made to."""
    for name in (operation.id, operation.of):
        if name is not None and not is_id(name):
            yield f"operation: {shown(name)} is no UUID; expected one in lower case"
    if not 0 <= operation.base <= LAST:
        base = shown(str(operation.base))
        yield f"operation: base {base}; expected the revision of the record, 0 or more"
    if operation.verb not in VERBS:
        yield f"operation: the verb {shown(operation.verb)} is unknown"
    if (operation.verb in {"undo", "redo"}) != (operation.of is not None):
        yield "operation: `of` names what is undone or redone, and nothing else"
    if len(operation.note or "") > LONGEST_NOTE:
        yield f"operation: a note of more than {LONGEST_NOTE} characters"
    yield from _changed_faults(operation.changes)


def claims(operation: Operation) -> Iterator[str]:
    """Yield what an operation brings that no client may bring, though an import may."""
    if operation.verb == "import":
        yield "operation: the verb import is that of `glose annotate import`"
    if _NUL.search(encode(operation)):
        yield "operation: a NUL in a text; expected none"
    for change in operation.changes:
        if change.before is None and len(change.id) > LONGEST_KEY:
            what = f"expected a key of up to {LONGEST_KEY} characters"
            yield f"operation: {shown(change.list)} {shown(change.id)}: {what}"
        if operation.of is None:
            # An undo may bring back a state that came in with an import.
            yield from map(strange, foreign_states((change,)))


def foreign_states(found: Iterable[Change]) -> Iterator[str]:
    """Yield the states of the record that changes bring and the app does not know."""
    for change in found:
        before, after = (
            one.state if isinstance(one, Status) else None for one in (change.before, change.after)
        )
        if after is not None and after not in (*STATES, before):
            yield after


def strange(state: str) -> str:
    """Return what is wrong with a state that the app does not know."""
    return f"operation: the state {shown(state)} is unknown; expected {', '.join(STATES)} or null"


def _changed_faults(found: tuple[Change, ...]) -> Iterator[str]:
    if not found:
        yield "operation: changes nothing; expected one change or more"
    counts = Counter((change.list, change.id) for change in found)
    for (name, known), count in counts.items():
        if count > 1:
            yield f"operation: {name} {shown(known)} is changed {count} times; expected once"
    for change in found:
        yield from (f"operation: {change.list} {shown(change.id)}: {w}" for w in _fault(change))


def _fault(change: Change) -> Iterator[str]:
    if change.before == change.after:
        yield "before and after are the same"
    if change.list == "status" and None in (change.before, change.after):
        yield "the status of a record is there always; expected an item before and after"
    for found in (change.before, change.after):
        if found is None:
            continue
        if type(found) is not LISTS.get(change.list):
            yield f"{type(found).__name__} is no item of {shown(change.list)}"
        elif not _fits(change, key(found)):
            yield f"the item is called {shown(key(found))}; expected the same"


def _fits(change: Change, name: str) -> bool:
    """Whether a change may call an item so; a label that is there twice has a number behind."""
    return change.id == name or (change.list == "labels" and change.id.startswith(f"{name}|"))


def _change(found: _Change) -> Change:
    before, after = (
        None if bytes(raw) == _NULL else item(found.list, raw)
        for raw in (found.before, found.after)
    )
    return Change(found.list, found.id, before, after)


def _decoded(
    decoder: msgspec.json.Decoder[T], content: bytes | str | msgspec.Raw, kind: object, where: str
) -> T:
    try:
        return decoder.decode(content)
    except msgspec.ValidationError as error:
        raise GloseError(refusal(error, kind, where)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise GloseError(f"{where}: not JSON ({error})") from error
