"""What changed between two versions of a corpus, annotation by annotation.

Ids are names, not content: an annotation that says the same under another id is unchanged. So
references are replaced by what they refer to (a mention by its words and place, an event by its
trigger) before anything is compared. Of what is left, `correspondence` says what is a version of
what; the rest was added or removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from glose.corpus import correspondence, jsonl
from glose.corpus.document import Document
from glose.corpus.forms import shown
from glose.corpus.rules import KINDS

Kind = Literal["added", "removed", "changed", "moved"]
Plain: TypeAlias = dict[str, Any]
Field: TypeAlias = tuple[str, str, str]

#: The lists that are compared item by item, and what one is called.
ITEMS = {**KINDS, "labels": "label"}
#: How many code points are shown before and after the first difference of two texts.
CONTEXT = 20
#: What is compared as a whole.
WHOLE = ("layer", "language", "meta", "status", "provenance", "tokens", "extra")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of which document, what it is, and for a change its fields, old and new.

    `number` is how many items it is of; only what moved is told of several at once.
    """

    document: str
    what: str
    kind: Kind
    item: str
    fields: tuple[Field, ...] = ()
    number: int = 1

    def __str__(self) -> str:
        fields = "; ".join(f"{name}: {old} -> {new}" for name, old, new in self.fields)
        return f"{self.document}: {self.what} {self.kind}: {self.item}" + (
            fields and f": {fields}"
        )


def changes(old: Path, new: Path) -> Iterator[Change]:
    """Yield the changes from one file of records to another, sorted by document.

    Both are read twice: first for the hashes of their records, then for those that differ, so
    that memory grows with what changed and not with the corpus.
    """
    before, after = _hashes(old), _hashes(new)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    olds, news = _chosen(old, differing), _chosen(new, differing)
    for key in sorted(differing):
        yield from _pair(key[0], olds.get(key), news.get(key))


def between(old: Document, new: Document) -> Iterator[Change]:
    """Yield the changes from one version of a document to another."""
    if old.text != new.text:
        yield Change(old.id, "text", "changed", "text", tuple(_text(old.text, new.text)))
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    for name in WHOLE:
        fields = tuple(_fields(before[name], after[name], name))
        if fields:
            yield Change(old.id, name, "changed", name, fields)
    names_before, names_after = _names(old), _names(new)
    for name, called in ITEMS.items():
        olds = [_resolved(item, names_before) for item in before[name]]
        news = [_resolved(item, names_after) for item in after[name]]
        if name == "segments" and old.text is not None and new.text is not None:
            yield from _moved(old.id, (old.text, olds), (new.text, news))
        yield from _items(old.id, called, olds, news)


def count(found: Iterable[Change]) -> dict[str, Counter[Kind]]:
    """Return how many things of each kind were added, removed and changed."""
    counts: dict[str, Counter[Kind]] = defaultdict(Counter)
    for change in found:
        counts[change.what][change.kind] += change.number
    return dict(sorted(counts.items()))


# --------------------------------------------------------------------------------------------
# Documents
# --------------------------------------------------------------------------------------------


def _hashes(path: Path) -> dict[tuple[str, int], int]:
    """Return a hash of each record, by id and by how many of that id came before."""
    seen: Counter[str] = Counter()
    found = {}
    for document in jsonl.read(path):
        found[document.id, seen[document.id]] = hash(jsonl.encode(document))
        seen[document.id] += 1
    return found


def _chosen(path: Path, keys: set[tuple[str, int]]) -> dict[tuple[str, int], Document]:
    seen: Counter[str] = Counter()
    found = {}
    for document in jsonl.read(path):
        key = document.id, seen[document.id]
        seen[document.id] += 1
        if key in keys:
            found[key] = document
    return found


def _pair(name: str, old: Document | None, new: Document | None) -> Iterator[Change]:
    if old is not None and new is not None:
        yield from between(old, new)
    elif new is not None:
        yield Change(name, "document", "added", f"{_size(new.text)} characters")
    elif old is not None:
        yield Change(name, "document", "removed", f"{_size(old.text)} characters")


