"""What earlier builds left in a folder: kept where it fits the texts built now, else set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from glose.corpus import jsonl, manifest
from glose.corpus.errors import GloseError
from glose.corpus.files import abandoned


def set_aside(folder: Path, made: Collection[str], texts: Mapping[str, str]) -> dict[str, str]:
    """Rename the files of records that do not fit, and return their old and new names.

    `made` are the files of this build and `texts` the hash of the text of each document. A file
    whose every record is of a document built now, with its text, fits; nothing is ever deleted,
    because annotation may be in it.
    """
    moved = {}
    for path in manifest.records(folder):
        if path.name not in made and not _fits(path, texts):
            new = next(name for name in _names(path) if not (folder / name).exists())
            path.rename(folder / new)
            moved[path.name] = new
    return moved


def _fits(path: Path, texts: Mapping[str, str]) -> bool:
    try:
        return all(
            texts.get(record.id) == record.text_sha256 is not None
            for record in jsonl.read(path, check=False)
        )
    except GloseError:
        return False


def _names(path: Path) -> list[str]:
    return [f"{path.name}.old", *(f"{path.name}.old{number}" for number in range(2, 1000))]


def drafts(folder: Path) -> None:
    """Remove the drafts that a build left when it was killed, and none of one that still runs."""
    for draft in abandoned(folder):
        draft.unlink(missing_ok=True)
