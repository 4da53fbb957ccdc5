"""Running text out of elements: white space as it is read, blocks on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from glose.corpus.formats.markup import Element

#: White space of XML; a no-break space is none, and stays.
_PIECES = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")


@dataclass(slots=True)
class Place:
    """Where an element is in the text; `start` is `None` until a character of it is there."""

    element: Any
    start: int | None = None
    end: int = 0


@dataclass(slots=True)
class Flow:
    """A text that grows, and the places of elements in it, in the order in which they began.

    A run of white space is one blank, none at the beginning or end of a line. What is marked
    begins and ends at characters that are no white space.
    """

    places: list[Place] = field(default_factory=list)
    size: int = 0
    _pieces: list[str] = field(default_factory=list)
    _gap: str = ""
    _glued: bool = False
    _open: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text so far."""
        return "".join(self._pieces)

    def add(self, text: str | None) -> None:
        """Add text, with its white space made one blank."""
        for piece in _PIECES.findall((text or "").replace("\ufeff", "")):
            if not piece.isspace() or "\u00a0" in piece:
                self._put(piece)
            elif not self._glued:
                self._gap = self._gap or " "

    def _put(self, word: str) -> None:
        gap = self._gap if self.size else ""
        self._gap, self._glued = "", False
        self._pieces += [gap, word]
        for place in self._open:
            place.start = self.size + len(gap)
        self._open.clear()
        self.size += len(gap) + len(word)

    def end_line(self) -> None:
        """Let what follows begin on a new line."""
        self._gap, self._glued = "\n", False

    def glue(self) -> None:
        """Let what follows be of the same word, whatever white space is in between."""
        if self._gap != "\n":
            self._gap, self._glued = "", True

    def begin(self, element: Element) -> Place:
        """Mark that an element begins with the next character."""
        place = Place(element)
        self.places.append(place)
        self._open.append(place)
        return place

    def finish(self, place: Place) -> None:
        """Mark that an element ends; one without a character has no start."""
        if place.start is None:
            self._open.remove(place)
        place.end = self.size

    def found(self) -> Iterator[tuple[Any, int, int]]:
        """Yield the elements that have text, with their spans."""
        for place in self.places:
            if place.start is not None and place.start < place.end:
                yield place.element, place.start, place.end
