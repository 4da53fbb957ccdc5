"""What the report's scripts show, as JSON that may stand in the page: mistakes and documents."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec
from markupsafe import Markup

from glose.evaluate.beside import Beside, Facet, Shown
from glose.evaluate.browsing import Leaf
from glose.evaluate.results import Errors, Item, Kind

#: What each kind of mistake is called on the page.
KIND_NAMES: Mapping[Kind, str] = {
    "correct": "correct",
    "type": "wrong type",
    "boundary": "wrong boundary",
    "both": "wrong type and boundary",
    "role": "wrong role",
    "missed": "missed",
    "spurious": "spurious",
}

#: What takes the place of the type in facets in which something else is said of a span.
SAID: Mapping[Facet, str] = {
    "coreference": "cluster",
    "event coreference": "cluster",
    "link": "entry",
    "value": "value",
    "label": "value",
}


def embedded(names: Sequence[str], errors: Sequence[Errors]) -> Markup:
    """Return the mistakes as JSON that may stand in a script element, whatever the texts hold."""
    rows = [
        {
            "system": name,
            "document": mistake.document,
            "layer": mistake.layer,
            "kind": KIND_NAMES[mistake.kind],
            "gold": mistake.gold and mistake.gold.label,
            "predicted": mistake.predicted and mistake.predicted.label,
            "types": _names(mistake.gold, mistake.predicted),
            "places": [offsets(mistake.gold), offsets(mistake.predicted)],
            "before": mistake.before,
            "runs": runs(mistake.inside, mistake.gold, mistake.predicted),
            "after": mistake.after,
        }
        for name, found in zip(names, errors, strict=False)
        for mistake in found.mistakes
        if mistake.kind != "correct"
    ]
    return _safe(rows)


def leaves(names: Sequence[str], browsed: Sequence[Leaf]) -> Markup:
    """Return documents as JSON that may stand in a script element, whatever the texts hold.

    Strings stand once, in `words`, and are known by their numbers. An item of a document is its
    name, type, offsets one after the other, group, text and roles, as in `Shown`, without what is
    empty at the end. A row of a system is its facet, its kind, and the numbers of its items in
    gold and as predicted, -1 where there is none.
    """
    words = _Numbers()
    documents = [_document(leaf, words) for leaf in browsed]
    return _safe({"systems": list(names), "words": list(words.known), "documents": documents})


class _Numbers:
    """Numbers for things, from 0, in the order in which they are first met."""

    def __init__(self) -> None:
        self.known: dict[Hashable, int] = {}

    def of(self, thing: Hashable) -> int:
        return self.known.setdefault(thing, len(self.known))


def _document(leaf: Leaf, words: _Numbers) -> dict[str, object]:
    items = _Numbers()
    systems = [
        {
            "facets": [words.of(facet) for facet in there],
            "rows": [_row(beside, items, words) for beside in each],
        }
        for each, there in zip(leaf.systems, leaf.annotated, strict=True)
    ]
    shown = [_shown(each, words) for each in items.known if isinstance(each, Shown)]
    return {
        "id": leaf.id, "language": leaf.language, "text": leaf.text, "items": shown,
        "systems": systems,
    }  # fmt: skip


def _row(beside: Beside, items: _Numbers, words: _Numbers) -> tuple[int, ...]:
    sides = (-1 if each is None else items.of(each) for each in (beside.gold, beside.predicted))
    return words.of(beside.facet), words.of(kind_name(beside)), *sides


def kind_name(beside: Beside) -> str:
    """Return what the kind of a row is called on the page."""
    return KIND_NAMES[beside.kind].replace("type", SAID.get(beside.facet, "type"))


def _shown(each: Shown, words: _Numbers) -> list[object]:
    offsets = [offset for piece in each.pieces for offset in piece]
    row: list[object] = [words.of(each.name), words.of(each.type), offsets]
    if each.group or each.text or each.roles:
        row.append(words.of(each.group))
    if each.text or each.roles:
        row += [words.of(each.text), [words.of(role) for role in each.roles]]
    return row


def offsets(item: Item | None) -> list[int] | None:
    """Return the offsets of an item one after the other, `None` where there is none."""
    return None if item is None else [offset for piece in item.pieces for offset in piece]


def _names(*items: Item | None) -> list[str]:
    return sorted({item.name for item in items if item})


def _safe(value: object) -> Markup:
    encoded = msgspec.json.encode(value).decode()
    # "<" could end the script element; "\\u003c" is the same character to a JSON parser.
    return Markup(encoded.replace("<", "\\u003c"))  # noqa: S704


def runs(inside: str, one: Item | None, other: Item | None) -> list[tuple[str, bool, bool]]:
    """Return the words of two items in runs: their text, whether in gold, whether in predicted.

    Offsets are cut here, where they are code points; a browser counts UTF-16 units.
    """
    gold = one.pieces if one else ()
    predicted = other.pieces if other else ()
    pieces = (*gold, *predicted)
    if not pieces:
        return [(inside, bool(one), bool(other))]
    first, last = min(a for a, _ in pieces), max(b for _, b in pieces)
    if last - first != len(inside):
        return [(inside, bool(gold), bool(predicted))]
    cuts = sorted({offset for piece in pieces for offset in piece})
    return [
        (inside[a - first : b - first], _within(a, gold), _within(a, predicted))
        for a, b in pairwise(cuts)
    ]


def _within(offset: int, pieces: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in pieces)
