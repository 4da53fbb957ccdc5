"""A file of records spread over a folder, a sheet for each document, and packed again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from glose.corpus import jsonl, rules
from glose.corpus.document import Document
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.files import BUFFER, readable
from glose.corpus.formats import inputs
from glose.corpus.forms import shown
from glose.corpus.versions import sheets

#: File systems take names of 255 bytes; what is added to the name of a document must fit as well.
LONGEST = 180


@dataclass(slots=True)
class Spread:
    """What was done to a folder: how many sheets are new, changed, as they were, or were deleted.

    `left` are sheets of the same layers whose documents the file does not have.
    """

    written: int = 0
    same: int = 0
    deleted: int = 0
    left: list[Path] = field(default_factory=list)
    #: Lines that were not in canonical form, which is the one that `pack` writes.
    other: int = 0


def spread(path: Path, folder: Path, *, prune: bool = False) -> Spread:
    """Write a sheet for each record of a file; leave alone those that say the same already.

    With `prune` the sheets of documents that the file does not have are deleted, if they are of
    one of its layers. Raises `GloseError`.
    """
    if folder.exists() and not folder.is_dir():
        raise GloseError(f"{folder}: this is a file; expected a folder to spread into")
    done = Spread()
    names = _Names()
    waiting: list[tuple[Path, Path]] = []
    with _room(folder) as room:
        for line, document in _records(path):
            done.other += line.rstrip(b"\n") != jsonl.encode(document)
            place, content = folder / names.new(document), sheets.encode(document)
            if _says(place, content):
                done.same += 1
            else:
                waiting.append((_kept(room / str(len(waiting)), content), place))
        if not names.layers:
            raise GloseError(f"{path}: no record; expected one document a line")
        # Nothing is changed before the last record turned out to be right.
        done.written = len(waiting)
        for draft, place in waiting:
            _moved(draft, place)
    _leave(done, folder, names, prune=prune)
    return done


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """Give a hidden folder beside another one, for drafts; it goes with what is left in it."""
    room = folder.absolute().with_name(f".{folder.absolute().name}.{os.getpid()}.stage")
    try:
        room.mkdir(parents=True)
    except OSError as error:
        raise GloseError(f"{folder}: cannot be written ({error.strerror})") from error
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _says(place: Path, content: bytes) -> bool:
    """Whether a sheet is there and says just that."""
    try:
        return place.is_file() and place.read_bytes() == content
    except OSError as error:
        raise GloseError(f"{place}: cannot be read ({error.strerror})") from error


def _kept(draft: Path, content: bytes) -> Path:
    try:
        draft.write_bytes(content)
    except OSError as error:
        raise GloseError(f"{draft}: cannot be written ({error.strerror})") from error
    return draft


def _moved(draft: Path, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)
    except OSError as error:
        raise GloseError(f"{place}: cannot be written ({error.strerror})") from error


def write(folder: Path, documents: Iterable[Document]) -> int:
    """Write a sheet for each document to a draft of a folder; return how many.

    Raises `GloseError` if a document comes twice.
    """
    names = _Names()
    number = 0
    for number, document in enumerate(documents, start=1):  # noqa: B007  # it is what is returned
        place = folder / names.new(document)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(sheets.encode(document))
    return number


def _records(path: Path) -> Iterator[tuple[bytes, Document]]:
    """Yield records with the lines that they stand in."""
    held: list[bytes] = []

    def kept(stream: Iterable[bytes]) -> Iterator[bytes]:
        for line in stream:
            held[:] = [line]
            yield line

    layer = path.name.split(".")[0]
    with readable(path, buffer=BUFFER) as stream:
        for number, written in jsonl.numbered(kept(stream), str(path)):
            document = jsonl.completed(written, layer)
            for fault in rules.faults(document, written):
                raise InputError(Place(str(path), number, document.id or None), fault)
            yield held[0], replace(document, text_sha256=written.text_sha256)


def name_of(document: Document) -> str:
    """Return where the sheet of a document stands in its folder: by id, then layer.

    >>> name_of(Document(id="2031/depeche-1", layer="gold"))
    '2031/depeche-1.gold.glose'
    """
    parts = inputs.safe(document.id).split("/")
    layer = inputs.safe(document.layer.replace("/", "%2F")).replace(".", "%2E")
    short = [_short(part) for part in (*parts, layer)]
    return "/".join(short[:-1]) + f".{short[-1]}{sheets.SUFFIX}"


def _short(name: str) -> str:
    data = name.encode()
    if len(data) <= LONGEST:
        return name
    return data[: LONGEST - 9].decode(errors="ignore") + "~" + sha256(data).hexdigest()[:8]


class _Names:
    """Where the sheets of a folder stand, so that none is taken for another."""

    def __init__(self) -> None:
        self.layers: set[str] = set()
        self._documents: set[tuple[str, str]] = set()
        self._places: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._places

    def new(self, document: Document) -> str:
        """Return the name of a sheet; raise `GloseError` if the document has one."""
        key = document.id, document.layer
        if key in self._documents:
            what = f"document {shown(document.id)} comes twice in layer {shown(document.layer)}"
            raise GloseError(f"{what}; expected each document once")
        self._documents.add(key)
        self.layers.add(document.layer)
        name = name_of(document)
        if name in self:
            # There are file systems for which `A` is `a`.
            digest = sha256("/".join(key).encode()).hexdigest()[:8]
            name = f"{name.removesuffix(sheets.SUFFIX)}~{digest}{sheets.SUFFIX}"
        self._places.add(name.casefold())
        return name


def _leave(done: Spread, folder: Path, names: _Names, *, prune: bool) -> None:
    """Delete the sheets of documents that a file does not have, or say that they are left."""
    for place in inputs.files(folder, sheets.SUFFIX) if folder.is_dir() else ():
        known = place.relative_to(folder).as_posix() in names
        if not known and sheets.read(place).layer in names.layers:
            if prune:
                place.unlink()
                done.deleted += 1
            else:
                done.left.append(place)


def pack(path: Path) -> Iterator[Document]:
    """Yield the documents of a folder of sheets, or of one sheet; raise `GloseError` if none."""
    if not path.exists():
        raise GloseError(f"{path}: no such folder; check the path")
    found = inputs.files(path, sheets.SUFFIX)
    if not found:
        raise GloseError(f"{path}: no sheets (*{sheets.SUFFIX}); `glose corpus spread` makes them")
    for place in found:
        yield sheets.read(place)
