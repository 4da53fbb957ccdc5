"""How a reader comes to its files: alone, all those of a folder, or in a zip archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from glose.corpus.building import archives
from glose.corpus.document import Document
from glose.corpus.errors import GloseError
from glose.corpus.files import FolderError
from glose.corpus.formats import inputs, unread
from glose.corpus.formats.unpacking import Unpacked, unpacked

if TYPE_CHECKING:
    from glose.corpus.formats.declaration import Format, Task

_Read: TypeAlias = Callable[[Path], Iterator[Document]]


def documents(form: Format, path: Path, task: Task) -> Iterator[Document]:
    """Yield what a format reads at a path, as its reader gives it.

    A zip archive that the format does not know as its own is unpacked. A folder of which the
    reader wants a file is read file by file. What was left unread in a folder becomes a note.
    """
    if archives.is_zip(path) and not form.detect(path, inputs.head(path)):
        with unpacked(path) as found:
            yield from _packed(form, found, task)
    elif path.is_dir():
        yield from _folder(form, path, task)
    else:
        yield from form.reader(path, task)


def _packed(form: Format, found: Unpacked, task: Task) -> Iterator[Document]:
    """Yield the documents of an archive; they and what is rejected name its members."""
    before = len(task.rejects.found)
    try:
        for document in _folder(form, found.folder, task):
            source = document.provenance
            file = source.file and found.shown(source.file)
            yield replace(document, provenance=replace(source, file=file))
    finally:
        task.rejects.found[before:] = [
            replace(item, file=found.shown(item.file)) for item in task.rejects.found[before:]
        ]


def _folder(form: Format, path: Path, task: Task) -> Iterator[Document]:
    found = form.reader(path, task)
    try:
        first = next(found, None)
    except FolderError:
        yield from _each(form, path, task)
    else:
        if first is not None:
            yield first
            yield from found
    ledger = inputs.ledger()
    if ledger is not None and (left := unread.note(path, ledger)):
        task.losses.note(left)


def _each(form: Format, folder: Path, task: Task) -> Iterator[Document]:
    """Yield the documents of the files of a format in a folder.

    An id that an earlier file has too gets the name of its file in front.
    """
    seen: set[str] = set()
    for file in _own(form, folder):
        if (ledger := inputs.ledger()) is not None:
            ledger.take(file)
        ids = set()
        for document in form.reader(file, task):
            name = document.id
            if name in seen:
                name = f"{inputs.identifier(file, folder)}/{name}"
            ids.add(name)
            yield document if name == document.id else replace(document, id=name)
        seen |= ids


def _own(form: Format, folder: Path) -> list[Path]:
    files = inputs.files(folder, "")
    found = [file for file in files if form.detect(file, inputs.head(file))]
    ends = tuple(end for suffix in form.suffixes for end in (suffix, f"{suffix}.gz"))
    found = found or [file for file in files if file.name.endswith(ends)]
    if not found:
        there = f"there: {unread.told(file.name for file in files)}" if files else "it is empty"
        raise GloseError(
            f"{folder}: this is a folder, and no file in it looks like one to read; {there}"
        )
    return found
