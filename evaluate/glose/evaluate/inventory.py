"""The types that a gold corpus has, for programs that count no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from glose.corpus.jsonl import LISTS, reader
from glose.evaluate.counts import Statistic
from glose.evaluate.projection import Cut
from glose.evaluate.survey import lines


def types(
    gold: Path,
    statistics: Iterable[Statistic],
    cut: Cut = str,
    ids: Collection[str] | None = None,
) -> Mapping[str, frozenset[str]]:
    """Return the types of a corpus file, or of the documents that are named, as statistics see it.

    Only closed statistics ask; the file is not read without any. A line that cannot be read has
    no types; whoever scores it says what is wrong with it.
    """
    closed = [(each, each.closed) for each in statistics if each.closed]
    read = [each.reads for each, _ in closed]
    decode = reader(LISTS if None in read else {name for each in read for name in each or ()})
    found: dict[str, set[str]] = {each.name: set() for each, _ in closed}
    for _, line in lines(gold) if closed else ():
        try:
            document = decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if ids is None or document.id in ids:
            for each, known in closed:
                there = {cut(item.type) for name in each.lists for item in getattr(document, name)}
                if not there <= found[each.name]:
                    found[each.name].update(known(each.project(document, cut)))
    return {name: frozenset(each) for name, each in found.items()}