def _text(old: str | None, new: str | None) -> Iterator[Field]:
    """Yield how two texts differ: in size, and where they do first."""
    sizes = _size(old), _size(new)
    if sizes[0] != sizes[1]:
        yield "characters", *sizes
    if old is not None and new is not None:
        pairs = enumerate(zip(old, new, strict=False))
        at = next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))
        around = slice(max(at - CONTEXT, 0), at + CONTEXT)
        yield f"first at {at}", shown(old[around]), shown(new[around])


def _moved(
    document: str, old: tuple[str, list[Plain]], new: tuple[str, list[Plain]]
) -> Iterator[Change]:
    """Take out of both lists the segments that a change of the text moved, and tell them as one.

    They are of the same type and cover the same words at other offsets.
    """
    (before, olds), (after, news) = old, new
    waiting: dict[tuple[str, str | None, str], deque[int]] = defaultdict(deque)
    for place, item in enumerate(news):
        waiting[_words(after, item)].append(place)
    gone, come, number = set(), set(), 0
    for place, item in enumerate(olds) if before != after else ():
        there = waiting[_words(before, item)]
        if there:
            twin = there.popleft()
            gone.add(place)
            come.add(twin)
            number += item["start"] != news[twin]["start"]
    olds[:] = [item for place, item in enumerate(olds) if place not in gone]
    news[:] = [item for place, item in enumerate(news) if place not in come]
    if number:
        yield Change(document, "segment", "moved", f"{number}, with the text", number=number)


def _words(text: str, item: Plain) -> tuple[str, str | None, str]:
    return item["type"], item["src"], text[item["start"] : item["end"]]


def _size(text: str | None) -> str:
    return "no" if text is None else f"{len(text):,}"


# --------------------------------------------------------------------------------------------
# What things are called apart from their ids
# --------------------------------------------------------------------------------------------


def _names(document: Document) -> dict[str, str]:
    """Return for each id what it refers to: words and place, which no other version changes."""
    names = {s.id: f"{s.type} {s.start}-{s.end}" for s in document.segments}
    for mention in document.mentions:
        names[mention.id] = _span(mention.text, mention.start, mention.end)
    for entity in document.entities:
        first = min((names.get(m, m) for m in entity.mentions), default=entity.name or "")
        names[entity.id] = f"entity of {first}"
    for event in document.events:
        spans = (_span(trigger.text, trigger.start, trigger.end) for trigger in event.triggers)
        names[event.id] = f"event {', '.join(spans) or event.type}"
    return names | _composed(document, names)


def _composed(document: Document, names: Mapping[str, str]) -> dict[str, str]:
    """Return for each id of what is made of other items only what these are."""
    found = {}
    for owner in (*document.relations, *document.event_clusters, *document.templates):
        item = msgspec.to_builtins(owner)
        events = sorted(names.get(name, name) for name in item.get("events", ()))
        args = sorted(_argument(argument, names) for argument in item.get("args", ()))
        found[item["id"]] = ", ".join([*events, *args])
    return found


def _span(text: str, start: int, end: int) -> str:
    return f"{shown(text, limit=40)} {start}-{end}"


def _resolved(item: Plain, names: Mapping[str, str]) -> Plain:
    """Return an item whose references are what they refer to; `id` and `called` are its own."""
    plain = dict(item)
    for field in ("mentions", "events", "evidence"):
        if field in plain:
            plain[field] = sorted(names.get(name, name) for name in plain[field])
    if "args" in plain:
        plain["args"] = sorted(_argument(argument, names) for argument in plain["args"])
    if plain.get("target") is not None:
        plain["target"] = names.get(plain["target"], plain["target"])
    if plain.get("value") and isinstance(plain["value"], dict):
        anchor = plain["value"]["anchor"]
        plain["value"] = plain["value"] | {"anchor": names.get(anchor, anchor)}
    plain["id"] = item.get("id", "")
    plain["called"] = _called(item, plain, names)
    return plain


