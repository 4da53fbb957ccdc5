"""How far a line is from the canonical form of the record that it holds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from glose.corpus import jsonl
from glose.corpus.document import Document

#: How many missing keys are named.
NAMED = 5


def missing(line: bytes, document: Document) -> str | None:
    """Return which keys of the record a line leaves out, or `None`."""
    absent = dict.fromkeys(_absent(msgspec.json.decode(line), _content(document), ""))
    if not absent:
        return None
    more = f" and {len(absent) - NAMED} more" if len(absent) > NAMED else ""
    return f"without {', '.join(list(absent)[:NAMED])}{more}; expected every key of the record"


def departure(line: bytes, document: Document) -> str | None:
    """Return how a line that leaves out no key departs from the canonical form, or `None`."""
    if line == jsonl.encode(document) + b"\n":
        return None
    if not line.endswith(b"\n"):
        return "no LF at the end of the file; expected one after every record"
    if line.endswith(b"\r\n"):
        return "the line ends in CR LF; expected LF"
    for name in ("segments", "mentions"):
        if getattr(document, name) != getattr(jsonl.canonical(document), name):
            return f"{name} out of order; expected them by start, then longest first, type, id"
    if msgspec.json.encode(msgspec.json.decode(line)) + b"\n" == line:
        return "keys out of order; expected the order of the record"
    return "not as a record is written (spaces, escapes, numbers); `glose corpus convert` does it"


def _content(document: Document) -> object:
    return msgspec.json.decode(jsonl.encode(document))


def _absent(found: object, wanted: object, where: str) -> Iterator[str]:
    """Yield the keys that an object lacks, items of lists taken together (`mentions[].head`)."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        yield from (f"{where}{key}" for key in wanted if key not in found)
        for key in filter(found.__contains__, wanted):
            yield from _absent(found[key], wanted[key], f"{where}{key}.")
    elif isinstance(found, list) and isinstance(wanted, list) and wanted:
        fullest = _fullest(wanted)
        for item in found:
            yield from _absent(item, fullest, f"{where.removesuffix('.')}[].")


def _fullest(items: list[object]) -> object:
    """Return an item with every key that such items have, and with what is in their lists."""
    first = items[0]
    if not isinstance(first, dict):
        return first
    records = [item for item in items if isinstance(item, dict)]
    return {key: next((r[key] for r in records if r[key]), first[key]) for key in first}
