"""Finding the documents that the arguments of a build name: files, folders, globs, archives."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from glose.corpus.building import archives
from glose.corpus.building.content import Content
from glose.corpus.building.readers import table
from glose.corpus.building.rejections import RejectError, Rejection
from glose.corpus.errors import GloseError

#: What stands beside documents in a folder and is none of them.
NOT_DOCUMENTS = frozenset(("SOURCE.md", "README.md"))


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read: a file, or a member of an archive.

    `name` is its path, with `/`, relative to the argument that named it, and then the path inside
    the archive. `folder` is the name of the folder that the argument lies in.
    """

    path: Path
    name: str
    member: str | None = None
    folder: str = ""


def find(arguments: Iterable[str], without: Path) -> tuple[list[Source], list[Rejection]]:
    """Return the documents that arguments name, each once, and what cannot be opened at all.

    Both are sorted by name, so the order of the arguments does not matter. Hidden files are
    skipped in folders, and so is everything in the folder `without`, where the build writes.
    Raises `GloseError` for an argument that names nothing.
    """
    found: dict[tuple[str, str | None], Source] = {}
    rejections: dict[str, Rejection] = {}
    for argument in sorted(set(arguments)):
        count = 0
        for path, written, folder in _files(argument):
            name = _legible(written)
            if _inside(path, without):
                continue
            count += 1
            try:
                for source in _documents(path, name, folder):
                    key = (os.path.realpath(path), source.member)
                    # The same file by two ways is known by its shortest name.
                    found[key] = min(found.get(key, source), source, key=_shortness)
            except RejectError as error:
                rejections[os.path.realpath(path)] = Rejection(name, str(error))
        if not count:
            raise GloseError(
                f"{argument}: no document there; expected a file, a folder with files, or a glob"
            )
    return sorted(found.values(), key=_order), sorted(rejections.values())


def _legible(name: str) -> str:
    """Return a file name with U+FFFD for bytes that are no UTF-8, which a record cannot hold."""
    return os.fsencode(name).decode("utf-8", "replace")


def _order(source: Source) -> tuple[str, str]:
    return source.name, str(source.path)


def _shortness(source: Source) -> tuple[int, str]:
    return len(source.name), source.name


def _inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _files(argument: str) -> Iterator[tuple[Path, str, str]]:
    """Yield path, name and folder of the files that an argument names."""
    path = Path(argument)
    if path.is_dir():
        yield from _listed(path)
    elif os.path.lexists(path):
        yield path, path.name, path.absolute().parent.name
    elif glob.has_magic(argument):
        yield from _matched(argument)


def _matched(pattern: str) -> Iterator[tuple[Path, str, str]]:
    """Yield the files that a glob matches (`**` is any depth), and those of folders it matches."""
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:fixed])
    for path in sorted(root.glob("/".join(parts[fixed:]))):
        files = [file for file, _, _ in _listed(path)] if path.is_dir() else [path]
        for file in files:
            inside = file.relative_to(root)
            if not (_is_hidden(inside.parts) or file.name in NOT_DOCUMENTS):
                yield file, inside.as_posix(), root.absolute().name


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") for part in parts)


def _listed(folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield the files below a folder, but hidden ones; a folder that is a link is not entered."""

    def refuse(error: OSError) -> None:
        raise GloseError(
            f"{error.filename}: the folder cannot be listed ({error.strerror})"
        ) from error

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or name in NOT_DOCUMENTS:
                continue
            path = Path(root, name)
            yield path, path.relative_to(folder).as_posix(), folder.absolute().name


def _documents(path: Path, name: str, folder: str) -> Iterator[Source]:
    """Yield a file, or the members of an archive that is no document by itself."""
    if not archives.is_zip(path) or table.detected(Content(path, name)):
        yield Source(path, name, None, folder)
        return
    members = [member for member in archives.members(path) if not _skipped(member)]
    if not members:
        raise RejectError("the archive holds no document")
    for member in members:
        yield Source(path, f"{name}/{_safe(member)}", member, folder)


def _skipped(member: str) -> bool:
    """Say if a member of an archive is hidden, or what an archiver adds."""
    parts = PurePosixPath(member.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return hidden or (bool(parts) and parts[-1] in NOT_DOCUMENTS)


def _safe(member: str) -> str:
    """Return the path of a member without what would lead out of the archive."""
    parts = PurePosixPath(member.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in {"/", ".."})
