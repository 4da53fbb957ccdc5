"""What two documents do not both state, whatever their annotations are called.

Formats give ids of their own, so ids are first replaced by numbers in an order that content alone
decides. A format that does not keep white space is compared without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from glose.corpus.document import Document, Mention, Pair, Segment, Trigger, covered, fingerprint
from glose.corpus.formats.facts import Facts, facts

_Item = TypeVar("_Item", bound=msgspec.Struct)

#: The lists whose items are renamed, and the letter of their new names; each after what it may
#: refer to, but that events and entities may be arguments of events.
_LETTERS = {
    "segments": "s",
    "mentions": "m",
    "entities": "e",
    "events": "v",
    "relations": "r",
    "event_clusters": "h",
    "templates": "t",
}
_BLANK = re.compile(r"\s")


def missing(before: Document, after: Document, *, spaces: bool = True) -> Counter[str]:
    """Return how many facts of each kind the second document does not state.

    Without `spaces` both are compared without their white space.
    """
    first, second = (_facts(document, spaces=spaces) for document in (before, after))
    found: Counter[str] = Counter()
    for kind, by_key in first.items():
        others = second.get(kind, {})
        for key, contents in by_key.items():
            rest = list(others.get(key, []))
            for content in contents:
                if content in rest:
                    rest.remove(content)
                else:
                    found[kind] += 1
    return found


def _facts(document: Document, *, spaces: bool) -> Facts:
    found = facts(renamed(document if spaces else squeezed(document)))
    # The name of a document may be respelt, and is not what is compared.
    texts = [content for contents in found.get("texts", {}).values() for content in contents]
    return found | {"texts": {"": texts}} if texts else found


def renamed(document: Document) -> Document:
    """Return a document with its lists in an order, and with ids, that its content decides."""
    names: dict[str, str] = {}
    for kind, letter in _LETTERS.items():
        items = _ordered(getattr(document, kind), names)
        names.update({item.id: f"{letter}{number}" for number, item in enumerate(items, start=1)})
        document = replace(document, **{kind: tuple(items)})
    plain = msgspec.to_builtins(document)
    found = {kind: [_named(item, names) for item in plain[kind]] for kind in (*_LETTERS, "labels")}
    return msgspec.convert(plain | found, Document)


def _ordered(items: Iterable[Any], names: dict[str, str]) -> list[Any]:
    """Return items in the order of their content, as far as what they refer to has its name."""

    def key(item: Any) -> bytes:  # noqa: ANN401  # an item of any list
        plain = msgspec.to_builtins(item)
        span = [f"{plain.get(bound, 0):09}" for bound in ("start", "end")]
        plain["args"] = sorted(
            (str(_named(argument, names)) for argument in plain.get("args", ())),
        )
        plain["mentions"] = sorted(names.get(m, "") for m in plain.get("mentions", ()))
        plain["events"] = sorted(names.get(e, "") for e in plain.get("events", ()))
        return msgspec.json.encode([span, {k: v for k, v in plain.items() if k != "id"}])

    return sorted(items, key=key)


def _named(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401  # any part of a record
    """Return a part of a record with the new names of what it refers to."""
    if isinstance(value, dict):
        return {key: _reference(key, part, names) for key, part in value.items()}
    return value


def _reference(key: str, value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401  # as above
    if key in {"id", "ref", "target", "anchor"}:
        return names.get(value, value if value in {None, "DCT"} else "?")
    if key in {"mentions", "events", "evidence"}:
        return sorted(names.get(name, "?") for name in value)
    if isinstance(value, (list, tuple)):
        return [_named(part, names) for part in value]
    return _named(value, names)


def squeezed(document: Document) -> Document:
    """Return a document whose text has no white space, with every span where its words are."""
    text = document.text or ""
    places = [0, *accumulate(0 if _BLANK.match(character) else 1 for character in text)]
    bare = _BLANK.sub("", text)

    def moved(item: _Item) -> _Item:
        return _moved(item, places, bare)

    return replace(
        document,
        text=bare,
        text_sha256=fingerprint(bare),
        segments=_kept(map(moved, document.segments)),
        tokens=tuple((places[a], places[b]) for a, b in document.tokens if places[a] < places[b]),
        mentions=tuple(map(moved, document.mentions)),
        relations=_triggered(document.relations, moved),
        events=_triggered(document.events, moved),
    )


def _kept(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    return tuple(segment for segment in segments if segment.start < segment.end)


def _triggered(owners: Iterable[Any], moved: Callable[[Trigger], Trigger]) -> tuple[Any, ...]:
    return tuple(replace(owner, triggers=tuple(map(moved, owner.triggers))) for owner in owners)


def _moved(item: _Item, places: list[int], bare: str) -> _Item:
    if isinstance(item, Segment):
        return replace(item, start=places[item.start], end=places[item.end])
    if not isinstance(item, (Mention, Trigger)):
        return item
    pairs: list[Pair] = []
    for a, b in item.fragments or ((item.start, item.end),):
        start, end = places[a], places[b]
        if pairs and pairs[-1][1] == start:
            pairs[-1] = pairs[-1][0], end
        elif start < end or not item.fragments:
            pairs.append((start, end))
    start, end = pairs[0][0], pairs[-1][1]
    fragments = tuple(pairs) if len(pairs) > 1 else ()
    head = tuple(places[bound] for bound in item.head)
    words = covered(bare, start, end, fragments)
    return replace(item, start=start, end=end, fragments=fragments, head=head, text=words)
