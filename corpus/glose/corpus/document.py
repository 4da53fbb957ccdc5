"""The record `doc/1`: one document in one layer, as frozen values.

A *layer* is gold, an annotator's work or a system's predictions; each is a `Document` of its own,
and layers are paired by `Document.id`. Offsets are Unicode code points into `Document.text`,
half-open: `text[start:end]`. The fields stand in the order in which the record is written.

The classes are `msgspec.Struct` and not dataclasses: they decode faster and refuse a key that they
do not know (docs/decisions/0002-record.md). They are kept from the cyclic garbage collector, which
else takes half the time when many documents are held: frozen values cannot form a cycle.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TypeAlias

import msgspec

SCHEMA = "doc/1"

Pair: TypeAlias = tuple[int, int]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What a time or number stands for: `norm` is `kind:value`, such as `date:2018-03-13`."""

    norm: str
    mod: str | None = None
    unit: str | None = None
    anchor: str | None = None


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An entry of a knowledge base; `score` is between 0 and 1 if a system gave one."""

    kb: str
    id: str
    score: float | None = None


class Attribute(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A name and its value, both strings: the open-ended part of the record."""

    name: str
    value: str


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A part of the text: title, dateline, paragraph, sentence; `src` says where it came from."""

    id: str
    type: str
    start: int
    end: int
    src: str | None = None


class Mention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A span with a type; `level` is NAM, NOM or PRO.

    `start` and `end` are the outer bounds; `fragments` is empty unless the mention is
    discontinuous, and then holds two or more sorted pairs. `head` is empty or one pair of offsets.
    """

    id: str
    type: str
    start: int
    end: int
    fragments: tuple[Pair, ...] = ()
    text: str = ""
    head: tuple[int, ...] = ()
    level: str | None = None
    value: Value | None = None
    links: tuple[Link, ...] = ()
    attrs: tuple[Attribute, ...] = ()


class Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Mentions (their ids) that refer to one thing; without mentions it needs a `name`."""

    id: str
    type: str
    name: str | None = None
    mentions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attrs: tuple[Attribute, ...] = ()


class Argument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What fills a role: exactly one of `ref` (an id of the record) and `value` (a string)."""

    role: str
    ref: str | None = None
    value: str | None = None
    attrs: tuple[Attribute, ...] = ()


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The words that name an event or a relation; spans as in `Mention`."""

    start: int
    end: int
    fragments: tuple[Pair, ...] = ()
    text: str = ""
    head: tuple[int, ...] = ()


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A relation of two or more arguments; `evidence` holds ids of segments."""

    id: str
    type: str
    args: tuple[Argument, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    evidence: tuple[str, ...] = ()
    attrs: tuple[Attribute, ...] = ()


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An event with its arguments; without a trigger it is an event of the document."""

    id: str
    type: str
    triggers: tuple[Trigger, ...] = ()
    args: tuple[Argument, ...] = ()
    polarity: str | None = None
    modality: str | None = None
    tense: str | None = None
    genericity: str | None = None
    attrs: tuple[Attribute, ...] = ()


class EventCluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Events (their ids) that are one happening."""

    id: str
    events: tuple[str, ...] = ()
    attrs: tuple[Attribute, ...] = ()


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A frame of the whole document, as in MUC-4."""

    id: str
    type: str
    args: tuple[Argument, ...] = ()
    events: tuple[str, ...] = ()
    attrs: tuple[Attribute, ...] = ()


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A class of the document, or of the item that `target` names."""

    scheme: str
    value: str
    target: str | None = None
    score: float | None = None


class Date(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A date as precise as it is known; `time` is `HH:MM`, with seconds and zone if known."""

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None
    approx: bool = False


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What is known about a document beside its text; `date_basis` says what the date is of."""

    title: str | None = None
    source: str | None = None
    agency: str | None = None
    author: str | None = None
    url: str | None = None
    date: Date | None = None
    date_basis: str | None = None
    place: str | None = None
    rights: str | None = None


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """How far the annotation is; a list that `annotated` does not name was not annotated.

    An empty list means "none" only if it is named here; a scorer refuses to score any other.
    """

    state: str | None = None
    annotated: tuple[str, ...] = ()
    guideline: str | None = None


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Which file a document was made from, and by what."""

    file: str | None = None
    file_sha256: str | None = None
    format: str | None = None
    converter: str | None = None


#: The status of a record that says none, told apart by identity.
UNSTATED = Status()


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One document in one layer. `text` is `None` only in predictions, which are paired by `id`.

    `tokens` are pairs of offsets, sorted.
    """

    schema: str = SCHEMA
    id: str = ""
    layer: str = ""
    language: str | None = None
    text: str | None = None
    text_sha256: str | None = None
    meta: Meta = Meta()
    segments: tuple[Segment, ...] = ()
    tokens: tuple[Pair, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    event_clusters: tuple[EventCluster, ...] = ()
    templates: tuple[Template, ...] = ()
    labels: tuple[Label, ...] = ()
    status: Status = UNSTATED
    provenance: Provenance = Provenance()
    extra: tuple[Attribute, ...] = ()


#: The lists that `Status.annotated` may name, in the order of the record.
ANNOTATIONS = (
    "mentions", "entities", "relations", "events", "event_clusters", "templates", "labels",
)  # fmt: skip


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal: what `text_sha256` holds."""
    return sha256(text.encode()).hexdigest()


def covered(text: str, start: int, end: int, fragments: tuple[Pair, ...] = ()) -> str:
    """Return the text that a span covers, its fragments joined by one space.

    >>> covered("ministres français et allemand", 0, 30, ((0, 9), (22, 30)))
    'ministres allemand'
    """
    if not fragments:
        return text[start:end]
    return " ".join(text[a:b] for a, b in fragments)
