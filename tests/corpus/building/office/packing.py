"""Documents of word processors and books, packed from a few lines, and read."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.readers import table
from glose.corpus.building.settings import Rules

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="urn:wps" xmlns:v="urn:v"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "meta": "meta", "manifest": "manifest",
    }.items()
)  # fmt: skip
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of some parts."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def relations(**targets: str) -> str:
    """Return a part of relations: kind and target."""
    found = "".join(
        f'<Relationship Id="r{n}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{found}</Relationships>'


def p(text: str, style: str = "") -> str:
    """Return a paragraph of Word with one run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, core: str = "", notes: str = "", styles: str = "", **parts: str) -> bytes:
    """Return a DOCX file."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(
                styles="styles.xml", footnotes="footnotes.xml"
            ),
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {_WORD}>{notes}</w:footnotes>",
            "docProps/core.xml": f"<coreProperties {_DC}>{core}</coreProperties>",
            **parts,
        }
    )


def odt(body: str, stated: str = "", styles: str = "", kind: str = "text", **parts: str) -> bytes:
    """Return an ODT file."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF} {_DC}><office:meta>{stated}</office:meta>"
            "</office:document-meta>",
            **parts,
        }
    )


def flat_odt(body: str) -> bytes:
    """Return an ODT file as plain XML."""
    kind = "application/vnd.oasis.opendocument.text"
    return (
        f'<?xml version="1.0"?><office:document {_ODF} office:mimetype="{kind}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def chapter(body: str, attributes: str = "") -> str:
    """Return a chapter of a book."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>Une page</title></head><body {attributes}>{body}</body></html>"
    )


def epub(
    chapters: Mapping[str, str],
    stated: str = "",
    spine: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an EPUB book whose chapters are at OEBPS/NAME.xhtml."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"'
        f' properties="{"nav" if name == "nav" else ""}"/>'
        for name in chapters
    )
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in chapters)
    guide = '<guide><reference type="cover" href="cover.xhtml"/></guide>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfiles><rootfile"
            ' full-path="OEBPS/content.opf"/></rootfiles></container>',
            "OEBPS/content.opf": f'<package {_DC} xmlns:opf="http://www.idpf.org/2007/opf">'
            f"<metadata>{stated}</metadata><manifest>{items}</manifest>"
            f"<spine>{order}</spine>{guide}</package>",
            **{f"OEBPS/{name}.xhtml": text for name, text in chapters.items()},
            **(parts or {}),
        }
    )


def drafts(folder: Path, data: bytes, kind: str, rules: Rules | None = None) -> list[Draft]:
    """Return the drafts of a file, which must be known for its kind by its content alone."""
    path = folder / "a.bin"
    path.write_bytes(data)
    content = Content(path, path.name)
    reader = table.READERS[kind]
    assert table.recognised(content) is reader
    found = list(reader.documents(content, rules or Rules()))
    return [draft for draft in found if isinstance(draft, Draft)]


def draft(folder: Path, data: bytes, kind: str) -> Draft:
    """Return the one draft of a file."""
    (found,) = drafts(folder, data, kind)
    return found


def blocks(found: Draft) -> list[tuple[str, str]]:
    """Return the blocks of a draft: type and text."""
    return [(part.type, found.text[part.start : part.end]) for part in found.parts or ()]
