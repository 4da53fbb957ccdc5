"""A file of records spread over a folder, a sheet for each document, and packed again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
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
    names: dict[str, tuple[str, str]] = {}
    for line, document in _records(path):
        done.other += line.rstrip(b"\n") != jsonl.encode(document)
        place = folder / _free(document, names)
        if _put(place, sheets.encode(document)):
            done.written += 1
        else:
            done.same += 1
    if not names:
        raise GloseError(f"{path}: no record; expected one document a line")
    _leave(done, folder, names, prune=prune)
    return done


def write(folder: Path, documents: Iterable[Document]) -> int:
    """Write a sheet for each document; return how many. Raises `GloseError` if one comes twice."""
    names: dict[str, tuple[str, str]] = {}
    number = 0
    for number, document in enumerate(documents, start=1):
        _put(folder / _free(document, names), sheets.encode(document))
        if len(names) < number:
            what = f"document {shown(document.id)} comes twice in layer {shown(document.layer)}"
            raise GloseError(f"{what}; expected each document once")
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


def _free(document: Document, names: dict[str, tuple[str, str]]) -> str:
    """Return the name of a sheet, another one where one would be taken for the other."""
    key = document.id, document.layer
    name = name_of(document)
    if names.setdefault(name.casefold(), key) == key:
        return name
    other = f"{name.removesuffix(sheets.SUFFIX)}~{sha256('/'.join(key).encode()).hexdigest()[:8]}"
    names[f"{other}{sheets.SUFFIX}".casefold()] = key
    return f"{other}{sheets.SUFFIX}"


def _put(place: Path, content: bytes) -> bool:
    """Write a sheet unless it says the same already; return whether it was written."""
    try:
        if place.is_file() and place.read_bytes() == content:
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{os.getpid()}.part")
        try:
            draft.write_bytes(content)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise GloseError(f"{place}: cannot be written ({error.strerror})") from error
    return True


def _leave(done: Spread, folder: Path, names: dict[str, tuple[str, str]], *, prune: bool) -> None:
    layers = {layer for _, layer in names.values()}
    for place in inputs.files(folder, sheets.SUFFIX):
        if place.relative_to(folder).as_posix().casefold() in names:
            continue
        if sheets.read(place).layer in layers:
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
