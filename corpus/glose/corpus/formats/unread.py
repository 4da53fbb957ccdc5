"""What lies in a folder of data and was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from glose.corpus.formats import inputs

#: How many files a note names.
_NAMED = 3
#: Files that come with data and are none: they say what it is, or how it is shown and checked.
_BESIDE = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|attribution|authors|contributors|citation|changelog"
    r"|changes|version|makefile|sha\d*sums|md5sums)\b.*|licen[cs]e.*"
    r"|.*\.(?:md|rst|pdf|dtd|xsd|rng|rnc|xslt?|css|conf|cfg|ini|toml|ya?ml|gapp|part)"
    r"|(?:source|manifest)(?:\.\w+)?|(?:.*[_.-])?typesystem\.xml|exportedproject.*\.json"
    r"|.*(?:_scheme|_style|_customization)\.xml|(?:dataset_infos?|corpus)\.json",
    re.IGNORECASE,
)


def note(folder: Path, ledger: inputs.Ledger) -> str | None:
    """Return which files below a folder were not read, as one line; `None` if all were.

    A reader of which no file was noted is taken to know the whole folder.
    """
    files = {inputs.place(file): file for file in _files(folder)}
    if ledger.read.isdisjoint(files):
        return None
    left = [file.relative_to(folder).as_posix() for path, file in files.items()
            if path not in ledger.read and not _BESIDE.fullmatch(file.name)]  # fmt: skip
    return f"not read: {told(left)}" if left else None


def told(names: Iterable[str]) -> str:
    """Return names as a line: the first ones, and how many there are.

    >>> told(["a", "b", "c", "d"]), told(["a"])
    ('a, b, c and 1 more (4 files)', 'a (1 file)')
    """
    names = list(names)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    count = f"{len(names):,} file{'s' if len(names) != 1 else ''}"
    return f"{', '.join(names[:_NAMED])}{more} ({count})"


def missing(folder: Path, ledger: inputs.Ledger, suffixes: tuple[str, ...]) -> str | None:
    """Return why a reader found no file of its own in a folder; `None` if there were some.

    `suffixes` are those of the format, for a reader that asked for none.
    """
    wanted = tuple(suffix for suffix in ledger.suffixes if suffix) or suffixes
    if not wanted or inputs.files(folder, *wanted):
        return None
    there = [file.name for file in data(folder)]
    found = f"there: {told(there)}" if there else "there is none at all"
    plain = [suffix for suffix in wanted if not suffix.endswith(".gz")] or wanted
    return f"no file in it ends in {' or '.join(plain)}; {found}"


def data(folder: Path) -> list[Path]:
    """Return the files below a folder but those that visibly are no data."""
    return [file for file in _files(folder) if not _BESIDE.fullmatch(file.name)]


def _files(folder: Path) -> list[Path]:
    return inputs.files(folder, "")
