"""What is said of a path whose format is not recognised."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from glose.corpus.building.content import Content
from glose.corpus.building.rejections import RejectError
from glose.corpus.formats.declaration import Format
from glose.corpus.formats.unread import data

#: Where all names of formats stand.
LISTED = "`glose corpus convert --help` lists them"


def unread(path: Path, known: Mapping[str, Format]) -> str:
    """Return what to do about an input that no format fits, as one line.

    A folder is told by its first file.
    """
    first = next(iter(data(path)), None) if path.is_dir() else path
    kind = None if first is None else document(first)
    if first is None or kind is None:
        return f"{path}: its format is not recognised; {_named(path, known, '--from')}"
    return (
        f"{first}: {kind}, not annotated records; `glose corpus build` reads documents;"
        f" if it is annotated, {_named(path, known, '--from')}"
    )


def unwritten(path: Path, known: Mapping[str, Format]) -> str:
    """Return what to do about an output whose suffix is of no format, as one line."""
    written = {name: found for name, found in known.items() if found.writer is not None}
    return f"{path}: its format is not recognised; {_named(path, written, '--to')}"


def document(path: Path) -> str | None:
    """Return what kind of document a build would read at a path; `None` if it is of none."""
    from glose.corpus.building.readers import table

    try:
        found = table.known(Content(path, path.name))
    except RejectError:
        return None
    return None if found is None else found.description


def _named(path: Path, known: Mapping[str, Format], option: str) -> str:
    """Return that the format be named, and the suffix that is like that of the path."""
    suffixes = {suffix: name for name, found in known.items() for suffix in found.suffixes}
    close = get_close_matches(path.suffix.lower(), suffixes, n=1, cutoff=0.75)
    like = f"; did you mean {close[0]} ({suffixes[close[0]]})?" if close else ""
    return f"name it with {option} NAME ({LISTED}){like}"
