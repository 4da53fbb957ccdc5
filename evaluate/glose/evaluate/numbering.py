"""The order in which a file listed its items, told from ids with numbers: T1, T2, ... T10.

Records are sorted by place, so a protocol whose reference goes through the items of a file as they
come takes the order of their ids.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

#: Words and numbers by turns; a word comes first, and may be empty.
Key: TypeAlias = tuple[str | int, ...]

_NUMBERS = re.compile(r"([0-9]+)")


@lru_cache(maxsize=1 << 14)
def natural(name: str) -> Key:
    """Return what to sort an id by, so that its numbers count as numbers.

    >>> sorted(["T10", "T9", "E1"], key=natural)
    ['E1', 'T9', 'T10']
    """
    parts = _NUMBERS.split(name)
    # Read with base 16 digits stand in the same order, and no number is too long to be read.
    return tuple(int(part, 16) if number % 2 else part for number, part in enumerate(parts))
