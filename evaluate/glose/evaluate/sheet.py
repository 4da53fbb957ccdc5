"""A table before it is written: columns, rows of texts and figures, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as people read it, and the numbers that it is made of, not rounded."""

    shown: str
    values: tuple[float | None, ...]


Cell: TypeAlias = str | Figure


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `names` are those of the numbers of its figures, where it holds several.

    Without names its figures have one number, called like the column. With `told` false it
    repeats what stands in the key of its rows.
    """

    head: str
    names: tuple[str, ...] = ()
    told: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `key` says by name what it is about, for readers who see no row around it.

    The first cell stands `indent` steps to the right, below what it is a part of.
    """

    cells: tuple[Cell, ...]
    key: Mapping[str, str]
    indent: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        """The cells as people read them, not indented."""
        return tuple(cell if isinstance(cell, str) else cell.shown for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below columns, the first `left` of them texts; `lines` are what a terminal shows.

    The first column is that of names: it is left out where rows are told by their keys. Lines are
    empty where a terminal shows the rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left: int = 1
    lines: tuple[str, ...] = ()

    def records(self) -> Iterator[dict[str, str | float | None]]:
        """Yield each row by the names of its keys and columns, numbers as they are."""
        for row in self.rows:
            record: dict[str, str | float | None] = dict(row.key)
            for column, cell in zip(self.columns, row.cells, strict=True):
                if column.told and isinstance(cell, Figure):
                    record.update(zip(column.names or (column.head,), cell.values, strict=True))
                elif column.told and column.head not in record and column is not self.columns[0]:
                    record[column.head] = str(cell)
            yield record


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tables and lines of text in their order, and the signature of what was measured."""

    blocks: tuple[Table | str, ...]
    signature: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
