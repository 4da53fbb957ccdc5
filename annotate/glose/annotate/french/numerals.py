"""French numerals, in words and in figures, as integers and decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from glose.annotate.french.lexicon import GAP, either

UNITS: Mapping[str, int] = {
    "zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30,
    "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90,
}  # fmt: skip

_BELOW_100 = {**UNITS, "quatre-vingt": 80}

SCALES: Mapping[str, int] = {
    "cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6,
    "milliard": 10**9, "milliards": 10**9,
}  # fmt: skip

#: Nouns of about so many: `dizaine` is ten or so.
COLLECTIVES: Mapping[str, int] = {
    "demi-douzaine": 6, "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15,
    "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
    "centaine": 100, "millier": 1000,
}  # fmt: skip

_NEXT = either((UNITS.keys() - {"un", "une"}) | SCALES.keys())
#: How many words may follow the first of a numeral: enough for 999 999 999 999. Without a limit, a
#: long row of numerals is read to its end from each of its words.
_MOST = 30
#: A numeral in words that is more than `un` or `une` alone.
WORDS = (
    rf"(?:{either([*UNITS, *SCALES])}"
    rf"(?:(?:-|{GAP})(?:et(?:-|{GAP})(?:une?|onze)|{_NEXT})(?!\w)|-une?(?!\w)){{1,{_MOST}}}"
    rf"|{either((UNITS.keys() - {'un', 'une'}) | {'cent', 'cents', 'mille'})}(?!\w))"
)
#: A number in figures: `31.890`, `200 000`, `2,5`.
FIGURES = (
    rf"\d{{1,3}}(?:{GAP}\d{{3}}){{1,{_MOST}}}(?!\d)(?:,\d+)?"
    r"|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
)
NUMERAL = rf"(?:(?:{FIGURES})(?:{GAP}(?:millions?|milliards?|mille)(?!\w))?|{WORDS})"
#: The same, or one: for units of time, where `une semaine` counts.
COUNT = rf"(?:{NUMERAL}|une?)"


def number(text: str) -> Decimal | None:
    """Return what a numeral stands for, or `None` if it is none.

    >>> number("31.890"), number("2,5 millions"), number("quatre-vingt-dix-sept")
    (Decimal('31890'), Decimal('2500000'), Decimal('97'))
    """
    words = re.split(rf"-|{GAP}+", text.lower().strip())
    figures = [word for word in words if word[:1].isdigit()]
    scale = words[len(figures) :]
    if not figures:
        return _spelt(words)
    if any(word not in SCALES for word in scale):
        return None
    value = _figures(figures)
    return value if value is None or not scale else (value * SCALES[scale[0]]).normalize() + 0


def plain(value: Decimal) -> str:
    """Return a number without an exponent or trailing zeros, as values are written.

    >>> plain(Decimal("2.50"))
    '2.5'
    """
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _figures(groups: list[str]) -> Decimal | None:
    digits = "".join(groups)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    if not re.fullmatch(r"\d+([.,]\d+)?", digits):
        return None
    return Decimal(digits.replace(",", "."))


def _spelt(words: list[str]) -> Decimal | None:
    """Return the value of a numeral in words: below 100 they add up, a scale multiplies."""
    words = [word for word in words if word != "et"]
    if not words or not all(word in UNITS or word in SCALES for word in words):
        return None
    total = group = 0
    for word in _scored(words):
        scale = SCALES.get(word, 0)
        if scale > 100:
            total, group = total + max(group, 1) * scale, 0
        else:
            group = max(group, 1) * scale if scale else group + _BELOW_100[word]
    return Decimal(total + group)


def _scored(words: list[str]) -> list[str]:
    """Return the words with `quatre vingt` as one: the only place where a unit multiplies."""
    scores = {
        n
        for n, pair in enumerate(pairwise(words))
        if pair[0] == "quatre" and pair[1] in ("vingt", "vingts")
    }
    joined = ["quatre-vingt" if n in scores else word for n, word in enumerate(words)]
    return [word for n, word in enumerate(joined) if n - 1 not in scores]
