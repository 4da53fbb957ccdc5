"""A mapping file: where in the objects of a JSON file the parts of a record stand (TOML).

text = "content.body"          # a path: keys, or numbers of list items, with dots
unit = "utf16"

[[spans]]
list = "entities"
start = "from"                 # within an item; `pieces` for a list of pairs
end = "to"                     # or `length`
inclusive = true
type = "label"
text = "surface"               # compared with the text if it is there

[[relations]]
list = "relations"
type = "label"
args = { Agent = "head", Patient = "tail" }
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from glose.corpus.errors import GloseError
from glose.corpus.formats import inputs
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.forms import shown

#: Keys with dots, or the number of an item of a list.
Where: TypeAlias = str | int

#: What stands nowhere; `None` is what JSON calls null.
NOTHING = object()


class Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"fixed": "as"}):
    """A list of spans. `fixed` (in TOML `as`) is the type of all of them."""

    list: Where
    start: Where | None = None
    end: Where | None = None
    length: Where | None = None
    pieces: Where | None = None
    inclusive: bool = False
    type: Where | None = None
    fixed: str | None = None
    id: Where | None = None
    text: Where | None = None
    attributes: tuple[str, ...] = ()


class Relations(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"fixed": "as"}):
    """A list of relations. Their arguments name spans by their id, or by their number from 0."""

    list: Where
    args: dict[str, Where]
    type: Where | None = None
    fixed: str | None = None
    id: Where | None = None
    by: Literal["id", "number"] = "id"


#: The fields of `meta` that are strings.
Field: TypeAlias = Literal["title", "source", "agency", "author", "url", "place", "rights"]


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where everything stands. `labels` are by scheme, `meta` by field of the record."""

    text: Where = "text"
    id: Where | None = None
    language: Where | None = None
    unit: Literal["code points", "utf16", "bytes", "graphemes"] = "code points"
    spans: tuple[Spans, ...] = ()
    relations: tuple[Relations, ...] = ()
    labels: dict[str, Where] = {}
    meta: dict[Field, Where] = {}


#: The shape of a file for which no mapping is named.
PLAIN = Mapping(
    id="id",
    language="language",
    spans=(Spans("annotations", "start", "end", type="type", id="id", text="text"),),
    relations=(Relations("relations", {"Arg1": "from", "Arg2": "to"}, type="type", id="id"),),
    labels={"label": "label"},
    meta={"title": "title", "source": "source", "url": "url"},
)


def load(path: Path) -> Mapping:
    """Return the mapping of a file; raise `GloseError` where it is none."""
    try:
        found = msgspec.convert(tomllib.loads(inputs.text(path)), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GloseError(f"{path}: no mapping ({error}); docs/formats.md shows one") from error
    for spans in found.spans:
        _complete(path, spans)
    for relations in found.relations:
        if relations.by == "id" and all(spans.id is None for spans in found.spans):
            raise GloseError(
                f"{path}: relations: spans have no id; expected one, or by = 'number'"
            )
    return found


def _complete(path: Path, spans: Spans) -> None:
    bounds = spans.start is not None and (spans.end is None) != (spans.length is None)
    if bounds == (spans.pieces is not None):
        what = "expected start, and end or length; or pieces"
        raise GloseError(f"{path}: spans of {shown(str(spans.list))}: {what}")
    if (spans.type is None) == (spans.fixed is None):
        raise GloseError(f"{path}: spans of {shown(str(spans.list))}: expected type, or as")


def at(value: Any, where: Where) -> Any:  # noqa: ANN401  # any part of a JSON value
    """Return what stands somewhere in a JSON value; `NOTHING` if nothing does.

    >>> at({"a": {"b": [1, 2]}}, "a.b.1")
    2
    """
    if isinstance(value, dict) and where in value:
        return value[where]
    for part in str(where).split("."):
        value = _below(value, part)
    return value


def _below(value: Any, part: str) -> Any:  # noqa: ANN401  # as above
    """Return what an object has under a key, or a list at a number; `NOTHING` if it has none."""
    if isinstance(value, dict):
        return value.get(part, NOTHING)
    inside = isinstance(value, list) and part.isdecimal() and int(part) < len(value)
    return value[int(part)] if inside else NOTHING


def put(target: Any, where: Where, value: object) -> None:  # noqa: ANN401  # as above
    """Let a value stand somewhere in an object, or in a list; what leads there is made."""
    *above, last = str(where).split(".")
    for part in above:
        target = target.setdefault(part, {})
    if isinstance(target, list):
        target.extend([None] * (int(last) + 1 - len(target)))
        target[int(last)] = value
    else:
        target[last] = value


def number(item: object, where: Where) -> int:
    """Return a whole number that stands in an item; raise `MalformedError` if none does."""
    found = at(item, where)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    raise MalformedError(f"{where}: {_shown(found)}; expected a whole number")


def words(item: object, where: Where) -> str:
    """Return a string, or a number as one; raise `MalformedError` if none stands there."""
    found = at(item, where)
    if isinstance(found, (str, int, float)) and not isinstance(found, bool):
        return str(found)
    raise MalformedError(f"{where}: {_shown(found)}; expected a string")


def stated(item: object, where: Where | None) -> str | None:
    """Return a string that may stand in an item; `None` if it does not."""
    if where is None or at(item, where) in (NOTHING, None):
        return None
    return words(item, where)


def listed(value: object, where: Where) -> list[object]:
    """Return a list that stands somewhere, empty if nothing does."""
    found = at(value, where)
    if found is NOTHING or found is None:
        return []
    if not isinstance(found, list):
        raise MalformedError(f"{where}: {_shown(found)}; expected a list")
    return found


def _shown(value: object) -> str:
    return "is not there" if value is NOTHING else f"found {shown(str(value))}"
