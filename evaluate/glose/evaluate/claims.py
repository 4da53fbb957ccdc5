"""Claims: what witnesses say of the spans of a document, joined so that each place is one suspect.

A span that is proposed where gold has none is missing, unless it overlaps one: then gold has other
bounds, or gold has nested spans and lacks one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from glose.corpus.document import Pair
from glose.evaluate.bounds import contains, touching
from glose.evaluate.occurrences import TIMES, Marked
from glose.evaluate.suspects import NOTHING, Saying, Witness, together


class Claim(NamedTuple):
    """A witness has a label at a place; `NOTHING` at a span of gold is that it should not be.

    `beside` is the span of gold that a new place overlaps, if any; with `both` the witness has
    that one too.
    """

    witness: Witness
    place: Pair
    label: str
    weight: float
    words: str
    beside: Pair | None = None
    both: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of gold that is suspect, or `None`, with the place and label that are proposed."""

    gold: Pair | None
    place: Pair
    label: str
    said: Mapping[Witness, Saying]

    @property
    def score(self) -> float:
        """The weight of all witnesses together."""
        return together([weight for weight, _ in self.said.values()])


@dataclass(slots=True)
class Nesting:
    """How many spans of one type gold has within those of another, and how many are proposed."""

    marked: Counter[tuple[str, str]] = field(default_factory=Counter)
    proposed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def learn(self, gold: Marked, claims: Iterable[Claim]) -> None:
        """Count the nested spans of a document, and the claims for more of them, each once."""
        for place, spans in touching(gold, gold).items():
            self.marked.update((gold[s], gold[place]) for s in spans if contains(s, place))
        new = {(each.place, each.label, each.beside) for each in claims}
        for place, label, other in new:
            types = nested(place, label, other, gold[other]) if other else None
            if types is not None:
                self.proposed[types] += 1

    def share(self, types: tuple[str, str] | None) -> float:
        """Return what share gold has of the spans of some types that are nested or would be.

        Of few such spans the share of all types tells more; it counts as `TIMES` of them.
        """
        if types is None or not self.marked:
            return 0.0
        marked = self.marked.total()
        usual = marked / (marked + self.proposed.total())
        there = self.marked[types] + self.proposed[types]
        return (self.marked[types] + TIMES * usual) / (there + TIMES)


def nested(one: Pair, label: str, other: Pair, type_: str) -> tuple[str, str] | None:
    """Return the types of two spans, first that of the one which has the other in it."""
    if contains(other, one):
        return type_, label
    return (label, type_) if contains(one, other) else None


def beside(place: Pair, label: str, spans: Sequence[Pair], gold: Marked) -> Pair | None:
    """Return the span of gold that a place is in the stead of: of its type, or the most alike."""

    def alike(span: Pair) -> tuple[bool, int, Pair]:
        apart = abs(span[0] - place[0]) + abs(span[1] - place[1])
        return gold[span] == label, -apart, span

    return max(spans, key=alike, default=None)


def findings(gold: Marked, claims: Sequence[Claim], nesting: Nesting) -> Iterator[Finding]:
    """Yield what is suspect in a document, each place once, the likeliest proposal of each."""
    proposals: dict[tuple[Pair, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        proposals[claim.place, claim.label].append(claim)
    against: dict[Pair, list[Finding]] = defaultdict(list)
    missing: dict[Pair, list[Finding]] = defaultdict(list)
    for (place, label), each in proposals.items():
        found = _settled(place, label, each, gold, nesting)
        if found is not None and found.gold is None:
            missing[place].append(found)
        elif found is not None and found.gold is not None:
            against[found.gold].append(found)
    told = [_likeliest(found) for found in against.values()]
    yield from told
    yield from _apart([_best(found) for found in missing.values()], told, nesting)


def _settled(
    place: Pair, label: str, claims: Iterable[Claim], gold: Marked, nesting: Nesting
) -> Finding | None:
    """Return a proposal with what each witness says, against what the heaviest is against."""
    said: dict[Witness, Saying] = {}
    heaviest, against = 0.0, None
    for claim in claims:
        span, weight = _against(claim, gold, nesting)
        if weight > heaviest:
            heaviest, against = weight, span
        said[claim.witness] = max(said.get(claim.witness, (0.0, "")), (weight, claim.words))
    there = {witness: saying for witness, saying in said.items() if saying[0] > 0}
    return Finding(against, place, label, there) if there else None


def _against(claim: Claim, gold: Marked, nesting: Nesting) -> tuple[Pair | None, float]:
    """Return the span of gold that a claim is against, if any, and what the claim weighs.

    Where gold hardly has spans of these types in each other, one more weighs little; where it
    has, a span of another type does not speak against one that has it in it.
    """
    place, other = claim.place, claim.beside
    if place in gold or other is None:
        return (place if place in gold else None), claim.weight
    share = nesting.share(nested(place, claim.label, other, gold[other]))
    if claim.both or (gold[other] != claim.label and 2 * share >= 1):
        return None, claim.weight * share
    return other, claim.weight * (1 if gold[other] == claim.label else 1 - share)


def _best(found: Iterable[Finding]) -> Finding:
    return max(found, key=lambda each: (each.score, each.label, each.place))


def _likeliest(found: Sequence[Finding]) -> Finding:
    """Return the best proposal for a span; that it should not be there speaks for other bounds."""
    nothing = next((each.said for each in found if each.label == NOTHING), {})
    return _best(
        each if each.place == each.gold else replace(each, said={**nothing, **each.said})
        for each in found
    )


def _apart(
    missing: Iterable[Finding], told: Iterable[Finding], nesting: Nesting
) -> Iterator[Finding]:
    """Yield what is missing but for what overlaps a likelier proposal and would not be nested."""
    kept = {each.place: each for each in told if each.label != NOTHING}
    found = {each.place: each for each in missing}
    near = touching(kept.keys() | found.keys(), found)
    for each in sorted(found.values(), key=lambda each: (-each.score, each.place)):
        others = (kept[place] for place in near[each.place] if place in kept)
        if not any(_instead(other, each, nesting) for other in others):
            kept[each.place] = each
            yield each


def _instead(other: Finding, each: Finding, nesting: Nesting) -> bool:
    types = nested(each.place, each.label, other.place, other.label)
    return other.score >= each.score and 2 * nesting.share(types) < 1
