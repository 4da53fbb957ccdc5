"""Where a document departs from its schema: unknown types, wrong fillers, undeclared values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    Mention,
    Relation,
    Template,
    Value,
)
from glose.corpus.forms import shown
from glose.corpus.schema import EVENT, SEGMENT, VALUE, FrameType, MentionType, Role, Schema, within

#: How many of the names that could have been meant are told.
NAMED = 12

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One departure; a warning where the schema leaves it open, as with required roles."""

    level: Level
    what: str

    def __str__(self) -> str:
        return self.what


def violations(document: Document, schema: Schema) -> Iterator[Violation]:
    """Yield every departure of a document from a schema."""
    yield from _mentions(document.mentions, schema)
    for entity in document.entities:
        where = f"entity {shown(entity.id)}"
        yield from _type(where, entity.type, schema.entities)
        yield from _attributes(where, "entities", entity.attrs, schema)
    types, kinds = _fillers(document)
    for owner, where, section, frames in _frames(document, schema):
        yield from _type(where, owner.type, frames)
        yield from _attributes(where, section, owner.attrs, schema)
        if owner.type in frames:
            yield from _arguments(owner.args, where, frames[owner.type], types, kinds)
            yield from _counts(owner.args, where, frames[owner.type], schema)
        for argument in owner.args:
            yield from _attributes(where, "arguments", argument.attrs, schema)
    yield from _happenings(document, schema)
    yield from _labels(document, schema)


def _fillers(document: Document) -> tuple[dict[str, str], dict[str, str]]:
    """Return the type of everything that can fill a role, and what is no mention or entity."""
    typed: tuple[Mention | Entity | Event, ...] = (
        *document.mentions, *document.entities, *document.events,
    )  # fmt: skip
    kinds = {segment.id: SEGMENT for segment in document.segments}
    kinds.update({event.id: EVENT for event in document.events})
    return {item.id: item.type for item in typed}, kinds


def _happenings(document: Document, schema: Schema) -> Iterator[Violation]:
    for event in document.events:
        yield from _fields(event, schema)
    for cluster in document.event_clusters:
        where = f"cluster {shown(cluster.id)}"
        yield from _attributes(where, "event_clusters", cluster.attrs, schema)


def _frames(
    document: Document, schema: Schema
) -> Iterator[tuple[Relation | Event | Template, str, str, Mapping[str, FrameType]]]:
    """Yield what has arguments, with its name, its section of the schema and its types."""
    for relation in document.relations:
        yield relation, f"relation {shown(relation.id)}", "relations", schema.relations
    for event in document.events:
        yield event, f"event {shown(event.id)}", "events", schema.events
    for template in document.templates:
        yield template, f"template {shown(template.id)}", "templates", schema.templates


def _type(where: str, name: str, types: Iterable[str]) -> Iterator[Violation]:
    if name not in types:
        found = f"{where}: the type {shown(name)} is not in the schema"
        yield Violation("error", found + _near(name, types))


