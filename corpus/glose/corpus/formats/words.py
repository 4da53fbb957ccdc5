"""Documents as sentences of whole words, with mentions that may nest, cross or have gaps."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count, pairwise

from msgspec.structs import replace

from glose.corpus.document import Document, Entity, Mention, Pair, Segment, covered
from glose.corpus.formats.losses import Change, Losses
from glose.corpus.formats.pruning import derived, without
from glose.corpus.tokens import tokenize

_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Draft:
    """A text that is being read word by word, with what is between words.

    `gap` is written before the next word, and left out at the end of the document.
    """

    parts: list[str] = field(default_factory=list)
    size: int = 0
    tokens: list[Pair] = field(default_factory=list)
    sentences: list[Segment] = field(default_factory=list)
    gap: str = ""
    _first: int = 0

    def space(self, text: str) -> None:
        """Add what stands between words."""
        self.parts.append(text)
        self.size += len(text)

    def word(self, form: str, after: str) -> int:
        """Add a word and what will be between it and the next; return its number."""
        start = self.size + len(self.gap)
        self.size = start + len(form)
        self.parts += (self.gap, form)
        self.tokens.append((start, self.size))
        self.gap = after
        return len(self.tokens) - 1

    def end(self, source: str | None = None) -> None:
        """End a sentence, if it has words."""
        if self._first < len(self.tokens):
            start, end = self.tokens[self._first][0], self.tokens[-1][1]
            name = f"s{len(self.sentences) + 1}"
            self.sentences.append(Segment(name, "sentence", start, end, source))
            self._first = len(self.tokens)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def pairs(self, ranges: Iterable[Pair]) -> tuple[Pair, ...]:
        """Return ranges of words, in any order, as offsets; what touches is one."""
        found: list[Pair] = []
        for first, after in sorted(ranges):
            start, end = self.tokens[first][0], self.tokens[after - 1][1]
            if found and start <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return tuple(found)


# --------------------------------------------------------------------------------------------
# What words cannot hold
# --------------------------------------------------------------------------------------------


def fitted(document: Document, losses: Losses, *, heads: bool = False) -> Document:
    """Return a document of which every mention is whole words of one sentence.

    Its tokens have no white space, and cover all that is none. With `heads` these are whole words
    of their mention too. What was changed or dropped is accounted for.
    """
    if not document.tokens:
        losses.note("documents without tokens were cut by the tokeniser of glose")
    headed: tuple[Change, ...] = ((_headed, "a head is words of its mention"),)
    return losses.steps(
        document,
        (
            (_trimmed, "mentions begin and end at words"),
            *(headed if heads else ()),
            (_tokenized, "tokens have no white space, and end where mentions and heads do"),
            (_divided, "sentences are whole words, do not overlap, and cut no mention"),
        ),
    )


def _trimmed(document: Document) -> Document:
    """Return a document whose mentions have no white space at the ends of their pieces."""
    text = document.text or ""
    document = without(document, {m.id for m in document.mentions if not _pieces(m, text)})
    return replace(document, mentions=tuple(_cut(m, text) for m in document.mentions))


def pieces(mention: Mention) -> tuple[Pair, ...]:
    """Return the pieces of a mention: itself, if it has no gap."""
    return mention.fragments or ((mention.start, mention.end),)


def _pieces(mention: Mention, text: str) -> tuple[Pair, ...]:
    trimmed = (_strip(start, end, text) for start, end in pieces(mention))
    return tuple(pair for pair in trimmed if pair[0] < pair[1])


def _strip(start: int, end: int, text: str) -> Pair:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    return left, max(left, end - len(part) + len(part.rstrip()))


def _cut(mention: Mention, text: str) -> Mention:
    found = _pieces(mention, text)
    if found == pieces(mention):
        return mention
    start, end = found[0][0], found[-1][1]
    fragments = found if len(found) > 1 else ()
    head = mention.head
    if head:
        low, high = max(head[0], start), min(head[1], end)
        head = (low, high) if low < high else ()
    words = covered(text, start, end, fragments)
    return replace(mention, start=start, end=end, fragments=fragments, head=head, text=words)


def _headed(document: Document) -> Document:
    """Return a document whose heads have no white space at their ends and lie in one piece."""
    text = document.text or ""

    def headed(mention: Mention) -> Mention:
        if not mention.head:
            return mention
        start, end = _strip(mention.head[0], mention.head[1], text)
        inside = any(a <= start < end <= b for a, b in pieces(mention))
        return replace(mention, head=(start, end) if inside else ())

    return replace(document, mentions=tuple(map(headed, document.mentions)))


def _tokenized(document: Document) -> Document:
    """Return a document with tokens for all that is no white space, cut where mentions end."""
    text = document.text or ""
    given = document.tokens or tuple(tokenize(text))
    borders = _borders(document.mentions)
    tokens: list[Pair] = []
    for start, end in _filled(given, len(text)):
        for found in _WORD.finditer(text, start, end):
            first, last = found.span()
            inside = borders[bisect_right(borders, first) : bisect_left(borders, last)]
            tokens += pairwise((first, *inside, last))
    return replace(document, tokens=tuple(tokens))


def _borders(mentions: Iterable[Mention]) -> list[int]:
    """Return where mentions, their pieces and heads begin and end, sorted."""
    bounds: set[int] = set()
    for mention in mentions:
        bounds.update(mention.head, *pieces(mention))
    return sorted(bounds)


def _filled(tokens: Iterable[Pair], size: int) -> Iterator[Pair]:
    """Yield tokens and what is between them."""
    last = 0
    for start, end in tokens:
        if last < start:
            yield last, start
        yield start, end
        last = end
    if last < size:
        yield last, size


def _divided(document: Document) -> Document:
    """Return a document whose sentences are whole words, one after another."""
    words, covers = Words(document), _Covers(document)
    sentences = [s for s in document.segments if s.type == "sentence"]
    kept: dict[str, Segment] = {}
    last = 0
    for segment in sorted(sentences, key=lambda s: (s.start, -s.end)):
        found = words.trimmed(segment.start, segment.end)
        if found is None or found[0] < last or any(map(covers.cut, found)):
            continue
        last = found[1]
        kept[segment.id] = replace(segment, start=found[0], end=found[1])
    document = without(document, {s.id for s in sentences} - kept.keys())
    return replace(document, segments=tuple(kept.get(s.id, s) for s in document.segments))


class _Covers:
    """Tells whether a border lies inside a mention."""

    def __init__(self, document: Document) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((m.start, m.end) for m in document.mentions):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cut(self, border: int) -> bool:
        """Whether a border is neither at an end nor outside of all mentions."""
        at = bisect_left(self._starts, border) - 1
        return at >= 0 and border < self._ends[at]


# --------------------------------------------------------------------------------------------
# Words and sentences of a document that fits
# --------------------------------------------------------------------------------------------


class Words:
    """The words of a document by number."""

    def __init__(self, document: Document) -> None:
        self.text = document.text or ""
        self.tokens = document.tokens
        self._starts = [start for start, _ in document.tokens]
        self._ends = [end for _, end in document.tokens]

    def range(self, start: int, end: int) -> Pair:
        """Return the numbers of the words that a span touches, half-open."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end)

    def ranges(self, mention: Mention) -> tuple[Pair, ...]:
        """Return the words of each piece of a mention."""
        return tuple(self.range(start, end) for start, end in pieces(mention))

    def trimmed(self, start: int, end: int) -> Pair | None:
        """Return a span without what is no word at its ends; `None` if it cuts words or has none.

        >>> Words(Document(text="a bc", tokens=((0, 1), (2, 4)))).trimmed(1, 4)
        (2, 4)
        """
        first, after = self.range(start, end)
        if first >= after:
            return None
        found = self.tokens[first][0], self.tokens[after - 1][1]
        return found if start <= found[0] and found[1] <= end else None

    def form(self, number: int) -> str:
        """Return a word."""
        start, end = self.tokens[number]
        return self.text[start:end]

    def gap(self, number: int) -> str:
        """Return what is between a word and the next, or the end of the text."""
        after = number + 1
        end = self._starts[after] if after < len(self._starts) else len(self.text)
        return self.text[self._ends[number] : end]


