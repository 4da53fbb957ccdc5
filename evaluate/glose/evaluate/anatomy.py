"""What went wrong, in figures: how items divide into kinds of mistakes, and what was confused."""

from __future__ import annotations

from dataclasses import dataclass, field

from glose.evaluate.results import KINDS, Confusion, Errors, Kind


@dataclass(frozen=True, slots=True)
class Anatomy:
    """How the items of one layer of one system divide into correct and each kind of mistake."""

    system: str
    layer: str
    counts: tuple[tuple[Kind, int], ...]
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(count for _, count in self.counts))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Gold types down, predicted types across; the last column is missed, the last row spurious.

    `shades[i][j]` is the share of its gold type that a cell holds, from 0 to 1.
    """

    system: str
    layer: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], tuple[float, ...]], ...]


def anatomy(name: str, errors: Errors) -> list[Anatomy]:
    """Return how the items of each layer divide, kinds in the order of `KINDS`."""
    layers = dict.fromkeys(layer for layer, _ in errors.counts)
    return [
        Anatomy(
            name,
            layer,
            tuple(
                (kind, errors.counts[layer, kind])
                for kind in KINDS
                if errors.counts.get((layer, kind))
            ),
        )
        for layer in layers
    ]


def matrix(name: str, confusion: Confusion) -> Matrix:
    """Return a confusion table with its margins: missed as a column, spurious as a row."""
    columns: tuple[str | None, ...] = (*confusion.types, None)
    rows = []
    for gold in columns:
        counts = tuple(confusion.cells.get((gold, predicted), 0) for predicted in columns)
        total = sum(counts)
        shades = tuple(count / total if total else 0.0 for count in counts)
        rows.append(("spurious" if gold is None else gold, counts, shades))
    return Matrix(name, confusion.layer, (*confusion.types, "missed"), tuple(rows))


def wrong(errors: Errors) -> int:
    """Return how many items are not correct."""
    return sum(number for (_, kind), number in errors.counts.items() if kind != "correct")
