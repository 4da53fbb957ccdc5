"""Schemas: the types, roles, attributes and labels of a corpus, read from `schema.toml`.

The format is described in docs/schema.md. A schema is a value; what a document makes of it is
told by glose.corpus.violations.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from glose.corpus.errors import GloseError
from glose.corpus.forms import NORMS, shown
from glose.corpus.refusals import refusal

T = TypeVar("T")

#: Fillers that are no type: any event, any segment, a string of `value`.
EVENT, SEGMENT, VALUE = "event", "segment", "value"
#: The lists whose items may have attributes; `values` is what times and numbers stand for.
BEARERS = (
    "mentions", "entities", "relations", "events", "event_clusters", "templates", "arguments",
    "values",
)  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class MentionType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of mention; `values` are the kinds of value that it may have (empty: any).

    `entity` says whether such mentions form entities.
    """

    description: str
    colour: str
    key: str
    levels: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    entity: bool = True
    subtypes: dict[str, str] = {}


class EntityType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of entity that is no type of mention."""

    description: str
    colour: str
    key: str


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an argument is to its event; `max` is `None` where any number may fill it.

    `fillers` are types, or EVENT, SEGMENT, VALUE; `values` are the strings that VALUE allows
    (empty: any). A `common` role is one of every event type.
    """

    description: str
    key: str = ""
    fillers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    min: int = 0
    max: int | None = None
    common: bool = False


class FrameType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of event, relation or template, with its roles by name."""

    description: str
    colour: str
    key: str
    roles: dict[str, Role] = {}


class AttributeType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attribute of the items of some lists (BEARERS); no `values`: any string."""

    description: str
    on: tuple[str, ...]
    key: str = ""
    values: dict[str, str] = {}


class LabelType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scheme of labels and its values; no `values`: any string."""

    description: str
    colour: str = "#808080"
    key: str = ""
    values: dict[str, str] = {}


class Schema(msgspec.Struct, frozen=True):
    """What may occur in a corpus; `sha256` is that of the file it was read from.

    `required` says what it is if a role has fewer fillers than its `min`.
    """

    name: str
    version: str
    description: str
    required: Literal["warning", "error"]
    sha256: str
    mentions: Mapping[str, MentionType]
    entities: Mapping[str, EntityType | MentionType]
    roles: Mapping[str, Role]
    events: Mapping[str, FrameType]
    relations: Mapping[str, FrameType]
    templates: Mapping[str, FrameType]
    attributes: Mapping[str, AttributeType]
    labels: Mapping[str, LabelType]


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    version: str
    description: str
    required: Literal["warning", "error"] = "warning"


class _Frame(msgspec.Struct, forbid_unknown_fields=True):
    """A frame as it is written: roles are named, or given with what differs from `[roles]`."""

    description: str
    colour: str
    key: str
    roles: tuple[str, ...] | dict[str, tuple[str, ...] | dict[str, Any]] = ()


def load(name: str | Path) -> Schema:
    """Return the schema of that name, or of the file at that path.

    Raises `GloseError` where there is none, or where the file says what no schema may say.
    """
    return parse(content(name), str(_found(name)))


def content(name: str | Path) -> bytes:
    """Return the bytes of the schema of that name, or of the file at that path.

    Raises `GloseError` where there is none.
    """
    path = _found(name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise GloseError(f"{path}: cannot be read ({error.strerror})") from error


def parse(content: bytes, source: str) -> Schema:
    """Return the schema that the content of a file states; `source` is what errors call it."""
    import tomllib

    try:
        data = tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise GloseError(f"{source}: byte {error.start} is not UTF-8; expected TOML") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise GloseError(f"{source}: not TOML: {error}") from error
    try:
        return _schema(data, sha256(content).hexdigest())
    except ValueError as error:
        raise GloseError(f"{source}: {error}") from error


def shipped() -> Mapping[str, Path]:
    """Return the schemas that come with glose, by name."""
    here = Path(__file__).parent
    # In a wheel they stand in the package; in the repository, in corpus/schemas.
    folder = here / "schemas" if (here / "schemas").is_dir() else here.parents[1] / "schemas"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def within(name: str, types: tuple[str, ...]) -> bool:
    """Whether a dotted type is one of some types, or below one.

    >>> within("PER.Group", ("PER",)), within("PERSON", ("PER",))
    (True, False)
    """
    return name in types or any(name.startswith(f"{other}.") for other in types)


def _found(name: str | Path) -> Path:
    known = shipped()
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1 or path.exists():
        if not path.is_file():
            raise GloseError(f"{path}: no such file; expected a schema (.toml)")
        return path
    close = get_close_matches(str(name), known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    there = ", ".join(sorted(known))
    raise GloseError(f"no schema is called {str(name)!r}{hint} (there are: {there}; or a .toml)")


def _schema(data: dict[str, Any], digest: str) -> Schema:
    sections = {name: data.pop(name, {}) for name in _SECTIONS}
    try:
        head = msgspec.convert(data, _Head)
    except msgspec.ValidationError as error:
        raise ValueError(_head_fault(error)) from error
    tables = {name: dict(_table(name, sections[name], kind)) for name, kind in _SECTIONS.items()}
    roles: dict[str, Role] = tables["roles"]
    mentions = dict(_with_subtypes(tables["mentions"]))
    common = tuple(name for name, role in roles.items() if role.common)
    chains = {kind: mention for kind, mention in mentions.items() if mention.entity}
    schema = Schema(
        **msgspec.structs.asdict(head),
        sha256=digest,
        mentions=MappingProxyType(mentions),
        entities=MappingProxyType(chains | tables["entities"]),
        roles=MappingProxyType(roles),
        events=_frames("events", tables, common),
        relations=_frames("relations", tables),
        templates=_frames("templates", tables),
        attributes=MappingProxyType(tables["attributes"]),
        labels=MappingProxyType(tables["labels"]),
    )
    for fault in _faults(schema, tables):
        raise ValueError(fault)
    return schema


_SECTIONS: Mapping[str, Any] = {
    "mentions": MentionType,
    "entities": EntityType,
    "roles": Role,
    "events": _Frame,
    "relations": _Frame,
    "templates": _Frame,
    "attributes": AttributeType,
    "labels": LabelType,
}


def _table(section: str, entries: object, kind: type[T]) -> Iterator[tuple[str, T]]:
    if not isinstance(entries, dict):
        raise ValueError(f"{section}: found {type(entries).__name__}; expected a table")
    for name, entry in entries.items():
        try:
            yield name, msgspec.convert(entry, kind)
        except msgspec.ValidationError as error:
            raise ValueError(_refused(error, kind, f"{section}.{name}")) from error


def _with_subtypes(types: dict[str, MentionType]) -> Iterator[tuple[str, MentionType]]:
    """Yield every type, and its subtypes as types that share all but their description."""
    for name, kind in types.items():
        yield name, kind
        for below, description in kind.subtypes.items():
            yield (
                f"{name}.{below}",
                msgspec.structs.replace(kind, description=description, subtypes={}),
            )


def _frames(
    section: str, tables: Mapping[str, Any], common: tuple[str, ...] = ()
) -> Mapping[str, FrameType]:
    """Return the frames of a section with their roles, the common ones first."""
    frames = {}
    for kind, raw in tables[section].items():
        uses: dict[str, Any] = {name: {} for name in common}
        uses |= raw.roles if isinstance(raw.roles, dict) else {name: {} for name in raw.roles}
        roles = {
            name: _role(f"{section}.{kind}.roles", name, use, tables["roles"])
            for name, use in uses.items()
        }
        frames[kind] = FrameType(raw.description, raw.colour, raw.key, roles)
    return MappingProxyType(frames)


def _role(
    where: str, name: str, use: tuple[str, ...] | dict[str, Any], roles: Mapping[str, Role]
) -> Role:
    """Return a role as one frame uses it: a list names its fillers, a table what differs."""
    if name not in roles:
        raise ValueError(f"{where}.{name}: not described; expected a section [roles.{name}]")
    changes = use if isinstance(use, dict) else {"fillers": use}
    try:
        return msgspec.convert(msgspec.structs.asdict(roles[name]) | changes, Role)
    except msgspec.ValidationError as error:
        raise ValueError(_refused(error, Role, f"{where}.{name}")) from error


def _head_fault(error: msgspec.ValidationError) -> str:
    """Return what is wrong with what stands before the first table, or with a table's name."""
    known = (*_Head.__struct_fields__, *_SECTIONS)
    what = _refused(error, _Head, "", known)
    return what if " - at " in str(error) else f"[top level]: {what}"


