"""Mistakes: what a system got wrong, item by item, with the text around it.

The kinds are a partition: each gold item is correct, of a wrong type, boundary, both or role, or
missed; each predicted item is one of these or spurious. They come from the same alignment as the
scores (matching.py), so they add up to the counts of entity/strict, trigger/classification and
argument/classification.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from glose.corpus.document import covered
from glose.evaluate import attribution, matching, notes
from glose.evaluate.alignment import parts
from glose.evaluate.entries import add_prints
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import (
    Filler,
    Pieces,
    Span,
    View,
    arguments,
    entities,
    pieces,
    triggers,
)
from glose.evaluate.results import Confusion, Errors, Item, Kind, Mistake
from glose.evaluate.scoring import refuse_nothing
from glose.evaluate.signature import Print
from glose.evaluate.sources import names
from glose.evaluate.unpaired import Unpaired

Layer: TypeAlias = Literal["entity", "trigger", "argument"]

#: Code points of context on either side of an item.
MARGIN = 40

#: A gold item and a predicted one; one of them is `None` if it stands alone.
Sides: TypeAlias = tuple[Item | None, Item | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which mistakes are wanted: a kind, a type, so many at most, with what is correct or not.

    A type is that of a mention or event, or a role, in gold or as predicted.
    """

    kind: Kind | None = None
    type: str | None = None
    limit: int | None = None
    correct: bool = False

    def takes(self, mistake: Mistake) -> bool:
        """Tell whether a mistake is wanted, whatever the limit."""
        if mistake.kind == "correct" and not (self.correct or self.kind == "correct"):
            return False
        return self.kind in (None, mistake.kind) and self.type in (None, *_named_by(mistake))


def _named_by(mistake: Mistake) -> set[str]:
    """Return the types, event types and roles that either side of a mistake has."""
    items = [item for item in (mistake.gold, mistake.predicted) if item]
    return {name for item in items for name in (item.type, item.event) if name}


#: What is told where the metrics count neither mentions nor triggers nor arguments.
_NOTHING = (
    "these metrics count no single mentions, triggers or arguments, so no mistakes are listed; "
    "glose evaluate repairs tells what is wrong"
)


def errors(
    gold: Path,
    predicted: Path,
    *,
    choice: Choice | None = None,
    options: Options | None = None,
) -> Errors:
    """Return the mistakes of one system, how often each kind occurs, and what was confused.

    Only the mistakes of the choice are held; the counts are of all. Raises `GloseError` for
    whatever cannot be scored.
    """
    options, choice = options or Options(), choice or Choice()
    plan = Plan(chosen(options, gold, [predicted]), depth=options.depth)
    wanted = layers(plan.metrics[0])
    found, unpaired = _Found(choice), Unpaired.none(1)
    for part in parts(gold, [predicted], options.policy(gold)):
        for pair in pairs(part, plan.lists(), unpaired=unpaired):
            found.add(pair, plan, wanted)
    refuse_nothing(found.documents, gold, options)
    confusions = tuple(Confusion(layer, found.confused[layer]) for layer in found.confused)
    prints = tuple(map(str, found.prints))
    called = names([predicted])
    told = (
        *notes.unscored(options, gold, [predicted], called),
        *notes.unpaired(unpaired, called, options),
    )
    if not wanted:
        told = (*told, _NOTHING)
    elif choice.type is not None and choice.type not in found.types:
        told = (*told, f"no item has the type or role {notes.meant(choice.type, found.types)}")
    return Errors(prints[0], prints[1], found.counts, tuple(found.mistakes), confusions, told)


def layers(metrics: Iterable[str]) -> tuple[Layer, ...]:
    """Return the layers that some metrics count, each once; clusters and others are none."""
    counted = {attribution.layer(METRICS[name]) for name in metrics}
    return tuple(layer for layer in get_args(Layer) if layer in counted)


@dataclass(slots=True)
class _Found:
    choice: Choice
    counts: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    confused: dict[Layer, Counter[tuple[str | None, str | None]]] = field(default_factory=dict)
    prints: list[Print] = field(default_factory=lambda: [Print(), Print()])
    documents: int = 0
    types: set[str] = field(default_factory=set)

    def add(self, pair: Pair, plan: Plan, layers: Sequence[Layer]) -> None:
        self.documents += 1
        add_prints(self.prints, pair)
        gold, predicted = View(pair.gold, plan.cut), View(pair.predicted[0], plan.cut)
        for layer in layers:
            for mistake in mistakes(layer, gold, predicted):
                self._take(mistake)

    def _take(self, mistake: Mistake) -> None:
        self.counts[mistake.layer, mistake.kind] += 1
        cells = self.confused.setdefault(mistake.layer, Counter())
        cells[_type(mistake.gold), _type(mistake.predicted)] += 1
        if self.choice.type is not None:
            self.types |= _named_by(mistake)
        full = self.choice.limit is not None and len(self.mistakes) >= self.choice.limit
        if not full and self.choice.takes(mistake):
            self.mistakes.append(mistake)


def _type(item: Item | None) -> str | None:
    return item.type if item else None


