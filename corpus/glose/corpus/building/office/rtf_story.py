"""The paragraphs, cells and rows of RTF as they end, put into a flow."""

from __future__ import annotations

from dataclasses import dataclass, field

from glose.corpus.building.office.flow import Flow, rows
from glose.corpus.building.office.rtf_characters import whole
from glose.corpus.building.office.rtf_styles import Styles


@dataclass(slots=True)
class Paragraph:
    """The properties of a paragraph, which hold until they are set anew."""

    style: int = 0
    level: int | None = None
    item: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph that is over: its type, its text, and where it stands."""

    type: str
    text: str
    src: str


_Cell = list[_Block]


@dataclass(slots=True)
class Story:
    """The text of a document, or of a note in it."""

    flow: Flow
    styles: Styles
    before: str = ""
    running: list[str] = field(default_factory=list)
    paragraph: Paragraph = field(default_factory=Paragraph)
    _number: int = 0
    _cell: _Cell = field(default_factory=list)
    _row: list[_Cell] = field(default_factory=list)
    _table: list[list[_Cell]] = field(default_factory=list)

    def end_paragraph(self) -> None:
        """End a paragraph: of the text, or of a cell."""
        self._number += 1
        properties = self.paragraph
        type_ = self.styles.type(properties.style, properties.level, item=properties.item)
        text = whole("".join(self.running)).strip(" \t\n")
        self.running.clear()
        block = _Block(type_, text, f"{self.before}paragraph={self._number}")
        properties.item = False
        if properties.cell:
            self._cell += [block] if text else []
            return
        self.end_table()
        if type_ == "contents":
            self.flow.leave_contents()
        else:
            self.flow.add(type_, text, block.src)

    def end_cell(self) -> None:
        """End a cell."""
        self.paragraph.cell = True
        self.end_paragraph()
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """End a row."""
        if self._row:
            self._table.append(self._row)
            self._row = []

    def end_table(self) -> None:
        """Add the rows so far: a table of data as one block, else cell by cell."""
        if self._cell:
            self._row.append(self._cell)
        self.end_row()
        table, self._table, self._cell = self._table, [], []
        cells = [cell for row in table for cell in row]
        first = next((block for cell in cells for block in cell), None)
        if first is None:
            return
        if all(len(cell) <= 1 for cell in cells):
            text = rows([["".join(block.text for block in cell) for cell in row] for row in table])
            self.flow.add("table", text, first.src)
            return
        for block in (block for cell in cells for block in cell):
            self.flow.add(block.type, block.text, block.src)

    def end(self) -> None:
        """End what is open."""
        if self.running:
            self.end_paragraph()
        self.end_table()
