"""The blocks of a document of a word processor, as they are met."""

from __future__ import annotations

import re

from glose.corpus.building.drafts import Blocks, Draft

#: How a table of contents is told.
CONTENTS = "table of contents"

_BLANK_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+")


class Flow:
    """Blocks in order; what hangs on a block, such as its notes, waits until it is over.

    `left` names what becomes no text. With `outer`, the flow is that of a part, such as a cell,
    of a block there.
    """

    def __init__(self, outer: Flow | None = None) -> None:
        self.blocks = Blocks()
        self.left: list[str] = outer.left if outer else []
        self._outer = outer
        self._waiting: list[tuple[str, str, str]] = []
        self._titled = False

    def add(self, type_: str, text: str, src: str) -> None:
        """Add a block, and what waited for it; a second title is a heading."""
        if type_ == "title" and text.strip():
            type_ = "heading" if self._titled else type_
            self._titled = True
        self.blocks.add(type_, _BLANK_LINE.sub("\n", text), src)
        self.flush()

    def hang(self, type_: str, text: str, src: str) -> None:
        """Add a block after the one that is open."""
        if self._outer:
            self._outer.hang(type_, text, src)
        else:
            self._waiting.append((type_, text, src))

    def leave_contents(self) -> None:
        """Note that a table of contents becomes no text."""
        if CONTENTS not in self.left:
            self.left.append(CONTENTS)

    def flush(self) -> None:
        """Add what waits."""
        waiting, self._waiting = self._waiting, []
        for type_, text, src in waiting:
            self.blocks.add(type_, _BLANK_LINE.sub("\n", text), src)

    def draft(self) -> Draft:
        """Return the draft, its title stated if it has one."""
        self.flush()
        draft = self.blocks.draft()
        draft.left = self.left
        for part in draft.parts or ():
            if part.type == "title":
                draft.tell("title", draft.text[part.start : part.end])
        return draft


def entitle(draft: Draft) -> None:
    """State the heading that opens a text as its title, where none is stated."""
    for part in (draft.parts or [])[:1]:
        if part.type == "heading" and "title" not in draft.meta:
            draft.tell("title", draft.text[part.start : part.end])


def rows(table: list[list[str]]) -> str:
    """Return a table as lines with its cells parted by tabs; empty rows are left out."""
    written = ("\t".join(" ".join(cell.split("\n")) for cell in row) for row in table)
    return "\n".join(row.rstrip("\t") for row in written if row.strip())
