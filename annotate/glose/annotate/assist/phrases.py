"""The phrases of a text: what a double click takes, as the guidelines of the sample mark spans.

    >>> from glose.corpus.tokens import tokenize
    >>> text = "Le porte-parole de l'armée russe a salué 12 civils."
    >>> [text[start:end] for start, end in phrases(text, tokenize(text), "fr")]
    ["porte-parole de l'armée russe", 'armée russe', '12 civils']

Each token becomes one letter (`glose.annotate.assist.words`), and what phrases there are is said
by regular expressions over these letters. So a text is read once, however long it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from glose.annotate.assist.words import letter
from glose.corpus.document import Pair

# Everything that repeats has a limit, so that no line is read again from each of its words.
_AS = "a{0,4}"
_NUMBER = "#{1,4}"
#: More than eight words in another script are no name, but a sentence.
_PERSON = "(?:C{1,8}|(?<!R)R{1,8}(?!R)|A{1,8})"
_NOUN = f"(?:[bT]{{0,2}}(?<!v)[nag]{_AS}|[bI]{_AS}|(?<=l)x)"
#: A name that begins with a noun may go on as a noun phrase does; `Le Caire` has its article.
_TITLED = f"(?:[bT]{{0,2}}(?P<titled>O{{1,3}}){_AS}C{{0,4}})"
_BASE = f"(?:(?<=#)M|{_TITLED}|{_PERSON}{_AS}|(?<=[@DUSp])K{_PERSON}|g{_PERSON}|{_NOUN})"
_OF = "(?:D[l1]?|U|S)"

_COUNTED = re.compile(f"(?:{_NUMBER}S{_NUMBER}|{_NUMBER}q?D?|qDqD|qD)?")
_PART = re.compile(_BASE)
_LINK = re.compile(f"{_OF}(?P<count>{_NUMBER})?(?=[bTCRAKOIgnaM])")
_ALSO = re.compile(f"e{_OF}{_BASE}")
_NAME = re.compile(_PERSON)
_START = re.compile("[#bTqCRAKOIgna]|(?<=l)x")
_TIME = re.compile(
    "|".join(
        (
            # Du 3 au 7 mars 2031; lundi 18 février 2031, mars 2031, fin août.
            f"U?{_NUMBER}l{_NUMBER}M#?",
            "W?F?#M#?|F?M#|F[lDU]{0,2}(?:M#?|#)",
            # Mardi soir, mardi à midi, mardi à l'aube, mardi à 6 h 00; nuit de lundi à mardi.
            "W@?P|W@lP|W@#h#?|#h#?|PDW[l@]W",
            # Semaine dernière; chaque lundi, tous les jours, deux fois par an; trois ans et demi.
            f"[WYMP]T|TY|j[WYMPn]|Jl[WYP]|{_NUMBER}f[l.]?Y|[#Q1]{{1,3}}Y(?:ez)?",
            # 40 %; 3 millions d'euros; 2,5 millions; dizaines de milliers.
            f"{_NUMBER}q?%|{_NUMBER}q?D?k|{_NUMBER}q|qDq",
        )
    )
)
#: How many complements a phrase may have.
_DEPTH = 5


def phrases(text: str, tokens: Sequence[Pair], language: str | None = "fr") -> list[Pair]:
    """Return the phrases of two or more tokens, in the order of the text, the longer one first.

    French: nouns with what the guidelines keep with them, names, times and numbers. Of a text in
    another language the runs of words with a capital. None crosses the end of a line.
    """
    codes = "".join([letter(text[start:end]) for start, end in tokens])
    if language not in (None, "fr"):
        return sorted(_spans(_runs(codes, text, tokens), tokens), key=_order)
    found = _spans(_french(codes, text, tokens), tokens)
    return sorted(set(found), key=_order)


def _order(pair: Pair) -> Pair:
    return pair[0], -pair[1]


def _spans(found: Iterator[Pair], tokens: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the offsets of runs of tokens, without those of one token."""
    for first, last in found:
        if last - first > 1:
            yield tokens[first][0], tokens[last - 1][1]


def _runs(codes: str, text: str, tokens: Sequence[Pair]) -> Iterator[Pair]:
    for first, last in _lines(text, tokens):
        # Where letters have no case, no capital says where a name ends.
        for run in re.finditer("[COAI]+", codes[first:last]):
            yield first + run.start(), first + run.end()


def _lines(text: str, tokens: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the tokens of each line, as numbers of the first and after the last."""
    starts = [start for start, _ in tokens]
    breaks = [bisect_left(starts, found.start()) for found in re.finditer(r"\n", text)]
    for first, last in pairwise([0, *breaks, len(tokens)]):
        if first < last:
            yield first, last


def _french(codes: str, text: str, tokens: Sequence[Pair]) -> Iterator[Pair]:
    for first, last in _lines(text, tokens):
        for time in _TIME.finditer(codes, first, last):
            yield time.span()
        at = first
        while start := _START.search(codes, at, last):
            at = start.end()
            for phrase in _nouns(codes, start.start(), last):
                yield phrase
                at = max(at, phrase[1])


def _nouns(codes: str, first: int, last: int) -> Iterator[Pair]:
    """Yield a noun phrase or name that begins at a token, and those of its complements."""
    counted = _COUNTED.match(codes, first, last)
    base = _PART.match(codes, counted.end() if counted else first, last)
    # A day by itself is a time; only in a name it is a complement.
    if base is None or base[0] == "M":
        return
    starts, end, named = [first], base.end(), bool(base["titled"])
    for start, part in _complements(codes, end, last):
        if codes[end] == "S" and not named and part[0][0] not in "OIA":
            # `des` begins an object as often as a complement.
            yield from ((start, end) for start in starts)
        if not named:
            starts.append(start)
        named = named or bool(part["titled"])
        end = part.end()
    yield from ((start, end) for start in starts)
    if len(starts) > 1:
        yield from _longer(codes, first, end, last)


def _complements(codes: str, end: int, last: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the complements that follow one another, with where each begins: at its number."""
    for _ in range(_DEPTH):
        link = _LINK.match(codes, end, last)
        part = _PART.match(codes, link.end(), last) if link else None
        if link is None or part is None:
            return
        yield link.start("count") if link["count"] else link.end(), part
        end = part.end()


def _longer(codes: str, first: int, end: int, last: int) -> Iterator[Pair]:
    """Yield what may go on after a complement: a name (`groupe armé Nour al-Sahel`), another."""
    name = _NAME.match(codes, end, last)
    if name:
        yield name.span()
        yield first, name.end()
    also = _ALSO.match(codes, end, last)
    if also:
        yield first, also.end()
