"""Web archives for tests, written by hand so that they can be wrong."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

_HEAD = (
    "WARC/1.0\r\nWARC-Type: {type_}\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    "WARC-Target-URI: https://courrier.example/1\r\nWARC-Date: 2018-03-14T09:05:00Z\r\n"
    "Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
)


def record(
    body: bytes,
    headers: str = "Content-Type: text/html",
    *,
    status: str = "200 OK",
    type_: str = "response",
) -> bytes:
    """Return a record of something that was fetched."""
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".replace("\r\n\r\n\r\n", "\r\n\r\n").encode()
    kind = "application/http; msgtype=response"
    if type_ in {"warcinfo", "metadata"}:
        block, kind = b"", "application/warc-fields"
    elif type_ == "conversion":
        block, kind = b"", headers.removeprefix("Content-Type: ")
    block += body
    head = _HEAD.format(type_=type_, kind=kind, length=len(block))
    return head.encode() + block + b"\r\n\r\n"


def archive(pages: Iterable[bytes], *, packed: bool = False) -> bytes:
    """Return an archive of pages, each record packed by itself if they are to be."""
    records = [record(b"software: x\r\n", type_="warcinfo"), *map(record, pages)]
    return b"".join(map(gzip.compress, records) if packed else records)
