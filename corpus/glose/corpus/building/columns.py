"""Rows of tables to drafts: which column is the text, which fill `meta`, which go to `extra`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import msgspec

from glose.corpus.building import fragments
from glose.corpus.building.drafts import Draft, flat, headed, lined
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: What columns with the text are called; `text` goes before the others.
TEXTS = (
    "text", "texte", "body", "content", "contenu", "article", "corps", "document", "full_text",
    "fulltext", "article_text", "article_body", "body_text", "raw_text",
)  # fmt: skip
IDS = ("id", "guid", "uuid", "doc_id", "docid", "document_id", "article_id", "identifier")
#: Names of columns, beside the keys of headers, and what they fill.
OTHERS = {
    "titel": "title", "pub_date": "date", "pubdate": "date", "publication_date": "date",
    "date_published": "date", "published_at": "date", "created_at": "date", "lang": "language",
    "publisher": "source", "newspaper": "source", "web_url": "url", "permalink": "url",
}  # fmt: skip

#: The longest value that goes to `extra`, in code points.
LONGEST = 10_000
#: How deep objects are taken apart; what is deeper stays JSON.
DEEPEST = 8
#: How many columns a message names.
SHOWN = 20

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds the text, which one the id, and what the others fill."""

    text: str
    id: str | None
    fields: Mapping[str, str]


def chosen(
    names: Sequence[str], told: Mapping[str, str], rules: Rules, *, sparse: bool = False
) -> Columns:
    """Return what the columns of a table are, as it was `told` or by their names.

    Where rows are `sparse`, each with columns of its own, one may lack any that was told but the
    text; and none is the text only because it is alone.

    Raises `RejectError`, with the names that there are, where one that was told is not there or
    none can be told to be the text.
    """
    for field, name in told.items():
        if name not in names and (field == "text" or not sparse):
            raise missing(name, names)
    text = told.get("text") or _text(names, alone=not sparse)
    ids = [name for wanted in IDS for name in names if name.strip().lower() == wanted]
    id_ = told.get("id") or next((name for name in ids if name != text), None)
    fields = {column: field for field, column in told.items() if field not in {"text", "id"}}
    for name in names:
        key = name.strip().lower()
        field = OTHERS.get(key) or rules.keys.get(key) or ""
        if name not in {*fields, text, id_} and field not in fields.values():
            fields[name] = field
    return Columns(text, id_, fields)


def missing(name: str, names: Sequence[str]) -> RejectError:
    """Return the error of a column that was told and is not there."""
    return RejectError(f"no column is called {name!r}; there are: {listed(names)}")


def _text(names: Sequence[str], *, alone: bool) -> str:
    known = [name for wanted in TEXTS for name in names if name.strip().lower() == wanted]
    if len(known) == 1 or (known and known[0].strip().lower() == TEXTS[0]):
        return known[0]
    if alone and len(names) == 1:
        return names[0]
    what = f"may be {' or '.join(known)}" if known else "cannot be told"
    raise RejectError(
        f"which column is the text {what}; there are: {listed(names)};"
        " name it with --column text=NAME"
    )


def listed(names: Sequence[str]) -> str:
    """Return names for a message, not too many."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(flat(name)[:40] for name in names[:SHOWN]) + more


def draft(row: Row, columns: Columns, rules: Rules, src: str) -> Draft:
    """Return the draft of a row; `src` is where it stands. HTML in the text is read as such."""
    value = _body(row.get(columns.text))
    if not value.strip():
        raise RejectError(f"no text in {columns.text!r}; expected some")
    if fragments.BLOCKS.match(value):
        walk = fragments.walked(value, src)
        found = walk.blocks.draft()
        found.left = walk.left
    else:
        found = headed(lined(value), rules)
        found.src = src
    for name, one in row.items():
        if name in {columns.text, columns.id}:
            continue
        field, written = columns.fields.get(name) or "", string(one)
        if len(written) > LONGEST:
            found.left.append(f"long value of {name}")
        else:
            found.tell(field or name, written, name)
    if columns.id:
        found.id, found.id_key = string(row.get(columns.id)), columns.id
    return found


def _body(value: Any) -> str:  # noqa: ANN401  # whatever a table holds
    """Return the text of a cell; a list of strings is its paragraphs."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    return string(value)


def string(value: Any) -> str:  # noqa: ANN401  # whatever a table holds
    """Return a value as a string, `""` of none; what is no scalar is JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | dict | tuple):
        return msgspec.json.encode(value, enc_hook=str).decode("utf-8", "replace")
    return str(value)


def flattened(value: Row, before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the values of an object under dotted paths: `a.b` of `{"a": {"b": 1}}`."""
    for name, one in value.items():
        path = f"{before}{name}"
        if isinstance(one, dict) and one and depth < DEEPEST:
            yield from flattened(one, f"{path}.", depth + 1)
        else:
            yield path, one
