"""A local list of things that mentions may be linked to, searched while somebody types.

The file is TSV in UTF-8: id, name, and if they are known further names with `|` between them and
a few words about it. The knowledge base of its entries is called as the file is, without `.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from glose.corpus.errors import InputError, Place
from glose.corpus.files import readable
from glose.corpus.forms import shown

_COLUMNS = "id, name, further names with | between them, about; a tab between columns"
#: Letters that do not come apart into a letter and a mark.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
#: What sorts after every word that begins with a string.
_LAST = "\U0010ffff"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Something to link to: `id` is that of the knowledge base `kb`."""

    kb: str
    id: str
    name: str
    about: str


class Line(NamedTuple):
    """An entry and every name that it is found by."""

    entry: Entry
    names: tuple[str, ...]


class Links:
    """The entries of a list; of two that fit alike, the one with the shorter name comes first."""

    def __init__(self, lines: Iterable[Line]) -> None:
        # An entry is known by its number in this order, so the lower number is the better one.
        ordered = sorted(lines, key=lambda line: len(line.entry.name))
        self._entries = [line.entry for line in ordered]
        names: defaultdict[str, list[int]] = defaultdict(list)
        words: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(ordered):
            called = [folded(name) for name in line.names]
            for name in {" ".join(parts) for parts in called}:
                names[name].append(number)
            for word in set(chain.from_iterable(called)):
                words[word].append(number)
        self._names, self._words = _Index(names), _Index(words)

    @classmethod
    def read(cls, path: Path) -> Links:
        """Return the list in a file; raises `InputError` that names the line that is at fault."""
        return cls(_lines(path))

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, query: str, limit: int = 20) -> list[Entry]:
        """Return the entries that a query may mean, best first, whatever case and accents.

        First those called so, then those with a name that begins so, then those of whose names
        some words begin as the words of the query do, in any order.
        """
        found: dict[int, None] = {}
        for numbers in self._stages(folded(query), limit):
            found.update(dict.fromkeys(numbers))
            if len(found) >= limit:
                break
        return [self._entries[number] for number in found][:limit]

    def _stages(self, parts: list[str], limit: int) -> Iterator[list[int]]:
        if parts:
            name = " ".join(parts)
            yield self._names.of(name)
            yield self._names.least(name, limit)
            yield self._words.least(name, limit) if len(parts) == 1 else self._common(parts, limit)

    def _common(self, parts: list[str], limit: int) -> list[int]:
        """Return the best entries that have a word for each part."""
        found: set[int] | None = None
        for part in sorted(set(parts), key=self._words.width):
            numbers = self._words.beginning(part)
            found = set(numbers) if found is None else found.intersection(numbers)
            if not found:
                break
        return nsmallest(limit, found or ())


class _Index:
    """Numbers by words, which are asked for by how they begin. Numbers ascend under each word."""

    def __init__(self, numbers: Mapping[str, list[int]]) -> None:
        self._numbers = numbers
        self._words = sorted(numbers)
        self._firsts = [numbers[word][0] for word in self._words]

    def of(self, word: str) -> list[int]:
        """Return the numbers of a word."""
        return self._numbers.get(word, [])

    def width(self, start: str) -> int:
        """Return how many words begin so."""
        return len(self._range(start))

    def beginning(self, start: str) -> Iterator[int]:
        """Yield the numbers of the words that begin so, some of them more than once."""
        found = self._range(start)
        words = self._words[found.start : found.stop]
        return chain.from_iterable(map(self._numbers.__getitem__, words))

    def least(self, start: str, count: int) -> list[int]:
        """Return the least numbers, each once, of the words that begin so.

        They stand under the words with the least first numbers, so few words are looked into.
        """
        # One number may be the first of several words, so more words than numbers are taken.
        many = 4 * count
        best = nsmallest(many, self._range(start), key=self._firsts.__getitem__)
        found = {number for at in best for number in self._numbers[self._words[at]]}
        if len(best) == many and len({self._firsts[at] for at in best}) < count:
            found = set(self.beginning(start))
        return nsmallest(count, found)

    def _range(self, start: str) -> range:
        return range(bisect_left(self._words, start), bisect_left(self._words, start + _LAST))


def folded(text: str) -> list[str]:
    """Return the words of a text without accents and case.

    >>> folded("Jaich al-Islām, à l'Œuvre")
    ['jaich', 'al', 'islam', 'a', 'l', 'oeuvre']
    """
    lowered = text.casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered.translate(_LIGATURES))
        lowered = "".join(one for one in apart if not unicodedata.combining(one))
    return _WORD.findall(lowered)


def _lines(path: Path) -> Iterator[Line]:
    kb = path.name.removesuffix(".gz").removesuffix(".tsv")
    seen: dict[str, int] = {}
    with readable(path) as stream:
        for number, line in enumerate(stream, start=1):
            place = Place(str(path), number)
            columns = _columns(line, place)
            if columns is None:
                continue
            id_, name, others, about = columns
            if id_ in seen:
                what = f"found the id {shown(id_)}, which is that of line {seen[id_]}"
                raise InputError(place, f"{what}; expected an id for each line")
            seen[id_] = number
            names = (name, *(one for one in others.split("|") if one.strip()))
            yield Line(Entry(kb, id_, name, about), names)


def _columns(line: bytes, place: Place) -> list[str] | None:
    """Return the four columns of a line, those that are missing empty; `None` of a blank line."""
    try:
        text = line.decode("utf-8-sig" if place.line == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        what = f"found byte {error.start + 1} of the line not in UTF-8; expected a list in UTF-8"
        raise InputError(place, what) from error
    if not text.strip():
        return None
    columns = [column.strip() for column in text.split("\t")]
    if not 2 <= len(columns) <= 4:
        count = "1 column" if len(columns) == 1 else f"{len(columns)} columns"
        raise InputError(place, f"found {count} ({shown(text)}); expected {_COLUMNS}")
    if not columns[0] or not columns[1]:
        missing = "name" if columns[0] else "id"
        raise InputError(place, f"found no {missing} ({shown(text)}); expected {_COLUMNS}")
    return columns + [""] * (4 - len(columns))