def sentences(document: Document, words: Words) -> Iterator[tuple[Pair, Segment | None]]:
    """Yield the sentences as ranges of words without a gap, with the segment that each is.

    What is in no segment ends at line ends, unless a mention goes on.
    """
    stated = {words.range(s.start, s.end): s for s in document.segments if s.type == "sentence"}
    borders = {0, len(words.tokens), *chain.from_iterable(stated)}
    # Within a sentence that is stated no other begins.
    taken = set(chain.from_iterable(range(first + 1, after) for first, after in stated))
    borders.update(number for number in _lines(document, words) if number not in taken)
    for pair in pairwise(sorted(borders)):
        yield pair, stated.get(pair)


def rebuilt(document: Document) -> str:
    """Return the text of words with one blank between them, and a line for each sentence."""
    own = Words(document)
    pairs = (range(*pair) for pair, _ in sentences(document, own))
    return "\n".join(" ".join(map(own.form, pair)) for pair in pairs if pair)


def _lines(document: Document, words: Words) -> Iterator[int]:
    """Yield the words that begin a line, and no mention goes on over the line end."""
    covers = _Covers(document)
    for number in range(1, len(words.tokens)):
        # A mention goes on over the line end if the next word begins inside of it.
        if "\n" in words.gap(number - 1) and not covers.cut(words.tokens[number][0]):
            yield number


