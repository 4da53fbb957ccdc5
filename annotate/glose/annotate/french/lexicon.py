"""The French words and pattern pieces that the grammars of times and numbers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: White space inside an expression: a space or a no-break space, wide or narrow.
GAP = "[ \u00a0\u202f]"
#: The same, but also where it may be missing.
MAYBE = GAP + "?"

MONTHS: Mapping[str, int] = {
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
    "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
    "fevrier": 2, "aout": 8, "decembre": 12,
    "janv.": 1, "févr.": 2, "avr.": 4, "juil.": 7, "sept.": 9, "oct.": 10, "nov.": 11, "déc.": 12,
}  # fmt: skip

WEEKDAYS: Mapping[str, int] = {
    "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dimanche": 7,
}  # fmt: skip

#: Parts of the day, as TIMEX3 writes them after `T`.
PARTS: Mapping[str, str] = {
    "matin": "MO", "matinée": "MO", "aube": "MO", "aurore": "MO", "midi": "12:00",
    "après-midi": "AF", "soir": "EV", "soirée": "EV", "crépuscule": "EV", "nuit": "NI",
    "minuit": "00:00",
}  # fmt: skip

SEASONS: Mapping[str, str] = {"printemps": "SP", "été": "SU", "automne": "FA", "hiver": "WI"}

#: The month in which a season has its middle.
SEASON_MONTHS: Mapping[str, int] = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}

#: Units of duration: the letter of ISO 8601, and what comes before it.
UNITS: Mapping[str, tuple[str, str]] = {
    "seconde": ("PT", "S"), "minute": ("PT", "M"), "heure": ("PT", "H"), "jour": ("P", "D"),
    "journée": ("P", "D"), "nuit": ("P", "D"), "semaine": ("P", "W"), "mois": ("P", "M"),
    "an": ("P", "Y"), "année": ("P", "Y"), "décennie": ("P", "DE"), "siècle": ("P", "CE"),
}  # fmt: skip

#: Where in a period: the `mod` of TIMEX3.
STAGES: Mapping[str, str] = {"début": "START", "mi": "MID", "milieu": "MID", "fin": "END"}


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first.

    >>> either(["mai", "mars"])
    '(?:mars|mai)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that minds no case and neither begins nor ends inside a word or figure."""
    return re.compile(rf"(?<![\w-])(?<!\d[.,:])(?:{pattern})(?!\w|-\w)", re.IGNORECASE)


MONTH = either(MONTHS)
WEEKDAY = either(WEEKDAYS)
PART = either(PARTS)
SEASON = either(SEASONS)
UNIT = either([*UNITS, *(f"{name}s" for name in UNITS)])
YEAR = r"(?:1[0-9]|20)\d\d"
DAY = r"(?:1er|[12]\d|3[01]|0?[1-9])"


#: `fin`, `au début de`, `mi-`: where in the period that follows.
STAGE = (
    rf"(?P<stage>(?:début|fin|milieu)(?:{GAP}(?:du{GAP}mois{GAP}d(?:e{GAP}|['’])"
    rf"|d(?:e{GAP}(?:l['’]|la{GAP})?|u{GAP}|['’]))|{GAP})|mi-)"
)
#: `dernier`, `prochaine`: which way from the present.
TURN = "(?P<turn>derni(?:er|ère)|passée?|précédente?|prochaine?|suivante?)"


def unit(word: str) -> tuple[str, str]:
    """Return the ISO 8601 prefix and letter of a unit of duration, in either number.

    >>> unit("Heures")
    ('PT', 'H')
    """
    word = word.lower()
    return UNITS[word] if word in UNITS else UNITS[word.removesuffix("s")]
