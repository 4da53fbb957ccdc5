"""What each repair would give, of several systems side by side: tables and charts of repairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from glose.evaluate import charts
from glose.evaluate.boards import HEADLINES
from glose.evaluate.repairing import Mended, Repairs


@dataclass(frozen=True, slots=True)
class Gain:
    """What one kind of error costs a system: how many there are, and F1 without them.

    `after` is F1 with all kinds before mended too. What is not defined is `None`.
    """

    errors: int
    f1: float | None
    gain: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Remedies:
    """The errors of one layer by kind, and what it would give to mend each.

    `f1` is that of each system as it is, `None` where it was not scored; `rows` are a kind with a
    gain for each system.
    """

    layer: str
    metric: str
    systems: tuple[str, ...]
    f1: tuple[float | None, ...]
    rows: tuple[tuple[str, tuple[Gain | None, ...]], ...]

    @property
    def chart(self) -> Markup:
        """The gains as a picture, in points of F1."""
        kinds = [kind for kind, _ in self.rows]
        series = {
            name: [
                cell.gain if (cell := cells[number]) and cell.errors else None
                for _, cells in self.rows
            ]
            for number, name in enumerate(self.systems)
        }
        return charts.gains(f"Points of {self.metric} that each repair gives", kinds, series)


def remedies(names: Sequence[str], repairs: Sequence[Repairs | None]) -> list[Remedies]:
    """Return the repairs of several systems by layer; those of one system may be missing.

    A layer is told by its first metric that stands at the top of the page, or else its first.
    """
    layers = [{each.layer: each for each in found.layers} if found else {} for found in repairs]
    return [
        _remedies(layer, names, [found.get(layer) for found in layers])
        for layer in dict.fromkeys(layer for found in layers for layer in found)
    ]


def _remedies(layer: str, names: Sequence[str], found: Sequence[Mended | None]) -> Remedies:
    there = [name for each in found if each for name in each.f1]
    metric = next((name for name in HEADLINES if name in there), there[0])
    told = [repair for each in found if each for repair in each.repairs]
    there_are = {repair.kind for repair in told if repair.errors} - {"correct"}
    kinds = [kind for kind in dict.fromkeys(each.kind for each in told) if kind in there_are]
    rows = tuple((kind, tuple(_gain(each, kind, metric) for each in found)) for kind in kinds)
    f1 = tuple(each.f1.get(metric) if each else None for each in found)
    return Remedies(layer, metric, tuple(names), f1, rows)


def _gain(mended: Mended | None, kind: str, metric: str) -> Gain | None:
    repair = next((r for r in mended.repairs if r.kind == kind), None) if mended else None
    if mended is None or repair is None or metric not in mended.f1:
        return None
    before, alone = mended.f1[metric], repair.alone.get(metric)
    gain = None if before is None or alone is None else alone - before
    return Gain(repair.errors, alone, gain, repair.after.get(metric))
