"""Files of UIMA CAS: alone, in folders, in zip archives, and as INCEpTION exports a project.

A project has annotation/DOCUMENT/ANNOTATOR, plain or packed once more, and curation likewise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from glose.corpus.building import archives
from glose.corpus.errors import GloseError, InputError, Place
from glose.corpus.formats import inputs
from glose.corpus.formats.declaration import Task

#: The annotator of which INCEpTION says that nobody annotated.
INITIAL = "INITIAL_CAS"
_FOLDERS = ("annotation", "curation")


class Source(NamedTuple):
    """A file: where it is, the document and layer that its place tells, and its type system."""

    place: Place
    id: str
    layer: str
    data: bytes
    types: bytes | None = None
    described: Place | None = None


def names(path: Path, most: int) -> list[str]:
    """Return the names of what is in a folder or archive, and in the first annotation in it.

    At most so many of a folder are looked at. A broken archive has none.
    """
    try:
        found = archives.members(path) if archives.is_zip(path) else list(_below(path, most))
        packed = sorted(n for n in found if n.endswith(".zip") and _annotated(PurePosixPath(n)))
        if not packed:
            return found
        inner = BytesIO(_read(path, packed[0]))
        with ZipFile(inner) as archive:
            return [*found, *(f"annotation/{name}" for name in archive.namelist())]
    except (GloseError, BadZipFile, ValueError, NotImplementedError):
        return []


def _read(path: Path, name: str) -> bytes:
    packed = archives.is_zip(path)
    return archives.unpacked(path, name) if packed else inputs.content(path / name)


def _below(path: Path, most: int) -> Iterator[str]:
    found = (
        Path(root, name).relative_to(path).as_posix()
        for root, folders, files in os.walk(path)
        for name in files
    )
    yield from islice(found, most)


class _Tree(NamedTuple):
    """A folder, file or archive by the names of what is in it."""

    path: Path
    #: What places say where the path itself is a draft of this program.
    shown: str
    names: list[str]
    packed: bool

    def read(self, name: str) -> bytes:
        if not name:
            return inputs.content(self.path)
        try:
            return _read(self.path, name)
        except GloseError as error:
            raise GloseError(f"{self.shown}: {name}: {error}") from error

    def place(self, name: str) -> Place:
        if self.packed:
            return Place(f"{self.shown}!{name}")
        return Place(str(Path(self.shown) / name) if name else self.shown)


def sources(path: Path, suffix: str, task: Task) -> Iterator[Source]:
    """Yield the files of a suffix, sorted by name; `task` may name an annotator."""
    for found in _of(_tree(path, str(path)), suffix):
        if found.layer == INITIAL:
            task.losses.note("documents as they were before annotation were left out")
        elif task["annotator"] in (None, found.layer):
            yield found


def _tree(path: Path, shown: str) -> _Tree:
    if archives.is_zip(path):
        names = (name for name in archives.members(path) if not name.startswith("__MACOSX"))
        return _Tree(path, shown, sorted(names), packed=True)
    if path.is_dir():
        files = inputs.files(path, "")
        names = (file.relative_to(path).as_posix() for file in files)
        return _Tree(path, shown, sorted(names), packed=False)
    return _Tree(path, shown, [""], packed=False)


def _of(tree: _Tree, suffix: str, *, inner: bool = False) -> Iterator[Source]:
    """Yield the files of a tree; archives in it are opened, but not those in an inner one."""
    types = _Types(tree)
    for name in tree.names:
        annotated = _annotated(PurePosixPath(name))
        if name.endswith(".zip") and annotated and not inner:
            id_, layer = annotated
            for packed in _packed(tree, name, suffix):
                yield packed._replace(id=id_, layer=layer)
        elif not name or (name.endswith((suffix, f"{suffix}.gz")) and not _is_project(name)):
            id_, layer = annotated or (inputs.identifier(tree.path / name, tree.path), "")
            found, described = types.of(name) if suffix == ".xmi" else (None, None)
            yield Source(tree.place(name), id_, layer, tree.read(name), found, described)


def _packed(tree: _Tree, name: str, suffix: str) -> Iterator[Source]:
    """Yield the files in an archive that is in another."""
    with TemporaryDirectory(prefix="glose-") as room:
        inner = Path(room) / "inner.zip"
        inner.write_bytes(tree.read(name))
        yield from _of(_tree(inner, tree.place(name).source), suffix, inner=True)


def _annotated(name: PurePosixPath) -> tuple[str, str] | None:
    """Return document and annotator, if a name is of an exported project."""
    parts = name.parts
    if len(parts) > 2 and parts[-3] in _FOLDERS:
        return parts[-2], name.stem
    return None


def _is_project(name: str) -> bool:
    return PurePosixPath(name).name.startswith("exportedproject")


class _Types:
    """The type systems of a tree, each for what is beside or below it."""

    def __init__(self, tree: _Tree) -> None:
        self._tree = tree
        self._names = {
            PurePosixPath(name).parent: name
            for name in tree.names
            if name.lower().endswith("typesystem.xml")
        }
        self._read: dict[str, bytes] = {}

    def of(self, name: str) -> tuple[bytes | None, Place | None]:
        """Return the type system of a file, with its place."""
        if not name:
            return self._beside()
        found = next(
            (self._names[p] for p in PurePosixPath(name).parents if p in self._names), None
        )
        if found is None:
            return None, None
        if found not in self._read:
            self._read = {found: self._tree.read(found)}
        return self._read[found], self._tree.place(found)

    def _beside(self) -> tuple[bytes | None, Place | None]:
        there = sorted(self._tree.path.parent.iterdir())
        found = [p for p in there if p.is_file() and p.name.lower().endswith("typesystem.xml")]
        return (inputs.content(found[0]), Place(str(found[0]))) if found else (None, None)


def described(source: Source, named: str | None) -> tuple[bytes, Place]:
    """Return the type system of a file, or the one that is named; raise `InputError` without."""
    if named is not None:
        return inputs.content(Path(named)), Place(named)
    if source.types is None or source.described is None:
        what = "no TypeSystem.xml beside it; put it there, or --option types=FILE"
        raise InputError(source.place, what)
    return source.types, source.described
