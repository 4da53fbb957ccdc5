"""Groups of documents that hang together by near-duplicates, measured exactly.

Two documents are near-duplicates if so much of the shorter one (`share` of its shingles) is in
the longer one; stock phrases, which many otherwise unlike documents have, count as if they were
in neither. Copies, edited copies, updates, and a dispatch within a longer one are so alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Generic, TypeVar

from glose.corpus.document import Document
from glose.corpus.duplicates import candidates, stock
from glose.corpus.duplicates.shingles import Shingler

if TYPE_CHECKING:
    from glose.corpus.duplicates.candidates import Keys, Numbers
    from glose.corpus.duplicates.shingles import Shingles

#: How much of the shorter document must be in the longer one.
SHARE = 0.5
#: The fewest shingles that must be shared, unless all are: twelve words are no accident.
FEWEST = 8
#: Documents are of one family, in which no phrase is a stock phrase, if they are so similar,
ALIKE = 0.5
#: or so similar and share so many shingles, more than any footer has.
AKIN, MANY = 0.3, 40

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Link:
    """Two near-duplicates, the shorter first.

    `similarity` is the Jaccard index: shared shingles by all of both. `contained` is shared
    shingles by those of the shorter one. Both are counted, not estimated.
    """

    shorter: str
    longer: str
    similarity: float
    contained: float


@dataclass(frozen=True, slots=True)
class Group:
    """Ids of documents that hang together, sorted, and the closest links that join them all."""

    documents: tuple[str, ...]
    links: tuple[Link, ...]


class Finder:
    """Takes documents in any order, and then tells which are near-duplicates of one another.

    Of each document its shingles are held, some eight bytes a word.
    """

    def __init__(self) -> None:
        self._shingler = Shingler()
        self._found: dict[str, Shingles] = {}
        #: How many documents were added.
        self.documents = 0

    def add(self, document: Document) -> None:
        """Take a document; one without a word, or without text, is nothing's near-duplicate."""
        self.documents += 1
        shingles = self._shingler.of(document.text or "")
        if len(shingles):
            self._found[document.id] = shingles

    @property
    def compared(self) -> int:
        """How many documents have words, by which they are compared."""
        return len(self._found)

    def groups(self, share: float = SHARE) -> list[Group]:
        """Return the groups of two documents or more, in the order of their first ids."""
        twins: dict[bytes, list[str]] = {}
        for name in sorted(self._found):
            twins.setdefault(_mark(self._found[name]), []).append(name)
        firsts = sorted((len(self._found[names[0]]), names[0]) for names in twins.values())
        names = [name for _, name in firsts]
        links = [*_equal(twins.values()), *_near([self._found[n] for n in names], names, share)]
        return sorted(_groups(links), key=lambda group: group.documents)


def find(documents: Iterable[Document], share: float = SHARE) -> list[Group]:
    """Return the groups of near-duplicates among documents."""
    finder = Finder()
    for document in documents:
        finder.add(document)
    return finder.groups(share)


def _mark(shingles: Shingles) -> bytes:
    return blake2b(shingles.tobytes(), digest_size=16).digest()


def _equal(twins: Iterable[Sequence[str]]) -> Iterator[Link]:
    """Yield links of documents that have the same shingles, however few or common."""
    for first, *others in twins:
        yield from (Link(first, other, 1.0, 1.0) for other in others)


def _near(documents: Sequence[Shingles], names: Sequence[str], share: float) -> Iterator[Link]:
    """Yield links of documents that are near; they are sorted by size, and no two are equal."""
    if len(documents) > 1:
        distinct = stock.without(documents, _families(documents))
        yield from _contained(distinct, names, share)


def _families(documents: Sequence[Shingles]) -> Numbers:
    """Return the number of the family of each document."""
    import numpy as np

    joined = Joined[int]()
    for first, second in _numbered(candidates.alike(documents), len(documents)):
        if joined.top(first) != joined.top(second):
            shared = _shared(documents[first], documents[second])
            similarity = _similarity(shared, documents[first], documents[second])
            if similarity >= ALIKE or (similarity >= AKIN and shared >= MANY):
                joined.join(first, second)
    return np.array([joined.top(number) for number in range(len(documents))])


def _contained(
    documents: Sequence[Shingles], names: Sequence[str], share: float
) -> Iterator[Link]:
    """Yield links of documents of which the longer has so much of the shorter one."""
    chosen = [number for number, found in enumerate(documents) if len(found) >= FEWEST]
    chosen.sort(key=lambda number: (len(documents[number]), names[number]))
    if len(chosen) < 2:
        return
    some = [documents[number] for number in chosen]
    for first, second in _numbered(candidates.containing(some, share), len(some)):
        shared = _shared(some[first], some[second])
        if shared >= FEWEST and shared >= share * len(some[first]):
            similarity = _similarity(shared, some[first], some[second])
            shorter, longer = names[chosen[first]], names[chosen[second]]
            yield Link(shorter, longer, similarity, shared / len(some[first]))


def _numbered(keys: Keys, count: int) -> Iterator[tuple[int, int]]:
    """Yield pairs as the numbers of their documents."""
    for key in keys.tolist():
        yield divmod(key, count)


def _shared(one: Shingles, other: Shingles) -> int:
    import numpy as np

    return len(np.intersect1d(one, other, assume_unique=True))


def _similarity(shared: int, one: Shingles, other: Shingles) -> float:
    return shared / (len(one) + len(other) - shared)


def _groups(links: Iterable[Link]) -> Iterator[Group]:
    """Yield what links hold together, with the closest ones that do so without a circle."""
    joined = Joined[str]()
    kept = [link for link in sorted(links, key=_rank) if joined.join(link.shorter, link.longer)]
    found: dict[str, list[Link]] = {}
    for link in kept:
        found.setdefault(joined.top(link.shorter), []).append(link)
    for group in found.values():
        ids = {name for link in group for name in (link.shorter, link.longer)}
        yield Group(tuple(sorted(ids)), tuple(group))


def _rank(link: Link) -> tuple[float, float, str, str]:
    """Return what puts the most similar first, and leaves nothing to chance."""
    return -link.similarity, -link.contained, link.shorter, link.longer


class Joined(Generic[T]):
    """Things that are joined to sets."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def top(self, one: T) -> T:
        """Return what stands for the set of a thing."""
        above = self._above
        above.setdefault(one, one)
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: T, other: T) -> bool:
        """Make two sets one; return whether they were two."""
        first, second = self.top(one), self.top(other)
        self._above[second] = first
        return first != second
