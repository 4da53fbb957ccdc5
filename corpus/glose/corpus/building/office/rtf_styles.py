"""What the styles of an RTF file make of its paragraphs."""

from __future__ import annotations

import re

from glose.corpus.building.office.docx_styles import TYPES

#: How long a chain of styles may be.
_CHAIN = 20


class Styles:
    """The styles of a file by their numbers, gathered from its table of styles."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._bases: dict[int, int] = {}
        self._levels: dict[int, int] = {}
        self._number = 0

    def follow(self, word: str, number: int) -> None:
        """Follow a control word in the table of styles."""
        if word == "s":
            self._number = number
        elif word == "sbasedon":
            self._bases[self._number] = number
        elif word == "outlinelevel":
            self._levels[self._number] = number

    def end(self, name: str) -> None:
        """End the style that is open, which has a name."""
        name = re.split("[;,]", name)[0].strip().lower()
        if name:
            self._names[self._number] = name
        self._number = 0

    def type(self, style: int, level: int | None, *, item: bool) -> str:
        """Return the type of a paragraph of a style and outline level, which may be of a list."""
        if level is not None and 0 <= level < 9:
            return "heading"
        for _ in range(_CHAIN):
            for name, type_ in TYPES:
                if name.fullmatch(self._names.get(style, "")):
                    return type_
            if self._levels.get(style, 9) < 9:
                return "heading"
            if style not in self._bases:
                break
            style = self._bases[style]
        return "item" if item else "paragraph"
