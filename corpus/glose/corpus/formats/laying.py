"""Sentences of tokens as a text, and spans of tokens as offsets: for corpora of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glose.corpus.document import Pair, Segment
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
        for number, sentence in enumerate(sentences):
            tokens = [normal(token) for token in sentence]
            self.bases.append(len(self.draft.tokens))
            self._forms += ["".join(token.split()) for token in tokens]
            self._lay(tokens, texts[number] if number < len(texts) else None)
        self.bases.append(len(self.draft.tokens))

    def _lay(self, tokens: list[str], given: str | None) -> None:
        text = normal(given or "").strip()
        pairs = windows.aligned(text, tokens) if text else None
        if pairs is not None and all(token == token.strip() for token in tokens):
            borders = [*(start for start, _ in pairs[1:]), len(text)]
            for (start, end), border in zip(pairs, borders, strict=True):
                self.draft.word(text[start:end], text[end:border])
        else:
            for token, after in windows.spaced(tokens):
                self.draft.word(token, after)
        self.draft.end()
        self.draft.gap = "\n" if self.draft.tokens else ""

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
        low, high = 0, len(self._forms)
        if sentence is not None:
            if not 0 <= sentence < len(self.bases) - 1:
                what = f"sentence {sentence}; expected one of {len(self.bases) - 1}, from 0"
                raise MalformedError(what)
            low, high = self.bases[sentence : sentence + 2]
        if not 0 <= start < end <= high - low:
            what = f"tokens {start} to {end}; expected some of 0 to {high - low}, end exclusive"
            raise MalformedError(what)
        there = "".join(self._forms[low + start : low + end])
        if given is not None and "".join(normal(given).split()) != there:
            raise MalformedError(f"tokens {start} to {end} are {there[:60]!r}, not {given[:60]!r}")
        tokens = self.draft.tokens
        return tokens[low + start][0], tokens[low + end - 1][1]
