"""A document as lines that git can compare: one field a line, one annotation a line.

A line is what it is, a blank, and JSON: `mention {"id":"m1","type":"GPE","start":0,"end":5,…}`.
The text has a line for each of its own. What is empty is left out, and so is the hash of the text.
The order is that of the canonical record: the same document is the same bytes, one edit one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

import msgspec

from glose.corpus import jsonl, rules
from glose.corpus.document import (
    SCHEMA,
    Attribute,
    Document,
    Label,
    Meta,
    Pair,
    Provenance,
    Status,
    fingerprint,
)
from glose.corpus.errors import InputError, Place
from glose.corpus.files import readable
from glose.corpus.refusals import near, refusal
from glose.corpus.rules import KINDS

SUFFIX = ".glose"
#: How every sheet begins.
HEAD = f'schema "{SCHEMA}"\nid "'.encode()
#: The lists of a record, and what a line of each is called.
LISTS = {**KINDS, "labels": "label", "extra": "extra"}
SCALARS = ("schema", "id", "layer", "language")

_HELD: Mapping[str, type[msgspec.Struct]] = {"meta": Meta, "provenance": Provenance}


def lines(document: Document) -> Iterator[str]:
    """Yield the lines of a document, without their ends."""
    found = jsonl.canonical(document)
    yield from (_line(name, getattr(found, name)) for name in SCALARS if _known(found, name))
    yield from (_line("text", part) for part in pieces(found.text))
    if found.text_sha256 != proof(found.text):
        yield _line("text_sha256", found.text_sha256)
    for name, value in msgspec.structs.asdict(found.meta).items():
        if value is not None:
            yield _line(f"meta.{name}", value)
    for name, called in LISTS.items():
        if name == "mentions":
            yield from (_line("tokens", group) for group in grouped(found.text, found.tokens))
        if name == "extra":
            yield from _closing(found)
        yield from (_line(called, item) for item in getattr(found, name))


def _closing(document: Document) -> Iterator[str]:
    status = document.status
    if status.state is not None:
        yield _line("status.state", status.state)
    yield from (_line("status.annotated", name) for name in status.annotated)
    if status.guideline is not None:
        yield _line("status.guideline", status.guideline)
    for name, value in msgspec.structs.asdict(document.provenance).items():
        if value is not None:
            yield _line(f"provenance.{name}", value)


def encode(document: Document) -> bytes:
    """Return a document as the bytes of its sheet."""
    return "".join(f"{line}\n" for line in lines(document)).encode()


def _known(document: Document, name: str) -> bool:
    return getattr(document, name) is not None


def proof(text: str | None) -> str | None:
    """Return the `text_sha256` that goes without saying: that of the text."""
    return None if text is None else fingerprint(text)


def _line(name: str, value: object) -> str:
    return f"{name} {lean(value)}"


def pieces(text: str | None) -> list[str]:
    r"""Return the lines of a text with their ends: none of no text, one of an empty text.

    >>> pieces("a\nb"), pieces(""), pieces(None)
    (['a\n', 'b'], [''], [])
    """
    if text is None:
        return []
    parts = text.split("\n")
    return [*(f"{part}\n" for part in parts[:-1]), *([parts[-1]] if parts[-1] or not text else [])]


def grouped(text: str | None, tokens: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Yield the tokens of each line of a text that has some."""
    ends = list(accumulate(map(len, pieces(text))))
    for _, group in groupby(tokens, key=lambda token: bisect_right(ends, token[0])):
        yield list(group)


def lean(value: object) -> str:
    """Return a value as JSON, without the keys of objects that say nothing."""
    # A quotation mark inside a string has a backslash before it, so this matches no part of one.
    return _empty.sub(b"", _encoder.encode(value)).decode()


_empty = re.compile(rb',"\w+":(?:null|\[\]|false)(?=[,}])')
_encoder = msgspec.json.Encoder()


# --------------------------------------------------------------------------------------------
# Back
# --------------------------------------------------------------------------------------------


