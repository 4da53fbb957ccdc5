"""What the store answers to an operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from glose.annotate.store.operations import Entry


@dataclass(frozen=True, slots=True)
class Accepted:
    """The operation is on the disk, as the one that made `revision`; `again`: it was before."""

    revision: int
    warnings: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """The record is not as the operation takes it to be; `entries` are those since its base."""

    revision: int
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The operation breaks a rule; `what` is one line."""

    what: str


Answer: TypeAlias = Accepted | Conflict | Refused
