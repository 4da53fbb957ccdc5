"""brat: a folder with a .txt and an .ann for each document (https://brat.nlplab.org/standoff.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from glose.corpus.document import Document, Provenance, Status
from glose.corpus.errors import Place
from glose.corpus.formats import brat_reading, inputs
from glose.corpus.formats.brat_writing import Lines, fitted
from glose.corpus.formats.declaration import Format, Option, Task
from glose.corpus.formats.filenames import Stems
from glose.corpus.formats.structures import EVERYTHING
from glose.corpus.rulers import UNITS, Ruler

#: What standoff can say of annotations.
HOLDS = EVERYTHING - {
    "metadata", "templates", "attributes of templates", "labels", "labels of items",
    "scores of labels", "attributes of event clusters", "events without trigger",
    "entities as arguments", "segments as arguments", "values as arguments",
    "relations of entities", "relations of segments", "relations of values", "evidence",
    "triggers of relations", "attributes of arguments", "further triggers",
    "entities of one mention", "entities without mentions", "types of entities",
    "names of entities", "links of entities", "attributes of entities", "heads", "sentences",
    "segments", "sources of segments", "tokens",
}  # fmt: skip
#: What of it has conditions.
PARTLY = {
    "event clusters": "of two events or more, an event in one at most, as Equiv lines",
    "relations not of two": "those of equal members, as * lines",
    "attributes of relations": "not of those that are * lines",
}
#: The lists that the lines are.
LISTS = frozenset(("mentions", "entities", "relations", "events", "event_clusters"))
OPTIONS = (
    Option("unit", "in which offsets are counted", "code points", UNITS),
    Option("newlines", "whether CR LF counts as one character or two", "one", ("one", "two")),
)


_LINE = re.compile(rb"(?:[TERAMN#]\d+|\*)\t")


def _document(text: Path, annotations: Iterable[Path], name: str, task: Task) -> Document:
    """Return the document of a text file and of the files of its annotations."""
    raw = inputs.text(text)
    if task["newlines"] == "one":
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    sheet = brat_reading.Sheet(Ruler(raw, task["unit"] or "code points"), task)
    for path in annotations:
        sheet.take(inputs.lines(path), str(path))
    return brat_reading.document(sheet, name)


def documents(
    path: Path, suffixes: tuple[str, ...], task: Task, format_: str = "brat"
) -> Iterator[Document]:
    """Yield the documents of a folder, or of one file and what stands beside it."""
    root = path if path.is_dir() else path.parent
    found = inputs.files(path, ".txt", *suffixes)
    for stem in dict.fromkeys(file.with_suffix("") for file in found):
        text, there = _beside(stem, suffixes)
        if not text.is_file():
            place = Place(str((there or [path])[0]))
            task.rejects.add(place, f"no {text.name} beside it; expected its text")
            continue
        one = _document(text, there, stem.relative_to(root).as_posix(), task)
        # A text without annotations was not annotated; one with none in its file was.
        status = one.status if there else Status()
        yield replace(one, status=status, provenance=Provenance(str(text), format=format_))


def _beside(stem: Path, suffixes: tuple[str, ...]) -> tuple[Path, list[Path]]:
    """Return the file of a text, and the files of its annotations that are there."""
    beside = (stem.with_name(stem.name + suffix) for suffix in suffixes)
    return stem.with_name(f"{stem.name}.txt"), [file for file in beside if file.is_file()]


def _read(path: Path, task: Task) -> Iterator[Document]:
    return documents(path, (".ann",), task)


def _write(path: Path, found: Iterable[Document], task: Task) -> int:
    number = 0
    for stem, lines in sheets(path, found, task):
        number += 1
        if annotated(lines):
            put(stem, ".ann", [*lines.spans, *lines.rest])
        else:
            what = "documents that were not annotated have no .ann (brat opens an empty one)"
            task.losses.note(what)
    return number


def annotated(lines: Lines) -> bool:
    """Whether there is anything to write, or it was looked for and is not there."""
    stated = not LISTS.isdisjoint(lines.document.status.annotated)
    return stated or bool(lines.spans or lines.rest)


def sheets(
    path: Path, found: Iterable[Document], task: Task, binary: str = "A"
) -> Iterator[tuple[Path, Lines]]:
    """Write the text of each document, and yield the stem of its files and its lines."""
    stems = Stems(path, task.losses)
    for one in found:
        stem = stems.stem(one.id)
        stem.with_name(f"{stem.name}.txt").write_bytes((one.text or "").encode())
        yield stem, Lines(fitted(one, task.losses), binary)


def put(stem: Path, suffix: str, lines: Iterable[str]) -> None:
    """Write the lines of one of the files of a document."""
    content = "".join(f"{line}\n" for line in lines)
    stem.with_name(stem.name + suffix).write_bytes(content.encode("utf-8"))


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return bool(inputs.files(path, ".ann"))
    return path.suffix == ".ann" and is_line(head)


def is_line(head: bytes) -> bool:
    """Whether a file begins with a line of standoff."""
    return _LINE.match(head) is not None


FORMAT = Format(
    "brat standoff: a folder with a .txt and an .ann for each document",
    (".ann",),
    _read,
    _write,
    _detect,
    holds=HOLDS - PARTLY.keys(),
    partly=PARTLY,
    options=OPTIONS,
    folder=True,
)
