"""PDF: the text of its pages, in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.building import creation
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Blocks, Draft, flat
from glose.corpus.building.pdf import layout
from glose.corpus.building.pdf.layout import Layout
from glose.corpus.building.pdf.running import Running
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules
from glose.corpus.document import Attribute

#: A file may have up to 1 KB of something else in front.
_HEADER = re.compile(rb"(?:.{0,1024}?[\r\n])?\s*%PDF-\d\.\d[ \t]*[\r\n]", re.DOTALL)


def detect(content: Content) -> bool:
    """Say if a source is a PDF file: its header says so."""
    return _HEADER.match(content.head) is not None


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a file."""
    found = layout.parse(content.data())
    blocks = Blocks()
    for paragraph in found.paragraphs:
        blocks.add(paragraph.type, paragraph.text, _pages(paragraph.first, paragraph.last))
    if not blocks:
        raise RejectError("no text but a table of contents; expected paragraphs")
    draft = blocks.draft()
    title = next((p.text for p in found.paragraphs if p.type == "title"), None)
    draft.tell("title", title)
    draft.tell("title", found.stated.get("title"), "Title")
    draft.tell("author", found.stated.get("author"))
    creation.state(draft, found.stated.get("date", ""), "CreationDate")
    _tell_left(draft, found)
    yield draft


def _pages(first: int, last: int) -> str:
    return f"page={first}" if first == last else f"page={first}-{last}"


def _tell_left(draft: Draft, found: Layout) -> None:
    """Tell what stands on the pages and not in the text."""
    for line in found.running:
        draft.left.append("running title, footer or page number")
        draft.extra.append(Attribute("left out", f"{flat(line.text)} ({_ranges(line)})"))
    if found.contents:
        draft.left.append("table of contents")
        what = f"table of contents ({found.contents} lines)"
        draft.extra.append(Attribute("left out", what))
    if found.empty:
        draft.left.append("pages without text")
        what = f"{found.empty} of {found.pages} pages have no text"
        draft.extra.append(Attribute("left out", what))


def _ranges(line: Running) -> str:
    """Return the pages of a line in short: `pages 1-3, 5`."""
    ranges: list[list[int]] = []
    for page in line.pages:
        if ranges and ranges[-1][1] == page:
            ranges[-1][1] = page + 1
        else:
            ranges.append([page + 1, page + 1])
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
    return f"page {shown}" if shown.isdigit() else f"pages {shown}"


READER = Reader(
    "a PDF file", "application/pdf", (".pdf",), detect, read, extra="pdf", module="pypdfium2"
)
