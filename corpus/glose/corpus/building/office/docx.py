"""DOCX to blocks: paragraphs, lists, tables, notes and text boxes, with changes accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from glose.corpus.building.fragments import children
from glose.corpus.building.office.docx_styles import Styles, child, is_on, value
from glose.corpus.building.office.flow import Flow, rows
from glose.corpus.building.office.symbols import PRIVATE, sign
from glose.corpus.formats.markup import Element, local

#: What holds running text and is none itself.
_OPEN = frozenset(
    ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo",
     "sdtContent", "ruby", "rubyBase", "r")
)  # fmt: skip
#: Elements of formulas, all of which may hold text.
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: What stands for a character.
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "",
}  # fmt: skip
#: What becomes no text, and how it is told.
_LEFT = {
    "del": "tracked deletion", "moveFrom": "tracked deletion", "commentReference": "comment",
    "altChunk": "embedded document", "subDoc": "embedded document", "object": "embedded object",
}  # fmt: skip
#: What notes are called in the text and in their own part.
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Field:
    """A field: its instruction, and whether its result has begun."""

    instruction: str = ""
    shown: bool = False


class Walk:
    """A walk through a part of a document that puts its text into a flow.

    `notes` has the elements of notes by name and id, with where they stand.
    """

    def __init__(
        self, flow: Flow, styles: Styles, notes: Mapping[tuple[str, str], tuple[Any, str]]
    ) -> None:
        self._flow = flow
        self._styles = styles
        self._notes = notes
        self._fields: list[_Field] = []
        self._running: list[str] = []
        self._boxes: list[tuple[Any, str]] = []

    def take(self, element: Element, path: str) -> None:
        """Take the blocks in an element: a body, a cell, a text box."""
        for inner, below in children(element, path):
            name = local(inner)
            if name == "p":
                self._paragraph(inner, below)
            elif name == "tbl":
                self._table(inner, below)
            elif name == "sdt":
                self._control(inner, below)
            elif name in {"customXml", "ins", "moveTo", "smartTag"}:
                self.take(inner, below)
            elif name in _LEFT:
                self._flow.left.append(_LEFT[name])

    def _control(self, element: Element, path: str) -> None:
        """Take a content control with blocks, unless it is a table of contents."""
        properties = child(element, "sdtPr")
        gallery = value(child(child(properties, "docPartObj"), "docPartGallery"))
        if gallery == "Table of Contents":
            self._flow.leave_contents()
        elif is_on(child(properties, "showingPlcHdr")):
            self._flow.left.append("placeholder")
        else:
            content = child(element, "sdtContent")
            if content is not None:
                self.take(content, f"{path}/sdtContent")

    def _paragraph(self, element: Element, path: str) -> None:
        properties = child(element, "pPr")
        type_ = self._styles.type(properties)
        self._runs(element, path)
        # A field that a paragraph leaves open shows nothing but from its separator on.
        self._fields = [field for field in self._fields if field.shown]
        is_initial = value(child(properties, "framePr"), "dropCap") in {"drop", "margin"}
        if is_initial or child(child(properties, "rPr"), "del") is not None:
            return  # It goes on in the next one: a large initial, or its end is deleted.
        text = "".join(self._running).strip(" \t\n")
        self._running.clear()
        if type_ == "contents":
            self._flow.leave_contents()
        else:
            self._flow.add(type_, text, self._src(path))
        boxes, self._boxes = self._boxes, []
        for box, where in boxes:
            self.take(box, where)

    def _src(self, path: str) -> str:
        return f"xpath={path}"

    def _runs(self, element: Element, path: str) -> None:
        """Take the running text in an element."""
        for inner, below in children(element, path):
            name = local(inner)
            if name == "r" and is_on(child(child(inner, "rPr"), "vanish")):
                self._flow.left.append("hidden text")
            elif name in {"drawing", "pict"}:
                self._drawing(inner, below)
            elif name == "AlternateContent":
                self._alternatives(inner, below)
            elif name == "sdt":
                self._runs_of_control(inner, below)
            elif name in _OPEN or (
                isinstance(inner.tag, str) and inner.tag.startswith(_FORMULA) and name != "t"
            ):
                self._runs(inner, below)
            elif name in _LEFT:
                self._flow.left.append(_LEFT[name])
            else:
                self._leaf(inner, name)

    def _leaf(self, element: Element, name: str) -> None:
        """Take what has no elements in it: text, signs, marks of fields and notes."""
        if name == "t":
            space = element.get("{http://www.w3.org/XML/1998/namespace}space")
            text = element.text or ""
            self._say(text if space == "preserve" else text.strip(" \t\r\n"))
        elif name == "sym":
            self._say(_symbol(value(element, "char"), value(element, "font")))
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name == "instrText" and self._fields:
            self._fields[-1].instruction += element.text or ""
        elif name in NOTES:
            self._note(NOTES[name], value(element, "id"))

    def _say(self, text: str) -> None:
        if all(field.shown and not _is_contents(field) for field in self._fields):
            self._running.append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
            if _is_contents(self._fields[-1]):
                self._flow.leave_contents()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, id_: str) -> None:
        element, path = self._notes.get((kind, id_), (None, ""))
        if element is None:
            return
        inner = Flow()
        Walk(inner, self._styles, {}).take(element, path)
        self._flow.left += inner.left
        self._flow.hang("note", "\n".join(inner.blocks.text.split("\n\n")), path)

    def _drawing(self, element: Element, path: str) -> None:
        """Note the text boxes in a drawing; one without is a picture."""
        boxes = [box for box in element.iter() if local(box) == "txbxContent"]
        outer = [box for box in boxes if not _is_inside(box, element)]
        self._boxes += [(box, f"{path}//txbxContent") for box in outer]
        if not boxes:
            self._flow.left.append("image")

    def _alternatives(self, element: Element, path: str) -> None:
        """Take the first choice, which says the same as the others for older programs."""
        first = child(element, "Choice")
        name = "Fallback" if first is None else "Choice"
        chosen = child(element, name)
        if chosen is not None:
            self._runs(chosen, f"{path}/{name}")

    def _runs_of_control(self, element: Element, path: str) -> None:
        content = child(element, "sdtContent")
        if is_on(child(child(element, "sdtPr"), "showingPlcHdr")):
            self._flow.left.append("placeholder")
        elif content is not None:
            self._runs(content, f"{path}/sdtContent")

    def _table(self, element: Element, path: str) -> None:
        """Take a table of data as one block; one that lays out the page, cell by cell."""
        table: list[list[Flow]] = []
        for row, below in _within(element, path, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._flow.left.append("tracked deletion")
                continue
            table.append([self._cell(cell, where) for cell, where in _within(row, below, "tc")])
        flows = [cell for row in table for cell in row]
        if all(len(cell.blocks) <= 1 for cell in flows):
            text = rows([[cell.blocks.text for cell in row] for row in table])
            self._flow.add("table", text, self._src(path))
            return
        for cell in flows:
            self._flow.blocks.extend(cell.blocks)
        self._flow.flush()

    def _cell(self, element: Element, path: str) -> Flow:
        flow = Flow(self._flow)
        Walk(flow, self._styles, self._notes).take(element, path)
        return flow


def _is_contents(field: _Field) -> bool:
    return field.instruction.split()[:1] == ["TOC"]


def _is_inside(box: Element, element: Element) -> bool:
    """Whether a text box stands in another one, or in what only older programs show."""
    parent = box.getparent()
    while parent is not None and parent is not element:
        if local(parent) in {"txbxContent", "Fallback"}:
            return True
        parent = parent.getparent()
    return False


def _within(element: Element, path: str, name: str) -> list[tuple[Element, str]]:
    """Return the rows of a table or the cells of a row, those in content controls too."""
    found: list[tuple[Any, str]] = []
    for inner, below in children(element, path):
        if local(inner) == name:
            found.append((inner, below))
        elif local(inner) in {"sdt", "sdtContent", "customXml", "ins"}:
            found += _within(inner, below, name)
    return found


def _symbol(code: str, font: str) -> str:
    """Return the character of a sign; one outside of the range of such fonts is what it says."""
    try:
        found = int(code, 16)
    except ValueError:
        return ""
    if found < 0x100 or PRIVATE <= found < PRIVATE + 0x100:
        return sign(found, font)
    return chr(found) if found < 0xD800 or 0xE000 <= found < 0xFFFE else ""
