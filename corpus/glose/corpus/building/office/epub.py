"""The chapters of an EPUB book, in the order of its spine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from glose.corpus.building import charset, fragments, trees
from glose.corpus.building.drafts import Part
from glose.corpus.building.fragments import Walk
from glose.corpus.building.office.packages import Package, resolved
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.vocabularies import HTML
from glose.corpus.errors import InputError, Place
from glose.corpus.formats import markup
from glose.corpus.formats.markup import Element, local

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_XHTML = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
#: Whole parts that are no text of the book, and elements that are none in it.
_PARTS_LEFT = frozenset(("toc", "cover", "landmarks", "page-list", "nav"))
_LEFT = frozenset(
    ("toc", "landmarks", "page-list", "noteref", "doc-noteref", "pagebreak", "doc-pagebreak",
     "backlink", "doc-backlink", "doc-toc", "index")
)  # fmt: skip
_NOTES = frozenset(
    ("footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "footnotes", "endnotes",
     "doc-endnotes")
)  # fmt: skip
_NAMED = re.compile(r"&(\w+;)")
_OWN = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a book that its spine names; `kinds` are what the book says that it is."""

    name: str
    kinds: frozenset[str]
    linear: bool


class Book:
    """The structure of a book: its metadata and its spine."""

    def __init__(self, package: Package) -> None:
        self.package = package
        files = trees.below(package.root(CONTAINER), "rootfiles", "rootfile")
        self.name = next((file.get("full-path", "") for file in files), "")
        if not self.name:
            raise RejectError(f"{CONTAINER} names no package; expected an EPUB book")
        self.root = package.root(self.name)
        self._refuse_locked()

    def _refuse_locked(self) -> None:
        """Refuse a book whose text is encrypted; fonts may be."""
        locks = self.package.found(_ENCRYPTION)
        if locks is None:
            return
        locked = {
            resolved("", element.get("URI", ""))
            for element in locks.iter()
            if local(element) == "CipherReference"
        }
        if any(item.name in locked for item in self.spine()):
            raise RejectError("the text of the book is encrypted (DRM); expected one without")

    def spine(self) -> list[Item]:
        """Return the parts in the order in which they are read, those beside the text last."""
        listed = {
            item.get("id"): item
            for item in trees.below(self.root, "manifest", "item")
            if item.get("media-type") in _XHTML
        }
        guide = {
            resolved(self.name, reference.get("href", "")): reference.get("type", "").lower()
            for reference in trees.below(self.root, "guide", "reference")
        }
        found = []
        for reference in trees.below(self.root, "spine", "itemref"):
            item = listed.get(reference.get("idref"))
            if item is not None:
                name = resolved(self.name, item.get("href", ""))
                kinds = {*item.get("properties", "").split(), guide.get(name, "")}
                found.append(Item(name, frozenset(kinds), reference.get("linear") != "no"))
        return sorted(found, key=lambda item: not item.linear)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a book as blocks; `left` is what becomes no text."""

    name: str
    walk: Walk
    parts: list[Part]


def chapters(book: Book) -> Iterator[Chapter | str]:
    """Yield the chapters of a book; of what is no text of it, what it is."""
    for item in book.spine():
        left = item.kinds & _PARTS_LEFT
        if left:
            yield _told(left)
            continue
        root = _parsed(book.package.data(item.name), item.name)
        body = next(trees.below(root, "body"), root)
        left = _kinds(body) & _PARTS_LEFT
        if left:
            yield _told(left)
        else:
            yield _chapter(root, item.name)


def _told(kinds: frozenset[str]) -> str:
    return "cover" if "cover" in kinds else "table of contents"


def _chapter(root: Element, name: str) -> Chapter:
    notes = []
    for element in list(root.iter("*")):
        kinds = _kinds(element)
        if kinds & _LEFT or element.get("hidden") is not None:
            _empty(element)
        elif kinds & _NOTES:
            notes.append(f"xpath={trees.path(element)}")
    walk = Walk(HTML, f"part={name}; ")
    walk.take(root, f"/{local(root)}")
    parts = [_as_note(part, notes) for part in walk.blocks.parts]
    return Chapter(name, walk, parts)


def _as_note(part: Part, notes: list[str]) -> Part:
    where = (part.src or "").split("; ")[-1]
    if any(where == note or where.startswith(f"{note}/") for note in notes):
        return Part("note", part.start, part.end, part.src)
    return part


def _kinds(element: Element) -> frozenset[str]:
    """Return what an element says that it is."""
    written = (
        element.get(key, "") for key in ("{http://www.idpf.org/2007/ops}type", "epub:type", "role")
    )
    return frozenset(" ".join(written).lower().split())


def _empty(element: Element) -> None:
    """Take out what is in an element; it stays itself, so that the others keep their places."""
    for child in list(element):
        element.remove(child)
    element.text = None


def _parsed(data: bytes, name: str) -> Element:
    """Return the root of a part; what is no XML is read as browsers read HTML."""
    text, _ = charset.decode(data, _declared(data))
    text = _DECLARATION.sub("", text, count=1)
    named = _NAMED.sub(lambda n: n[0] if n[1] in _OWN else html5.get(n[1], n[0]), text)
    try:
        return markup.root(named.encode("utf-8", "replace"), Place(name))
    except InputError as error:
        if "is not expanded" in error.what:
            raise RejectError(str(error)) from error
        root = fragments.parsed(text)
        if root is None:
            raise RejectError(str(error)) from error
        return root


def _declared(data: bytes) -> str | None:
    found = re.search(rb"<\?xml[^>]+?encoding\s*=\s*[\"']([\w:.-]+)", data[:200])
    return found[1].decode("ascii") if found else None
