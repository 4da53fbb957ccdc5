"""The order in which a HashMap of Java goes through its keys, for references written in Java.

What such a program finds first depends on it where several things would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial

#: How many buckets an empty map begins with, and up to which share of them it is filled.
_BUCKETS, _LOAD = 16, 0.75


def order(keys: Iterable[str]) -> list[str]:
    """Return distinct keys in the order of `java.util.HashMap` (OpenJDK 8 and later).

    A key goes into a bucket by its hash; those of a bucket stand in the order of insertion. (From
    nine keys in one bucket on, Java keeps them in a tree; their order is then another.)

    >>> order(["R1", "R2", "R10", "R11"])
    ['R2', 'R10', 'R11', 'R1']
    """
    distinct = list(dict.fromkeys(keys))
    return sorted(distinct, key=partial(bucket, keys=len(distinct)))


@lru_cache(maxsize=1 << 14)
def bucket(key: str, keys: int) -> int:
    """Return the number of the bucket that a key goes into, in a map of so many keys.

    >>> bucket("R1", 4), bucket("R2", 4)
    (15, 0)
    """
    buckets = _BUCKETS
    while keys > _LOAD * buckets:
        buckets *= 2
    code = _code(key)
    return (code ^ code >> 16) & buckets - 1


def _code(key: str) -> int:
    """Return what `String.hashCode` gives, as 32 bits without a sign."""
    code = 0
    units = key.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        code = (31 * code + (high << 8 | low)) & 0xFFFFFFFF
    return code
