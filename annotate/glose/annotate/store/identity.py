"""Which file a project is: by its name alone, another could take its place unseen."""

from __future__ import annotations

from errno import ESTALE
from pathlib import Path

from glose.corpus.errors import GloseError


class Identity:
    """The file that stood at a path when the project was opened.

    Who has a file open goes on writing to it when it is renamed, deleted or replaced, and nobody
    would find what was written.
    """

    def __init__(self, path: Path) -> None:
        """Take the file that is there now; raises `OSError` if there is none."""
        self._path = path
        self._file = _number(path)

    def check(self) -> None:
        """Raise `GloseError`, with an `OSError` as its cause, if that file is not there now."""
        try:
            if _number(self._path) != self._file:
                raise OSError(ESTALE, "another file")
        except OSError as error:
            what = "the file of the project is gone or was replaced"
            raise GloseError(f"{self._path}: {what}; put it back, or end the server") from error


def _number(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
