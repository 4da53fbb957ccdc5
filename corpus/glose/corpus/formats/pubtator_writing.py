"""From a document to lines of PubTator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from glose.corpus.document import (
    Attribute,
    Document,
    Entity,
    Link,
    Mention,
    Relation,
    covered,
    fingerprint,
)
from glose.corpus.formats.facts import UNTYPED
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import derived, without
from glose.corpus.formats.pubtator_reading import NOTHING, NOVELTY, SEPARATOR, members, segments
from glose.corpus.rulers import Ruler

_BREAK = re.compile(r"[\t\r\n]")


def named(name: str) -> str:
    """Return the id of a document as a line can begin with it."""
    return name.replace("|", "_").replace("\t", " ")


def fitted(document: Document, kb: str, losses: Losses) -> Document:
    """Return a document as PubTator can say it, and account for what was changed or dropped."""
    document = losses.step(_in_two_lines(document), "title and abstract are a line each")
    document = losses.step(
        _spelt(document, kb), "types and identifiers have no | and no white space at their ends"
    )
    return losses.step(
        _of_concepts(document), "relations are of concepts: of entities with a link of their own"
    )


def _in_two_lines(document: Document) -> Document:
    """Return a document whose text has one line end at most, and the segments that it has."""
    title, end, rest = (document.text or "").partition("\n")
    text = title + end + rest.replace("\n", " ")
    document = _in_parts(document, text)
    if text == document.text:
        return document
    mentions = tuple(
        replace(m, text=covered(text, m.start, m.end, m.fragments)) for m in document.mentions
    )
    return replace(document, text=text, text_sha256=fingerprint(text), mentions=mentions)


def _in_parts(document: Document, text: str) -> Document:
    """Return a document with the segments that are read from a text: title and abstract, once."""
    found: dict[tuple[str, int, int], str] = {}
    for s in document.segments:
        found.setdefault((s.type, s.start, s.end), s.id)
    kept = {found.get((s.type, s.start, s.end)) for s in segments(text)}
    return without(document, {s.id for s in document.segments} - kept)


def _spelt(document: Document, kb: str) -> Document:
    return replace(
        document,
        mentions=tuple(_mention(m, kb) for m in document.mentions),
        entities=tuple(
            replace(e, links=tuple(concept(link, kb) for link in e.links))
            for e in document.entities
        ),
        relations=tuple(_relation(r) for r in document.relations),
    )


def _mention(mention: Mention, kb: str) -> Mention:
    links = tuple(concept(link, kb) for link in mention.links)
    return replace(mention, type=_BREAK.sub(" ", mention.type) or UNTYPED, links=links)


def concept(link: Link, kb: str) -> Link:
    """Return a link as it will be read: without score, and with its base told apart by a colon.

    `kb` is the base of identifiers that name none.
    """
    base = _cell(link.kb).replace(":", "_")
    rest = _cell(link.id)
    # Nothing but a colon would be said of it, or what stands for nothing.
    return Link(base or kb, rest if f"{base}{rest}" else "_")


def _cell(text: str) -> str:
    return _BREAK.sub(" ", text).replace(SEPARATOR, "_").strip()


def _relation(relation: Relation) -> Relation:
    type_ = _BREAK.sub(" ", relation.type) or UNTYPED
    # A number would be taken for the start of a mention.
    type_ = f"_{type_}" if type_.isdigit() else type_
    novelty = [a for a in relation.attrs if a.name == NOVELTY][:1]
    attrs = tuple(Attribute(NOVELTY, _BREAK.sub(" ", a.value)) for a in novelty)
    return replace(relation, type=type_, attrs=attrs)


def _of_concepts(document: Document) -> Document:
    """Return a document whose entities are concepts that relations are of."""
    alone = [e for e in document.entities if len(e.links) == 1]
    owners = Counter(entity.links[0] for entity in alone)
    good = {e.id for e in alone if owners[e.links[0]] == 1}
    before = None
    # What goes makes others go: the mentions of a concept are those of no concept before it.
    while before is None or before != document:
        before = document
        document = _among(document, good)
        good = _whole(document)
    return derived(replace(document, entities=tuple(map(_named, document.entities))))


def _among(document: Document, good: set[str]) -> Document:
    """Return a document with the relations of some entities, and with the entities of these."""
    bad = {r.id for r in document.relations if not {a.ref for a in r.args} <= good}
    document = without(document, bad | ({e.id for e in document.entities} - good))
    used = {a.ref for r in document.relations for a in r.args}
    return without(document, {e.id for e in document.entities if e.id not in used})


def _whole(document: Document) -> set[str]:
    """Return the ids of the entities that have all mentions of their concept."""
    own = members(document.mentions, (entity.links[0] for entity in document.entities))
    return {e.id for e in document.entities if set(e.mentions) == set(own[e.links[0]])}


def _named(entity: Entity) -> Entity:
    """Return an entity with the name that one without mentions is read with."""
    return entity if entity.mentions else replace(entity, name=entity.links[0].id or "-")


def lines(document: Document, kb: str, unit: str) -> Iterator[str]:
    """Yield the lines of a document that is fitted."""
    name, text = named(document.id), document.text or ""
    title, end, rest = text.partition("\n")
    yield f"{name}|t|{title}"
    if end:
        yield f"{name}|a|{rest}"
    ruler = Ruler(text, unit)
    for mention in document.mentions:
        yield f"{name}\t{_written(mention, kb, ruler)}"
    concepts = {e.id: identifier(e.links[0], kb) for e in document.entities}
    for relation in document.relations:
        ends = (concepts[a.ref or ""] for a in relation.args)
        yield "\t".join((name, relation.type, *ends, *(a.value for a in relation.attrs)))


def _written(mention: Mention, kb: str, ruler: Ruler) -> str:
    """Return the cells of a mention after the id of its document."""
    concepts = SEPARATOR.join(identifier(link, kb) for link in mention.links) or "-"
    words = _BREAK.sub(" ", mention.text)
    place = f"{ruler.offset(mention.start)}\t{ruler.offset(mention.end)}"
    return f"{place}\t{words}\t{mention.type}\t{concepts}"


def identifier(link: Link, kb: str) -> str:
    """Return how a link is written, bare where it is of the base `kb`."""
    plain = link.kb == kb and ":" not in link.id and link.id not in NOTHING
    return link.id if plain else f"{link.kb}:{link.id}"
