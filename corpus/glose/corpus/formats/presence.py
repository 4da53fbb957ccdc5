"""Which keys of the objects of a JSON file have anything in them, in any object of the file.

Many files have a key in every object, because the form wants it. Where the list is empty in one
document and not in another, there was nothing to find in the one. Where it is empty in all, nobody
may have looked: then the list was not annotated.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from glose.corpus.errors import Place
from glose.corpus.formats import items
from glose.corpus.formats.declaration import Task
from glose.corpus.formats.rejects import Rejects


class _Passed(Rejects):
    """What is malformed is passed over here; whoever reads the file tells it."""

    def add(self, place: Place, reason: str, content: object = None) -> None:
        """Do nothing."""


def filled(path: Path, *keys: str) -> frozenset[str]:
    """Return which of some keys have items in an object of a file.

    Lists of lists have items if one of these has. The file is read until all keys were seen so,
    which are the first lines of most; of a pipe, which cannot be read twice, nothing is known.
    """
    found: set[str] = set()
    if not path.is_file():
        return frozenset()
    for _, data in items.items(path, Task(rejects=_Passed())):
        given = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        found.update(key for key in keys if key not in found and _any(given.get(key)))
        if len(found) == len(keys):
            break
    return frozenset(found)


def _any(raw: msgspec.Raw | None) -> bool:
    value = None if raw is None else msgspec.json.decode(raw)
    return isinstance(value, list) and any(value)
