"""A PDF file to paragraphs, what was left out, and what the file states about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from glose.corpus.building.pdf import running, streams
from glose.corpus.building.pdf.columns import Columns
from glose.corpus.building.pdf.lines import Line, lines, usual
from glose.corpus.building.pdf.paragraphs import CONTENTS, Paragraph, paragraphs
from glose.corpus.building.pdf.pieces import Piece, Sheet, directions
from glose.corpus.building.pdf.rows import Row
from glose.corpus.building.rejections import RejectError
from glose.corpus.numbers import counted

#: The most pages of one file.
PAGES = 20_000
#: The most letters of one file: some 8,000 full pages.
LETTERS = 20_000_000
#: A file is refused if this share of its letters has no name.
UNNAMED = 0.2

_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|sans titre.*|document\d*"
    r"|.*\.(?:docx?|odt|rtf|indd|qxd|pages|tex|dvi|pdf|pptx?))",
    re.IGNORECASE,
)
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


@dataclass(slots=True)
class Layout:
    """What a file says; `contents` counts the lines of tables of contents, which are left out.

    `empty` counts the pages that have no text.
    """

    paragraphs: list[Paragraph]
    running: list[running.Running]
    contents: int
    pages: int
    empty: int
    stated: dict[str, str] = field(default_factory=dict)


def parse(data: bytes) -> Layout:
    """Return the text of a PDF file; raise `RejectError` where it has none that can be read."""
    import pypdfium2

    streams.check(data)
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RejectError(_refusal(data, str(error))) from error
    try:
        return _parsed(file)
    except pypdfium2.PdfiumError as error:
        raise RejectError(f"the PDF file is broken ({error}); save it anew") from error
    finally:
        file.close()


def _refusal(data: bytes, said: str) -> str:
    if "password" in said.lower():
        return "the PDF file asks for a password; save it without one"
    if "security" in said.lower():
        return "the PDF file is encrypted in a way that is not known; save it without"
    if not data.rstrip(b"\0\r\n\t ").endswith(b"%%EOF"):
        return "the PDF file is broken or cut short (it has no end); get it anew"
    return "the PDF file is broken; save it anew"


def _parsed(file: Any) -> Layout:  # noqa: ANN401  # pypdfium2 brings no types
    if len(file) > PAGES:
        raise RejectError(f"the PDF file has {len(file)} pages; at most {PAGES} are read")
    pages = _pages(file)
    _refuse_unnamed(pages)
    if not any(pages):
        many = counted(len(pages), "page")
        raise RejectError(f"no text layer in {many} (scanned?); run OCR first")
    kept, left = running.without(pages)
    if not any(kept):
        kept, left = pages, []
    lines_ = list(_lines(kept))
    found = [line for line in lines_ if not CONTENTS.search(line.text)]
    return Layout(
        list(paragraphs(found, usual(found))),
        left,
        len(lines_) - len(found),
        len(pages),
        sum(not page for page in pages),
        _stated(file.get_metadata_dict()),
    )


def _pages(file: Any) -> list[list[Piece]]:  # noqa: ANN401
    """Return the pieces of all pages, their writing turned upright."""
    found: list[list[Piece]] = []
    letters = 0
    for number in range(len(file)):
        page = file[number]
        found.append([piece for piece in Sheet(page).pieces() if piece.text])
        page.close()
        letters += sum(len(piece.text) for piece in found[-1])
        if letters > LETTERS:
            raise RejectError(f"the PDF file has more than {LETTERS} letters; divide it")
    return found


def _refuse_unnamed(pages: list[list[Piece]]) -> None:
    letters = sum(len(piece.text) for page in pages for piece in page)
    unnamed = sum(piece.unnamed for page in pages for piece in page)
    if unnamed > UNNAMED * letters:
        share = round(100 * unnamed / letters)
        raise RejectError(f"{share} % of the letters have no name in this file; run OCR first")


def _lines(pages: list[list[Piece]]) -> Iterator[Line]:
    columns = Columns()
    turned = [list(directions(page)) for page in pages]
    for page in turned:
        for pieces in page:
            columns.learn(pieces)
    yield from lines(_parts(turned, columns))


def _parts(pages: list[list[list[Piece]]], columns: Columns) -> Iterator[tuple[int, list[Row]]]:
    for number, page in enumerate(pages, start=1):
        for pieces in page:
            for part in columns.ordered(pieces):
                yield number, part


def _stated(info: dict[str, str]) -> dict[str, str]:
    """Return title, author and date of creation where they say something."""
    title, author = (" ".join(info.get(key, "").split()) for key in ("Title", "Author"))
    stated = {"title": "" if _JUNK.fullmatch(title) else title, "author": author}
    created = _DATE.match(info.get("CreationDate", ""))
    if created:
        stated["date"] = "-".join(filter(None, created.groups()))
    return {key: value for key, value in stated.items() if value}
