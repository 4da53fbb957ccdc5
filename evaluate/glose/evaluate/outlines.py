"""Outlines: what a record that quotes looks like, and what is said where one looks otherwise.

Only what is read while quotes get their offsets is described; the rest is a matter of the record
that comes out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from glose.corpus.errors import InputError, Place

Json: TypeAlias = dict[str, Any]


class _Item(msgspec.Struct):
    """What may be quoted: words, or offsets, and hints."""

    id: str = ""
    text: str | None = None
    start: int | None = None
    end: int = 0
    context: str | None = None


class _Mention(_Item, kw_only=True):
    type: str


class _Argument(_Item, kw_only=True):
    role: str
    type: str | None = None
    ref: str | None = None


class _Owner(msgspec.Struct):
    """An event or a relation."""

    type: str
    id: str = ""
    trigger: str | _Item | None = None
    triggers: tuple[str | _Item, ...] = ()
    args: tuple[_Argument, ...] = ()


class _Entity(msgspec.Struct):
    type: str
    id: str = ""
    name: str | None = None
    mentions: tuple[str, ...] = ()


class _Segment(msgspec.Struct):
    type: str
    start: int
    end: int
    id: str = ""


class _Named(msgspec.Struct):
    id: str = ""


class _Record(msgspec.Struct):
    mentions: tuple[_Mention, ...] = ()
    events: tuple[_Owner, ...] = ()
    relations: tuple[_Owner, ...] = ()
    entities: tuple[_Entity, ...] = ()
    segments: tuple[_Segment, ...] = ()
    event_clusters: tuple[_Named, ...] = ()
    templates: tuple[_Named, ...] = ()
    extra: tuple[object, ...] = ()


#: How an item of a list is written.
EXAMPLES: Mapping[str, str] = {
    "mentions": '{"type": "GPE", "text": "Hama"}',
    "events": '{"type": "Attack", "trigger": "attaqué", "args": []}',
    "relations": '{"type": "Part", "args": []}',
    "trigger": '"attaqué" or {"text": "attaqué"}',
    "triggers": '{"text": "attaqué"}',
    "args": '{"role": "Target", "text": "Hama"}',
    "entities": '{"type": "GPE", "mentions": ["m1"]}',
    "segments": '{"type": "sentence", "start": 0, "end": 10}',
}

_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")

#: So many characters of what was found are shown.
_SHOWN = 60


def checked(content: bytes, place: Place) -> Json:
    """Return the JSON of a record that quotes; raise `InputError` where it is none."""
    try:
        record = msgspec.json.decode(content, type=Json)
        msgspec.convert(record, _Record)
    except msgspec.ValidationError as error:
        raise InputError(place, _told(str(error), record)) from error
    except msgspec.MsgspecError as error:
        raise InputError(place, f"not a JSON record ({error})") from error
    return record


def _told(error: str, record: Json) -> str:
    """Return what is wrong with a record: where, what was found, what to write instead."""
    what, _, path = error.partition(" - at `$.")
    path = path.removesuffix("`")
    value: Any = record
    names = []
    for name, number in _STEP.findall(f".{path}"):
        value = value[name or int(number)]
        names += [name] * bool(name)
    shown = msgspec.json.encode(value).decode()
    shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    return f"{path} is {shown}: {what[0].lower()}{what[1:]}{_advice(names, what)}"


def _advice(names: list[str], what: str) -> str:
    # The mentions of an entity are ids.
    known = [name for name in names[: 1 if "entities" in names else None] if name in EXAMPLES]
    if not known:
        return ""
    example = EXAMPLES[known[-1]]
    whole = what.startswith("Expected `array`") and known == names
    return f"; write it like {f'[{example}]' if whole else example}"