def mistakes(layer: Layer, gold: View, predicted: View) -> Iterator[Mistake]:
    """Yield the items of a layer in two documents, set side by side, in the order of the text.

    Items that are correct are among them, as `correct`.
    """
    text = gold.document.text or ""
    make = {"entity": _entities, "trigger": _triggers, "argument": _arguments}[layer]
    found = [(kind, sides) for kind, each in make(gold, predicted, text) for sides in each]
    for kind, (one, other) in sorted(found, key=_order):
        yield Mistake(gold.document.id, layer, kind, one, other, *context(text, one, other))


Groups: TypeAlias = Iterator[tuple[Kind, Iterable[Sides]]]


def _entities(gold: View, predicted: View, text: str) -> Groups:
    return _spans(gold.items(entities), predicted.items(entities), text)


def _triggers(gold: View, predicted: View, text: str) -> Groups:
    # Sets, as in trigger/classification: what is given twice counts once.
    golds, guesses = set(gold.items(triggers)), set(predicted.items(triggers))
    return _spans(sorted(golds), sorted(guesses), text)


def _spans(gold: Sequence[Span], predicted: Sequence[Span], text: str) -> Groups:
    def item(span: Span) -> Item:
        return Item(span[0], span[1], cover(text, span[1]))

    found = matching.spans(gold, predicted)
    yield "correct", [(item(span), item(span)) for span in found.equal]
    yield "type", [(item(one), item(other)) for one, other in found.typed]
    yield "boundary", [(item(one), item(other)) for one, other in found.moved]
    yield "both", [(item(one), item(other)) for one, other in found.both]
    yield "missed", [(item(span), None) for span in found.missed]
    yield "spurious", [(None, item(span)) for span in found.spurious]


def _arguments(gold: View, predicted: View, text: str) -> Groups:
    wanted, given = _named(gold, text), _named(predicted, text)
    found = matching.fillers(wanted, given)
    yield "correct", [(wanted[filler], given[filler]) for filler in found.equal]
    yield "role", [(wanted[one], given[other]) for one, other in found.renamed]
    yield "missed", [(wanted[filler], None) for filler in found.missed]
    yield "spurious", [(None, given[filler]) for filler in found.spurious]


def _named(view: View, text: str) -> dict[Filler, Item]:
    """Return each argument, once, as an item; events that share it all give their triggers."""
    owners = (event for event in view.document.events for _ in event.args)
    found: dict[Filler, dict[str, None]] = {}
    for filler, event in zip(view.items(arguments), owners, strict=True):
        shown = (cover(text, pieces(each)).translate(_BREAKS) for each in event.triggers)
        found.setdefault(filler, {}).update(dict.fromkeys(shown))
    return {filler: _argument(filler, text, ", ".join(found[filler])) for filler in found}


def _argument(filler: Filler, text: str, trigger: str) -> Item:
    event, what, role = filler
    if isinstance(what, str):
        return Item(role, (), what, event, role, trigger or None)
    return Item(role, what, cover(text, what), event, role, trigger or None)


def cover(text: str, pieces: Pieces) -> str:
    """Return the text of some pieces, joined by one space."""
    return covered(text, pieces[0][0], pieces[-1][1], pieces)


def _order(found: tuple[Kind, Sides]) -> tuple[Pieces, str, str]:
    kind, sides = found
    first = next(item for item in sides if item)
    return first.pieces, kind, repr(sides)


def context(text: str, *items: Item | None) -> tuple[str, str, str]:
    """Return the text before, of and after some items together, each on one line.

    `MARGIN` code points are kept on either side, less what is left of a word there; `…` stands
    for the rest of the text, and `↵` for the end of a line. Offsets into the text of the items
    stay right. What has no place has no context.
    """
    places = [offset for item in items if item for piece in item.pieces for offset in piece]
    if not places:
        return "", next((item.text for item in items if item), ""), ""
    start, end = min(places), max(places)
    inside = text[start:end].replace("\n", "↵").translate(_BREAKS)
    return _flat(_before(text, start)), inside, _flat(_after(text, end))


def _before(text: str, end: int) -> str:
    start = max(0, end - MARGIN)
    whole = text[start:end]
    if not start:
        return whole
    cut = None if text[start - 1].isspace() else _BLANK.search(whole, endpos=MARGIN // 2)
    return f"… {whole[cut.start() if cut else 0 :].lstrip()}"


def _after(text: str, start: int) -> str:
    end = start + MARGIN
    whole = text[start:end]
    if end >= len(text):
        return whole
    words = whole if text[end].isspace() else _WORDS.sub("", whole)
    return f"{words.rstrip()} …"


def _flat(text: str) -> str:
    return _LINES.sub(" ↵ ", text).translate(_BREAKS)


#: White space, and what is left of a word at the end; a longer rest has no words.
_BLANK = re.compile(r"\s")
_WORDS = re.compile(rf"(?<=\s)\S{{1,{MARGIN // 2}}}\Z")

#: The ends of lines in a row, with what is blank around them.
_LINES = re.compile(r"[^\S\n]*\n\s*")

#: What would break a line, each as one space, so that offsets into a context stay right.
_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
