"""ODT to blocks: paragraphs, headings, lists, tables, notes and text boxes, changes accepted."""

from __future__ import annotations

import re
from typing import Any

from glose.corpus.building.fragments import children
from glose.corpus.building.office.flow import Flow, rows
from glose.corpus.building.office.odt_styles import Styles
from glose.corpus.formats.markup import local

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: The most times that a blank, row or cell is repeated: files say any number.
REPEATED = 1000

#: What has blocks in it, and is none itself.
_OPEN = frozenset(
    ("section", "text-box", "frame", "custom-shape", "g", "rect", "numbered-paragraph")
)
_TABLE_PARTS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
#: Declarations and the like, whose text is not shown.
_ASIDE = frozenset(
    ("sequence-decls", "variable-decls", "user-field-decls", "forms", "note-citation", "title",
     "desc", "binary-data", "hidden-text", "ruby-text", "event-listeners", "dde-connection-decls",
     "alphabetical-index-auto-mark-file", "hidden-paragraph", "script", "image-map")
)  # fmt: skip
#: What becomes no text, and how it is told.
_LEFT = {
    "annotation": "comment", "image": "image", "object": "embedded object",
    "object-ole": "embedded object", "plugin": "embedded object",
}  # fmt: skip
_INDEXES = frozenset(
    ("table-of-content", "illustration-index", "table-index", "object-index", "user-index",
     "alphabetical-index", "bibliography")
)  # fmt: skip
#: Blanks, tabs and line ends that are meant stand for themselves only after white space, which
#: is only how the file is written, has become single blanks.
_SIGNS = {"tab": "\x02", "line-break": "\x03"}
_MEANT = str.maketrans({"\x01": " ", "\x02": "\t", "\x03": "\n"})
_SPACE = re.compile(r"[ \t\r\n]+")


class Walk:
    """A walk through a document that puts its text into a flow."""

    def __init__(self, flow: Flow, styles: Styles) -> None:
        self._flow = flow
        self._styles = styles
        self._running: list[str] = []
        self._boxes: list[tuple[Any, str]] = []

    def take(self, element: Any, path: str, type_: str = "") -> None:  # noqa: ANN401
        """Take the blocks in an element; `type_` is what paragraphs are there."""
        for inner, below in children(element, path):
            name = local(inner)
            if name in {"p", "h"} and inner.tag.startswith(_TEXT):
                self._paragraph(inner, below, type_)
            elif name == "list":
                self._list(inner, below)
            elif name == "table":
                self._table(inner, below)
            elif name in _OPEN:
                self.take(inner, below, type_)
            else:
                self._leave(inner, name)

    def _leave(self, element: Any, name: str) -> None:  # noqa: ANN401
        """Note what becomes no text."""
        if name in _LEFT:
            self._flow.left.append(_LEFT[name])
        elif name in _INDEXES:
            self._flow.leave_contents()
        elif name == "tracked-changes":
            deleted = [change for change in element.iter() if local(change) == "deletion"]
            self._flow.left += ["tracked deletion"] * len(deleted)

    def _paragraph(self, element: Any, path: str, type_: str) -> None:  # noqa: ANN401
        found = self._styles.type(element)
        self._runs(element, path)
        text = _SPACE.sub(" ", "".join(self._running)).strip(" ").translate(_MEANT)
        self._running.clear()
        type_ = type_ if type_ and found == "paragraph" else found
        self._flow.add(type_, text.strip(" \t\n"), f"xpath={path}")
        boxes, self._boxes = self._boxes, []
        for box, where in boxes:
            self.take(box, where)

    def _runs(self, element: Any, path: str) -> None:  # noqa: ANN401
        """Take the running text in an element."""
        self._running.append(element.text or "")
        for inner, below in children(element, path):
            name = local(inner)
            if name == "s":
                self._running.append("\x01" * _repeated(inner.get(f"{_TEXT}c")))
            elif name in _SIGNS:
                self._running.append(_SIGNS[name])
            elif name == "note":
                self._note(inner, below)
            elif name in {"frame", "custom-shape", "g"}:
                self._frame(inner, below)
            elif name in _LEFT:
                self._flow.left.append(_LEFT[name])
            elif name and name not in _ASIDE:
                self._runs(inner, below)
            self._running.append(inner.tail or "")

    def _note(self, element: Any, path: str) -> None:  # noqa: ANN401
        inner = Flow(self._flow)
        for body, below in children(element, path):
            if local(body) == "note-body":
                Walk(inner, self._styles).take(body, below)
        self._flow.hang("note", "\n".join(inner.blocks.text.split("\n\n")), f"xpath={path}")

    def _frame(self, element: Any, path: str) -> None:  # noqa: ANN401
        """Note the text of a frame or a shape; one without is a picture."""
        if any(local(inner) == "p" for inner in element.iter()):
            self._boxes.append((element, path))
        else:
            self._flow.left.append("image")

    def _list(self, element: Any, path: str) -> None:  # noqa: ANN401
        for item, below in children(element, path):
            if local(item) in {"list-item", "list-header"}:
                self.take(item, below, "item")

    def _table(self, element: Any, path: str) -> None:  # noqa: ANN401
        """Take a table of data as one block; one that lays out the page, cell by cell."""
        table = [
            [self._cell(cell, where) for cell, where in _cells(row, below)]
            for row, below in _rows(element, path)
        ]
        flows = [cell for row in table for cell in row]
        if all(len(cell.blocks) <= 1 for cell in flows):
            text = rows([[cell.blocks.text for cell in row] for row in table])
            self._flow.add("table", text, f"xpath={path}")
            return
        for cell in flows:
            self._flow.blocks.extend(cell.blocks)
        self._flow.flush()

    def _cell(self, element: Any, path: str) -> Flow:  # noqa: ANN401
        flow = Flow(self._flow)
        Walk(flow, self._styles).take(element, path)
        return flow


def _rows(element: Any, path: str) -> list[tuple[Any, str]]:  # noqa: ANN401
    """Return the rows of a table, those of its head too."""
    found: list[tuple[Any, str]] = []
    for inner, below in children(element, path):
        if local(inner) == "table-row":
            found += [(inner, below)] * _repeated(inner.get(f"{_TABLE}number-rows-repeated"))
        elif local(inner) in _TABLE_PARTS:
            found += _rows(inner, below)
    return found


def _cells(row: Any, path: str) -> list[tuple[Any, str]]:  # noqa: ANN401
    """Return the cells of a row; those that another one covers are empty."""
    found: list[tuple[Any, str]] = []
    for cell, below in children(row, path):
        if local(cell) in {"table-cell", "covered-table-cell"}:
            found += [(cell, below)] * _repeated(cell.get(f"{_TABLE}number-columns-repeated"))
    return found


def _repeated(written: str | None) -> int:
    """Return how often something stands, once if nothing says so."""
    number = int(written) if written and written.isdecimal() else 1
    return min(number, REPEATED)
