"""What the first bytes of an XML file tell of it, though they end anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from glose.corpus.formats import inputs

#: How much is looked at, in bytes.
_HEAD = 1 << 16
_SKIPPED = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\w[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
_TAG = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")


def root(head: bytes) -> str:
    """Return the name of the outermost element without its namespace; `""` if there is none.

    >>> root(b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><!-- <b> --><a x="1"><c/>')
    'a'
    >>> root(b"a < b")
    ''
    """
    found = _TAG.match(_SKIPPED.sub(b"", head))
    return found[1].decode() if found else ""


def has(head: bytes, *tags: str) -> bool:
    """Whether one of these elements begins in some bytes, in any namespace."""
    names = "|".join(map(re.escape, tags)).encode()
    return bool(re.search(rb"<(?:[\w.-]+:)?(?:" + names + rb")[\s/>]", head))


def within(path: Path, head: bytes, *suffixes: str) -> bytes:
    """Return the head of a file; of a folder that of the first file with one of the suffixes."""
    if not path.is_dir():
        return head
    first = inputs.files(path, *suffixes)[:1]
    return inputs.content(first[0])[:_HEAD] if first else b""