def _near(name: str, names: Iterable[str]) -> str:
    """Return what was probably meant, or what could have been."""
    known = list(names)
    close = get_close_matches(name, known, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    if not known:
        return "; it has none"
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return f"; expected one of {', '.join(known[:NAMED])}{more}"


def _mentions(mentions: tuple[Mention, ...], schema: Schema) -> Iterator[Violation]:
    for mention in mentions:
        where = f"mention {shown(mention.id)}"
        yield from _type(where, mention.type, schema.mentions)
        kind = schema.mentions.get(mention.type)
        if kind is not None:
            yield from _mention(mention, where, kind)
        if mention.attrs:
            yield from _attributes(where, "mentions", mention.attrs, schema)
        if mention.value is not None:
            yield from _value(where, mention.value, schema)


def _mention(mention: Mention, where: str, kind: MentionType) -> Iterator[Violation]:
    if mention.level is not None and mention.level not in kind.levels:
        expected = ", ".join(kind.levels) or "none"
        found = f"{where}: level {shown(mention.level)} of a {mention.type}; expected {expected}"
        yield Violation("error", found)
    if mention.value is not None and kind.values:
        norm = mention.value.norm.partition(":")[0]
        if norm not in kind.values:
            expected = ", ".join(kind.values)
            found = f"{where}: a value of kind {shown(norm)} of a {mention.type}"
            yield Violation("error", f"{found}; expected {expected}")


def _value(where: str, value: Value, schema: Schema) -> Iterator[Violation]:
    for name in ("mod", "unit"):
        content = getattr(value, name)
        if content is not None:
            yield from _attribute(f"{where}: value", "values", Attribute(name, content), schema)


def _fields(event: Event, schema: Schema) -> Iterator[Violation]:
    where = f"event {shown(event.id)}"
    for name in ("polarity", "modality", "tense", "genericity"):
        content = getattr(event, name)
        if content is not None:
            yield from _attribute(where, "events", Attribute(name, content), schema)


def _attributes(
    where: str, bearer: str, attributes: tuple[Attribute, ...], schema: Schema
) -> Iterator[Violation]:
    for attribute in attributes:
        yield from _attribute(where, bearer, attribute, schema)


def _attribute(
    where: str, bearer: str, attribute: Attribute, schema: Schema
) -> Iterator[Violation]:
    """Yield a warning for an attribute that is not declared, an error for a wrong value."""
    kind = schema.attributes.get(attribute.name)
    if kind is None or bearer not in kind.on:
        found = f"{where}: the attribute {shown(attribute.name)} is not declared for {bearer}"
        names = [name for name, known in schema.attributes.items() if bearer in known.on]
        yield Violation("warning", found + _near(attribute.name, names))
    elif kind.values and attribute.value not in kind.values:
        found = f"{where}: {attribute.name} is {shown(attribute.value)}"
        yield Violation("error", found + _near(attribute.value, kind.values))


def _arguments(
    arguments: tuple[Argument, ...],
    where: str,
    frame: FrameType,
    types: Mapping[str, str],
    kinds: Mapping[str, str],
) -> Iterator[Violation]:
    for argument in arguments:
        role = frame.roles.get(argument.role)
        if role is None:
            found = f"{where}: the role {shown(argument.role)} is not in the schema"
            yield Violation("error", found + _near(argument.role, frame.roles))
        elif argument.ref is None:
            yield from _string(where, argument, role)
        elif not _fits(types.get(argument.ref, ""), kinds.get(argument.ref), role):
            found = types.get(argument.ref) or kinds.get(argument.ref) or "unknown"
            what = f"{where}: role {argument.role} is filled by {argument.ref} ({shown(found)})"
            yield Violation("error", f"{what}; expected {', '.join(role.fillers)}")


def _fits(name: str, kind: str | None, role: Role) -> bool:
    return (kind is not None and kind in role.fillers) or within(name, role.fillers)


def _string(where: str, argument: Argument, role: Role) -> Iterator[Violation]:
    content = argument.value or ""
    if VALUE not in role.fillers:
        what = f"{where}: role {argument.role} is filled by the string {shown(content)}"
        yield Violation("error", f"{what}; expected {', '.join(role.fillers)}")
    elif role.values and content not in role.values:
        what = f"{where}: role {argument.role} is {shown(content)}"
        yield Violation("error", what + _near(content, role.values))


def _counts(
    arguments: tuple[Argument, ...], where: str, frame: FrameType, schema: Schema
) -> Iterator[Violation]:
    counts = Counter([argument.role for argument in arguments])
    for name, role in frame.roles.items():
        found = counts[name]
        if found < role.min:
            what = f"{where}: role {name} has {found} fillers; expected at least {role.min}"
            yield Violation(schema.required, what)
        elif role.max is not None and found > role.max:
            what = f"{where}: role {name} has {found} fillers; expected at most {role.max}"
            yield Violation("error", what)


def _labels(document: Document, schema: Schema) -> Iterator[Violation]:
    for label in document.labels:
        scheme = schema.labels.get(label.scheme)
        if scheme is None:
            found = f"label {shown(label.value)}: the scheme {shown(label.scheme)} is not declared"
            yield Violation("warning", found + _near(label.scheme, schema.labels))
        elif scheme.values and label.value not in scheme.values:
            found = f"label {shown(label.value)}: unknown in {label.scheme}"
            yield Violation("error", found + _near(label.value, scheme.values))
