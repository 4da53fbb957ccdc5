"""Zip archives of annotated folders, unpacked to a temporary folder that is removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from glose.corpus.building import archives
from glose.corpus.building.rejections import RejectError
from glose.corpus.errors import GloseError

#: The most that is unpacked of one archive, in bytes.
LARGEST = 1 << 32
_BLOCK = 1 << 20


class Unpacked(NamedTuple):
    """An archive: where it stands, and the temporary folder that it was unpacked to.

    `folder` is what a person would name: the only folder in `room` if nothing is beside it.
    """

    archive: Path
    room: Path
    folder: Path

    def shown(self, text: str) -> str:
        """Return a text with the paths in it as of the archive: `a.zip/b/c.ann`."""
        return text.replace(str(self.room), str(self.archive))


@contextmanager
def unpacked(archive: Path) -> Iterator[Unpacked]:
    """Unpack a zip archive for the time of the block.

    Raises `GloseError` where it is broken, too large, or a member would leave the folder; errors
    in the block that name an unpacked file name the member instead.
    """
    with TemporaryDirectory(prefix="glose-") as name:
        room = Path(name).resolve()
        try:
            _unpack(archive, room)
        except (RejectError, OSError) as error:
            raise GloseError(f"{archive}: cannot be unpacked: {error}") from error
        found = Unpacked(archive, room, _inner(room))
        try:
            yield found
        except GloseError as error:
            raise GloseError(found.shown(str(error))) from error


def _unpack(archive: Path, room: Path) -> None:
    left = LARGEST
    for name, stream in archives.streams(archive):
        parts = _parts(name)
        if any(part[0] == "." or part == "__MACOSX" for part in parts):
            continue
        target = room.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        left = _copied(stream, target, left)


def _parts(name: str) -> tuple[str, ...]:
    """Return a member's name as names of folders and its file; refuse one that leads elsewhere."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or any(p == ".." or ":" in p or "\0" in p for p in parts):
        raise RejectError(f"the member {name!r} would not lie below the folder")
    return parts


def _copied(stream: IO[bytes], target: Path, left: int) -> int:
    with target.open("wb") as copy:
        while block := stream.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise RejectError(f"it holds more than {LARGEST >> 30} GiB; unpack it yourself")
            copy.write(block)
    return left


def _inner(room: Path) -> Path:
    inside = list(room.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else room
