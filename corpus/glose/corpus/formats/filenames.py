"""The names of the files of documents in a folder that is written."""

from __future__ import annotations

from pathlib import Path

from glose.corpus.errors import GloseError
from glose.corpus.formats import inputs
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.staging import meant
from glose.corpus.forms import shown


def twice(path: Path, document: str) -> str:
    """Return what is wrong where a document comes again that a draft has already."""
    return f"{meant(path)}: document {shown(document)} comes twice; expected each document once"


class Stems:
    """Where the files of documents go, each document once."""

    def __init__(self, folder: Path, losses: Losses) -> None:
        self._folder, self._losses = folder, losses
        self._seen: set[str] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def stem(self, document: str) -> Path:
        """Return the path of the files of a document without a suffix; its folder is there then.

        Raises `GloseError` for a document that came before.
        """
        name = inputs.safe(document)
        if name in self._seen:
            raise GloseError(twice(self._folder, document))
        self._seen.add(name)
        if name != document:
            self._losses.note("ids of documents that are no file names were respelt")
        stem = self._folder / name
        stem.parent.mkdir(parents=True, exist_ok=True)
        return stem
