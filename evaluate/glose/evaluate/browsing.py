"""Documents to look into: their texts, and what gold and each system have in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from glose.evaluate.alignment import parts
from glose.evaluate.beside import Beside, Facet
from glose.evaluate.facets import annotated, facets
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options
from glose.evaluate.projection import Cut, View, cut

#: So many code points are shown at most, of all documents together, and items of all systems.
TEXT = 1_000_000
ITEMS = 100_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document with what each system made of it; what is correct is there as well.

    `annotated` are the facets that gold and the system both have, a tuple for each system.
    """

    id: str
    language: str | None
    text: str
    systems: tuple[tuple[Beside, ...], ...]
    annotated: tuple[tuple[Facet, ...], ...]

    @property
    def items(self) -> int:
        """How many items there are, of all systems."""
        return sum(map(len, self.systems))


@dataclass(frozen=True, slots=True)
class Browsed:
    """The documents that can be looked into; `long` were left out, as they would be too much."""

    leaves: tuple[Leaf, ...] = ()
    long: int = 0


def browse(gold: Path, predicted: Sequence[Path], options: Options, documents: int) -> Browsed:
    """Return the first documents of gold with all that was annotated, by whatever they are scored.

    One with which their texts or items would be more than `TEXT` or `ITEMS` is left out.
    """
    lists = ((),) * (1 + len(predicted))
    found: list[Leaf] = []
    text, items, long = TEXT, ITEMS, 0
    read = (pairs(part, lists) for part in parts(gold, predicted, options.policy(gold)))
    for pair in islice(chain.from_iterable(read), documents):
        leaf = _leaf(pair, cut(options.depth)) if len(pair.gold.text or "") <= text else None
        if leaf is None or leaf.items > items:
            long += 1
            continue
        text, items = text - len(leaf.text), items - leaf.items
        found.append(leaf)
    return Browsed(tuple(found), long)


def _leaf(pair: Pair, cut: Cut) -> Leaf:
    gold = View(pair.gold, cut)
    systems = tuple(tuple(facets(gold, View(each, cut))) for each in pair.predicted)
    both = tuple(annotated(pair.gold, each) for each in pair.predicted)
    return Leaf(pair.gold.id, pair.gold.language, pair.gold.text or "", systems, both)
