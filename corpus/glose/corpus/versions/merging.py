"""Two versions of a document made one, by what each changed since the version that both had.

A change of one side arrives. The same change of both is one change. What both changed differently
is a conflict, and so is what a reference of one side needs and the other took away: then there is
a version of the document for each side, which differ in what is to be decided and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from glose.corpus import jsonl, rules
from glose.corpus.document import Document, Provenance, Status, fingerprint
from glose.corpus.forms import shown
from glose.corpus.rules import KINDS
from glose.corpus.versions import parts, plain, references, renaming
from glose.corpus.versions.conflicts import Conflict
from glose.corpus.versions.parts import Key, Parts
from glose.corpus.versions.sequences import woven

DIFFERENTLY = "changed differently on both sides"
ADDED = "added differently on both sides"
DELETED = "changed by {0}, deleted by {1}"
TEXT = "the text is not the same on both sides, so no offset is either"
NEEDED = "refers to {0}, which {1} deleted"


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of a merge: the versions of both sides are one if there is no conflict.

    `None` is a document that is deleted. `names` are the new ids of annotations of theirs.
    """

    ours: Document | None
    theirs: Document | None
    conflicts: tuple[Conflict, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


class _Missing:
    """What stands for a part that a version does not have."""


_MISSING: Final = _Missing()


def merge(base: Document | None, ours: Document | None, theirs: Document | None) -> Merge:
    """Return what comes of two versions of a document; `None` is one that is not there."""
    if ours == theirs or theirs == base:
        return Merge(ours, ours)
    if ours == base:
        return Merge(theirs, theirs)
    if ours is None or theirs is None:
        return _one_deleted(ours, theirs)
    if _proof(ours) != _proof(theirs):
        sides = (f"{len(side.text or ''):,} characters" for side in (ours, theirs))
        conflict = Conflict(ours.id, ours.layer, "text", TEXT, None, *sides)
        return Merge(ours, theirs, (conflict,))
    return _Desk(base or _blank(ours), ours, theirs).merge()


def _proof(document: Document) -> str | None:
    return document.text_sha256 if document.text is None else fingerprint(document.text)


def _one_deleted(ours: Document | None, theirs: Document | None) -> Merge:
    left = ours or theirs
    if left is None:
        return Merge(None, None)
    names = ("ours", "theirs") if ours else ("theirs", "ours")
    sides = ["changed" if side else None for side in (ours, theirs)]
    why = DELETED.format(*names)
    return Merge(ours, theirs, (Conflict(left.id, left.layer, "document", why, None, *sides),))


def _blank(document: Document) -> Document:
    """Return the text of a document that is new on both sides, without anything else."""
    return Document(
        id=document.id,
        layer=document.layer,
        text=document.text,
        text_sha256=document.text_sha256,
        status=Status(),
        provenance=Provenance(),
    )


@dataclass(slots=True)
class _Desk:
    """The merge of one document: its versions in parts, and what is to be decided by hand."""

    base: Document
    ours: Document
    theirs: Document
    sides: tuple[Parts, Parts, Parts] = ({}, {}, {})
    #: What is to be decided: by key, and in the order in which it was found.
    open: dict[Key, Conflict | None] = field(default_factory=dict)

    def merge(self) -> Merge:
        """Return what comes of the merge."""
        names = renaming.apart(self.base, self.ours, self.theirs)
        theirs = renaming.renamed(self.theirs, names)
        versions = self.base, self.ours, theirs
        many = parts.several(versions)
        self.sides = tuple(parts.of(version, many) for version in versions)  # type: ignore[assignment]  # three
        keys = self._keys()
        for key in keys:
            if self._decided(key) is None:
                self.open[key] = self._differing(key)
        while True:
            found = [self._document(keys, side) for side in (1, 2)]
            if not any(self._settled(document) for document in found):
                break
        mine, yours = found
        conflicts = tuple(conflict for conflict in self.open.values() if conflict)
        return Merge(mine, yours if conflicts else mine, conflicts, tuple(names.items()))

    def _keys(self) -> list[Key]:
        """Return all keys, those of each list in an order that both sides can expect."""
        listed: dict[str, list[list[Key]]] = {}
        for number, side in enumerate(self.sides):
            for key in side:
                listed.setdefault(key[0], [[], [], []])[number].append(key)
        return [key for three in listed.values() for key in woven(*three)]

    def _versions(self, key: Key) -> tuple[Any, Any, Any]:
        base, ours, theirs = (side.get(key, _MISSING) for side in self.sides)
        return base, ours, theirs

    def _decided(self, key: Key) -> int | None:
        """Return the side whose version of a part holds, or `None` if neither does."""
        base, ours, theirs = self._versions(key)
        if ours == theirs or theirs == base:
            return 1
        return 2 if ours == base else None

    def _document(self, keys: list[Key], prefer: int) -> Document:
        """Return the document with what is open as one side has it."""
        found: Parts = {}
        for key in keys:
            side = prefer if key in self.open else self._decided(key)
            value = self.sides[side or prefer].get(key, _MISSING)
            if value is not _MISSING:
                found[key] = value
        return jsonl.canonical(parts.document(self.ours, found))

    # What is to be decided -------------------------------------------------------------------

    def _conflict(self, key: Key, what: str, why: str) -> Conflict:
        names = plain.words(self.base) | plain.words(self.theirs) | plain.words(self.ours)
        told = (
            None if version is _MISSING else plain.item(version, names)
            for version in self._versions(key)
        )
        return Conflict(self.ours.id, self.ours.layer, what, why, *told)

    def _differing(self, key: Key) -> Conflict:
        base, ours, theirs = self._versions(key)
        if ours is _MISSING or theirs is _MISSING:
            why = DELETED.format(*_order(ours is _MISSING))
        else:
            why = ADDED if base is _MISSING else DIFFERENTLY
        return self._conflict(key, called(key), why)

    def _settled(self, document: Document) -> bool:
        """Open what breaks a rule in the version of a side; return whether there was any."""
        fault = next(rules.faults(document), None)
        if fault is None:
            return False
        before = len(self.open)
        self._open_dangling(document)
        if len(self.open) == before:
            self._open_shared(document)
        if len(self.open) == before:
            self._open_all(fault)
        return len(self.open) > before

    def _open_dangling(self, document: Document) -> None:
        """Open what refers to something that is gone, with what is gone and all that it was in."""
        there = {item.id for name in KINDS for item in getattr(document, name)}
        for item in (x for name in (*KINDS, "labels") for x in getattr(document, name)):
            for name in references.of(item):
                key = self._key_of(name)
                if name not in there and key is not None:
                    self._open_gone(key, name, item)

    def _key_of(self, name: str) -> Key | None:
        keys = ((kind, name) for kind in KINDS)
        return next((key for key in keys if any(key in side for side in self.sides)), None)

    def _open_gone(self, gone: Key, name: str, item: object) -> None:
        by = "ours" if gone not in self.sides[1] else "theirs"
        why = NEEDED.format(name, by)
        self.open.setdefault(gone, None)
        for key in self._changed(lambda part: part == item or name in references.of(part)):
            if key not in self.open:
                needs = any(side.get(key) == item for side in self.sides[1:])
                self.open[key] = self._conflict(key, called(key), why) if needs else None

    def _changed(self, wanted: Callable[[Any], bool]) -> list[Key]:
        """Return the keys that the sides have otherwise, and of which a version is wanted."""
        every = {key: None for side in self.sides for key in side}
        return [
            key
            for key in every
            if self.sides[1].get(key, _MISSING) != self.sides[2].get(key, _MISSING)
            and any(key in side and wanted(side[key]) for side in self.sides)
        ]

    def _open_shared(self, document: Document) -> None:
        """Open the entities that both sides gave the same mention."""
        owners: dict[str, list[str]] = {}
        for entity in document.entities:
            for name in set(entity.mentions):
                owners.setdefault(name, []).append(entity.id)
        for name, entities in owners.items():
            for holder in sorted(entities) if len(entities) > 1 else ():
                key: Key = ("entities", holder)
                if key not in self.open and key in self._changed(lambda _: True):
                    why = f"mention {name} is in {' and '.join(sorted(entities))} then"
                    self.open[key] = self._conflict(key, called(key), why)

    def _open_all(self, fault: str) -> None:
        """Open all that differs: each side alone keeps the rules."""
        for key in self._changed(lambda _: True):
            self.open.setdefault(key, self._conflict(key, called(key), f"together: {fault}"))


def _order(deleted_by_ours: bool) -> Iterator[str]:
    yield from ("theirs", "ours") if deleted_by_ours else ("ours", "theirs")


def called(key: Key) -> str:
    """Return what a part is called.

    >>> called(("mentions", "m4")), called(("meta", "title")), called(("labels", "topic", "", "0"))
    ('mention m4', 'meta.title', 'label topic')
    """
    name, *rest = key
    if name in KINDS:
        return f"{KINDS[name]} {rest[0]}"
    if name == "labels":
        return f"label {shown(rest[0])}" + (f" of {rest[1]}" if rest[1] else "")
    return f"extra {shown(rest[0])}" if name == "extra" else ".".join(key)
