"""JSON and JSON Lines: each object is a document, its keys are columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glose.corpus.building import columns, objects
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, Lost
from glose.corpus.building.readers.declaration import Reader, never
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: How many objects are tried before a file without a text is given up.
ENOUGH = 20


def read(content: Content, rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the objects of a file; objects in objects are named by dotted paths."""
    made = False
    for found in objects.records(content):
        if isinstance(found, Lost):
            yield found
            continue
        kind, number, value = found
        place = "" if number is None else f"{kind} {number}"
        try:
            draft = _document(value, f"{kind}={number or 1}", content, rules)
        except RejectError as error:
            if not made and (number or 0) >= ENOUGH:
                raise RejectError(f"its first {number} objects cannot be read: {error}") from error
            yield Lost(place, str(error))
            continue
        made = True
        draft.place = place
        draft.media = LINES.media if kind == "line" else WHOLE.media
        yield draft


def _document(value: Any, src: str, content: Content, rules: Rules) -> Draft:  # noqa: ANN401
    if not isinstance(value, dict):
        raise RejectError(f"a value of the type {type(value).__name__}; expected an object")
    row = dict(columns.flattened(value))
    found = columns.chosen(list(row), rules.columns_of(content.name), rules, alone=False)
    return columns.draft(row, found, rules, f"{src}; key={found.text}")


WHOLE = Reader("JSON with objects", "application/json", (".json",), never, read)
LINES = Reader("JSON Lines", "application/jsonl", (".jsonl", ".ndjson"), never, read)
