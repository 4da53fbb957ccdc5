"""Whether records say how far their annotation is, which those of people do.

What a foreign system writes may have no more than ids and lists, and is then no work of people.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from glose.corpus import jsonl
from glose.corpus.files import readable

#: The layer that is made by people even where it is sparse.
GOLD = "gold"


class _Head(msgspec.Struct):
    """What a line says of itself."""

    layer: str = ""
    status: msgspec.Raw = msgspec.Raw(b"")


_head = msgspec.json.Decoder(_Head)


def unstated(path: Path) -> frozenset[str]:
    """Return the layers of a file in which no record has a status, but for gold."""
    default = path.name.split(".")[0]
    layers: dict[str, bool] = {GOLD: True}
    for head in _heads(path):
        name = head.layer or default
        layers[name] = layers.get(name, False) or bytes(head.status) != b""
    return frozenset(name for name, stated in layers.items() if not stated)


def _heads(path: Path) -> Iterator[_Head]:
    """Yield what the lines of a file say of themselves; who reads it tells what is wrong."""
    with readable(path) as stream:
        while line := stream.readline(jsonl.LONGEST):
            try:
                yield _head.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
