"""What the report's script shows, as JSON that may stand in the page: mistakes and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec
from markupsafe import Markup

from glose.evaluate.browsing import Leaf
from glose.evaluate.results import Errors, Item, Kind, Mistake

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
            "before": mistake.before,
            "runs": runs(mistake),
            "after": mistake.after,
        }
        for name, found in zip(names, errors, strict=False)
        for mistake in found.mistakes
        if mistake.kind != "correct"
    ]
    return _safe(rows)


def leaves(names: Sequence[str], browsed: Sequence[Leaf]) -> Markup:
    """Return documents as JSON that may stand in a script element, whatever the texts hold.

    An item is its layer, its kind, its label and pieces in gold and as predicted (`null` where
    there is none), and what it is called in the filter of types.
    """
    found = [
        {
            "id": leaf.id,
            "language": leaf.language,
            "text": leaf.text,
            "systems": [[_item(mistake) for mistake in each] for each in leaf.systems],
        }
        for leaf in browsed
    ]
    return _safe({"systems": list(names), "documents": found})


def _item(mistake: Mistake) -> list[object]:
    sides = (mistake.gold, mistake.predicted)
    return [mistake.layer, KIND_NAMES[mistake.kind], *map(_side, sides), _names(*sides)]


def _side(item: Item | None) -> list[object] | None:
    return [item.name, item.pieces, "" if item.pieces else item.text] if item else None


def _names(*items: Item | None) -> list[str]:
    return sorted({item.name for item in items if item})


def _safe(value: object) -> Markup:
    encoded = msgspec.json.encode(value).decode()
    # "<" could end the script element; "\\u003c" is the same character to a JSON parser.
    return Markup(encoded.replace("<", "\\u003c"))  # noqa: S704


def runs(mistake: Mistake) -> list[tuple[str, bool, bool]]:
    """Return `mistake.inside` in runs: their text, whether in gold, whether in predicted.

    Offsets are cut here, where they are code points; a browser counts UTF-16 units.
    """
    gold = mistake.gold.pieces if mistake.gold else ()
    predicted = mistake.predicted.pieces if mistake.predicted else ()
    pieces = (*gold, *predicted)
    if not pieces:
        return [(mistake.inside, bool(mistake.gold), bool(mistake.predicted))]
    first, last = min(a for a, _ in pieces), max(b for _, b in pieces)
    if last - first != len(mistake.inside):
        return [(mistake.inside, bool(gold), bool(predicted))]
    cuts = sorted({offset for piece in pieces for offset in piece})
    return [
        (mistake.inside[a - first : b - first], _within(a, gold), _within(a, predicted))
        for a, b in pairwise(cuts)
    ]


def _within(offset: int, pieces: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in pieces)
