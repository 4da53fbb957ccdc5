"""Web archives in WARC, and ARC before it: each page that was fetched is a document."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

from glose.corpus.building import archives, charset
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, Lost, Skipped, headed
from glose.corpus.building.moments import iso
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.webpages import declared, page
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: Records that may hold a page; `conversion` has the text that others made of one.
TYPES = frozenset(("response", "resource", "conversion"))
HTML = frozenset(("text/html", "application/xhtml+xml"))
#: What ends a record; some archives count it, and lack it at their end.
_END = "\r\n\r\n"
#: How the reading of a record may fail beside the errors that warcio has for it.
_FAILURES = (
    ValueError, LookupError, AttributeError, TypeError, EOFError, OSError, zlib.error,
)  # fmt: skip


def detect(content: Content) -> bool:
    """Say if a source is a web archive, by its first bytes."""
    return content.head.startswith((b"WARC/", b"filedesc://"))


def read(content: Content, rules: Rules) -> Iterator[Draft | Lost | Skipped]:
    """Yield the documents of the pages in an archive."""
    with content.stream() as stream:
        for number, record in enumerate(_records(stream), start=1):
            if isinstance(record, Lost):
                yield record
                continue
            header = record.rec_headers
            id_ = (header.get_header("WARC-Record-ID") or "").strip("<>") or None
            place = " ".join(
                filter(None, (f"record {number}", id_, header.get_header("WARC-Target-URI")))
            )
            try:
                found = _document(record, f"record={id_ or number}", rules)
            except RejectError as error:
                yield Lost(place, str(error))
                continue
            if isinstance(found, Draft):
                found.id, found.id_key, found.place = id_, "WARC-Record-ID", place
            yield found


def _records(stream: Any) -> Iterator[Any]:  # noqa: ANN401  # warcio brings no types
    """Yield the records of an archive, and a `Lost` where one has a wrong length.

    Raises `RejectError` where it cannot be read on.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    told = StringIO()
    records = ArchiveIterator(stream)
    number = 0
    while True:
        try:
            with redirect_stderr(told):  # where warcio complains of what it passes over
                record = next(records, None)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, *_FAILURES) as error:
            what = " ".join(str(error).split())[:100]
            raise RejectError(f"after record {number}: no record of WARC ({what})") from error
        if "not followed by newline" in told.getvalue():
            yield Lost(f"record {number}", "its length is wrong; is the file whole?")
            told = StringIO()
        if record is None:
            return
        number += 1
        yield record


def _document(record: Any, src: str, rules: Rules) -> Draft | Skipped:  # noqa: ANN401
    """Return the draft of a record; raise `RejectError` for a page that cannot be read."""
    if record.rec_type not in TYPES:
        return Skipped(f"WARC {record.rec_type}")
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        return Skipped(f"HTTP status {status}")
    kind, stated = _kind(record)
    if kind not in HTML and kind != "text/plain":
        return Skipped(kind or "record without a type")
    data = _payload(record)
    text, encoding = charset.decode(data, stated or declared(data))
    if not text.strip():
        raise RejectError("empty; expected text")
    draft = page(text) if kind in HTML else headed(text, rules)
    draft.src = src
    draft.media = f"{READER.media}; content={kind}" + (
        "" if encoding == "utf-8" else f"; charset={encoding}"
    )
    header = record.rec_headers
    draft.tell("url", header.get_header("WARC-Target-URI") or header.get_header("uri"))
    draft.tell("WARC-Date", header.get_header("WARC-Date"))
    draft.tell("archive-date", iso(header.get_header("archive-date") or ""))
    draft.tell("WARC-Truncated", header.get_header("WARC-Truncated"))
    return draft


def _kind(record: Any) -> tuple[str, str | None]:  # noqa: ANN401
    """Return the media type of a record and its charset, as the server or the archive has it."""
    headers = record.http_headers or record.rec_headers
    kind, *parameters = (headers.get_header("Content-Type") or "").lower().split(";")
    named = dict(p.strip().split("=", 1) for p in parameters if "=" in p)
    return kind.strip(), named.get("charset", "").strip("\"' ") or None


def _payload(record: Any) -> bytes:  # noqa: ANN401
    """Return what was fetched, unpacked; raise `RejectError` where it is not whole."""
    from warcio.bufferedreaders import BufferedReader

    headers = record.http_headers
    encoding = (headers.get_header("Content-Encoding") or "").lower() if headers else ""
    if encoding not in {"", "identity", *BufferedReader.get_supported_decompressors()}:
        raise RejectError(f"packed as {encoding}; expected gzip or deflate")
    packed = record.length or 0
    limit = min(archives.LARGEST, max(archives.SUSPECT, archives.RATIO * packed))
    stream = record.content_stream()
    data = b""
    try:
        while len(data) <= limit and (part := stream.read(1 << 16)):
            data += part
    except _FAILURES as error:
        raise RejectError(f"cannot be unpacked ({error})") from error
    if len(data) > limit:
        raise RejectError(f"unpacked it has more than {limit} bytes: a bomb?")
    if getattr(record.raw_stream, "limit", 0) > len(_END):
        raise RejectError("shorter than it says; is the file whole?")
    return data


READER = Reader(
    "a web archive", "application/warc", (".warc", ".arc"), detect, read, "web", "warcio"
)  # fmt: skip
