"""Suspect coreference: mentions that gold should have in one cluster, or should not.

Systems that agree on it, names that are the same elsewhere in one cluster, and clusters of which
the mentions are of several types.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glose.corpus.document import Document, Mention
from glose.evaluate.mistakes import cover
from glose.evaluate.occurrences import SHORTEST
from glose.evaluate.projection import Cut, Pieces, pieces
from glose.evaluate.results import Item
from glose.evaluate.suspects import ABSENT, STRINGS, Accusations, Held, Suspect, share, weighed

#: Mentions that are further apart, in code points, have no context in common.
APART = 300


@dataclass(frozen=True, slots=True)
class Clustered:
    """The clusters of a document: the number of that of each place, and the places of each."""

    number: Mapping[Pieces, int]
    places: Sequence[Sequence[Pieces]]

    @classmethod
    def of(cls, document: Document) -> Clustered:
        """Return the clusters of a document, each place in the first that has it."""
        where = {mention.id: pieces(mention) for mention in document.mentions}
        number: dict[Pieces, int] = {}
        places: list[list[Pieces]] = []
        for entity in document.entities:
            own = {where[name] for name in entity.mentions if name in where} - number.keys()
            number.update(dict.fromkeys(own, len(places)))
            places.append(sorted(own))
        return cls(number, places)


class SuspectClusters:
    """The suspect clusters of a corpus."""

    def __init__(self, held: Sequence[Held], cut: Cut) -> None:
        self.held, self.cut = held, cut
        self.gold = [Clustered.of(each.gold) for each in held]
        pairs = [
            pair
            for each, own in zip(held, self.gold, strict=True)
            for pair in _namesakes(each, own)
        ]
        self.total = len(pairs)
        self.linked = sum(one == other for one, other, *_ in pairs)
        clusters = [list(_types(each, own)) for each, own in zip(held, self.gold, strict=True)]
        every = [types for own in clusters for _, types in own]
        self.several = len(every)
        self.uniform = sum(len(types) == 1 for types in every)

    def suspects(self) -> Iterator[Suspect]:
        """Yield what is suspect, in no order."""
        for held, own in zip(self.held, self.gold, strict=True):
            found = Accusations(held, "coreference")
            items = _Items(held, self.cut)
            _by_systems(held, own, items, found)
            self._by_names(held, own, items, found)
            self._by_types(held, own, items, found)
            yield from found.suspects()

    def _by_names(self, held: Held, own: Clustered, items: _Items, found: Accusations) -> None:
        """Accuse names that are the same and stand in two clusters, if they seldom do."""
        for one, other, first, second in _namesakes(held, own):
            if one != other:
                said = (
                    f"the name is the same; {self.linked} of {self.total} pairs of equal names "
                    "are in one cluster"
                )
                weight = STRINGS * share(self.linked, self.total)
                found.add("separate", *items.both(first, second), "strings", weight, said)

    def _by_types(self, held: Held, own: Clustered, items: _Items, found: Accusations) -> None:
        """Accuse the mentions of a cluster that are not of the type of most, if that is rare."""
        for places, types in _types(held, own):
            if len(types) > 1:
                usual, times = min(types.items(), key=lambda each: (-each[1], each[0]))
                if 2 * times <= types.total():
                    usual, times = "", 0
                several = ", ".join(f"{n} {name}" for name, n in types.most_common())
                said = (
                    f"its cluster has {several}; "
                    f"{self.uniform} of {self.several} clusters have one type"
                )
                weight = STRINGS * share(self.uniform, self.several) * (1 if usual else ABSENT)
                for place in places:
                    if items.type(place) != usual:
                        found.add("mixed types", items.item(place), None, "types", weight, said)


class _Items:
    """The mentions of gold as items of suspects."""

    def __init__(self, held: Held, cut: Cut) -> None:
        self.text, self.cut = held.text, cut
        self.mentions = {pieces(each): each for each in reversed(held.gold.mentions)}

    def type(self, place: Pieces) -> str:
        return self.cut(self.mentions[place].type)

    def item(self, place: Pieces) -> Item:
        return Item(self.type(place), place, cover(self.text, place))

    def both(self, one: Pieces, other: Pieces) -> tuple[Item, Item]:
        """Return the later mention and the earlier; where that is far off only by its words."""
        earlier, later = sorted((one, other))
        before = self.item(earlier)
        if later[0][0] - earlier[-1][1] > APART:
            place = f"{earlier[0][0]}-{earlier[-1][1]}"
            before = Item(before.type, (), f"{before.text} ({place})")
        return self.item(later), before


def _types(held: Held, own: Clustered) -> Iterator[tuple[Sequence[Pieces], Counter[str]]]:
    """Yield the clusters of several mentions with the number of mentions of each type."""
    type_of = {pieces(each): each.type for each in reversed(held.gold.mentions)}
    for places in own.places:
        if len(places) > 1:
            yield places, Counter(type_of[place] for place in places)


def _namesakes(held: Held, own: Clustered) -> Iterator[tuple[int, int, Pieces, Pieces]]:
    """Yield names that are the same and of one type, each with the next, and their clusters."""
    named: dict[tuple[str, str], list[Pieces]] = defaultdict(list)
    for mention in sorted(held.gold.mentions, key=lambda each: (each.start, each.end)):
        place = pieces(mention)
        words = cover(held.text, place)
        if place in own.number and _is_name(mention, words):
            named[words.casefold(), mention.type].append(place)
    for places in named.values():
        for one, other in pairwise(dict.fromkeys(places)):
            yield own.number[one], own.number[other], one, other


def _is_name(mention: Mention, words: str) -> bool:
    if len(words) < SHORTEST:
        return False
    return mention.level == "NAM" if mention.level else words[0].isupper()


def _by_systems(held: Held, own: Clustered, items: _Items, found: Accusations) -> None:
    """Accuse what systems agree to link or not to link, against gold."""
    number = len(held.systems)
    systems = [Clustered.of(each) for each in held.systems]
    links: dict[tuple[int, int], dict[int, tuple[Pieces, Pieces]]] = defaultdict(dict)
    for system, clustered in enumerate(systems):
        for one, other in _links(clustered.places, own.number):
            first, last = sorted((own.number[one], own.number[other]))
            links[first, last].setdefault(system, (one, other))
    for votes in links.values():
        weight = weighed(len(votes), number)
        if weight:
            pair = Counter(votes.values()).most_common(1)[0][0]
            said = f"{len(votes)} of {number} systems have both in one cluster"
            found.add("separate", *items.both(*pair), "systems", weight, said)
    for places in own.places:
        for place, against in _loose(places, systems).items():
            weight = weighed(against, number) * ABSENT
            said = f"{against} of {number} systems have it in no cluster with the others"
            if weight:
                other = next(each for each in own.places[own.number[place]] if each != place)
                found.add("together", *_ordered(items, place, other), "systems", weight, said)


def _ordered(items: _Items, place: Pieces, other: Pieces) -> tuple[Item, Item]:
    """Return the item of a mention that may not belong, and one of its cluster."""
    item, near = items.item(place), items.item(other)
    if max(place[0][0], other[0][0]) - min(place[-1][1], other[-1][1]) > APART:
        near = Item(near.type, (), f"{near.text} ({other[0][0]}-{other[-1][1]})")
    return item, near


def _links(
    clusters: Iterable[Sequence[Pieces]], number: Mapping[Pieces, int]
) -> Iterator[tuple[Pieces, Pieces]]:
    """Yield places that follow each other in a cluster and are of two clusters of gold."""
    for places in clusters:
        known = [place for place in places if place in number]
        for one, other in pairwise(known):
            if number[one] != number[other]:
                yield one, other


def _loose(places: Sequence[Pieces], systems: Sequence[Clustered]) -> Counter[Pieces]:
    """Return how many systems set mentions of a gold cluster apart from all of its others.

    A system has a say if it has the mention and at least one other of the cluster in a cluster.
    """
    against: Counter[Pieces] = Counter()
    for system in systems:
        own = Counter(system.number[place] for place in places if place in system.number)
        for place in places:
            if place in system.number and own.total() > 1 and own[system.number[place]] == 1:
                against[place] += 1
    return against
