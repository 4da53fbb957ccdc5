"""Signatures: what somebody else needs to know to get the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version

_SIZE = 16
_ALL = 1 << 8 * _SIZE


@dataclass(slots=True)
class Print:
    """The fingerprint of a set of documents: it adds up, and their order does not matter.

    Each document is hashed by the bytes of its line, and the hashes are added modulo 2**128.
    """

    total: int = 0

    @classmethod
    def of(cls, line: bytes) -> Print:
        """Return the fingerprint of one document."""
        return cls(_hashed(line))

    def add(self, line: bytes) -> None:
        """Add a document."""
        self.total = (self.total + _hashed(line)) % _ALL

    def merge(self, other: Print) -> None:
        """Add the documents of another fingerprint."""
        self.total = (self.total + other.total) % _ALL

    def __str__(self) -> str:
        return f"{self.total:0{2 * _SIZE}x}"


def _hashed(line: bytes) -> int:
    return int.from_bytes(sha256(line.rstrip(b"\r\n")).digest()[:_SIZE])


def sign(fields: Iterable[tuple[str, object]]) -> str:
    """Return a signature: the version of glose, then `name:value` of each field, between bars.

    >>> sign([("protocol", "entities"), ("seed", 1)]).partition("|")[2]
    'protocol:entities|seed:1'
    """
    return extended(f"glose:{version('glose')}", fields)


def extended(signature: str, fields: Iterable[tuple[str, object]]) -> str:
    """Return a signature with further fields.

    >>> extended("glose:1", [("test", "permutation"), ("names", "a|b")])
    'glose:1|test:permutation|names:a/b'
    """
    parts = (f"{name}:{str(value).replace('|', '/')}" for name, value in fields)
    return "|".join([signature, *parts])
