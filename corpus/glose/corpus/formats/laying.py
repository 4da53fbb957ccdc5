"""Sentences of tokens as a text, and spans of tokens as offsets: for corpora of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from glose.corpus.document import Document, Pair, Segment
from glose.corpus.formats import windows, words
from glose.corpus.formats.rejects import MalformedError
from glose.corpus.rulers import normal


class Laid:
    """A text made of tokens with blanks between them, a sentence a line.

    Where a sentence says its text, and this has the tokens with nothing but white space beside,
    the text is taken.
    """

    def __init__(
        self, sentences: Iterable[Sequence[str]], texts: Sequence[str | None] = ()
    ) -> None:
        self.draft = words.Draft()
        self.bases: list[int] = []
        self._forms: list[str] = []
        for sentence, text in zip(sentences, chain(texts, repeat(None)), strict=False):
            tokens = [normal(token) for token in sentence]
            self.bases.append(len(self.draft.tokens))
            self._forms += map(bare, tokens)
            lay(self.draft, tokens, normal(text or ""))
            self.draft.end()
            self.draft.gap = "\n" if self.draft.tokens else ""
        self.bases.append(len(self.draft.tokens))

    def document(self) -> Document:
        """Return a document of the text, with its tokens and sentences and nothing else."""
        tokens, segments = tuple(self.draft.tokens), self.segments
        return Document(text=self.draft.text, segments=segments, tokens=tokens)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The sentences."""
        return tuple(self.draft.sentences)

    def pair(
        self, start: int, end: int, given: str | None = None, sentence: int | None = None
    ) -> Pair:
        """Return the offsets of tokens, half-open, of the document or of a sentence.

        `given` is what the source says that they are; white space does not count.
        """
        low, high = self._bounds(sentence)
        if not 0 <= start < end <= high - low:
            what = f"tokens {start} to {end}; expected some of 0 to {high - low}, end exclusive"
            raise MalformedError(what)
        there = "".join(self._forms[low + start : low + end])
        if given is not None and bare(normal(given)) != there:
            raise MalformedError(f"tokens {start} to {end} are {there[:60]!r}, not {given[:60]!r}")
        tokens = self.draft.tokens
        return tokens[low + start][0], tokens[low + end - 1][1]

    def _bounds(self, sentence: int | None) -> Pair:
        """Return the tokens of a sentence, or of the document; the last one is exclusive."""
        if sentence is None:
            return 0, len(self._forms)
        if not 0 <= sentence < len(self.bases) - 1:
            what = f"sentence {sentence}; expected one of {len(self.bases) - 1}, from 0"
            raise MalformedError(what)
        return self.bases[sentence], self.bases[sentence + 1]


def bare(token: str) -> str:
    """Return a token without white space, as it is compared."""
    return "".join(token.split())


def lay(draft: words.Draft, tokens: Sequence[str], text: str) -> bool:
    """Put tokens after those of a draft, spaced as in a text that has them; else by blanks.

    Return whether the text has them, with nothing but white space beside.
    """
    text = text.strip()
    pairs = windows.aligned(text, tokens)
    if not pairs or any(token != token.strip() for token in tokens):
        for token, after in windows.spaced(tokens):
            draft.word(token, after)
        return False
    borders = [*(start for start, _ in pairs[1:]), len(text)]
    for (start, end), border in zip(pairs, borders, strict=True):
        draft.word(text[start:end], text[end:border])
    return True
