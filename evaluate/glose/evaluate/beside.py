"""What a document holds, to be read: an item of gold and the predicted item beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glose.evaluate import matching
from glose.evaluate.projection import Pieces, Span
from glose.evaluate.results import Kind

Facet: TypeAlias = Literal[
    "entity",
    "trigger",
    "argument",
    "coreference",
    "event coreference",
    "relation",
    "link",
    "value",
    "template",
    "label",
]


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it is shown: what it is called, what it is sought by, and where it stands.

    What has a `group` is listed under it as well: the arguments of an event, the mentions of a
    cluster, the fillers of a template. `text` is said of what has no place, and of relations,
    whose `roles` are those of their pieces, one each.
    """

    name: str
    type: str
    pieces: Pieces
    group: str = ""
    text: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A gold item and the predicted one beside it, or one of them alone; `kind` as in `Mistake`.

    The `type` of a kind is the cluster, the entry or the value, where these are what is said.
    """

    facet: Facet
    kind: Kind
    gold: Shown | None
    predicted: Shown | None


#: What is said of a span, and how the two are shown.
Said: TypeAlias = tuple[Span, Shown]


def aligned(facet: Facet, gold: Iterable[Said], predicted: Iterable[Said]) -> Iterator[Beside]:
    """Yield spans side by side; `type` are those of which something else is said."""
    golds, guesses = _Waiting(gold), _Waiting(predicted)
    found = matching.spans(golds.spans, guesses.spans)
    for span in found.equal:
        yield Beside(facet, "correct", golds.take(span), guesses.take(span))
    kinds: tuple[tuple[Kind, list[tuple[Span, Span]]], ...] = (
        ("type", found.typed), ("boundary", found.moved), ("both", found.both),
    )  # fmt: skip
    for kind, pairs in kinds:
        for one, other in pairs:
            yield Beside(facet, kind, golds.take(one), guesses.take(other))
    for span in found.missed:
        yield Beside(facet, "missed", golds.take(span), None)
    for span in found.spurious:
        yield Beside(facet, "spurious", None, guesses.take(span))


class _Waiting:
    """What is shown of some spans, each taken once."""

    def __init__(self, said: Iterable[Said]) -> None:
        self.left: dict[Span, list[Shown]] = defaultdict(list)
        for span, shown in said:
            self.left[span].append(shown)
        self.spans = [span for span, each in self.left.items() for _ in each]

    def take(self, span: Span) -> Shown:
        return self.left[span].pop()
