"""What a decoder refuses, in the words of the house: where, what was found and expected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

import msgspec
from msgspec import inspect

from glose.corpus.forms import shown

#: A message is cut here, since it may quote the input.
QUOTED = 200
#: How many of the names that could have been meant are told.
NAMED = 12

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_CHOICE = re.compile(r"Invalid enum value (.*)", re.DOTALL)
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|\.?([^.\[]+)")

_NOUNS = {
    "array": "a list",
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}


def refusal(
    error: msgspec.ValidationError,
    kind: object,
    where: str = "",
    *,
    mapping: str = "an object",
    keys: Collection[str] = (),
) -> str:
    """Return what is wrong with a value that is not of a type, as one line that is never long.

    `where` is what the value itself is called, `mapping` what its format calls an object, and
    `keys` what it may hold if that is more than its type says.
    """
    message, at, path = str(error).rpartition(" - at `")
    message, path = (message, path.strip("`").removeprefix("$")) if at else (str(error), "")
    place = where + path if where else path.removeprefix(".")
    reached = _reached(inspect.type_info(kind), path)
    what = _said(message, reached, mapping, keys or _keys(reached))
    return (f"{place}: {what}" if place else what)[:QUOTED]


def near(name: str, names: Iterable[str]) -> str:
    """Return what was probably meant by a name, or what could have been."""
    known = sorted(names)
    close = get_close_matches(name, known, n=1, cutoff=0.7)
    if close:
        return f"did you mean {close[0]!r}?"
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return f"expected some of {', '.join(known[:NAMED])}{more}" if known else "expected none"


def _said(message: str, kind: inspect.Type | None, mapping: str, keys: Collection[str]) -> str:
    if found := _UNKNOWN.fullmatch(message):
        return f"unknown key {_quoted(found[1])}; {near(found[1], keys)}"
    if found := _MISSING.fullmatch(message):
        return f"required key {found[1]!r} is missing"
    if found := _TYPE.fullmatch(message):
        return f"found {_noun(found[2], mapping)}; expected {_noun(found[1], mapping)}"
    if (found := _CHOICE.fullmatch(message)) and isinstance(kind, inspect.LiteralType):
        choices = " or ".join(map(str, kind.values))
        return f"found {found[1]}; expected {choices}"
    return message[:1].lower() + message[1:].replace("`array`", "a list")


def _quoted(name: str) -> str:
    return repr(name) if shown(name) == name else shown(name)


def _noun(names: str, mapping: str) -> str:
    nouns = _NOUNS | {"object": mapping}
    return " or ".join(nouns.get(name, name) for name in names.split(" | "))


def _keys(kind: inspect.Type | None) -> list[str]:
    if isinstance(kind, inspect.StructType):
        return [field.encode_name for field in kind.fields]
    return []


def _reached(kind: inspect.Type | None, path: str) -> inspect.Type | None:
    """Return the type that a path of the decoder leads to, or `None` where that is not known."""
    kind = _plain(kind)
    for _, key in _STEP.findall(path):
        if isinstance(kind, inspect.StructType) and key:
            fields = {field.encode_name: field.type for field in kind.fields}
            kind = _plain(fields.get(key))
        elif isinstance(kind, inspect.VarTupleType):
            kind = _plain(kind.item_type)
        elif isinstance(kind, inspect.DictType):
            kind = _plain(kind.value_type)
        else:
            return None
    return kind


def _plain(kind: inspect.Type | None) -> inspect.Type | None:
    """Return a type that may be `None` without that."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    options = [option for option in kind.types if not isinstance(option, inspect.NoneType)]
    return options[0] if len(options) == 1 else None
