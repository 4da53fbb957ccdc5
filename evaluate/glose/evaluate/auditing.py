"""Auditing gold: its likeliest errors, ranked by what speaks against it.

Three witnesses: systems that agree with each other against gold, the same words that are marked
otherwise elsewhere, and a model that learnt from the rest of the gold. Each gives a weight from 0
to 1 to what it proposes instead; together they speak as 1 - (1 - a)(1 - b)(1 - c).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Literal, TypeAlias

from glose.corpus.document import Document, Pair
from glose.evaluate.alignment import parts
from glose.evaluate.mistakes import context
from glose.evaluate.occurrences import Marked, Strings, capitals
from glose.evaluate.pairing import pairs
from glose.evaluate.plan import Options
from glose.evaluate.plausibility import chances, features, fold
from glose.evaluate.projection import Cut, cut, entities, triggers
from glose.evaluate.results import Item, Plain
from glose.evaluate.scoring import refuse_nothing

Layer: TypeAlias = Literal["entity", "trigger"]
Kind: TypeAlias = Literal["missing", "type", "boundary", "superfluous"]

#: How much each witness can weigh: all systems, one system alone, the same words, the model.
SYSTEMS, ALONE, STRINGS, MODEL = 0.9, 0.5, 0.6, 0.6

#: That gold has too much weighs half: what is found by none, or marked here only, may be hard.
ABSENT = 0.5

#: A model has to find another label this much likelier than gold's.
MARGIN = 0.3

#: Other bounds begin at most so many code points before those of gold.
FAR = 500

NOTHING = "(none)"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place at which gold may be wrong: what it has, what is proposed, and why.

    `score` is between 0 and 1. `evidence` has a line for each witness.
    """

    document: str
    layer: Layer
    kind: Kind
    gold: Item | None
    proposed: Item | None
    score: float
    evidence: tuple[str, ...]
    context: tuple[str, str, str]

    def plain(self) -> Plain:
        """Return the suspect for a JSON encoder."""
        return {
            "document": self.document,
            "layer": self.layer,
            "kind": self.kind,
            "gold": self.gold.plain() if self.gold else None,
            "proposed": self.proposed.plain() if self.proposed else None,
            "score": self.score,
            "evidence": list(self.evidence),
            "context": list(self.context),
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """The suspects of a gold corpus, the likeliest first; `found` is how many there are in all."""

    documents: int
    systems: int
    found: int
    suspects: tuple[Suspect, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> Plain:
        """Return the audit for a JSON encoder."""
        return {
            "documents": self.documents,
            "systems": self.systems,
            "found": self.found,
            "notes": list(self.notes),
            "suspects": [each.plain() for each in self.suspects],
        }


@dataclass(slots=True)
class _Text:
    """One document: its text, what gold marks, and what each system marks, by bounds."""

    id: str
    text: str
    gold: Marked
    systems: tuple[Marked, ...]


@dataclass(slots=True)
class _Case:
    """What speaks against gold at a place: a weight for each label instead, and the words."""

    weights: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, label: str, weight: float, words: str) -> None:
        self.weights[label].append(weight)
        self.said[label].append(words)

    def best(self) -> tuple[str, float]:
        """Return the label for which most speaks, and how much that is."""
        scores = {label: _together(each) for label, each in self.weights.items()}
        return max(scores.items(), key=lambda each: (each[1], each[0]))


def _together(weights: Sequence[float]) -> float:
    left = 1.0
    for weight in weights:
        left *= 1 - weight
    return 1 - left


def audit(
    gold: Path, predicted: Sequence[Path], *, limit: int | None = None, folds: int = 5,
    documents: int | None = None, options: Options | None = None,
) -> Audit:  # fmt: skip
    """Return the likeliest errors of gold, by systems (which may be none), words and a model.

    Mentions and triggers are looked at, by their bounds. With `folds` of 0 there is no model. All
    texts are held: those of the first `documents`, or of the whole corpus. Raises `GloseError`
    for what cannot be scored.
    """
    options = options or Options()
    read = (
        pairs(part, ((),) * (1 + len(predicted)))
        for part in parts(gold, predicted, options.policy(gold))
    )
    held = [(each.gold, each.predicted) for each in islice(chain.from_iterable(read), documents)]
    refuse_nothing(len(held), gold, options)
    found: list[Suspect] = []
    notes: list[str] = []
    layers: tuple[Layer, Layer] = "entity", "trigger"
    for layer in layers:
        texts = [_text(each, others, layer, cut(options.depth)) for each, others in held]
        if any(text.gold or any(text.systems) for text in texts):
            found += _Layer(layer, texts, folds, notes).suspects()
    found.sort(key=lambda each: (-each.score, each.document, repr(each.gold or each.proposed)))
    told = tuple(dict.fromkeys(notes))
    return Audit(len(held), len(predicted), len(found), tuple(found[:limit]), told)


def _text(gold: Document, others: Sequence[Document], layer: Layer, cut: Cut) -> _Text:
    project = entities if layer == "entity" else triggers
    name = "mentions" if layer == "entity" else "events"

    def marked(document: Document) -> Marked:
        spans = project(document, cut)
        return {(pieces[0][0], pieces[-1][1]): type_ for type_, pieces in spans}

    if name not in gold.status.annotated:
        return _Text(gold.id, gold.text or "", {}, ())
    there = [each for each in others if name in each.status.annotated]
    return _Text(gold.id, gold.text or "", marked(gold), tuple(map(marked, there)))


class _Layer:
    """The suspects of one layer."""

    def __init__(self, layer: Layer, texts: Sequence[_Text], folds: int, notes: list[str]) -> None:
        self.layer, self.texts, self.folds, self.notes = layer, texts, folds, notes
        self.strings = Strings()
        for text in texts:
            self.strings.learn(text.text, text.gold)
        for text in texts:
            self.strings.count(text.text, text.gold)

    def suspects(self) -> Iterator[Suspect]:
        """Yield what is suspect, in no order."""
        places = [self._places(text) for text in self.texts]
        modelled = self._modelled(places) if self.folds else None
        for number, text in enumerate(self.texts):
            cases: dict[Pair, _Case] = defaultdict(_Case)
            moved = dict(self._moved(text))
            self._by_systems(text, cases, moved)
            self._by_strings(text, cases)
            if modelled:
                self._by_model(text, places[number], modelled[number], cases)
            yield from self._told(text, cases, moved)

    def _places(self, text: _Text) -> list[Pair]:
        found = set(text.gold).union(*text.systems)
        found.update(place for _, place in self.strings.places(text.text, text.gold))
        if self.layer == "entity":
            inside = {offset for start, end in text.gold for offset in range(start, end)}
            found.update(p for p in capitals(text.text) if not inside.intersection(range(*p)))
        return sorted(found)

    def _by_systems(
        self, text: _Text, cases: dict[Pair, _Case], moved: Mapping[Pair, tuple[Pair, int]]
    ) -> None:
        number = len(text.systems)
        instead = {place for place, _ in moved.values()}
        for place in set(text.gold).union(*text.systems) - instead:
            own = text.gold.get(place, NOTHING)
            votes = Counter(each.get(place, NOTHING) for each in text.systems)
            if place in moved:
                other, agree = moved[place]
                words = f"{agree} of {number} systems have {text.text[slice(*other)]!r}"
                cases[place].add(f"@{other[0]}-{other[1]}", _weight(agree, number), words)
                continue
            for label, agree in votes.items():
                if label != own and agree >= votes[own] and _weight(agree, number):
                    what = "nothing" if label == NOTHING else label
                    said = f"{agree} of {number} systems have {what}"
                    weight = _weight(agree, number) * (ABSENT if label == NOTHING else 1)
                    cases[place].add(label, weight, said)

    def _moved(self, text: _Text) -> Iterator[tuple[Pair, tuple[Pair, int]]]:
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

    def _by_strings(self, text: _Text, cases: dict[Pair, _Case]) -> None:
        for key, place in self.strings.places(text.text, text.gold):
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
        self, text: _Text, places: Sequence[Pair], found: Sequence[Mapping[str, float]],
        cases: dict[Pair, _Case],
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
        seen, labels, numbers = [], [], []
        for text, own in zip(self.texts, places, strict=True):
            seen += list(features(text.text, own))
            labels += [text.gold.get(place, NOTHING) for place in own]
            numbers += [fold(text.id, self.folds)] * len(own)
        found = chances(seen, labels, numbers)
        if found is None:
            self.notes.append("too few documents or labels for a model; judged without one")
            return None
        rest = iter(found)
        return [[next(rest) for _ in own] for own in places]

    def _told(
        self, text: _Text, cases: Mapping[Pair, _Case], moved: Mapping[Pair, tuple[Pair, int]]
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
    def _item(text: _Text, label: str | None, place: Pair) -> Item | None:
        return None if label is None else Item(label, (place,), text.text[slice(*place)])


def _weight(agree: int, systems: int) -> float:
    """Return what it weighs that so many systems agree: nothing unless more than half do.

    One system alone may be wrong; each that agrees with it makes that less likely.
    """
    if 2 * agree <= systems:
        return 0.0
    share = agree / systems
    return share * (SYSTEMS - (SYSTEMS - ALONE) / agree)
