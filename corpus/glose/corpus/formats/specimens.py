"""A document for each kind of structure, and one that is hard on offsets: to try formats with.

Their spans begin and end at tokens, and each is a document of one sentence that has no more than
the structure needs, so that what a format does with it can be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from glose.corpus.document import (
    Argument,
    Attribute,
    Document,
    Entity,
    Event,
    EventCluster,
    Label,
    Link,
    Mention,
    Meta,
    Relation,
    Segment,
    Template,
    Trigger,
    Value,
    covered,
    fingerprint,
)
from glose.corpus.jsonl import canonical, completed
from glose.corpus.tokens import tokenize

TEXT = "Le général Kassa a visité la ville de Gao mardi et en est reparti."

#: Emoji of one and of several code points, marks, Arabic, NBSP and narrow NBSP, two lines.
HOSTILE = (
    "\U0001f600 Zoe\u0301 a vu \u062f\u0648\u0645\u0627 (Douma)\u00a0: «\u00a0Gao\u202f!\u00a0»\n"
    "\U0001f468\u200d\U0001f33e \U0001f1eb\U0001f1f7 Ça a fini à Kidal.\n"
)


def span(text: str, *words: str) -> dict[str, object]:
    """Return the fields of a span whose pieces are some words of a text, each found once."""
    pairs = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    start, end = pairs[0][0], pairs[-1][1]
    fragments = pairs if len(pairs) > 1 else ()
    words_ = covered(text, start, end, fragments)
    return {"start": start, "end": end, "fragments": fragments, "text": words_}


def mention(name: str, type_: str, *words: str, text: str = TEXT) -> Mention:
    """Return a mention of some words."""
    return Mention(name, type_, **span(text, *words))  # type: ignore[arg-type]  # fields of a span


def trigger(*words: str) -> Trigger:
    """Return a trigger of some words."""
    return Trigger(**span(TEXT, *words))  # type: ignore[arg-type]  # fields of a span


def document(name: str, text: str = TEXT, **fields: Any) -> Document:  # noqa: ANN401  # of a record
    """Return a document of a text with tokens, and with what is given."""
    made = Document(
        id=name,
        layer="gold",
        text=text,
        text_sha256=fingerprint(text),
        tokens=tuple(tokenize(text)),
    )
    return canonical(completed(replace(made, **fields), "gold"))


KASSA = mention("m1", "PER", "Kassa")
GAO = mention("m2", "GPE", "Gao")
CITY = mention("m3", "GPE", "la ville de Gao")
GENERAL = mention("m4", "PER", "Le général Kassa")
_VISIT = Event("v1", "Visit", (trigger("visité"),))
_LEAVE = Event("v2", "Leave", (trigger("reparti"),))
_TWO = (Argument("Arg1", ref="m1"), Argument("Arg2", ref="m2"))
_NOTE = (Attribute("certainty", "low"),)
_SENTENCE = Segment("s1", "sentence", 0, len(TEXT))


def _mentions(**fields: object) -> Document:
    return document("d1", mentions=(replace(GAO, **fields),))


def _entities(*entities: Entity, **fields: Any) -> Document:  # noqa: ANN401  # of a record
    return document("d1", mentions=(KASSA, GAO, CITY), entities=entities, **fields)


def _related(relation: Relation, **fields: Any) -> Document:  # noqa: ANN401  # of a record
    return document("d1", mentions=(KASSA, GAO), relations=(relation,), **fields)


def _relation(**fields: object) -> Document:
    return _related(replace(Relation("r1", "Located", _TWO), **fields))


def _event(
    *arguments: Argument, more: Mapping[str, object] | None = None, **fields: object
) -> Document:
    event = replace(_VISIT, args=arguments, **fields)
    held: dict[str, Any] = {"mentions": (KASSA, GAO), "events": (event,)}
    return document("d1", **(held | dict(more or {})))


_CHAIN = Entity("e1", "GPE", mentions=("m2", "m3"))

#: A document for each kind of structure.
SPECIMENS: Mapping[str, Document] = MappingProxyType(
    {
        "texts": document("d1"),
        "metadata": document("d1", meta=Meta(title="Visite à Gao")),
        "templates": document("d1", templates=(Template("t1", "Visit"),)),
        "attributes of templates": document(
            "d1", templates=(Template("t1", "Visit", attrs=_NOTE),)
        ),
        "labels": document("d1", labels=(Label("topic", "politics"),)),
        "labels of items": replace(_mentions(), labels=(Label("topic", "politics", "m2"),)),
        "scores of labels": document("d1", labels=(Label("topic", "politics", score=0.5),)),
        "event clusters": document(
            "d1", events=(_VISIT, _LEAVE), event_clusters=(EventCluster("h1", ("v1", "v2")),)
        ),
        "attributes of event clusters": document(
            "d1",
            events=(_VISIT, _LEAVE),
            event_clusters=(EventCluster("h1", ("v1", "v2"), _NOTE),),
        ),
        "events": _event(),
        "events without trigger": _event(triggers=()),
        "arguments": _event(Argument("Place", ref="m2")),
        "entities as arguments": _event(
            Argument("Place", ref="e1"),
            more={"mentions": (GAO, CITY), "entities": (_CHAIN,)},
        ),
        "events as arguments": document(
            "d1", events=(_VISIT, replace(_LEAVE, args=(Argument("After", ref="v1"),)))
        ),
        "segments as arguments": _event(
            Argument("Place", ref="s1"), more={"segments": (_SENTENCE,)}
        ),
        "values as arguments": _event(Argument("Place", value="Gao")),
        "relations": _relation(),
        "relations of entities": _entities(
            _CHAIN,
            relations=(
                Relation(
                    "r1", "Located", (Argument("Arg1", ref="m1"), Argument("Arg2", ref="e1"))
                ),
            ),
        ),
        "relations of events": document(
            "d1",
            events=(_VISIT, _LEAVE),
            relations=(
                Relation("r1", "Before", (Argument("Arg1", ref="v1"), Argument("Arg2", ref="v2"))),
            ),
        ),
        "relations of segments": _related(
            Relation("r1", "Stated", (Argument("Arg1", ref="m1"), Argument("Arg2", ref="s1"))),
            segments=(_SENTENCE,),
        ),
        "relations of values": _relation(args=(_TWO[0], Argument("Arg2", value="Mali"))),
        "relations not of two": document(
            "d1",
            mentions=(KASSA, GAO, mention("m5", "DATE", "mardi")),
            relations=(Relation("r1", "Visit", (*_TWO, Argument("Time", ref="m5"))),),
        ),
        "roles in relations": _relation(
            args=(Argument("Who", ref="m1"), Argument("Where", ref="m2"))
        ),
        "attributes of relations": _relation(attrs=_NOTE),
        "evidence": _related(
            Relation("r1", "Located", _TWO, evidence=("s1",)), segments=(_SENTENCE,)
        ),
        "triggers of relations": _relation(triggers=(trigger("visité"),)),
        "attributes of arguments": _event(Argument("Place", ref="m2", attrs=_NOTE)),
        "further triggers": _event(triggers=(trigger("a"), trigger("visité"))),
        "discontinuous triggers": _event(triggers=(trigger("en", "reparti"),)),
        "properties of events": _event(polarity="Negative", modality="Other"),
        "attributes of events": _event(attrs=_NOTE),
        "mentions": _mentions(),
        "discontinuous mentions": document(
            "d1", mentions=(mention("m1", "PER", "Le général", "Kassa"),)
        ),
        "nested mentions": document("d1", mentions=(CITY, GAO)),
        "crossing mentions": document("d1", mentions=(CITY, mention("m1", "DATE", "Gao mardi"))),
        "entities": _entities(_CHAIN),
        "entities of one mention": _entities(Entity("e1", "GPE", mentions=("m2",))),
        "entities without mentions": _entities(Entity("e1", "GPE", name="Mali")),
        "types of entities": _entities(replace(_CHAIN, type="LOC")),
        "names of entities": _entities(replace(_CHAIN, name="Gao")),
        "links of entities": _entities(replace(_CHAIN, links=(Link("wikidata", "Q189723"),))),
        "attributes of entities": _entities(replace(_CHAIN, attrs=_NOTE)),
        "types of mentions": _mentions(),
        "heads": _mentions(head=(GAO.start, GAO.end)),
        "levels": _mentions(level="NAM"),
        "values": document(
            "d1",
            mentions=(replace(mention("m1", "DATE", "mardi"), value=Value("date:2018-03-13")),),
        ),
        "links": _mentions(links=(Link("wikidata", "Q189723"),)),
        "attributes of mentions": _mentions(attrs=_NOTE),
        "sentences": document("d1", segments=(_SENTENCE,)),
        "segments": document("d1", segments=(Segment("s1", "paragraph", 0, len(TEXT)),)),
        "sources of segments": document(
            "d1", segments=(Segment("s1", "paragraph", 0, len(TEXT), "page=1"),)
        ),
        "tokens": document("d1"),
    }
)


def hostile() -> Document:
    """Return a document whose offsets differ in every unit."""
    first, second = HOSTILE.index("\n"), len(HOSTILE) - 1
    words = (("PER", "Zoe\u0301"), ("GPE", "دوما"), ("GPE", "Gao"), ("GPE", "Kidal"))
    mentions = tuple(
        mention(f"m{number}", type_, word, text=HOSTILE)
        for number, (type_, word) in enumerate(words, start=1)
    )
    return document(
        "hostile",
        HOSTILE,
        mentions=mentions,
        segments=(
            Segment("s1", "sentence", 0, first),
            Segment("s2", "sentence", first + 1, second),
        ),
    )
