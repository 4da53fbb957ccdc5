"""Reading files in tests: what came of them, and how their documents are laid out."""

from __future__ import annotations

from pathlib import Path

from glose.corpus.building.drafts import Skipped
from glose.corpus.building.reading import Made
from glose.corpus.building.reading import read as read_source
from glose.corpus.building.rejections import Rejection
from glose.corpus.building.settings import Rules
from glose.corpus.building.sources import Source
from glose.corpus.document import Document

SAMPLES = Path(__file__).parent / "samples"


def read(path: Path, rules: Rules | None = None) -> list[Made | Rejection | Skipped]:
    """Return all that reading a file gives."""
    return list(read_source(Source(path, path.name), "base", rules or Rules()))


def stated(path: Path, rules: Rules | None = None) -> list[Made]:
    """Return the documents of a file."""
    return [one for one in read(path, rules) if isinstance(one, Made)]


def only(path: Path, rules: Rules | None = None) -> Made:
    """Return the one document of a file, of which nothing may be lost."""
    found = [one for one in read(path, rules) if not isinstance(one, Skipped)]
    assert [type(one) for one in found] == [Made], found
    assert isinstance(found[0], Made)
    return found[0]


def laid(document: Document) -> list[tuple[str, str, str | None]]:
    """Return type, text and origin of the segments of a document that are no sentences."""
    text = document.text or ""
    return [
        (s.type, text[s.start : s.end], s.src) for s in document.segments if s.type != "sentence"
    ]