def _argument(argument: Plain, names: Mapping[str, str]) -> str:
    reference = argument["ref"]
    filler = (
        shown(argument["value"] or "") if reference is None else names.get(reference, reference)
    )
    attrs = "".join(f" {a['name']}={a['value']}" for a in argument["attrs"])
    return f"{argument['role']}={filler}{attrs}"


def _called(item: Plain, plain: Plain, names: Mapping[str, str]) -> str:
    """Return what pairs an item with another version of itself: its place, without its type."""
    if "scheme" in item:
        return f"{item['scheme']} of {plain['target']}"
    return names[item["id"]]


# --------------------------------------------------------------------------------------------
# Items of one list
# --------------------------------------------------------------------------------------------


def _items(document: str, what: str, olds: list[Plain], news: list[Plain]) -> Iterator[Change]:
    olds, news = _differing(olds, news)
    pairs = correspondence.pairs(olds, news)
    for old, new in pairs:
        fields = tuple(_fields(_content(olds[old]), _content(news[new]), ""))
        yield Change(document, what, "changed", _title(olds[old]), fields)
    befores, afters = {old for old, _ in pairs}, {new for _, new in pairs}
    for number, item in enumerate(olds):
        if number not in befores:
            yield Change(document, what, "removed", _title(item))
    for number, item in enumerate(news):
        if number not in afters:
            yield Change(document, what, "added", _title(item))


def _content(item: Plain) -> Plain:
    return {key: value for key, value in item.items() if key not in ("id", "called")}


def _title(item: Plain) -> str:
    kind = item.get("type") or item.get("value") or ""
    # A segment is called by its type, an event without trigger too.
    place = item["called"].removeprefix("event ").removeprefix(f"{kind} ")
    return " ".join(part for part in (item["id"], kind, place) if part)


def _differing(olds: list[Plain], news: list[Plain]) -> tuple[list[Plain], list[Plain]]:
    """Return the items that have no equal on the other side, however the ids differ."""
    keyed = [
        [(msgspec.json.encode(_content(item)), item) for item in side] for side in (olds, news)
    ]
    counts = [Counter(key for key, _ in side) for side in keyed]
    common = counts[0] & counts[1]
    left = []
    for side in keyed:
        same = Counter(common)
        left.append([item for key, item in side if not _taken(same, key)])
    return left[0], left[1]


def _taken(same: Counter[bytes], key: bytes) -> bool:
    same[key] -= 1
    return same[key] >= 0


def _fields(old: object, new: object, name: str) -> Iterator[Field]:
    """Yield the fields that differ, each with its path, old and new; of lists, what differs."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            yield from _fields(old[key], new[key], f"{name}.{key}" if name else key)
    elif isinstance(old, _LISTS) and isinstance(new, _LISTS):
        yield name, *_members(old, new)
    else:
        yield name, _written(old), _written(new)


_LISTS = (list, tuple)


def _members(old: Sequence[object], new: Sequence[object]) -> tuple[str, str]:
    before, after = ({msgspec.json.encode(item) for item in side} for side in (old, new))
    gone = [item for item in old if msgspec.json.encode(item) not in after]
    come = [item for item in new if msgspec.json.encode(item) not in before]
    return (_written(gone), _written(come)) if gone or come else ("one order", "another order")


def _written(value: object) -> str:
    """Return a value in one short line; what stands in lists is a name or was written before."""
    if value in _NOTHING:
        return "none"
    if isinstance(value, _LISTS):
        return ", ".join(item if isinstance(item, str) else _written(item) for item in value)
    if isinstance(value, dict):
        known = (f"{key} {_written(part)}" for key, part in value.items() if part not in _NOTHING)
        return f"({', '.join(known)})"
    return shown(str(value), limit=80)


_NOTHING: tuple[object, ...] = (None, [], ())
