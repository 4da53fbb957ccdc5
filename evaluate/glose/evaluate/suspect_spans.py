"""Suspect mentions and triggers: spans of gold that systems, the same words or a model deny."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glose.corpus.document import Document, Pair
from glose.evaluate.mistakes import context
from glose.evaluate.occurrences import Marked, Strings, Words, capitals, covered
from glose.evaluate.plausibility import chances, features, fold
from glose.evaluate.projection import Cut, entities, triggers
from glose.evaluate.results import Item
from glose.evaluate.suspects import (
    ABSENT,
    MARGIN,
    MODEL,
    NOTHING,
    STRINGS,
    Evidence,
    Kind,
    Suspect,
    weighed,
)

Spans: TypeAlias = Literal["entity", "trigger"]

#: Other bounds begin at most so many code points before those of gold.
FAR = 500


@dataclass(slots=True)
class Text:
    """One document: its text, what gold marks, and what each system marks, by bounds."""

    id: str
    text: str
    gold: Marked
    systems: tuple[Marked, ...]


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
        self.strings = Strings()
        for text in texts:
            self.strings.learn(text.text, text.gold)
        self.there = [list(self.strings.places(text.text, text.gold)) for text in texts]
        for text, places in zip(texts, self.there, strict=True):
            self.strings.count(text.gold, places)

    def suspects(self) -> Iterator[Suspect]:
        """Yield what is suspect, in no order."""
        places = [self._places(number) for number in range(len(self.texts) if self.folds else 0)]
        modelled = self._modelled(places) if self.folds else None
        for number, text in enumerate(self.texts):
            cases: dict[Pair, Evidence] = defaultdict(Evidence)
            moved = dict(self._moved(text))
            self._by_systems(text, cases, moved)
            self._by_strings(text, self.there[number], cases)
            if modelled:
                self._by_model(text, places[number], modelled[number], cases)
            yield from self._told(text, cases, moved)

    def _places(self, number: int) -> list[Pair]:
        """Return the places of a document that the model judges."""
        text = self.texts[number]
        found = set(text.gold).union(*text.systems)
        found.update(place for _, place in self.there[number])
        if self.layer == "entity":
            inside = covered(text.text, text.gold)
            found.update(p for p in capitals(text.text) if not any(inside[slice(*p)]))
        return sorted(found)

    def _by_systems(
        self, text: Text, cases: dict[Pair, Evidence], moved: Mapping[Pair, tuple[Pair, int]]
    ) -> None:
        number = len(text.systems)
        instead = {place for place, _ in moved.values()}
        for place in set(text.gold).union(*text.systems) - instead:
            own = text.gold.get(place, NOTHING)
            votes = Counter(each.get(place, NOTHING) for each in text.systems)
            if place in moved:
                other, agree = moved[place]
                words = f"{agree} of {number} systems have {text.text[slice(*other)]!r}"
                cases[place].add(f"@{other[0]}-{other[1]}", weighed(agree, number), words)
                continue
            for label, agree in votes.items():
                if label != own and agree >= votes[own] and weighed(agree, number):
                    what = "nothing" if label == NOTHING else label
                    said = f"{agree} of {number} systems have {what}"
                    weight = weighed(agree, number) * (ABSENT if label == NOTHING else 1)
                    cases[place].add(label, weight, said)

    def _moved(self, text: Text) -> Iterator[tuple[Pair, tuple[Pair, int]]]:
        """Yield gold spans that systems have with other bounds, and which bounds most have."""
        by_end: dict[str, list[Pair]] = defaultdict(list)
        votes: Counter[tuple[Pair, str]] = Counter()
        for each in text.systems:
            votes.update((place, type_) for place, type_ in each.items())
        for place, type_ in votes:
            if place not in text.gold:
                by_end[type_].append(place)
        for places in by_end.values():
            places.sort()
        for place, type_ in text.gold.items():
            if votes[place, type_]:
                continue
            there = by_end[type_]
            first, last = (bisect_left(there, (n, 0)) for n in (place[0] - FAR, place[1]))
            near = [p for p in there[first:last] if place[0] < p[1]]
            if near:
                best = max(near, key=lambda p: (votes[p, type_], p))
                if 2 * votes[best, type_] > len(text.systems):
                    yield place, (best, votes[best, type_])

    def _by_strings(
        self, text: Text, there: Sequence[tuple[Words, Pair]], cases: dict[Pair, Evidence]
    ) -> None:
        for key, place in there:
            own = text.gold.get(place)
            found = self.strings.other(key, own)
            if found is not None:
                label, share = found
                what = label or "not marked"
                times = self.strings.marks[key][label]
                shown = " ".join(key)
                words = f"{shown!r} is {what} in {times} other places ({share:.0%})"
                weight = STRINGS * share * (1 - 1 / (times + 1)) * (1 if label else ABSENT)
                cases[place].add(label or NOTHING, weight, words)

    def _by_model(
        self, text: Text, places: Sequence[Pair], found: Sequence[Mapping[str, float]],
        cases: dict[Pair, Evidence],
    ) -> None:  # fmt: skip
        for place, each in zip(places, found, strict=True):
            own = text.gold.get(place, NOTHING)
            label, likely = max(each.items(), key=lambda item: (item[1], item[0]))
            margin = likely - each.get(own, 0.0)
            if label != own and margin >= MARGIN:
                what = "nothing" if label == NOTHING else label
                words = f"a model finds {what} likelier ({likely:.2f} to {each.get(own, 0.0):.2f})"
                cases[place].add(
                    label, MODEL * margin * (ABSENT if label == NOTHING else 1), words
                )

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

    def _told(
        self, text: Text, cases: Mapping[Pair, Evidence], moved: Mapping[Pair, tuple[Pair, int]]
    ) -> Iterator[Suspect]:
        for place, case in cases.items():
            if not case.weights:
                continue
            label, score = case.best()
            own = text.gold.get(place)
            gold = self._item(text, own, place)
            kind: Kind = "missing" if own is None else "type"
            if label.startswith("@") and own is not None:
                kind, proposed = "boundary", self._item(text, own, moved[place][0])
            else:
                proposed = self._item(text, None if label == NOTHING else label, place)
                if proposed is None:
                    kind = "superfluous"
            yield Suspect(
                text.id, self.layer, kind, gold, proposed, round(score, 6),
                tuple(case.said[label]), context(text.text, gold, proposed),
            )  # fmt: skip

    @staticmethod
    def _item(text: Text, label: str | None, place: Pair) -> Item | None:
        return None if label is None else Item(label, (place,), text.text[slice(*place)])
