"""Text with annotation in it: the words of an XML element, and where its elements stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from glose.corpus.document import Pair
from glose.corpus.formats.markup import Element, local

#: The name of an attribute that XML itself has.
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(slots=True)
class Inline:
    """The text of an element, and its elements in document order, each with its place."""

    elements: list[tuple[Any, int, int]] = field(default_factory=list)
    size: int = 0
    _pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text so far, with LF line ends and no byte order mark at its beginning."""
        return "".join(self._pieces)

    def add(self, text: str | None) -> None:
        """Add text."""
        if text:
            plain = text.replace("\r\n", "\n").replace("\r", "\n")
            plain = plain if self.size else plain.lstrip("\ufeff")
            self._pieces.append(plain)
            self.size += len(plain)


def gathered(element: Element, wanted: Callable[[str], bool] = lambda _: True) -> Inline:
    """Return the text of an element as it stands there.

    Of elements inside it whose local name is not wanted, neither text nor place is taken.
    """
    found = Inline()
    _take(element, wanted, found)
    return found


def _take(element: Element, wanted: Callable[[str], bool], found: Inline) -> None:
    number, start = len(found.elements), found.size
    found.elements.append((element, start, start))
    found.add(element.text)
    for child in element:
        name = local(child)
        if name and wanted(name):
            _take(child, wanted, found)
        found.add(child.tail)
    found.elements[number] = element, start, found.size


def text_of(element: Element) -> str:
    """Return the text of an element with that of all inside it, but for comments."""
    return gathered(element).text


def named(element: Element) -> dict[str, str]:
    """Return the attributes of an element that say something, by local name."""
    return {name.rsplit("}", 1)[-1]: value for name, value in element.attrib.items() if value}


def trimmed(text: str, start: int, end: int) -> Pair | None:
    """Return a span without white space at its ends; `None` if nothing is left.

    >>> trimmed("a b ", 1, 4)
    (2, 3)
    """
    words = text[start:end]
    bare = words.strip()
    if not bare:
        return None
    first = start + words.index(bare)
    return first, first + len(bare)
