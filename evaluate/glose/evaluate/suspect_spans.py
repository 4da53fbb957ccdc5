"""Suspect mentions and triggers: spans of gold that systems, the same words or a model deny."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from glose.corpus.document import Document, Pair
from glose.evaluate.bounds import Bounds, Move, Standing, touching
from glose.evaluate.claims import Claim, Finding, Nesting, beside, findings
from glose.evaluate.mistakes import context
from glose.evaluate.occurrences import Marked, Strings, Words, capitals, covered
from glose.evaluate.plausibility import chances, features, fold
from glose.evaluate.projection import Cut, entities, triggers
from glose.evaluate.results import Item
from glose.evaluate.suspects import (
    ABSENT,
    ENDS,
    MARGIN,
    MODEL,
    NOTHING,
    STRINGS,
    Kind,
    Suspect,
    Witness,
    quoted,
    weighed,
)
from glose.evaluate.word_ends import WordEnds, widened

Spans: TypeAlias = Literal["entity", "trigger"]

#: The vote of a system that has a span of gold with other bounds: for these, and not for nothing.
_MOVED = "(moved)"


@dataclass(slots=True)
class Text:
    """One document: its text, what gold marks, and what each system marks, by bounds.

    `places` are those of strings that gold marks somewhere, `bounded` those that it bounds
    otherwise here; `claims` is what witnesses say.
    """

    id: str
    text: str
    gold: Marked
    systems: tuple[Marked, ...]
    places: list[tuple[Words, Pair]] = field(default_factory=list)
    bounded: list[Standing] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def quoted(self, place: Pair) -> str:
        """Return the words of a span as they stand, in quotation marks."""
        return quoted(self.text[slice(*place)])

    def besides(self, places: set[Pair]) -> Callable[[Pair, str], Pair | None]:
        """Return what tells the span of gold that a label at one of some places is beside."""
        touched = touching(self.gold, places - self.gold.keys())

        def found(place: Pair, label: str) -> Pair | None:
            return beside(place, label, touched.get(place, ()), self.gold)

        return found

    def moved(self) -> list[set[Pair]]:
        """Return, for each system, the spans of gold that it has with other bounds."""
        return [
            {
                span
                for place, spans in touching(self.gold, each.keys() - self.gold.keys()).items()
                for span in spans
                if each[place] == self.gold[span]
            }
            for each in self.systems
        ]

    def agreeing(self, place: Pair | None) -> int:
        """Return how many systems have a span of gold, with its type."""
        if place is None:
            return 0
        return sum(each.get(place) == self.gold[place] for each in self.systems)

    def told(self, place: Pair, label: str, other: Pair | None) -> str:
        """Return how a label is called, at a place or beside a span of gold."""
        if label == NOTHING:
            return "nothing"
        if other is None:
            return label
        words = self.quoted(place)
        return words if self.gold[other] == label else f"{label} {words}"


def text_of(gold: Document, others: Sequence[Document], layer: Spans, cut: Cut) -> Text:
    """Return a document with what gold and the systems mark in a layer, by its bounds."""
    project = entities if layer == "entity" else triggers
    name = "mentions" if layer == "entity" else "events"

    def marked(document: Document) -> Marked:
        spans = project(document, cut)
        return {(pieces[0][0], pieces[-1][1]): type_ for type_, pieces in spans}

    if name not in gold.status.annotated:
        return Text(gold.id, gold.text or "", {}, ())
    there = [each for each in others if name in each.status.annotated]
    return Text(gold.id, gold.text or "", marked(gold), tuple(map(marked, there)))


class SuspectSpans:
    """The suspects of one layer."""

    def __init__(self, layer: Spans, texts: Sequence[Text], folds: int, notes: list[str]) -> None:
        self.layer, self.texts, self.folds, self.notes = layer, texts, folds, notes
        self.strings, self.ends, self.nesting = Strings(), WordEnds(), Nesting()
        self.bounds = Bounds(self.strings)
        for text in texts:
            self.strings.learn(text.text, text.gold)
            self.ends.learn(text.text, text.gold)
        for text in texts:
            text.places = list(self.strings.places(text.text, text.gold))
            self.strings.count(text.gold, text.places)
            text.bounded = self.bounds.learn(text.text, text.gold)

    def suspects(self) -> Iterator[Suspect]:
        """Yield what is suspect, in no order."""
        for text in self.texts:
            self._by_systems(text)
            self._by_strings(text)
            self._by_bounds(text)
            self._by_ends(text)
        if self.folds:
            self._by_models()
        for text in self.texts:
            self.nesting.learn(text.gold, text.claims)
        for text in self.texts:
            for finding in findings(text.gold, text.claims, self.nesting):
                yield self._suspect(text, finding)

    def _claim(
        self, text: Text, witness: Witness, place: Pair, label: str, weight: float, words: str,
        other: Pair | None = None, *, both: bool = False,
    ) -> None:  # fmt: skip
        """Note what a witness says; what is too much, and what cuts a word, weighs half."""
        new = place not in text.gold
        if label == NOTHING or (new and self.ends.odd(text.text, place)):
            weight *= ABSENT
        text.claims.append(Claim(witness, place, label, weight, words, other, both))

    def _by_systems(self, text: Text) -> None:
        """Note what more than half of the systems have; less for bounds if some have gold's."""
        number = len(text.systems)
        places = set().union(*text.systems)
        besides, moved = text.besides(places), text.moved()
        for place in places | text.gold.keys():
            own = text.gold.get(place, NOTHING)
            votes = Counter(
                each.get(place, _MOVED if place in there else NOTHING)
                for each, there in zip(text.systems, moved, strict=True)
            )
            for label, agree in votes.items():
                weight = weighed(agree, number)
                if label in (own, _MOVED) or agree < votes[own] or not weight:
                    continue
                other = besides(place, label)
                as_gold = text.agreeing(other)
                both = as_gold >= agree
                weight *= 1 if both else 1 - as_gold / agree
                said = f"{agree} of {number} systems have {text.told(place, label, other)}"
                self._claim(text, "systems", place, label, weight, said, other, both=both)

    def _by_strings(self, text: Text) -> None:
        for key, place in text.places:
            found = self.strings.other(key, text.gold.get(place))
            if found is not None:
                label, share = found
                times = self.strings.marks[key][label]
                words = f"{text.quoted(place)} is {label or 'not marked'} in {times} other places"
                weight = STRINGS * share * (1 - 1 / (times + 1))
                said = f"{words} ({share:.0%})"
                self._claim(text, "strings", place, label or NOTHING, weight, said)

    def _by_bounds(self, text: Text) -> None:
        for move in self.bounds.moves(text.text, text.gold, text.bounded):
            weight = STRINGS * move.share * (1 - 1 / (move.times + 1)) * move.loose
            said = _said(text, move)
            self._claim(
                text, "strings", move.place, move.type, weight, said, move.gold, both=move.both
            )

    def _by_ends(self, text: Text) -> None:
        for place, label in text.gold.items():
            if self.ends.odd(text.text, place):
                whole = widened(text.text, place)
                share = self.ends.share
                said = f"it cuts {text.quoted(whole)}; {share:.1%} of all bounds cut no word"
                if whole not in text.gold:
                    self._claim(text, "ends", whole, label, ENDS * share, said, place)

    def _by_models(self) -> None:
        places = [self._judged(text) for text in self.texts]
        found = self._modelled(places)
        for text, own, each in zip(self.texts, places, found or (), strict=bool(found)):
            self._by_model(text, dict(zip(own, each, strict=True)))

    def _judged(self, text: Text) -> list[Pair]:
        """Return the places of a document that the model judges."""
        found = set(text.gold).union(*text.systems)
        found.update(place for _, place in text.places)
        found.update(claim.place for claim in text.claims)
        if self.layer == "entity":
            inside = covered(text.text, text.gold)
            found.update(p for p in capitals(text.text) if not any(inside[slice(*p)]))
        return sorted(found)

    def _by_model(self, text: Text, found: Mapping[Pair, Mapping[str, float]]) -> None:
        """Note what is likelier than gold's label, and than the span of gold that is beside it."""
        besides = text.besides(set(found))
        for place, each in found.items():
            label, likely = max(each.items(), key=lambda item: (item[1], item[0]))
            own = each.get(text.gold.get(place, NOTHING), 0.0)
            if likely - own < MARGIN:
                continue
            other = besides(place, label)
            rival = found[other].get(text.gold[other], 0.0) if other else own
            both = likely - rival < MARGIN
            less = own if both else rival
            what = text.told(place, label, other)
            said = f"a model finds {what} likelier ({likely:.2f} to {less:.2f})"
            weight = MODEL * (likely - less)
            self._claim(text, "model", place, label, weight, said, other, both=both)

    def _modelled(
        self, places: Sequence[Sequence[Pair]]
    ) -> list[list[Mapping[str, float]]] | None:
        labels, numbers = [], []
        for text, own in zip(self.texts, places, strict=True):
            labels += [text.gold.get(place, NOTHING) for place in own]
            numbers += [fold(text.id, self.folds)] * len(own)
        seen = (
            each
            for text, own in zip(self.texts, places, strict=True)
            for each in features(text.text, own)
        )
        found = chances(seen, labels, numbers)
        if found is None:
            self.notes.append("too few documents or labels for a model; judged without one")
            return None
        rest = iter(found)
        return [[next(rest) for _ in own] for own in places]

    def _suspect(self, text: Text, found: Finding) -> Suspect:
        gold = None if found.gold is None else self._item(text, text.gold[found.gold], found.gold)
        nothing = found.label == NOTHING
        proposed = None if nothing else self._item(text, found.label, found.place)
        kind: Kind = "superfluous" if nothing else "missing"
        if found.gold is not None and not nothing:
            kind = "type" if found.gold == found.place else "boundary"
        said = tuple(words for _, words in found.said.values())
        return Suspect(
            text.id, self.layer, kind, gold, proposed, round(found.score, 6), said,
            context(text.text, gold, proposed),
        )  # fmt: skip

    @staticmethod
    def _item(text: Text, label: str, place: Pair) -> Item:
        return Item(label, (place,), text.text[slice(*place)])


def _said(text: Text, move: Move) -> str:
    words = f"{text.quoted(move.place)} is {move.type} in {move.times} other places"
    said = f"{words} ({move.share:.0%})"
    if move.loose < 1:
        return f"{said}, and the words around it are not marked elsewhere ({move.loose:.0%})"
    return said
