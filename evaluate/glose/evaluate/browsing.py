"""Documents to look into: their texts, and the items of gold and of each system in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from glose.evaluate.alignment import parts
from glose.evaluate.mistakes import Layer, layers, mistakes
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import View
from glose.evaluate.results import Mistake

#: So many code points are shown at most, of all documents together, and items of all systems.
TEXT = 1_000_000
ITEMS = 60_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document with what each system made of it; what is correct is there as well."""

    id: str
    language: str | None
    text: str
    systems: tuple[tuple[Mistake, ...], ...]


def browse(
    gold: Path, predicted: Sequence[Path], options: Options, documents: int
) -> tuple[Leaf, ...]:
    """Return the first documents of gold, at most so many, with the items of all systems.

    There are fewer where their texts or items would be more than `TEXT` or `ITEMS`.
    """
    plan = Plan(chosen(options, gold, predicted), depth=options.depth)
    wanted = [layers(metrics) for metrics in plan.metrics]
    found: list[Leaf] = []
    text = items = 0
    for part in parts(gold, predicted, options.policy(gold)):
        for pair in pairs(part, plan.lists()):
            if len(found) == documents:
                return tuple(found)
            systems = _systems(pair, plan, wanted)
            text += len(pair.gold.text or "")
            items += sum(map(len, systems))
            if text > TEXT or items > ITEMS:
                return tuple(found)
            found.append(Leaf(pair.gold.id, pair.gold.language, pair.gold.text or "", systems))
    return tuple(found)


def _systems(
    pair: Pair, plan: Plan, wanted: Sequence[Sequence[Layer]]
) -> tuple[tuple[Mistake, ...], ...]:
    """Return the items of each system, in the layers that it was scored by."""
    gold = View(pair.gold, plan.cut)
    views = (View(each, plan.cut) for each in pair.predicted)
    return tuple(
        tuple(mistake for layer in each for mistake in mistakes(layer, gold, view))
        for view, each in zip(views, wanted, strict=True)
    )
