"""The article of an HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.building import charset, dates, html
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.readers.texts import decoded, media
from glose.corpus.building.settings import Rules

_MARKUP = re.compile(
    rb"(?>\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)


def detect(content: Content) -> bool:
    """Say if a source is a page: it begins like one, or is called one and has a tag."""
    head = charset.legible(content.head)
    return bool(_MARKUP.match(head)) or (content.suffix in READER.suffixes and b"<" in head)


def declared(data: bytes) -> str | None:
    """Return the charset that markup declares in its first bytes."""
    found = _DECLARED.search(data[:4096]) if data.lstrip()[:1] == b"<" else None
    return found[1].decode("ascii") if found else None


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a page."""
    text, encoding = decoded(content, declared(content.head))
    draft = page(text)
    draft.media = media(READER.media, encoding)
    yield draft


def page(markup: str) -> Draft:
    """Return what an HTML page says; its article may have a credit as well, but no header."""
    found = html.parse(markup)
    draft = Draft(found.text)
    for name in ("title", "author", "url", "source", "rights"):
        draft.tell(name, getattr(found, name))
    first = next((date for date in found.dates if dates.parse(date)), None)
    if first:
        draft.state_date(first, "date", "published")
    return draft


READER = Reader("an HTML page", "text/html", (".html", ".htm", ".xhtml"), detect, read)
