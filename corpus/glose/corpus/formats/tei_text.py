"""The text of a TEI document: which elements are lines, which are no text at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from glose.corpus.formats.flow import Flow
from glose.corpus.formats.inline import XML
from glose.corpus.formats.markup import Element, local

#: Elements that are a segment each, and its type where that is not their name.
SEGMENTS = {
    "p": "paragraph", "head": "title", "l": "line", "ab": "ab", "item": "item", "cell": "cell",
    "speaker": "speaker", "stage": "stage", "trailer": "trailer", "opener": "opener",
    "closer": "closer", "salute": "salute", "signed": "signed", "dateline": "dateline",
    "byline": "byline", "argument": "argument", "titlePart": "title", "docAuthor": "author",
    "docDate": "date", "docImprint": "imprint", "note": "note", "s": "sentence",
}  # fmt: skip
#: Elements that begin a line, beside those that are segments (a sentence does not).
_LINES = frozenset({
    "text", "front", "body", "back", "group", "div", "div1", "div2", "div3", "div4", "div5", "lg",
    "list", "table", "row", "sp", "quote", "figure", "epigraph", "titlePage", "docTitle",
    "floatingText", "postscript", *SEGMENTS,
}) - {"s"}  # fmt: skip
#: Elements whose text is none of the document, or another reading of what stands beside it.
_ASIDE = frozenset({
    "teiHeader", "standOff", "fw", "figDesc", "gap", "del", "surplus", "sic", "orig", "abbr",
    "listPerson", "listPlace", "listOrg", "index", "certainty",
})  # fmt: skip
#: What may be broken within a word.
_BREAKS = frozenset({"lb", "pb", "cb", "gb", "milestone"})
_READINGS = {"sic": "corr", "orig": "reg", "abbr": "expan", "del": "add"}


@dataclass(slots=True)
class Text:
    """The text of an element of TEI: a flow, and the paths of the elements that are segments."""

    keep_notes: bool
    flow: Flow = field(default_factory=Flow)
    paths: dict[Any, str] = field(default_factory=dict)
    notes: int = 0
    _waiting: list[tuple[Any, str]] = field(default_factory=list)

    def take(self, element: Element, path: str) -> None:
        """Take the text of an element and of all inside it."""
        name = local(element)
        if name in _BREAKS:
            self._break(element, name)
        elif name and self._is_text(element, name):
            self._element(element, name, path)

    def _break(self, element: Element, name: str) -> None:
        if element.get("break") == "no":
            self.flow.glue()
        elif name == "lb":
            self.flow.add(" ")

    def _is_text(self, element: Element, name: str) -> bool:
        if name not in _ASIDE:
            return True
        # One reading alone is the text, whatever it is; of two the second is.
        parent = element.getparent()
        other = _READINGS.get(name)
        lone = other and parent is not None and local(parent) == "choice" and len(parent) == 1
        free = name in {"sic", "orig", "abbr"} and (parent is None or local(parent) != "choice")
        return bool(lone or free)

    def _element(self, element: Element, name: str, path: str) -> None:
        if name in _LINES:
            self.flow.end_line()
        place = self.flow.begin(element)
        if name in SEGMENTS:
            self.paths[element] = path
        self.flow.add(element.text)
        for child, below in _children(element, path):
            if local(child) == "note" and name != "note":
                self._note(child, below)
            else:
                self.take(child, below)
            self.flow.add(child.tail)
        self.flow.finish(place)
        if name in _LINES:
            self.flow.end_line()
            waiting, self._waiting = self._waiting, []
            for note, below in waiting:
                self.take(note, below)

    def _note(self, element: Element, path: str) -> None:
        """Keep a note for after the line that it is a note to, or leave it out."""
        if self.keep_notes:
            self._waiting.append((element, path))
        else:
            self.notes += 1


def _children(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Yield the children of an element with their XPaths; a comment has text around it only."""
    counts: Counter[str] = Counter()
    for child in element:
        name = local(child)
        counts[name] += 1
        yield child, f"{path}/{name}[{counts[name]}]"


def identifier(element: Element) -> str | None:
    """Return the `xml:id` of an element."""
    found: str | None = element.get(f"{XML}id")
    return found
