"""Files and folders that are written aside, and take their place when they are whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from glose.corpus.errors import GloseError
from glose.corpus.files import is_special, whole

#: What the names of the folders of drafts end with.
_ROOM = ".stage"


@contextmanager
def staged(path: Path, *, folder: bool) -> Iterator[Path]:
    """Give a path to write to; what stands there takes its name if the block ends without error.

    The draft has the same name, in a hidden folder beside the place. A file that is there is
    replaced; a folder is not, unless it is empty. A link is followed, and what is no file (a pipe,
    `/dev/null`) is given the bytes of the draft. Raises `GloseError`.
    """
    _free(path, folder=folder)
    if not folder and is_special(path):
        with TemporaryDirectory() as aside:
            yield Path(aside, path.name)
            with whole(path) as stream:
                stream.write(Path(aside, path.name).read_bytes())
        return
    path = path.resolve() if path.is_symlink() else path
    room = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}{_ROOM}")
    try:
        room.mkdir(parents=True)
        if folder:
            (room / path.name).mkdir()
        yield room / path.name
        if folder and path.is_dir():
            path.rmdir()
        (room / path.name).replace(path)
    except OSError as error:
        if not str(error.filename or room).startswith(str(room)):
            raise
        raise GloseError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def meant(draft: Path) -> Path:
    """Return the path that a draft takes when it is whole; a path that is no draft is its own."""
    room = draft.parent
    return room.parent / draft.name if room.name.endswith(_ROOM) else draft


def _free(path: Path, *, folder: bool) -> None:
    if not folder and path.is_dir():
        raise GloseError(f"{path}: this is a folder; expected the name of a file to write")
    if folder and path.exists():
        if not path.is_dir():
            raise GloseError(f"{path}: this is a file; the format is a folder of files")
        if any(path.iterdir()):
            raise GloseError(f"{path}: this folder is not empty; expected a new one")
