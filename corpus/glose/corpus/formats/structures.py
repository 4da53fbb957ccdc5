"""The kinds of structure that a format can or cannot hold, in one table.

Each says what is done to a document that goes to a format without it. The order is that in which
this happens and in which a report tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from glose.corpus.document import Document, Meta
from glose.corpus.formats import pruning
from glose.corpus.formats.facts import overlapping
from glose.corpus.formats.pruning import emptied, without


@dataclass(frozen=True, slots=True)
class Structure:
    """A kind of structure: under which heading the manual has it, and what it is.

    `remove` returns a document without it; `None` means that a writer which cannot hold it makes
    something else of it by itself.
    """

    heading: str
    description: str
    remove: Callable[[Document], Document] | None


def _segments(document: Document, *, sentences: bool) -> Document:
    gone = {s.id for s in document.segments if (s.type == "sentence") == sentences}
    return without(document, gone)


def _nested(document: Document) -> Document:
    return without(document, overlapping(document.mentions)[0])


def _crossing(document: Document) -> Document:
    return without(document, overlapping(document.mentions)[1])


def _discontinuous(document: Document) -> Document:
    return without(document, {m.id for m in document.mentions if m.fragments})


def _entities(document: Document, fewest: int, most: float) -> Document:
    return without(
        document, {e.id for e in document.entities if fewest <= len(e.mentions) <= most}
    )


def _items(name: str) -> Callable[[Document], Document]:
    return lambda document: without(document, pruning.all_of(document, name))


def _fields(name: str, **fields: object) -> Callable[[Document], Document]:
    return lambda document: emptied(document, name, **fields)


_NO_PROPERTIES = {"polarity": None, "modality": None, "tense": None, "genericity": None}
_MOST = float("inf")

#: Every kind of structure by name.
STRUCTURES: Mapping[str, Structure] = {
    "texts": Structure("Document", "the text to the character, white space included", None),
    "metadata": Structure(
        "Document",
        "title, source, date, language and what stands in `extra`",
        lambda d: replace(d, meta=Meta(), language=None, extra=()),
    ),
    "templates": Structure(
        "Document", "frames of the whole document", lambda d: replace(d, templates=())
    ),
    "attributes of templates": Structure(
        "Document", "their attributes", _fields("templates", attrs=())
    ),
    "labels": Structure(
        "Document",
        "classes of the document",
        lambda d: pruning.labels(d, lambda label: label.target is not None),
    ),
    "labels of items": Structure(
        "Document",
        "classes of single annotations",
        lambda d: pruning.labels(d, lambda label: label.target is None),
    ),
    "scores of labels": Structure(
        "Document", "how sure a system was", _fields("labels", score=None)
    ),
    "event clusters": Structure(
        "Events", "events that are one happening", lambda d: replace(d, event_clusters=())
    ),
    "attributes of event clusters": Structure(
        "Events", "their attributes", _fields("event_clusters", attrs=())
    ),
    "events": Structure("Events", "events of a type, with a trigger", _items("events")),
    "events without trigger": Structure(
        "Events",
        "events of the document as a whole",
        lambda d: without(d, {e.id for e in d.events if not e.triggers}),
    ),
    "arguments": Structure(
        "Events", "what fills the roles of events", lambda d: pruning.arguments(d, "")
    ),
    "entities as arguments": Structure(
        "Events",
        "arguments that are entities; else their first mention is",
        partial(pruning.grounded, relations=False),
    ),
    "events as arguments": Structure(
        "Events", "arguments that are events", lambda d: pruning.arguments(d, "events")
    ),
    "segments as arguments": Structure(
        "Events", "arguments that are segments", lambda d: pruning.arguments(d, "segments")
    ),
    "values as arguments": Structure(
        "Events", "arguments that are strings", lambda d: pruning.arguments(d, "values")
    ),
    "relations": Structure("Relations", "typed relations", _items("relations")),
    "relations of entities": Structure(
        "Relations",
        "relations of entities; else of their first mentions",
        partial(pruning.grounded, relations=True),
    ),
    "relations of events": Structure(
        "Relations", "relations of events", lambda d: pruning.relations_of(d, "events")
    ),
    "relations of segments": Structure(
        "Relations", "relations of segments", lambda d: pruning.relations_of(d, "segments")
    ),
    "relations of values": Structure(
        "Relations", "relations to a string", lambda d: pruning.relations_of(d, "values")
    ),
    "relations not of two": Structure(
        "Relations",
        "relations that have not two arguments",
        lambda d: pruning.relations(d, lambda relation: len(relation.args) == 2),
    ),
    "roles in relations": Structure(
        "Relations", "names of the two arguments; else Arg1 and Arg2", pruning.unnamed
    ),
    "attributes of relations": Structure(
        "Relations", "their attributes", _fields("relations", attrs=())
    ),
    "evidence": Structure(
        "Relations", "the parts of the text that state them", _fields("relations", evidence=())
    ),
    "triggers of relations": Structure(
        "Relations", "the words that state them", _fields("relations", triggers=())
    ),
    "attributes of arguments": Structure(
        "Events", "realis of an argument and the like", pruning.bare_arguments
    ),
    "further triggers": Structure(
        "Events",
        "a second trigger of an event",
        lambda d: replace(
            d, events=tuple(replace(e, triggers=e.triggers[:1]) for e in d.events)
        ),
    ),
    "discontinuous triggers": Structure(
        "Events",
        "triggers in pieces; else from the first piece to the last",
        pruning.joined_triggers,
    ),
    "properties of events": Structure(
        "Events", "polarity, modality, tense, genericity", _fields("events", **_NO_PROPERTIES)
    ),
    "attributes of events": Structure("Events", "their attributes", _fields("events", attrs=())),
    "mentions": Structure("Mentions", "spans", _items("mentions")),
    "discontinuous mentions": Structure("Mentions", "spans in pieces", _discontinuous),
    "nested mentions": Structure("Mentions", "spans inside others, or equal to them", _nested),
    "crossing mentions": Structure("Mentions", "spans that overlap in part", _crossing),
    "entities": Structure(
        "Entities", "coreference: mentions of one thing", partial(_entities, fewest=2, most=_MOST)
    ),
    "entities of one mention": Structure(
        "Entities", "singletons", partial(_entities, fewest=1, most=1)
    ),
    "entities without mentions": Structure(
        "Entities", "things that the text has no span for", partial(_entities, fewest=0, most=0)
    ),
    "types of entities": Structure(
        "Entities", "a type of their own; else that of the first mention", pruning.derived
    ),
    "names of entities": Structure("Entities", "a name of their own", pruning.unnamed_entities),
    "links of entities": Structure(
        "Entities", "entries of a knowledge base", _fields("entities", links=())
    ),
    "attributes of entities": Structure(
        "Entities", "their attributes", _fields("entities", attrs=())
    ),
    "types of mentions": Structure("Mentions", "what a span is", pruning.untyped),
    "heads": Structure("Mentions", "the head of a span", pruning.headless),
    "levels": Structure("Mentions", "name, noun or pronoun", _fields("mentions", level=None)),
    "values": Structure(
        "Mentions", "normalised times and numbers", _fields("mentions", value=None)
    ),
    "links": Structure("Mentions", "entries of a knowledge base", _fields("mentions", links=())),
    "attributes of mentions": Structure(
        "Mentions", "their attributes", _fields("mentions", attrs=())
    ),
    "sentences": Structure(
        "Document", "segments that are sentences", partial(_segments, sentences=True)
    ),
    "segments": Structure(
        "Document", "other parts of the text", partial(_segments, sentences=False)
    ),
    "sources of segments": Structure(
        "Document", "where a segment came from", _fields("segments", src=None)
    ),
    "tokens": Structure("Document", "words", lambda d: replace(d, tokens=())),
}  # fmt: skip
#: What the record itself holds.
EVERYTHING = frozenset(STRUCTURES)
