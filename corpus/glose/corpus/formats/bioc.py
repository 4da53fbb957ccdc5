"""BioC in XML and in JSON: collections of documents of passages (https://bioc.sourceforge.net)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from glose.corpus.document import Document, Provenance
from glose.corpus.errors import Place
from glose.corpus.files import whole
from glose.corpus.formats import bioc_model as bioc
from glose.corpus.formats import inputs, markup, opening, peeking
from glose.corpus.formats.bioc_reading import document
from glose.corpus.formats.bioc_writing import document as written
from glose.corpus.formats.bioc_writing import fitted
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.structures import EVERYTHING
from glose.corpus.rulers import UNITS

PARTLY = {
    "metadata": "but for dates",
    "segments": "if they are the text in order, with two line ends at most between two",
    "sources of segments": "of segments that are passages",
}
HOLDS = EVERYTHING - PARTLY.keys() - {
    "templates", "attributes of templates", "labels", "labels of items", "scores of labels",
    "segments as arguments", "values as arguments", "relations of segments",
    "relations of values", "attributes of arguments", "evidence", "triggers of relations",
    "heads", "sentences", "tokens",
}  # fmt: skip
OPTIONS = (
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("base", "what offsets of annotations count from", "document", ("document", "passage")),
)
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source></source><date></date><key></key>
"""


def _read_xml(path: Path, task: Task) -> Iterator[Document]:
    place = Place(str(path))
    found = markup.elements(inputs.content(path), "document", place)
    for element in found:
        line = element.sourceline
        yield from _document(bioc.of_xml(element), Place(str(path), line), task, "bioc")


def _read_json(path: Path, task: Task) -> Iterator[Document]:
    place = Place(str(path))
    for found in bioc.of_json(inputs.text(path).removeprefix("\ufeff"), place):
        yield from _document(found, place, task, "bioc-json")


def _document(found: Any, place: Place, task: Task, name: str) -> Iterator[Document]:  # noqa: ANN401  # any JSON
    try:
        given = msgspec.convert(found, bioc.Document, strict=False)
    except msgspec.ValidationError as error:
        task.rejects.add(place, f"no document of BioC: {error}", found)
        return
    made = document(given, place, task)
    yield replace(made, provenance=Provenance(file=place.source, format=name))


def _write_xml(path: Path, documents: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        stream.write(_HEAD.encode())
        for one in documents:
            found = written(fitted(one, task.losses, xml=True), task["unit"] or "")
            stream.write(f"{bioc.xml(found)}\n".encode())
            number += 1
        stream.write(b"</collection>\n")
    return number


def _write_json(path: Path, documents: Iterable[Document], task: Task) -> int:
    number = 0
    with whole(path) as stream:
        stream.write(b'{"source":"","date":"","key":"","infons":{},"documents":[')
        for one in documents:
            found = written(fitted(one, task.losses, xml=False), task["unit"] or "")
            stream.write((b",\n" if number else b"\n") + msgspec.json.encode(found))
            number += 1
        stream.write(b"\n]}\n")
    return number


def _detect_xml(path: Path, head: bytes) -> bool:
    named = not path.is_dir() and opening.root(head) == "collection"
    return named and opening.has(head, "document", "source", "key")


def _detect_json(_path: Path, head: bytes) -> bool:
    found = peeking.keys(head)
    if found.get("documents") == "[":
        return {"source", "key", "date", "infons"} & found.keys() != set()
    service = any(name.startswith("PubTator") for name in found)
    return found.get("passages") == "[" or service


XML = Format(
    "BioC XML: documents of passages with annotations and relations",
    (".bioc.xml", ".bioc"),
    _read_xml,
    _write_xml,
    _detect_xml,
    holds=HOLDS - {"texts"},
    partly=PARTLY | {"texts": "but for control characters"},
    options=OPTIONS,
)
JSON = Format(
    "BioC JSON: the same as JSON",
    (".bioc.json",),
    _read_json,
    _write_json,
    _detect_json,
    holds=HOLDS,
    partly=PARTLY,
    options=OPTIONS,
)
