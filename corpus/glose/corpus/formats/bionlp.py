"""BioNLP-ST: brat in two files, .a1 with what is given and .a2 with what is to be found.

The format: https://2013.bionlp-st.org/file-formats (that of the shared tasks since 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.formats import brat, inputs
from glose.corpus.formats.declaration import Format, Task

SUFFIXES = (".a1", ".a2")


def _read(path: Path, task: Task) -> Iterator[Document]:
    return brat.documents(path, SUFFIXES, task, "bionlp")


def _write(path: Path, documents: Iterable[Document], task: Task) -> int:
    number = 0
    for stem, lines in brat.sheets(path, documents, task, binary="M"):
        number += 1
        if brat.annotated(lines):
            brat.put(stem, ".a1", lines.spans)
            brat.put(stem, ".a2", lines.rest)
    return number


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return bool(inputs.files(path, *SUFFIXES))
    return path.suffix in SUFFIXES and brat.is_line(head)


FORMAT = Format(
    "BioNLP-ST standoff: a folder with a .txt, an .a1 and an .a2 for each document",
    SUFFIXES,
    _read,
    _write,
    _detect,
    holds=brat.FORMAT.holds,
    partly=brat.FORMAT.partly,
    options=brat.OPTIONS,
    folder=True,
)
