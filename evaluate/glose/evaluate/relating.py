"""Relations with what they relate: the projection of relation extraction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from glose.corpus.document import Argument, Document, Relation
from glose.evaluate.projection import Cut, DocumentError, Pieces, pieces

#: What a mention is known by in a cluster: its place.
Cluster: TypeAlias = frozenset[Pieces]


class Related(NamedTuple):
    """What fills a role of a relation: its type, where it stands, and all it is mentioned by.

    `what` are the pieces of a span, or a string if it has no place in the text. `cluster` holds
    the places of the mentions of its entity, at least its own; it is empty for what is neither a
    mention nor an entity. `id` is that of a mention, or empty if the filler is none.
    """

    role: str
    type: str
    what: Pieces | str
    cluster: Cluster
    id: str


class Relating(NamedTuple):
    """A relation: its id in the record, its type, and what it relates, in the order given."""

    id: str
    type: str
    args: tuple[Related, ...]


class Net(NamedTuple):
    """The relations of a document, and all clusters of its mentions, in the order of the text.

    A mention that is in no entity is a cluster of its own.
    """

    relations: list[Relating]
    clusters: list[Cluster]


def nets(document: Document, cut: Cut = str) -> list[Net]:
    """Return the one net of a document."""
    found = {related.cluster for _, related in fillers(document, cut) if related.cluster}
    return [Net(relations(document, cut), sorted(found, key=sorted))]


def relations(document: Document, cut: Cut = str) -> list[Relating]:
    """Return each relation, with duplicates, in the order of the record.

    A role filled by an entity stands where its first mention does, one filled by an event where
    its first trigger does. Raises `InputError` where a reference leads nowhere.
    """
    if not document.relations:
        return []
    known = dict(fillers(document, cut))
    return [
        Relating(relation.id, cut(relation.type), tuple(_args(document, relation, known)))
        for relation in document.relations
    ]


def _args(document: Document, relation: Relation, known: dict[str, Related]) -> Iterator[Related]:
    for argument in relation.args:
        yield _related(document, relation, argument, known)._replace(role=argument.role)


def _related(
    document: Document, relation: Relation, argument: Argument, known: dict[str, Related]
) -> Related:
    if argument.ref is None and argument.value is not None:
        return Related(argument.role, "", argument.value, frozenset(), "")
    found = known.get(argument.ref or "")
    if found is None:
        raise DocumentError(
            document,
            f"relation {relation.id}: role {argument.role!r} refers to {argument.ref!r}, which is "
            "no item of this document; expected the id of a mention, entity, event or segment",
        )
    return found


def fillers(document: Document, cut: Cut) -> Iterator[tuple[str, Related]]:
    """Yield what may fill a role, by its id; `role` is empty."""
    yield from _mentioned(document, cut)
    for segment in document.segments:
        yield segment.id, Related("", segment.type, pieces(segment), frozenset(), "")
    for event in document.events:
        what = pieces(event.triggers[0]) if event.triggers else event.type
        yield event.id, Related("", cut(event.type), what, frozenset(), "")


def _mentioned(document: Document, cut: Cut) -> Iterator[tuple[str, Related]]:
    """Yield the entities and the mentions."""
    places = {mention.id: pieces(mention) for mention in document.mentions}
    clusters: dict[str, Cluster] = {}
    for entity in document.entities:
        cluster = frozenset(places[each] for each in entity.mentions if each in places)
        clusters.update(dict.fromkeys(entity.mentions, cluster))
        what = min(cluster, default=entity.name or "")
        yield entity.id, Related("", cut(entity.type), what, cluster, "")
    for mention in document.mentions:
        place = places[mention.id]
        cluster = clusters.get(mention.id) or frozenset([place])
        yield mention.id, Related("", cut(mention.type), place, cluster, mention.id)


def of_mentions(relation: Relating) -> bool:
    """Tell whether a relation has two arguments that are both mentions."""
    return len(relation.args) == 2 and all(related.id for related in relation.args)
