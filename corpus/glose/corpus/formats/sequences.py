"""Documents as sentences of tokens with one tag each: what column files hold of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec.structs import replace

from glose.corpus.document import Document, Mention, Pair
from glose.corpus.formats.losses import Losses
from glose.corpus.formats.pruning import without
from glose.corpus.formats.tagging import Chunk, tags
from glose.corpus.tokens import tokenize

_WORD = re.compile(r"\S+")
_BLANK = re.compile(r"\s+")
#: What a line of a column file begins with where it is no token.
_BORDER = "-DOCSTART-"


def fitted(document: Document, losses: Losses, *, neighbours: bool = True) -> Document:
    """Return a document of which every mention is some whole tokens, and account for the rest.

    Its tokens have no white space, and cover all that is none. `neighbours` says if two mentions
    of one type may stand side by side in a sentence. The mentions must neither nest, cross nor
    have gaps.
    """
    if not document.tokens:
        losses.note("documents without tokens were cut by the tokeniser of glose")
    found = _trimmed(document)
    if found != document:
        document = losses.step(found, "mentions begin and end at words, and types are words")
    found = replace(document, tokens=tuple(_tokens(document)))
    if found.tokens != document.tokens:
        document = losses.step(found, "tokens have no white space, and end where mentions do")
    found = _divided(document)
    if found != document:
        document = losses.step(found, "sentences do not overlap, and cut no mention or token")
    if not neighbours:
        found = _merged(document)
        if found != document:
            document = losses.step(found, "IO cannot part neighbours of one type")
    return document


def _trimmed(document: Document) -> Document:
    """Return a document whose mentions have no white space at their ends, nor in their types."""
    text = document.text or ""
    blank = {m.id for m in document.mentions if not text[m.start : m.end].strip()}
    document = without(document, blank)
    return replace(document, mentions=tuple(_words(m, text) for m in document.mentions))


def _words(mention: Mention, text: str) -> Mention:
    part = text[mention.start : mention.end]
    start = mention.start + len(part) - len(part.lstrip())
    end = mention.end - len(part) + len(part.rstrip())
    type_ = _BLANK.sub("_", mention.type) or "_"
    if (start, end, type_) == (mention.start, mention.end, mention.type):
        return mention
    return replace(mention, type=type_, start=start, end=end, text=text[start:end])


def _merged(document: Document) -> Document:
    """Return a document in which neighbours of one type are one mention, the first of them.

    Those of two sentences stay: the line between these parts them.
    """
    text = document.text or ""
    kept: list[Mention] = []
    gone: set[str] = set()
    firsts = {document.tokens[first][0] for first, _ in _ranges(document, text, _chunks(document))}
    for mention in sorted(document.mentions, key=lambda m: m.start):
        last = kept[-1] if kept and mention.start not in firsts else None
        between = text[last.end : mention.start] if last else "x"
        if last and last.type == mention.type and not between.strip():
            kept[-1] = replace(last, end=mention.end, text=text[last.start : mention.end])
            gone.add(mention.id)
        else:
            kept.append(mention)
    found = without(document, gone)
    return replace(found, mentions=tuple(kept)) if gone else document


def _tokens(document: Document) -> Iterator[Pair]:
    """Yield the tokens, cut at white space and at mentions; what is in none becomes tokens."""
    text = document.text or ""
    given = document.tokens or tuple(tokenize(text))
    borders = sorted({bound for m in document.mentions for bound in (m.start, m.end)})
    for piece in _filled(given, text):
        for word in _WORD.finditer(text, *piece):
            first, end = word.span()
            at = bisect_left(borders, first + 1)
            cut = at < len(borders) and borders[at] < end
            inside = borders[at : bisect_left(borders, end)] if cut else []
            if word[0].startswith(_BORDER):
                inside = sorted({first + 1, *inside})
            for border in (*inside, end):
                yield first, border
                first = border


def _filled(tokens: Iterable[Pair], text: str) -> Iterator[Pair]:
    """Yield tokens and what is between them, if it is more than white space."""
    last = 0
    for start, end in tokens:
        if last < start and not text[last:start].isspace():
            yield last, start
        yield start, end
        last = end
    if last < len(text):
        yield last, len(text)


def _divided(document: Document) -> Document:
    """Return a document without the sentences that overlap, or cut a mention or a token."""
    starts = [start for start, _ in document.tokens]
    ends = [end for _, end in document.tokens]
    gone: set[str] = set()
    last = 0
    spans = sorted((m.start, m.end) for m in document.mentions)
    sentences = (s for s in document.segments if s.type == "sentence")
    for sentence in sorted(sentences, key=lambda s: (s.start, -s.end)):
        first = bisect_left(starts, sentence.start)
        after = bisect_left(ends, sentence.end + 1)
        whole = first < after and first >= last
        cut = any(_cuts(bound, document.tokens) for bound in (sentence.start, sentence.end))
        cut = cut or any(_cuts(bound, spans) for bound in (sentence.start, sentence.end))
        if whole and not cut:
            last = after
        else:
            gone.add(sentence.id)
    return without(document, gone)


def _cuts(bound: int, spans: tuple[Pair, ...] | list[Pair]) -> bool:
    """Whether a border lies inside one of some spans that are sorted and do not overlap."""
    at = bisect_left(spans, (bound, -1)) - 1
    return at >= 0 and spans[at][0] < bound < spans[at][1]


def tagged(document: Document, scheme: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the sentences of a document that fits, as pairs of a token and its tag.

    Where no segment says what a sentence is, a line of the text is one.
    """
    text, tokens = document.text or "", document.tokens
    chunks = _chunks(document)
    at = 0
    for first, last in _ranges(document, text, chunks):
        own = []
        while at < len(chunks) and chunks[at].start < last:
            chunk = chunks[at]
            own.append(Chunk(chunk.start - first, chunk.end - first, chunk.type))
            at += 1
        words = [text[start:end] for start, end in tokens[first:last]]
        yield list(zip(words, tags(len(words), own, scheme), strict=True))


def _chunks(document: Document) -> list[Chunk]:
    """Return the mentions of a document as ranges of its tokens, in the order of the text."""
    starts = [start for start, _ in document.tokens]
    return [
        Chunk(bisect_left(starts, m.start), bisect_left(starts, m.end), m.type)
        for m in sorted(document.mentions, key=lambda m: m.start)
    ]


def _ranges(document: Document, text: str, chunks: list[Chunk]) -> Iterator[Pair]:
    """Yield the sentences as ranges of tokens, without a gap."""
    tokens = document.tokens
    starts = [start for start, _ in tokens]
    sentences = [s for s in document.segments if s.type == "sentence"]
    borders = {bisect_left(starts, bound) for s in sentences for bound in (s.start, s.end)}
    if not sentences:
        inside = {n for chunk in chunks for n in range(chunk.start + 1, chunk.end)}
        gaps = ((n, text[tokens[n - 1][1] : tokens[n][0]]) for n in range(1, len(tokens)))
        borders = {number for number, gap in gaps if "\n" in gap} - inside
    ordered = sorted({0, len(tokens), *borders})
    yield from pairwise(ordered)
