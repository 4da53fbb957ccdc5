"""Buckets: what documents can be told apart by, beside their types, in `--by`.

A bucket is read off the gold document. What a document does not say is `(none)`. Beside the fields
that every document has stand its own, in `extra`: `extra.story` is the value of the name `story`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from glose.corpus import manifest
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.jsonl import read
from glose.evaluate.results import Bucket

NONE = "(none)"

#: Lengths of texts, in code points, from which a bucket starts.
LENGTHS = (0, 500, 1000, 2000, 5000, 10_000)


def _date(document: Document) -> str | None:
    date = document.meta.date
    if date is None:
        return None
    return f"{date.year:04}" if date.month is None else f"{date.year:04}-{date.month:02}"


def _year(document: Document) -> str | None:
    return f"{document.meta.date.year:04}" if document.meta.date else None


def _length(document: Document) -> str:
    number = bisect_right(LENGTHS, len(document.text or "")) - 1
    if number + 1 == len(LENGTHS):
        return f"{LENGTHS[-1]:05}+"
    return f"{LENGTHS[number]:05}-{LENGTHS[number + 1] - 1:05}"


#: From the name of a field to what a document says of it. `split` needs the corpus beside it.
FIELDS: Mapping[str, Callable[[Document], str | None]] = {
    "source": lambda document: document.meta.source,
    "agency": lambda document: document.meta.agency,
    "author": lambda document: document.meta.author,
    "place": lambda document: document.meta.place,
    "language": lambda document: document.language,
    "date": _date,
    "year": _year,
    "length": _length,
}

#: What single items can be told apart by (traits.py), where documents cannot.
ITEMS = ("span-length", "frequency", "seen", "nesting", "distance", "position")

#: Everything that documents are told apart by. `type` only shows more: scores by type are always
#: computed.
BY = ("type", "split", *FIELDS)


#: What the names of the fields begin with that a corpus has of its own.
EXTRA = "extra."


def known(name: str) -> bool:
    """Tell whether documents can be told apart by a name."""
    return name in BY or (name.startswith(EXTRA) and name != EXTRA)


def check(fields: Sequence[str]) -> None:
    """Raise `GloseError` where a name is neither of documents nor of `ITEMS`."""
    for name in fields:
        if not known(name) and name not in ITEMS:
            there = ", ".join((*BY, f"{EXTRA}NAME", *ITEMS))
            raise GloseError(
                f"documents and items cannot be told apart by {name!r}; choose {there}"
            )


def check_cluster(field: str | None) -> None:
    """Raise `GloseError` where a name is no field by which documents can be put together."""
    if field is not None and (field == BY[0] or not known(field)):
        there = ", ".join((*BY[1:], f"{EXTRA}NAME"))
        raise GloseError(f"documents cannot be clustered by {field!r}; choose {there}")


def splits(gold: Path) -> Mapping[str, str]:
    """Return the split of each document, by id, as the manifest beside a gold file lists them."""
    listed = manifest.read(gold.parent).splits
    return {name: split for split, names in listed.items() for name in names}


def said(document: Document, fields: Sequence[str], splits: Mapping[str, str]) -> dict[str, str]:
    """Return what a document says of some fields, those left out of which it says nothing.

    `splits` gives the split of each id, where the corpus has splits.
    """
    found = {name: _said(document, name, splits) for name in fields if name != "type"}
    return {name: value for name, value in found.items() if value}


def _said(document: Document, name: str, splits: Mapping[str, str]) -> str | None:
    if name == "split":
        return splits.get(document.id)
    if name in FIELDS:
        return FIELDS[name](document)
    own = name.removeprefix(EXTRA)
    return next((each.value for each in document.extra if each.name == own), None)


def own(gold: Path) -> set[str]:
    """Return what a corpus can be told apart by, of its own: the names in `extra`."""
    return {
        f"{EXTRA}{each.name}" for document in read(gold, check=False) for each in document.extra
    }


def of(fields: Mapping[str, str], by: Sequence[str]) -> list[Bucket]:
    """Return the buckets that a document is in by what it says, one for each field but `type`."""
    return [Bucket(name, fields.get(name, NONE)) for name in by if name != "type"]
