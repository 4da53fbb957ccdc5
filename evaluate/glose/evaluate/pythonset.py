"""In which order CPython 2.7 goes through a set of tuples of strings.

EvmEval hands its links on in this order, and which of them are thought to follow from others
depends on it. Hashes are those of a 64-bit build without `-R`, as it is by default.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

Item = TypeVar("Item", bound=tuple[str, ...])

#: Places of a table, each free or with an item and its hash.
Table: TypeAlias = list[tuple[int, Item] | None]

_WORD = 2**64 - 1


def ordered(items: Iterable[Item]) -> list[Item]:
    """Return what a set gives when these were put in, one after the other.

    >>> ordered([("E1", "E2"), ("E3", "E1"), ("E2", "E3"), ("E1", "E2")])
    [('E3', 'E1'), ('E1', 'E2'), ('E2', 'E3')]
    """
    table: Table[Item] = [None] * 8
    used = 0
    for item in items:
        place = _place(table, hashed(item), item)
        if table[place] is None:
            table[place] = hashed(item), item
            used += 1
            if used * 3 >= len(table) * 2:
                table = _grown(table, used)
    return [entry[1] for entry in table if entry is not None]


def _grown(table: Table[Item], used: int) -> Table[Item]:
    size, wanted = 8, used * (2 if used > 50_000 else 4)
    while size <= wanted:
        size *= 2
    grown: Table[Item] = [None] * size
    for entry in table:
        if entry is not None:
            grown[_place(grown, *entry)] = entry
    return grown


def _place(table: Table[Item], number: int, item: Item) -> int:
    """Return where an item stands, or the free place where it would be put."""
    mask = len(table) - 1
    place = number & mask
    perturb = number
    while (entry := table[place & mask]) is not None and entry != (number, item):
        place = place * 5 + perturb + 1
        perturb >>= 5
    return place & mask


def hashed(item: tuple[str, ...]) -> int:
    """Return the hash of a tuple of strings, as an unsigned number."""
    found, factor = 0x345678, 1_000_003
    for left, part in zip(range(len(item) - 1, -1, -1), item, strict=True):
        found = ((found ^ _string(part)) * factor) & _WORD
        factor += 82_520 + 2 * left
    found = (found + 97_531) & _WORD
    return found if found != _WORD else _WORD - 1


def _string(text: str) -> int:
    data = text.encode()
    if not data:
        return 0
    found = data[0] << 7
    for byte in data:
        found = ((1_000_003 * found) ^ byte) & _WORD
    found ^= len(data)
    return found if found != _WORD else _WORD - 1
