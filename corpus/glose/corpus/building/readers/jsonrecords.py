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
from glose.corpus.document import SCHEMA

#: How many objects are tried before a file without a text is given up.
ENOUGH = 20


def read(content: Content, rules: Rules) -> Iterator[Draft | Lost]:
    """Yield the objects of a file; objects in objects are named by dotted paths."""
    _check(content, rules)
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


def _check(content: Content, rules: Rules) -> None:
    """Refuse a file of which no object has a key that was told; only the text is told by record.

    As many objects are looked at as it takes to find all keys: one, as a rule.
    """
    told = rules.columns_of(content.name)
    wanted = {name for field, name in told.items() if field != "text"}
    names: dict[str, None] = {}
    for found in objects.records(content) if wanted else ():
        if isinstance(found, Lost) or not isinstance(found[2], dict):
            continue
        keys = [name for name, _ in columns.flattened(found[2])]
        if len(names) <= columns.SHOWN:
            names.update(dict.fromkeys(keys))
        wanted.difference_update(keys)
        if not wanted:
            return
    if names and wanted:
        raise columns.missing(min(wanted), list(names))


def _document(value: Any, src: str, content: Content, rules: Rules) -> Draft:  # noqa: ANN401
    if not isinstance(value, dict):
        raise RejectError(f"a value of the type {type(value).__name__}; expected an object")
    if value.get("schema") == SCHEMA:
        raise RejectError(
            f"a record of glose ({SCHEMA}); `glose corpus convert` reads it, and --layer attaches"
            " its annotation to documents that are built"
        )
    row = dict(columns.flattened(value))
    found = columns.chosen(list(row), rules.columns_of(content.name), rules, sparse=True)
    return columns.draft(row, found, rules, f"{src}; key={found.text}")


WHOLE = Reader("JSON with objects", "application/json", (".json",), never, read)
LINES = Reader("JSON Lines", "application/jsonl", (".jsonl", ".ndjson"), never, read)
