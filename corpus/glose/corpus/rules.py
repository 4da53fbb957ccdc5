"""The rules of the record, as functions from a document to what breaks them (docs/record.md).

Every document that is read goes through `faults`, so what is right must pass quickly: each list is
tried as a whole or by one cheap condition, and only what fails it is looked at closely. Where a
record has no text (predictions may leave it out) the rules that need it say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, pairwise
from sys import maxsize
from typing import TypeAlias

from glose.corpus import forms, units
from glose.corpus.document import (
    ANNOTATIONS,
    SCHEMA,
    Argument,
    Document,
    Entity,
    Event,
    EventCluster,
    Mention,
    Pair,
    Relation,
    Template,
    Trigger,
    covered,
    fingerprint,
)
from glose.corpus.forms import shown

Ids: TypeAlias = dict[str, set[str]]
Owners: TypeAlias = tuple[Relation | Event | Template, ...]
#: Says in which unit offsets were counted, if it can tell.
Unit: TypeAlias = Callable[[], str]

#: The lists whose items have an id, and what an item of each is called.
KINDS = {
    "segments": "segment",
    "mentions": "mention",
    "entities": "entity",
    "relations": "relation",
    "events": "event",
    "event_clusters": "cluster",
    "templates": "template",
}
#: What `status.annotated` may name: lists of annotations, and parts of them.
ANNOTATED = frozenset((*ANNOTATIONS, "entities.singletons"))
#: What an argument may refer to.
FILLERS = ("mentions", "entities", "events", "segments")
#: The anchor of a time that hangs on the date of its document.
DOCUMENT_TIME = "DCT"

_is_id = re.compile(r"[A-Za-z][\w.:-]*").fullmatch
#: All ids of a record at once, which is five times as fast as one by one.
_are_ids = re.compile(r"(?:[A-Za-z][\w.:-]*\n)*").fullmatch
_is_sha256 = re.compile(r"[0-9a-f]{64}").fullmatch


def faults(document: Document, written: Document | None = None) -> Iterator[str]:
    """Yield what breaks a rule of the record, as "where: what was found; what was expected".

    `written` is the record before it was completed: only words that were written there tell in
    which unit its offsets were counted.

    >>> list(faults(Document(id="d1", layer="gold", text="a", tokens=((0, 2),))))
    ['token 0: end 2 is past the end of the text (1); expected 0 <= start < end <= 1']
    """
    yield from _heading(document)
    yield from _status(document)
    yield from _text(document.text, document.text_sha256)
    size = maxsize if document.text is None else len(document.text)
    yield from _segments(document, size)
    yield from _tokens(document.tokens, size)
    # It takes time, and is asked for only where a span is wrong.
    unit = cache(lambda: _unit(written or document))
    yield from _mentions(document, size, unit)
    yield from _triggers(document, size, unit)
    ids = {name: {item.id for item in getattr(document, name)} for name in KINDS}
    yield from _ids(document, ids)
    yield from _entities(document, ids)
    yield from _arguments(document, ids)
    yield from _references(document, ids)
    yield from _targets(document, ids)
    yield from _anchors(document, ids)


# --------------------------------------------------------------------------------------------
# The record as a whole
# --------------------------------------------------------------------------------------------


def _heading(document: Document) -> Iterator[str]:
    if document.schema != SCHEMA:
        yield f"schema: found {shown(document.schema)}; expected {SCHEMA!r}"
    if not _is_name(document.id):
        yield f"id: {shown(document.id)} is no name; expected printable characters, not empty"
    if not document.layer:
        yield "layer: empty; expected its name, such as 'gold'"
    if document.meta.date is not None:
        yield from (f"meta.date: {fault}" for fault in forms.date_faults(document.meta.date))


def _is_name(text: str) -> bool:
    return bool(text) and text.isprintable() and text == text.strip()


def _status(document: Document) -> Iterator[str]:
    annotated = document.status.annotated
    if not ANNOTATED.issuperset(annotated):
        names = ", ".join(sorted(ANNOTATED))
        for name in sorted(set(annotated) - ANNOTATED):
            yield f"status.annotated: {shown(name)} is unknown; expected some of {names}"
    if len(set(annotated)) < len(annotated):
        yield "status.annotated: a list is named twice; expected each once"


def _text(text: str | None, sha256: str | None) -> Iterator[str]:
    if text is None:
        if sha256 is not None and not _is_sha256(sha256):
            yield f"text_sha256: found {shown(sha256)}; expected 64 hexadecimal digits, or null"
        return
    if "\r" in text:
        yield f"text: a carriage return at {text.index(chr(13))}; expected LF line ends"
    if "\0" in text:
        yield f"text: a NUL at {text.index(chr(0))}; expected none"
    if text.startswith("\ufeff"):
        yield "text: begins with a byte order mark; expected none"
    yield from _fingerprint(text, sha256)


def _fingerprint(text: str, sha256: str | None) -> Iterator[str]:
    try:
        found = fingerprint(text)
    except UnicodeEncodeError as error:
        yield f"text: a lone surrogate at {error.start}; expected whole characters"
        return
    if sha256 is not None and sha256 != found:
        yield f"text_sha256: {shown(sha256)} is not that of the text; expected {found}"


# --------------------------------------------------------------------------------------------
# Spans
# --------------------------------------------------------------------------------------------


def _segments(document: Document, size: int) -> Iterator[str]:
    for segment in document.segments:
        if not 0 <= segment.start < segment.end <= size:
            yield f"segment {shown(segment.id)}: {_bounds(segment.start, segment.end, size)}"


def _tokens(tokens: tuple[Pair, ...], size: int) -> Iterator[str]:
    previous = 0
    for number, (start, end) in enumerate(tokens):
        if not previous <= start < end <= size:
            if 0 <= start < end <= size:
                what = f"starts at {start}, before the end of the one before ({previous})"
                yield f"token {number}: {what}; expected sorted tokens that do not overlap"
            else:
                yield f"token {number}: {_bounds(start, end, size)}"
        previous = end


def _mentions(document: Document, size: int, unit: Unit) -> Iterator[str]:
    text = document.text
    for mention in document.mentions:
        if not _plain(mention, text, size):
            for fault in _span(mention, text, size, unit):
                yield f"mention {shown(mention.id)}: {fault}"
        if mention.value is not None and (wrong := forms.norm_fault(mention.value.norm)):
            yield f"mention {shown(mention.id)}: value.norm: {wrong}"


def _triggers(document: Document, size: int, unit: Unit) -> Iterator[str]:
    text = document.text
    owners: tuple[Relation | Event, ...] = (*document.relations, *document.events)
    for owner in owners:
        for number, trigger in enumerate(owner.triggers):
            if not _plain(trigger, text, size):
                for fault in _span(trigger, text, size, unit):
                    yield f"{_called(owner)}: trigger {number}: {fault}"


def _plain(span: Mention | Trigger, text: str | None, size: int) -> bool:
    """Whether a span is right and has neither fragments nor head, as nearly all are."""
    start, end = span.start, span.end
    return (
        0 <= start < end <= size
        and not span.fragments
        and not span.head
        and (text is None or text[start:end] == span.text)
    )


def _span(span: Mention | Trigger, text: str | None, size: int, unit: Unit) -> Iterator[str]:
    if not 0 <= span.start < span.end <= size:
        yield _bounds(span.start, span.end, size) + unit()
        return
    if wrong := _fragments(span):
        yield f"fragments: {wrong}"
        return
    if text is not None:
        expected = covered(text, span.start, span.end, span.fragments)
        if span.text != expected:
            yield f"text: found {shown(span.text)}; expected {shown(expected)}" + unit()
    if span.head and not (
        len(span.head) == 2 and span.start <= span.head[0] < span.head[1] <= span.end
    ):
        yield f"head: found {list(span.head)}; expected a pair inside {span.start} to {span.end}"


def _bounds(start: int, end: int, size: int) -> str:
    expected = "expected 0 <= start < end" + (f" <= {size}" if size != maxsize else "")
    if start < 0:
        return f"start {start} is before the beginning of the text; {expected}"
    if end > size:
        return f"end {end} is past the end of the text ({size}); {expected}"
    return f"the span {start} to {end} is empty; {expected}"


def _fragments(span: Mention | Trigger) -> str | None:
    fragments = span.fragments
    if not fragments:
        return None
    if len(fragments) == 1:
        return "found one; expected none, or two or more"
    if (fragments[0][0], fragments[-1][1]) != (span.start, span.end):
        found = f"they go from {fragments[0][0]} to {fragments[-1][1]}"
        return f"{found}; expected {span.start} to {span.end}, as start and end say"
    bounds = list(chain.from_iterable(fragments))
    # Strictly rising bounds are pairs that are not empty, sorted, and do not touch.
    if any(a >= b for a, b in pairwise(bounds)):
        return f"found {shown(str(bounds))}; expected sorted pairs that do not touch"
    return None


def _unit(written: Document) -> str:
    """Return what to do if the offsets of a record are right when counted in another unit."""
    name = units.suspected(written)
    return f" (the offsets look like {name}; expected code points)" if name else ""


# --------------------------------------------------------------------------------------------
# Ids, and what refers to them
# --------------------------------------------------------------------------------------------


def _ids(document: Document, ids: Ids) -> Iterator[str]:
    every = set().union(*ids.values())
    lines = "\n".join((*every, ""))
    if lines.count("\n") != len(every) or not _are_ids(lines):
        for name in sorted(name for name in every if not _is_id(name)):
            yield f"{shown(name)} is no id; expected a letter, then letters, digits, _ . : -"
    if len(every) < sum(len(getattr(document, name)) for name in KINDS):
        yield from _repeated(document)


def _repeated(document: Document) -> Iterator[str]:
    counts = Counter(item.id for name in KINDS for item in getattr(document, name))
    for name, count in counts.items():
        if count > 1:
            yield f"the id {shown(name)} is used {count} times; expected once"


def _entities(document: Document, ids: Ids) -> Iterator[str]:
    linked: set[str] = set()
    for entity in document.entities:
        mentions = entity.mentions
        if not mentions and not entity.name:
            yield f"{_called(entity)}: has neither mentions nor name; expected one of them"
        if not ids["mentions"].issuperset(mentions):
            yield from _unknown(_called(entity), mentions, "mention", ids["mentions"])
        if len(set(mentions)) < len(mentions) or not linked.isdisjoint(mentions):
            yield from _twice(entity, linked)
        linked.update(mentions)


def _twice(entity: Entity, linked: set[str]) -> Iterator[str]:
    for name, count in Counter(entity.mentions).items():
        if count > 1 or name in linked:
            yield f"{_called(entity)}: mention {shown(name)} is in an entity twice"


def _arguments(document: Document, ids: Ids) -> Iterator[str]:
    fillers = set().union(*(ids[name] for name in FILLERS))
    owners: Owners = (*document.relations, *document.events, *document.templates)
    for owner in owners:
        for argument in owner.args:
            # `value` excludes `ref`; without it `ref` must be an id that can fill a role.
            if (
                argument.value is not None
                if argument.ref is None
                else (argument.value is None and argument.ref in fillers)
            ):
                continue
            yield f"{_called(owner)}: role {shown(argument.role)}: {_argument(argument)}"


def _argument(argument: Argument) -> str:
    if argument.ref is not None and argument.value is not None:
        return "has both ref and value; expected one of them"
    if argument.ref is None:
        return "has neither ref nor value; expected one of them"
    expected = "the id of a mention, entity, event or segment of the record"
    return f"ref {shown(argument.ref)} is unknown; expected {expected}"


def _references(document: Document, ids: Ids) -> Iterator[str]:
    for relation in document.relations:
        if relation.evidence and not ids["segments"].issuperset(relation.evidence):
            yield from _unknown(_called(relation), relation.evidence, "segment", ids["segments"])
    groups: tuple[EventCluster | Template, ...] = (*document.event_clusters, *document.templates)
    for group in groups:
        if not ids["events"].issuperset(group.events):
            yield from _unknown(_called(group), group.events, "event", ids["events"])
        if len(set(group.events)) < len(group.events):
            yield f"{_called(group)}: holds an event twice; expected each once"


def _targets(document: Document, ids: Ids) -> Iterator[str]:
    for label in document.labels:
        if label.target is not None and not any(label.target in known for known in ids.values()):
            yield from _unknown(f"label {shown(label.value)}", (label.target,), "item", set())


def _anchors(document: Document, ids: Ids) -> Iterator[str]:
    expected = f"expected a mention, an event or {DOCUMENT_TIME!r}"
    known = {DOCUMENT_TIME, None, *ids["mentions"], *ids["events"]}
    for mention in document.mentions:
        if mention.value is not None and mention.value.anchor not in known:
            found = shown(mention.value.anchor or "")
            yield f"{_called(mention)}: anchor {found} is unknown; {expected}"


def _unknown(where: str, names: Iterable[str], kind: str, known: set[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{where}: {shown(name)} is no {kind} of the record; expected the id of one"


def _called(item: object) -> str:
    kind = {"EventCluster": "cluster"}.get(type(item).__name__, type(item).__name__.lower())
    return f"{kind} {shown(getattr(item, 'id', ''))}"
