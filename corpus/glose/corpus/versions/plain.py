"""A document in lines that a person reads: what `git diff` shows of a corpus.

Nothing is left out that tells two records apart: what is shown is equal only if they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from glose.corpus import jsonl
from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Label,
    Mention,
    Pair,
    Segment,
    Trigger,
)
from glose.corpus.errors import GloseError
from glose.corpus.files import BUFFER, readable
from glose.corpus.rules import KINDS
from glose.corpus.versions import sheets

_simple = re.compile(r"[\w.:/@+-]+").fullmatch
_controls = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]").search
#: What is shown in a form of its own, and not as `name=value`.
_SHOWN = frozenset(
    ("id", "type", "start", "end", "fragments", "text", "args", "triggers", "attrs", "head")
)


def of_path(path: Path) -> Iterator[str]:
    """Yield the lines of a file of records or a sheet; what is no record is shown as it stands."""
    with readable(path, buffer=BUFFER) as stream:
        first = stream.readline()
        if first.startswith(sheets.HEAD[:8]):
            yield from _of_sheet(path)
            return
        line = first
        while line:
            yield from _of_record(line, path)
            line = stream.readline()


def _of_sheet(path: Path) -> Iterator[str]:
    try:
        yield from lines(sheets.read(path))
    except GloseError:
        with readable(path) as stream:
            yield from (line.decode("utf-8", "replace").rstrip("\n") for line in stream)


def _of_record(line: bytes, path: Path) -> Iterator[str]:
    try:
        found = list(jsonl.parse([line], path.name, check=False))
    except GloseError:
        yield line.decode("utf-8", "replace").rstrip("\n")
        return
    for document in found:
        yield from lines(document)


def lines(document: Document) -> Iterator[str]:
    """Yield what a document says, each line indented but the one with its name."""
    found = jsonl.canonical(document)
    names = words(found)
    language = "" if found.language is None else f" language={_value(found.language)}"
    schema = "" if found.schema == "doc/1" else f" schema={_value(found.schema)}"
    yield f"{found.id} layer={_value(found.layer)}{language}{schema}"
    yield from (f"  | {_text(part)}" for part in sheets.pieces(found.text))
    if found.text_sha256 != sheets.proof(found.text):
        yield f"  text_sha256 {_value(found.text_sha256)}"
    yield from _fields("meta", found.meta)
    for name, called in KINDS.items():
        if name == "mentions":
            for group in sheets.grouped(found.text, found.tokens):
                yield f"  tokens {_pairs(group)}"
        yield from (f"  {called} {item(each, names)}" for each in getattr(found, name))
    yield from (f"  label {item(label, names)}" for label in found.labels)
    yield from _fields("status", found.status)
    yield from _fields("provenance", found.provenance)
    yield from (f"  extra {_attribute(attribute)}" for attribute in found.extra)


def _fields(name: str, struct: msgspec.Struct) -> Iterator[str]:
    for field, value in msgspec.structs.asdict(struct).items():
        if value not in (None, ()):
            yield f"  {name}.{field} {_value(value)}"


def _text(part: str) -> str:
    """Return a line of text as it is, if that is all of it; else as JSON."""
    line = part.removesuffix("\n")
    if part.endswith("\n") and not line.startswith('"') and not _controls(line):
        return line
    return _json(part)


def words(document: Document) -> dict[str, str]:
    """Return the words of what arguments and others refer to, by id."""
    found = {mention.id: mention.text for mention in document.mentions}
    for entity in document.entities:
        found[entity.id] = entity.name or next((found.get(m, m) for m in entity.mentions), "")
    for event in document.events:
        found[event.id] = ", ".join(trigger.text for trigger in event.triggers) or event.type
    return found


def item(value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401  # any part of a record
    """Return an item of a record, or any other part of it, in one line with words."""
    if isinstance(value, Label):
        return " ".join(_rest(value, names))
    if not isinstance(value, msgspec.Struct) or not hasattr(value, "id"):
        return "none" if value is None else _value(value)
    return " ".join(_pieces(value, names))


def _pieces(value: Any, names: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401  # an item
    yield value.id
    if hasattr(value, "type"):
        yield _value(value.type)
    if isinstance(value, (Mention, Segment)):
        yield _span(value)
    for trigger in getattr(value, "triggers", ()):
        yield f"at {_span(trigger)}"
    yield from (_argument(argument, names) for argument in getattr(value, "args", ()))
    yield from _rest(value, names)
    yield from (_attribute(attribute) for attribute in getattr(value, "attrs", ()))


def _rest(value: Any, names: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401  # an item
    for field, part in msgspec.structs.asdict(value).items():
        if field == "target" and part is not None:
            yield f"target={_named(part, names)}"
        elif field in ("mentions", "events", "evidence") and part:
            yield f"{field}=[{' '.join(_named(name, names) for name in part)}]"
        elif part not in (None, ()) and field not in _SHOWN:
            yield f"{field}={_value(part)}"


def _span(span: Mention | Trigger | Segment) -> str:
    if isinstance(span, Segment):
        return f"{span.start}-{span.end}"
    where = "+".join(_pair(pair) for pair in span.fragments) or _pair((span.start, span.end))
    head = f" head={'-'.join(map(str, span.head))}" if span.head else ""
    return f"{_json(span.text)} {where}{head}"


def _pair(pair: Pair) -> str:
    return f"{pair[0]}-{pair[1]}"


def _pairs(pairs: list[Pair]) -> str:
    return " ".join(map(_pair, pairs))


def _argument(argument: Argument, names: Mapping[str, str]) -> str:
    filler = _json(argument.value) if argument.ref is None else _named(argument.ref, names)
    attrs = "".join(f" {_attribute(attribute)}" for attribute in argument.attrs)
    return f"{_value(argument.role)}={filler}" + (attrs and f" ({attrs.strip()})")


def _named(name: str, names: Mapping[str, str]) -> str:
    return f"{name}:{_json(names[name])}" if names.get(name) else name


def _attribute(attribute: Attribute) -> str:
    return f"@{_value(attribute.name)}={_value(attribute.value)}"


def _value(value: object) -> str:
    return value if isinstance(value, str) and _simple(value) else _json(value)


def _json(value: object) -> str:
    return sheets.lean(value)