def read(path: Path) -> Document:
    """Return the document of a sheet; raise `InputError` with the line that is wrong."""
    with readable(path) as stream:
        return parse(stream, str(path))


def parse(found: Iterable[bytes], source: str) -> Document:
    """Return the document of the lines of a sheet; `source` is what errors call it."""
    draft = _Draft()
    for number, line in enumerate(found, start=1):
        try:
            if line.startswith(jsonl.MARKS):
                raise _LineError(jsonl.UNDECIDED)
            draft.take(line.decode().rstrip("\r\n"))
        except UnicodeDecodeError as error:
            what = f"byte {error.start} of the line is not UTF-8; save the file as UTF-8"
            raise InputError(Place(source, number), what) from error
        except _LineError as error:
            raise InputError(Place(source, number), str(error)) from error
    written = draft.document()
    for fault in rules.faults(jsonl.completed(written, ""), written):
        raise InputError(Place(source, None, written.id or None), fault)
    return written


class _LineError(Exception):
    """What is wrong with a line of a sheet."""


class _Draft:
    """What the lines of a sheet said so far."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.parts: dict[str, dict[str, Any]] = {"meta": {}, "status": {}, "provenance": {}}
        self.lists: dict[str, list[Any]] = {name: [] for name in (*LISTS, "tokens", "text")}
        self.annotated: list[str] = []

    def take(self, line: str) -> None:
        """Take one line; raise `_LineError` if it is none of a sheet."""
        if not line.strip():
            return
        name, _, content = line.partition(" ")
        if name not in _TYPES:
            raise _LineError(f"found {name[:40]!r}; {near(name[:40], _TYPES)}")
        try:
            value = msgspec.json.decode(content, type=_TYPES[name])
        except msgspec.ValidationError as error:
            raise _LineError(refusal(error, _TYPES[name], name)) from error
        except msgspec.DecodeError as error:
            raise _LineError(
                f"{name}: not JSON ({error}); expected a value in one line"
            ) from error
        self._put(name, value)

    def _put(self, name: str, value: object) -> None:
        if name in _PLACES:
            self.lists[_PLACES[name]].append(value)
        elif name == "tokens":
            self.lists[name] += value  # type: ignore[arg-type]  # _TYPES says that it is a list
        elif name == "status.annotated":
            self.annotated.append(str(value))
        else:
            part, _, field = name.rpartition(".")
            fields = self.parts[part] if part else self.fields
            if field in fields:
                raise _LineError(f"{name} comes twice; expected it once")
            fields[field] = value

    def document(self) -> Document:
        """Return what the lines say."""
        text = "".join(self.lists["text"]) if self.lists["text"] else None
        self.fields.setdefault("text_sha256", proof(text))
        lists: dict[str, Any] = {name: tuple(self.lists[name]) for name in (*LISTS, "tokens")}
        return Document(
            **self.fields,
            **lists,
            text=text,
            meta=Meta(**self.parts["meta"]),
            status=Status(**self.parts["status"], annotated=tuple(self.annotated)),
            provenance=Provenance(**self.parts["provenance"]),
        )


#: Where the lines go of which there may be several.
_PLACES = {"text": "text", **{called: name for name, called in LISTS.items()}}


def _types() -> dict[str, Any]:
    """Return the type of what stands in each kind of line."""
    found: dict[str, Any] = dict.fromkeys((*SCALARS, "text"), str)
    found["text_sha256"] = str | None
    for part, kind in _HELD.items():
        for field in msgspec.structs.fields(kind):
            found[f"{part}.{field.name}"] = field.type
    for name in Status.__struct_fields__:
        found[f"status.{name}"] = str
    items = {field.name: field.type for field in msgspec.structs.fields(Document)}
    for name, called in KINDS.items():
        found[called] = items[name].__args__[0]
    return found | {"label": Label, "extra": Attribute, "tokens": list[Pair]}


_TYPES = _types()
