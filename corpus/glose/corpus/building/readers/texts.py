"""Text as it stands in a file, and what is taken off it: header and credit."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.building import charset
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft, headed
from glose.corpus.building.readers.declaration import Reader, never
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules

#: Suffixes of what is text but no document that is read.
OTHER = frozenset(
    (
        ".ann", ".conll", ".conllu", ".css", ".ini", ".js", ".py", ".sh", ".tex", ".toml", ".xml",
        ".yaml", ".yml",
    )
)  # fmt: skip

#: The suffix of the files that `glose corpus spread` writes.
SHEET = ".glose"


def decoded(content: Content, declared: str | None = None) -> tuple[str, str]:
    """Return the text of a source and its charset; raise `RejectError` if there is none."""
    text, encoding = charset.decode(content.data(), declared)
    if not text.strip():
        raise RejectError("empty; expected text")
    return text, encoding


def media(kind: str, encoding: str) -> str:
    """Return a media type with its charset, unless that is UTF-8."""
    return kind if encoding == "utf-8" else f"{kind}; charset={encoding}"


def read(content: Content, rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a text."""
    text, encoding = decoded(content)
    if content.suffix == SHEET:
        raise RejectError("records of glose that were spread; `glose corpus pack` reads them")
    if content.suffix in OTHER or text.lstrip().startswith("<?xml"):
        kind = content.suffix.removeprefix(".") or "xml"
        raise RejectError(f"{kind} of this kind is not read; docs/documents.md lists what is")
    draft = headed(text, rules)
    markdown = content.suffix in MARKDOWN.suffixes
    draft.media = media(MARKDOWN.media if markdown else PLAIN.media, encoding)
    yield draft


PLAIN = Reader("text", "text/plain", (".txt", ".text"), never, read)
MARKDOWN = Reader("Markdown", "text/markdown", (".md", ".markdown"), never, read)
