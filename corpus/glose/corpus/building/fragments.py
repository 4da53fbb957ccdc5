"""Markup to blocks: all of its text, in order, each block with its XPath.

Nothing is taken for navigation here: this is for what is known to be the text of a document, such
as an item of a feed or a chapter. Pages of the web go through glose.corpus.building.html.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from glose.corpus.building.drafts import Blocks
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.vocabularies import HTML, Vocabulary
from glose.corpus.formats.markup import Element, local

#: How deep elements may stand in each other.
DEEPEST = 200
#: What may stand in a cell of a table of data; a table with more only lays out a page.
_APART = frozenset(("table", "p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "pre"))

#: What begins like the HTML of a text.
BLOCKS = re.compile(
    r"\s*<(?:!doctype|html|body|article|section|div|p|h[1-6]|ul|ol|table|blockquote|figure|span)\b",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r" ?\n ?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def is_markup(text: str) -> bool:
    """Say if a text has tags or entities of HTML."""
    return bool(_TAG.search(text))


def parsed(markup: str) -> Element | None:
    """Return the element `html` of HTML, a whole page or a part of one; `None` if it is empty."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    data = _DECLARATION.sub("", markup, count=1).replace("\0", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        return None


def walked(markup: str, src: str = "") -> Walk:
    """Return the blocks of HTML; `src` is where the HTML stands, to which the XPaths are added."""
    walk = Walk(HTML, f"{src}; " if src else "")
    root = parsed(markup)
    if root is not None:
        walk.take(root, "/html")
    return walk


class Walk:
    """A walk through elements that puts their text into `blocks`.

    `before` stands before each XPath. `left` names what has no text, such as images.
    """

    def __init__(self, vocabulary: Vocabulary, before: str = "") -> None:
        self.blocks = Blocks()
        self.left: list[str] = []
        self._words = vocabulary
        self._before = before
        self._running: list[str] = []
        self._type = "paragraph"
        self._path = ""

    def take(self, element: Element, path: str, type_: str = "paragraph") -> None:
        """Take an element and all that is in it; loose text is of the type."""
        self._type, self._path = type_, path
        self._take(element, path, 0)
        self._flush()

    def _take(self, element: Element, path: str, depth: int) -> None:
        if depth > DEEPEST:
            raise RejectError(f"elements stand more than {DEEPEST} deep; expected a document")
        name, words = local(element), self._words
        if name in words.left:
            self.left.append(words.left[name])
        elif name in words.breaks:
            self._running.append("\n")
        elif name in words.verbatim:
            self._whole("code", "".join(element.itertext()), path)
        elif name in words.tables and self._is_data(element):
            for child, below in children(element, path):
                if self._is_caption(child):
                    self._block(child, below, "caption", depth + 1)
            self._whole("table", self._table(element), path)
        elif name in words.blocks:
            self._block(element, path, words.blocks[name], depth)
        elif name and name not in words.aside:
            self._inside(element, path, depth)

    def _block(self, element: Element, path: str, type_: str, depth: int) -> None:
        self._flush()
        before = self._type, self._path
        # A paragraph of a quotation or an item is one of it.
        self._type = self._type if type_ in {"", "paragraph"} else type_
        self._path = path
        self._inside(element, path, depth)
        self._flush()
        self._type, self._path = before

    def _inside(self, element: Element, path: str, depth: int) -> None:
        self._running.append(_flat(element.text))
        for child, below in children(element, path):
            self._take(child, below, depth + 1)
            self._running.append(_flat(child.tail))

    def _whole(self, type_: str, text: str, path: str) -> None:
        self._flush()
        self.blocks.add(type_, text.strip("\n"), f"{self._before}xpath={path}")

    def _flush(self) -> None:
        text = lines("".join(self._running))
        self._running.clear()
        self.blocks.add(self._type, text, f"{self._before}xpath={self._path}")

    def _is_data(self, table: Element) -> bool:
        """Say if all text of a table runs on in its cells and its caption."""
        cells = [cell for cell in table.iter() if local(cell) in self._words.cells]
        if any(local(inner) in _APART for cell in cells for inner in cell.iter()):
            return False
        taken = self._table(table) + "".join(
            "".join(child.itertext()) for child in table if self._is_caption(child)
        )
        return _size(taken) == _size("".join(table.itertext()))

    def _is_caption(self, element: Element) -> bool:
        return self._words.blocks.get(local(element)) == "caption"

    def _table(self, table: Element) -> str:
        """Return the rows of a table as lines, their cells parted by tabs."""
        rows = (row for row in table.iter() if local(row) in self._words.rows)
        return "\n".join(self._row(row) for row in rows)

    def _row(self, row: Element) -> str:
        return "\t".join(
            _SPACE.sub(" ", "".join(cell.itertext())).strip(" ")
            for cell in row
            if local(cell) in self._words.cells
        )


def children(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """Yield the children of an element with their XPaths, in local names."""
    names = [local(child) for child in element]
    totals, counts = Counter(names), Counter[str]()
    for child, name in zip(element, names, strict=True):
        counts[name] += 1
        yield child, f"{path}/{name}[{counts[name]}]" if totals[name] > 1 else f"{path}/{name}"


def lines(text: str) -> str:
    """Return a text with single blanks, and none at the ends of its lines."""
    return _LINE_END.sub("\n", re.sub(" {2,}", " ", text)).strip(" \n")


def _size(text: str) -> int:
    return len("".join(text.split()))


def _flat(text: str | None) -> str:
    """Return running text with a blank for any white space; no-break spaces stay."""
    return _SPACE.sub(" ", text or "")
