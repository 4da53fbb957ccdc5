"""A writer of small PDF files for the tests: text in places, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: Width and height of A4, in points.
A4 = (595, 842)
#: The mean width of a letter of Courier, which the tests set in: 0.6 of its size.
LETTER = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at a place, in points from the bottom left of its page."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    angle: int = 0

    def drawn(self) -> bytes:
        """Return the operators that draw it."""
        turned = {
            0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0",
            45: b".7071 .7071 -.7071 .7071",
        }[self.angle]  # fmt: skip
        written = self.text.encode("cp1252").replace(b"\\", rb"\\")
        written = written.replace(b"(", rb"\(").replace(b")", rb"\)")
        font = b"/F2" if self.bold else b"/F1"
        return b"BT %s %g Tf %s %g %g Tm (%s) Tj ET\n" % (
            font, self.size, turned, self.x, self.y, written,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines; `rotate` is how a viewer turns it, clockwise."""

    lines: Sequence[Line]
    size: tuple[int, int] = A4
    rotate: int = 0


@dataclass(slots=True)
class _Objects:
    """The objects of a file as they are written, numbered from 1."""

    written: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        self.written.append(content)
        return len(self.written)

    def stream(self, content: bytes) -> int:
        packed = zlib.compress(content)
        header = b"<</Length %d/Filter/FlateDecode>>" % len(packed)
        return self.add(b"%s\nstream\n%s\nendstream" % (header, packed))


def pdf(pages: Iterable[Page | Sequence[Line]], info: dict[str, str] | None = None) -> bytes:
    """Return a PDF file of some pages, set in Courier, with what its `info` says."""
    objects = _Objects()
    fonts = [
        objects.add(b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name)
        for name in (b"Courier", b"Courier-Bold")
    ]
    wanted = [page if isinstance(page, Page) else Page(page) for page in pages]
    tree = len(fonts) + 2 * len(wanted) + 1
    kids = []
    for page in wanted:
        content = objects.stream(b"".join(line.drawn() for line in page.lines))
        kids.append(objects.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F1 %d 0 R/F2 %d 0 R>>>>>>"
            % (tree, *page.size, page.rotate, content, *fonts)
        ))  # fmt: skip
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects.add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed))
    catalog = objects.add(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    entries = b"".join(
        b"/%s<%s>" % (key.encode(), ("\ufeff" + value).encode("utf-16-be").hex().encode())
        for key, value in (info or {}).items()
    )
    return _file(objects.written, catalog, objects.add(b"<<%s>>" % entries))


def _file(objects: list[bytes], catalog: int, info: int) -> bytes:
    parts, offsets, size = [b"%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, start=1):
        offsets.append(size)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        size += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, catalog, info, size)
    )
    return b"".join(parts)


def column(
    text: str, x: float = 60, top: float = 760, size: float = 10, leading: float = 12
) -> list[Line]:
    """Return the lines of a text, one below the other; a blank line leaves room."""
    lines = text.split("\n")
    return [
        Line(x + size * LETTER * (len(line) - len(line.lstrip())), top - n * leading,
             line.strip(), size)
        for n, line in enumerate(lines) if line.strip()
    ]  # fmt: skip
