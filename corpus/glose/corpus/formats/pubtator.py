"""PubTator: title, abstract, mentions with concepts and relations of concepts, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.files import whole
from glose.corpus.formats import pubtator_reading, pubtator_writing
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.rulers import UNITS

#: What a line of text, which every document begins with, looks like.
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*[^|\t\n]{1,200}\|[ta]\|")

HOLDS = frozenset({
    "mentions", "types of mentions", "nested mentions", "crossing mentions",
})  # fmt: skip
_ENDS = "that relations are of, one for each concept, with all mentions of it"
PARTLY = {
    "texts": "in two lines, title and abstract: further line ends become spaces",
    "segments": "title and abstract, if they are the first line and the rest",
    "links": "without scores",
    "relations": "of two entities",
    "relations of entities": "if each has one link, which no other has",
    "attributes of relations": "novelty",
    "entities": _ENDS,
    "entities of one mention": _ENDS,
    "entities without mentions": _ENDS,
    "links of entities": _ENDS,
}


def _read(path: Path, task: Task) -> Iterator[Document]:
    return pubtator_reading.documents(path, task)


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        for document in documents:
            if pubtator_writing.named(document.id) != document.id:
                task.losses.note("ids of documents with | were respelt")
            found = pubtator_writing.fitted(document, task["kb"] or "", task.losses)
            lines = pubtator_writing.lines(found, task["kb"] or "", task["unit"] or "code points")
            stream.write("".join(f"{line}\n" for line in lines).encode() + b"\n")
            number += 1
    return number


def _detect(path: Path, head: bytes) -> bool:
    return not path.is_dir() and bool(_FIRST.match(head))


FORMAT = Format(
    "PubTator: title, abstract, mentions with concepts, relations of concepts",
    (".pubtator",),
    _read,
    _write,
    _detect,
    holds=HOLDS,
    partly=PARTLY,
    options=(
        Option("unit", "in which offsets are counted", "code points", UNITS),
        Option("kb", "the knowledge base of identifiers that name none", "pubtator"),
    ),
)
