"""What the styles of a DOCX file make of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from glose.corpus.formats.markup import Element, local

#: Types of segments by the names of styles, which Word writes in English in every language.
TYPES = (
    (re.compile(r"title"), "title"),
    (re.compile(r"subtitle|heading \d|toc heading"), "heading"),
    (re.compile(r"(?:intense )?quote|block text"), "quote"),
    (re.compile(r"caption"), "caption"),
    (re.compile(r"list (?:bullet|number)(?: \d)?"), "item"),
    (re.compile(r"html preformatted|macro text|source code"), "code"),
    (re.compile(r"toc \d|table of figures|table of authorities"), "contents"),
)
#: How long a chain of styles may be.
_CHAIN = 20


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str | None
    properties: Any


class Styles:
    """The paragraph styles of a document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: Mapping[str, _Style] = {
            value(style, "styleId"): _Style(
                value(child(style, "name")).lower(),
                value(child(style, "basedOn")) or None,
                child(style, "pPr"),
            )
            for style in (root if root is not None else ())
            if local(style) == "style"
        }

    def type(self, properties: Element | None) -> str:
        """Return the type of a paragraph by its properties: the element `pPr`."""
        style: str | None = value(child(properties, "pStyle"))
        item = _own(properties) == "item"
        if _own(properties) == "heading":
            return "heading"
        for _ in range(_CHAIN):
            found = self._styles.get(style or "")
            if found is None:
                break
            for name, type_ in TYPES:
                if name.fullmatch(found.name):
                    return "item" if item and type_ == "code" else type_
            own = _own(found.properties)
            if own == "heading":
                return own
            item = item or own == "item"
            style = found.base
        return "item" if item else "paragraph"


def _own(properties: Element | None) -> str | None:
    """Return what properties say by themselves: an outline level, or a number of a list."""
    level = value(child(properties, "outlineLvl"))
    if level.isdigit() and int(level) < 9:  # 9 is body text
        return "heading"
    number = value(child(child(properties, "numPr"), "numId"))
    return "item" if number not in {"", "0"} else None


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name, `None` of none."""
    if element is None:
        return None
    return next((found for found in element if local(found) == name), None)


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute by its local name, `""` of none."""
    if element is None:
        return ""
    found = (text for key, text in element.attrib.items() if key.rsplit("}", 1)[-1] == name)
    return next(found, "")


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value(element) not in {"0", "false", "off"}
