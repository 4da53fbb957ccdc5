"""The types of mentions that a gold corpus has, for programs that count no others."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from glose.evaluate.projection import Cut
from glose.evaluate.survey import lines


class _Typed(msgspec.Struct):
    type: str


class _Document(msgspec.Struct):
    id: str
    mentions: tuple[_Typed, ...] = ()


_decoder = msgspec.json.Decoder(_Document)


def types(gold: Path, cut: Cut = str, ids: Collection[str] | None = None) -> frozenset[str]:
    """Return the types of mentions of a corpus file, or of the documents that are named.

    A line that cannot be read has none; whoever scores it says what is wrong with it.
    """
    found: set[str] = set()
    for _, line in lines(gold):
        try:
            document = _decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            continue
        if ids is None or document.id in ids:
            found.update(cut(mention.type) for mention in document.mentions)
    return frozenset(found)
