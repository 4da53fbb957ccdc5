"""The kinds of documents that a build reads, and how the kind of a source is told."""

from __future__ import annotations

from collections.abc import Mapping

from glose.corpus.building.content import Content
from glose.corpus.building.readers import (
    delimited,
    docx,
    epub,
    feeds,
    jsonrecords,
    mail,
    newsml,
    ninjs,
    nitf,
    odt,
    parquet,
    pdf,
    rtf,
    tei,
    texts,
    warc,
    webpages,
)
from glose.corpus.building.readers.declaration import Reader, never

#: The kinds, by name. Where the content of a source fits several, the first one counts.
READERS: Mapping[str, Reader] = {
    "pdf": pdf.READER,
    "docx": docx.READER,
    "odt": odt.READER,
    "rtf": rtf.READER,
    "epub": epub.READER,
    "newsml-g2": newsml.READER,
    "nitf": nitf.READER,
    "feed": feeds.READER,
    "ninjs": ninjs.READER,
    "tei": tei.READER,
    "warc": warc.READER,
    "mbox": mail.MBOX,
    "eml": mail.EML,
    "html": webpages.READER,
    "parquet": parquet.READER,
    "json": jsonrecords.WHOLE,
    "jsonl": jsonrecords.LINES,
    "csv": delimited.CSV,
    "tsv": delimited.TSV,
    "markdown": texts.MARKDOWN,
    "text": texts.PLAIN,
}


def recognised(content: Content) -> Reader:
    """Return the reader of a source, by its content first, its suffix second; else as text."""
    return known(content) or texts.PLAIN


def known(content: Content) -> Reader | None:
    """Return the reader of a source, by its content first, its suffix second."""
    return detected(content) or _named(content)


def detected(content: Content) -> Reader | None:
    """Return the first reader that knows the content of a source."""
    return next((reader for reader in READERS.values() if reader.detect(content)), None)


def _named(content: Content) -> Reader | None:
    """Return the reader of the suffix of a source, of those that no content tells."""
    return next(
        (
            reader
            for reader in READERS.values()
            if reader.detect is never and content.suffix in reader.suffixes
        ),
        None,
    )
