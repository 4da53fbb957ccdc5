"""Ids of documents, made from their file names: legal, unique, and the same in each run."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from glose.corpus.building.readers.table import READERS
from glose.corpus.building.sources import Source

#: Suffixes that say what a file is and not what it is called.
SUFFIXES = frozenset((".gz", *(s for reader in READERS.values() for s in reader.suffixes)))
#: The longest id that a document brings along, in code points.
LONGEST = 120

#: What stands before every address and tells none from another.
_SCHEME = re.compile(r"\s*https?://(?:www\.)?")
_ILLEGAL = re.compile(r"[^\w.:-]+")


def identifiers(sources: Sequence[Source]) -> list[str]:
    """Return an id for each source.

    It is the name of the file without its suffix. Where several are equal, each gets its folder
    in front, then its suffix, then more folders, and at last a number.
    """
    return unique([list(_candidates(source)) for source in sources])


def within(source: str, number: int | None, own: str | None) -> list[str]:
    """Return the ids that a document of a source could have, the best first.

    That is its own, then its own with the id of the source in front, then with its number behind
    that, which is `None` where it is the only one. One without an own id has that of the source,
    and its number.
    """
    behind = "" if number is None else f"-{number}"
    name = legal(_SCHEME.sub("", own or ""))[:LONGEST].rstrip("-")
    if name in {"", "d"}:
        return [f"{source}{behind}"]
    return list(dict.fromkeys((name, f"{source}-{name}", f"{source}-{name}{behind}")))


def unique(wanted: Sequence[Sequence[str]]) -> list[str]:
    """Return an id for each of some lists of ids, of which the first is wanted most.

    Of those that are equal none gets it: each gets its next one, and at last a number.
    """
    rank = [0] * len(wanted)
    while True:
        ids = [names[level] for names, level in zip(wanted, rank, strict=True)]
        counts = Counter(ids)
        clashes = [
            number
            for number, id_ in enumerate(ids)
            if counts[id_] > 1 and rank[number] + 1 < len(wanted[number])
        ]
        if not clashes:
            return _numbered(ids)
        for number in clashes:
            rank[number] += 1


def _candidates(source: Source) -> Iterator[str]:
    """Yield the ids that a source could have, the shortest first."""
    path = PurePosixPath(source.folder or ".", source.name)
    stem, folders = _stem(path.name), path.parts[:-1]
    yield legal(stem)
    for depth in range(1, len(folders) + 1):
        front = "-".join(folders[-depth:])
        yield legal(f"{front}-{stem}")
        yield legal(f"{front}-{path.name}")
    yield legal(path.name)


def _stem(name: str) -> str:
    while (suffix := PurePosixPath(name).suffix.lower()) in SUFFIXES:
        name = name[: -len(suffix)]
    return name


def legal(name: str) -> str:
    """Return a name as an id: composed characters, `-` for what may not stand in one.

    >>> legal("Dépêche n° 12"), legal("000_063f")
    ('Dépêche-n-12', 'd000_063f')
    """
    name = _ILLEGAL.sub("-", unicodedata.normalize("NFC", name)).strip("-")
    return name if re.match("[A-Za-z]", name) else f"d{name}"


def _numbered(ids: list[str]) -> list[str]:
    """Return ids made unique by a number; the sources come sorted, so it is always the same."""
    taken, unique = set(ids), list[str]()
    seen: Counter[str] = Counter()
    for id_ in ids:
        seen[id_] += 1
        new = id_
        while seen[id_] > 1 and new in taken:
            new = f"{id_}-{seen[id_]}"
            seen[id_] += new in taken
        taken.add(new)
        unique.append(new)
    return unique
