"""The record as a file of lines for each document, as git shows and merges it (docs/git.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glose.corpus.document import Document
from glose.corpus.errors import InputError
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Format, Task
from glose.corpus.versions import sheets, spreading


def _read(path: Path, task: Task) -> Iterator[Document]:
    if task.rejects.path is None:
        yield from spreading.pack(path)
        return
    for file in inputs.files(path, sheets.SUFFIX):
        try:
            yield sheets.read(file)
        except InputError as error:
            task.rejects.add(error.place, error.what)


def _write(path: Path, documents: Iterable[Document], _task: Task) -> int:
    return spreading.write(path, documents)


def _detect(path: Path, head: bytes) -> bool:
    if path.is_dir():
        return bool(inputs.files(path, sheets.SUFFIX))
    return head.startswith(sheets.HEAD)


FORMAT = Format(
    "the record as a folder of files for git: one a document, one line an annotation",
    (sheets.SUFFIX,),
    _read,
    _write,
    _detect,
    folder=True,
    checks=True,
    layers=True,
)
