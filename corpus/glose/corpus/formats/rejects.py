"""What could not be read of an input: told with its place, and set aside if somewhere is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import whole

#: How much of what was rejected is kept, in characters.
KEPT = 2000

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class MalformedError(GloseError):
    """One item of an input cannot be read; its text is the reason. The rest may be right."""


class Rejected(msgspec.Struct, frozen=True):
    """An item that could not be read: a line of the file of rejects.

    `line` counts from 1; it, `document` and `content` are `None` where there is none.
    """

    file: str
    line: int | None
    document: str | None
    reason: str
    content: str | None = None

    def __str__(self) -> str:
        return f"{Place(self.file, self.line, self.document)}: {self.reason}"


class Rejects:
    """What was rejected so far; the first ends the run unless they are to be set aside."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.found: list[Rejected] = []

    def add(self, place: Place, reason: str, content: object = None) -> None:
        """Set an item aside; raise `InputError` if there is nowhere to put it."""
        if self.path is None:
            raise InputError(place, f"{reason} (--rejects FILE sets such items aside)")
        kept = None if content is None else str(content)[:KEPT]
        self.found.append(Rejected(place.source, place.line, place.id, reason, kept))

    def aside(self, place: Place, content: object = None) -> Aside:
        """Set an item aside if it turns out to be malformed in the block that reads it."""
        return Aside(self, place, content)

    def sound(
        self, place: Place, found: Iterable[_Item], make: Callable[[_Item], _Made]
    ) -> Iterator[_Made]:
        """Yield what is made of each item; one that turns out to be malformed is set aside."""
        for item in found:
            with self.aside(place, item):
                yield make(item)

    def write(self) -> None:
        """Write what was rejected, a JSON object a line, if there is a place for it."""
        if self.path is not None:
            with whole(self.path) as stream:
                for rejected in self.found:
                    stream.write(msgspec.json.encode(rejected) + b"\n")


class Aside(AbstractContextManager["Aside"]):
    """What a generator would do as well, in a quarter of the time: it is entered for each item."""

    __slots__ = ("content", "place", "rejects")

    def __init__(self, rejects: Rejects, place: Place, content: object) -> None:
        self.rejects, self.place, self.content = rejects, place, content

    def of(self, document: str) -> Place:
        """Note of which document the item is, once that was read; return its place with it."""
        self.place = replace(self.place, id=document)
        return self.place

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, MalformedError):
            return False
        self.rejects.add(self.place, str(error), self.content)
        return True