def grouped(document: Document, losses: Losses) -> Document:
    """Return a document of which every mention is in an entity, if need be one of its own.

    Mentions that are alike but for their entity are in the order of their entities.
    """
    found = _owned(document, losses)
    own = numbered(found)
    numbers = {name: own[entity.id] for entity in found.entities for name in entity.mentions}
    ordered = sorted(found.mentions, key=lambda m: (m.start, -m.end, m.type, numbers[m.id]))
    found = derived(replace(found, mentions=tuple(ordered)))
    return losses.step(found, "every mention is of an entity, and that of the type of its first")


def _owned(document: Document, losses: Losses) -> Document:
    """Return a document in which mentions of no entity have one of their own."""
    owned = {name for entity in document.entities for name in entity.mentions}
    alone = [m for m in document.mentions if m.id not in owned]
    if alone:
        losses.note("mentions of no entity become entities of one mention", len(alone))
    names = _free(document)
    made = tuple(Entity(next(names), m.type, mentions=(m.id,)) for m in alone)
    return replace(document, entities=(*document.entities, *made))


def _free(document: Document) -> Iterator[str]:
    """Yield ids for entities that no item of a document has."""
    taken = {item.id for kind in _LISTS for item in getattr(document, kind)}
    yield from (name for number in count(1) if (name := f"e{number}") not in taken)


def first_of(mentions: Iterable[Mention]) -> Mention:
    """Return the mention that comes first, the longest of several: its type is the entity's."""
    return min(mentions, key=lambda m: (m.start, -m.end, m.type))


def numbered(document: Document) -> dict[str, int]:
    """Return a number for each entity: that of its id, if all are such as e12."""
    ids = [entity.id for entity in document.entities]
    if all(_NUMBERED.fullmatch(name) for name in ids):
        return {name: int(name[1:]) for name in ids}
    return {name: number for number, name in enumerate(ids, start=1)}


_NUMBERED = re.compile(r"e(?:0|[1-9][0-9]{0,8})")
_LISTS = ("segments", "mentions", "entities", "relations", "events", "event_clusters", "templates")
