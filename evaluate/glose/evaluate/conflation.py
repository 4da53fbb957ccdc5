"""Errors of coreference as operations that make the predicted clusters those of gold.

Source: Kummerfeld and Klein 2013. Mentions are the same if their pieces are. On the way from the
predictions to gold clusters of mentions that gold does not have go (*extra entity*), single such
mentions go (*extra mention*), clusters of several gold entities are split (*conflated*), clusters
of one gold entity are merged (*divided*), mentions are added to their entity (*missing mention*),
and so are entities of which nothing was found (*missing entity*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from glose.corpus.document import Document, Entity, Mention
from glose.evaluate.chains import Place, entities

#: In the order in which they are repaired.
OPERATIONS = (
    "extra entity", "extra mention", "conflated", "divided", "missing mention", "missing entity",
)  # fmt: skip

Cluster = frozenset[Place]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of gold and of the predictions, and the gold cluster of each mention."""

    gold: tuple[Cluster, ...]
    predicted: tuple[Cluster, ...]
    owner: Mapping[Place, int]

    @classmethod
    def of(cls, gold: Document, predicted: Document) -> Clusters:
        """Return the clusters of two documents; heads make no difference."""
        golds, guesses = (
            tuple(
                frozenset(place._replace(head=()) for place in chain) for chain in entities(each)
            )
            for each in (gold, predicted)
        )
        owner = {place: number for number, each in enumerate(golds) for place in each}
        return cls(golds, guesses, owner)

    def operations(self) -> Counter[str]:
        """Return how often each operation is needed, from the predictions to gold."""
        counts: Counter[str] = Counter(dict.fromkeys(OPERATIONS, 0))
        parts: Counter[int] = Counter()
        known = {place for cluster in self.predicted for place in cluster}
        for cluster in self.predicted:
            own = Counter(self.owner[place] for place in cluster if place in self.owner)
            if not own:
                counts["extra entity"] += 1
                continue
            counts["extra mention"] += len(cluster) - own.total()
            counts["conflated"] += len(own) - 1
            parts.update(own.keys())
        counts["divided"] = sum(number - 1 for number in parts.values())
        for cluster in self.gold:
            missing = len(cluster - known)
            if missing == len(cluster):
                counts["missing entity"] += 1
            else:
                counts["missing mention"] += missing
        return counts

    def repaired(self, chosen: Collection[str]) -> list[Cluster]:
        """Return the predicted clusters after the operations that are chosen, in their order."""
        found = list(self.predicted)
        steps = (
            ("extra entity", self._without_entities),
            ("extra mention", self._without_mentions),
            ("conflated", self._split),
            ("divided", self._merged),
            ("missing mention", self._with_mentions),
        )
        for name, step in steps:
            if name in chosen:
                found = step(found)
        if "missing entity" in chosen:
            known = {place for cluster in self.predicted for place in cluster}
            found += [cluster for cluster in self.gold if not cluster & known]
        return found

    def _without_entities(self, found: Sequence[Cluster]) -> list[Cluster]:
        return [each for each in found if any(place in self.owner for place in each)]

    def _without_mentions(self, found: Sequence[Cluster]) -> list[Cluster]:
        return [
            frozenset(place for place in each if place in self.owner)
            if self._main(each) is not None
            else each
            for each in found
        ]

    def _split(self, found: Sequence[Cluster]) -> list[Cluster]:
        """Return clusters of one gold entity each; what gold does not have stays with the most."""
        out: list[Cluster] = []
        for each in found:
            main = self._main(each)
            parts: dict[int | None, set[Place]] = defaultdict(set)
            for place in each:
                parts[self.owner.get(place, main)].add(place)
            out += [frozenset(part) for part in parts.values()]
        return out

    def _merged(self, found: Sequence[Cluster]) -> list[Cluster]:
        """Return clusters of which no two are mostly of one gold entity."""
        merged: dict[int, set[Place]] = defaultdict(set)
        out = []
        for each in found:
            main = self._main(each)
            if main is None:
                out.append(each)
            else:
                merged[main] |= each
        return [*out, *map(frozenset, merged.values())]

    def _with_mentions(self, found: Sequence[Cluster]) -> list[Cluster]:
        """Return clusters with the mentions of their entity that no cluster has."""
        known = {place for each in found for place in each}
        best: dict[int, int] = {}
        for number, each in enumerate(found):
            for owner, size in Counter(self.owner[p] for p in each if p in self.owner).items():
                if owner not in best or size > len(self.gold[owner] & found[best[owner]]):
                    best[owner] = number
        out = [set(each) for each in found]
        for owner, number in best.items():
            out[number] |= self.gold[owner] - known
        return [frozenset(each) for each in out]

    def _main(self, cluster: Cluster) -> int | None:
        """Return the gold entity that most mentions of a cluster are of, the first of equals."""
        own = Counter(self.owner[place] for place in cluster if place in self.owner)
        return min(own, key=lambda number: (-own[number], number), default=None)


def document(base: Document, clusters: Sequence[Cluster]) -> Document:
    """Return a document of the same text with these clusters, as coreference metrics read it."""
    mentions: list[Mention] = []
    chains: list[Entity] = []
    for number, cluster in enumerate(clusters):
        names = []
        for place in sorted(cluster):
            start, end = place.pieces[0][0], place.pieces[-1][1]
            fragments = place.pieces if len(place.pieces) > 1 else ()
            names.append(f"m{len(mentions) + 1}")
            mentions.append(Mention(names[-1], "X", start, end, fragments))
        if names:
            chains.append(Entity(f"e{number}", "X", None, tuple(names)))
    return Document(
        id=base.id, text=base.text, tokens=base.tokens, segments=base.segments,
        mentions=tuple(mentions), entities=tuple(chains), status=base.status,
    )  # fmt: skip
