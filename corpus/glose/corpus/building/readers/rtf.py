"""RTF: documents of many word processors."""

from __future__ import annotations

from collections.abc import Iterator

from glose.corpus.building import creation
from glose.corpus.building.content import Content
from glose.corpus.building.drafts import Draft
from glose.corpus.building.office.flow import entitle
from glose.corpus.building.office.rtf import Reading
from glose.corpus.building.office.rtf_words import DATE, STATED
from glose.corpus.building.readers.declaration import Reader
from glose.corpus.building.rejections import RejectError
from glose.corpus.building.settings import Rules


def detect(content: Content) -> bool:
    """Say if a source is RTF: it begins with its first control word."""
    return content.head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def read(content: Content, _rules: Rules) -> Iterator[Draft]:
    """Yield the one document of a file."""
    data = content.data()
    reading = Reading(data[data.index(b"{\\rtf") :])
    reading.read()
    draft = reading.flow.draft()
    if not draft.text:
        raise RejectError("no text in it; expected paragraphs")
    for word, text in reading.stated.items():
        draft.tell(STATED[word], text, word)
    created = "-".join(f"{reading.created[part]:02}" for part in DATE if part in reading.created)
    creation.state(draft, created, "creatim")
    entitle(draft)
    yield draft


READER = Reader("an RTF file", "application/rtf", (".rtf",), detect, read)
