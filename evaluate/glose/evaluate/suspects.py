"""Suspects: places at which gold may be wrong, what speaks against it, and what that weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from glose.corpus.document import Document
from glose.evaluate.mistakes import context
from glose.evaluate.results import Item, Plain

Layer: TypeAlias = Literal["entity", "trigger", "argument", "relation", "coreference"]
Kind: TypeAlias = Literal[
    "missing",
    "type",
    "role",
    "boundary",
    "superfluous",
    "filler type",
    "required role",
    "separate",
    "together",
    "mixed types",
]

#: Who speaks against gold: systems, the same words elsewhere, the ends of words, a model, the
#: schema, and what types other clusters have.
Witness: TypeAlias = Literal["systems", "strings", "ends", "model", "schema", "types"]

#: What a witness says for a proposal: the weight, and the words.
Saying: TypeAlias = tuple[float, str]

#: How much each witness can weigh: all systems, one system alone, the same words, the model, the
#: schema, the ends of words.
SYSTEMS, ALONE, STRINGS, MODEL, SCHEMA, ENDS = 0.9, 0.5, 0.6, 0.6, 0.7, 0.7

#: That gold has too much weighs half: what is found by none, or marked here only, may be hard.
ABSENT = 0.5

#: A model has to find another label this much likelier than gold's.
MARGIN = 0.3

NOTHING = "(none)"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A place at which gold may be wrong: what it has, what is proposed, and why.

    `score` is between 0 and 1 and orders what to look at first; it is no probability. `evidence`
    has a line for each witness. Of coreference, `proposed` is the mention that is or is not meant
    too.
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


def together(weights: Sequence[float]) -> float:
    """Return what weights are together: more than each, and never more than 1."""
    left = 1.0
    for weight in weights:
        left *= 1 - weight
    return 1 - left


def weighed(agree: int, systems: int) -> float:
    """Return what it weighs that so many systems agree: nothing unless more than half do.

    One system alone may be wrong; each that agrees with it makes that less likely.
    """
    if 2 * agree <= systems:
        return 0.0
    share = agree / systems
    return share * (SYSTEMS - (SYSTEMS - ALONE) / agree)


@dataclass(frozen=True, slots=True)
class Held:
    """A document of gold, and those of the systems that annotated what is looked at."""

    gold: Document
    systems: tuple[Document, ...]

    @classmethod
    def of(cls, gold: Document, others: Sequence[Document], *lists: str) -> Held | None:
        """Return a document with the systems that annotated some lists; `None` if gold did not."""
        if not set(lists) <= set(gold.status.annotated):
            return None
        return cls(gold, tuple(e for e in others if set(lists) <= set(e.status.annotated)))

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.gold.text or ""


@dataclass(slots=True)
class Accused:
    """What gold has at a place, what is proposed instead, and what each witness says for it."""

    kind: Kind
    gold: Item | None
    proposed: Item | None
    said: dict[Witness, Saying] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The weight of all witnesses together."""
        return together([weight for weight, _ in self.said.values()])


class Accusations:
    """The suspects of one layer of a document, each proposal once, whoever makes it."""

    def __init__(self, held: Held, layer: Layer) -> None:
        self.held, self.layer = held, layer
        self.found: dict[tuple[Kind, Item | None, Item | None], Accused] = {}

    def add(
        self, kind: Kind, gold: Item | None, proposed: Item | None, witness: Witness,
        weight: float, words: str,
    ) -> None:  # fmt: skip
        """Add what a witness says, if it weighs anything; of what it says twice the heavier."""
        if weight > 0:
            case = self.found.setdefault((kind, gold, proposed), Accused(kind, gold, proposed))
            case.said[witness] = max(case.said.get(witness, (0.0, "")), (weight, words))

    def suspects(self) -> Iterator[Suspect]:
        """Yield the suspects; of several proposals for one item of gold the likeliest."""
        best: dict[Item | None, list[Accused]] = defaultdict(list)
        for case in self.found.values():
            best[case.gold].append(case)
        for gold, cases in best.items():
            if gold is None:
                yield from map(self._suspect, cases)
            else:
                yield self._suspect(max(cases, key=lambda each: each.score))

    def _suspect(self, case: Accused) -> Suspect:
        items = case.gold, case.proposed
        return Suspect(
            self.held.gold.id, self.layer, case.kind, *items, round(case.score, 6),
            tuple(words for _, words in case.said.values()), context(self.held.text, *items),
        )  # fmt: skip


def quoted(words: str) -> str:
    r"""Return words as they stand, in quotation marks, with a plain blank for each white space.

    >>> print(quoted("2\xa0600 km"), quoted("d'Alep"))
    '2 600 km' "d'Alep"
    """
    mark = '"' if "'" in words else "'"
    shown = (" " if c.isspace() else c if c.isprintable() else repr(c)[1:-1] for c in words)
    return f"{mark}{''.join(shown)}{mark}"


def share(times: int, total: int) -> float:
    """Return what it weighs that something is so in so many of all places; little of few."""
    return times / total * (1 - 1 / (times + 1)) if total else 0.0
