"""Clusters set side by side: each mention with the number of its cluster, gold and predicted.

Predicted clusters are aligned with those of gold, one to one, so that they share as many mentions
as possible. What is correct then is what CEAFm counts (Luo 2005).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from glose.corpus.document import Document
from glose.evaluate.beside import Beside, Facet, Said, Shown, aligned
from glose.evaluate.chains import Named, Place, distinct, place
from glose.evaluate.heaviest import heaviest
from glose.evaluate.mistakes import cover
from glose.evaluate.projection import Cut, View


def coreference(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield the mentions of entities side by side, by what entity they are of."""
    one, other = (_entities(each.document, each.cut) for each in (gold, predicted))
    return _clustered("coreference", one, other, gold.document.text or "")


def event_coreference(gold: View, predicted: View) -> Iterator[Beside]:
    """Yield events side by side, where their first trigger stands, by what happening they are."""
    one, other = (_events(each.document, each.cut) for each in (gold, predicted))
    return _clustered("event coreference", one, other, gold.document.text or "")


def _entities(document: Document, cut: Cut) -> list[Named]:
    places = {mention.id: place(mention) for mention in document.mentions}
    found = (
        Named(cut(each.type), tuple(places[name] for name in each.mentions if name in places))
        for each in document.entities
    )
    return distinct(found, _spot)


def _events(document: Document, cut: Cut) -> list[Named]:
    """Return the clusters of events by the type of their first; an event in none is one itself."""
    there = {each.id: each for each in document.events if each.triggers}
    chosen = [[n for n in each.events if n in there] for each in document.event_clusters]
    used = {name for names in chosen for name in names}
    chosen += [[name] for name in there if name not in used]
    found = (
        Named(cut(there[names[0]].type), tuple(place(there[n].triggers[0]) for n in names))
        for names in chosen
        if names
    )
    return distinct(found, _spot)


def _spot(spot: Place) -> Hashable:
    return spot.pieces


def _clustered(
    facet: Facet, gold: Sequence[Named], predicted: Sequence[Named], text: str
) -> Iterator[Beside]:
    """Yield mentions with the numbers of their clusters; `+1` is one that no gold cluster is."""
    partners = _partners(gold, predicted)
    alone = iter(range(1, len(predicted) + 1))
    names = [f"#{partners[n] + 1}" if n in partners else f"+{next(alone)}"
             for n in range(len(predicted))]  # fmt: skip
    golds = (_members(f"#{n}", each, text) for n, each in enumerate(gold, start=1))
    guesses = (_members(name, each, text) for name, each in zip(names, predicted, strict=True))
    return aligned(
        facet,
        (said for each in golds for said in each),
        (said for each in guesses for said in each),
    )


def _partners(gold: Sequence[Named], predicted: Sequence[Named]) -> dict[int, int]:
    """Return the gold cluster of each predicted one that has one, by number."""
    owner = {spot.pieces: number for number, each in enumerate(gold) for spot in each.mentions}
    shared = Counter(
        (owner[spot.pieces], number)
        for number, each in enumerate(predicted)
        for spot in each.mentions
        if spot.pieces in owner
    )
    return {number: partner for partner, number in heaviest(shared)}


def _members(name: str, chain: Named, text: str) -> Iterator[Said]:
    group = f"{name} {cover(text, chain.mentions[0].pieces)}"
    for spot in chain.mentions:
        yield (name, spot.pieces), Shown(name, str(chain.name), spot.pieces, group)