def _refused(
    error: msgspec.ValidationError, kind: object, where: str, keys: Collection[str] = ()
) -> str:
    return refusal(error, kind, where, mapping="a table", keys=keys)


def _faults(schema: Schema, tables: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield what each entry by itself cannot tell: names that are unknown, keys used twice."""
    known = {*schema.mentions, *schema.entities, *schema.events, EVENT, SEGMENT, VALUE}
    for section in ("events", "relations", "templates"):
        for name, frame in getattr(schema, section).items():
            for role, use in frame.roles.items():
                yield from _role_faults(f"{section}.{name}.roles.{role}", use, known)
    for name, mention in schema.mentions.items():
        yield from _unknown(f"mentions.{name}.values", mention.values, NORMS)
    for name, attribute in schema.attributes.items():
        yield from _unknown(f"attributes.{name}.on", attribute.on, BEARERS)
    for section, entries in tables.items():
        yield from _entry_faults(section, entries)


def _unknown(where: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{where}: found {shown(name)}; expected some of {', '.join(known)}"


def _role_faults(where: str, role: Role, known: set[str]) -> Iterator[str]:
    for filler in role.fillers:
        if filler not in known:
            close = get_close_matches(filler, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            yield f"{where}.fillers: {shown(filler)} is no declared type{hint}"
    if not role.fillers:
        yield f"{where}.fillers: empty; expected types, or event, segment or value"
    if role.min < 0 or (role.max is not None and role.max < max(role.min, 1)):
        yield f"{where}: min {role.min}, max {role.max}; expected 0 <= min <= max, and max >= 1"


def _entry_faults(section: str, entries: Mapping[str, Any]) -> Iterator[str]:
    used: dict[str, str] = {}
    for name, entry in entries.items():
        colour = getattr(entry, "colour", "#000000")
        if not _COLOUR.fullmatch(colour):
            yield f"{section}.{name}.colour: found {shown(colour)}; expected #rrggbb"
        if not entry.description.strip():
            yield f"{section}.{name}.description: empty; expected a sentence"
        if entry.key and entry.key in used:
            yield f"{section}.{name}.key: {shown(entry.key)} is that of {used[entry.key]} too"
        used[entry.key] = name
