"""The dateline that opens the first paragraph: `BEYROUTH, 14 mars 2018 (AFP) -`.

It fills `meta` but stays in the text. A place alone before a dash is none (`OTAN - Le conseil`):
a date or an agency must follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glose.corpus.building import dates
from glose.corpus.building.agencies import canonical

_GAP = r"[ \t\u00a0\u202f]"
_CAPITAL = r"(?:[dlDL]['’])?(?![a-zß-öø-ÿ])[^\W\d_]"
_WORD = rf"{_CAPITAL}[\w'’.-]*"
_TOWN = rf"{_WORD}(?:{_GAP}(?:{_WORD}|de|du|des|la|le|les|sur|en|aux)){{0,4}}"
_PLACES = rf"{_TOWN}(?:(?:{_GAP}?/{_GAP}?|,{_GAP}|{_GAP}et{_GAP}){_TOWN}){{0,3}}"
_COUNTRY = rf"{_GAP}\([^()\n]{{2,40}}\)(?=,|{_GAP}*\()"
_DATE = "|".join(
    [re.sub(r"\?P<\w+>", "?:", words) for words in dates.WORDS] + [r"\d\d?[/.]\d\d?[/.]\d{4}"]
)
_DATELINE = re.compile(
    rf"(?!L[ea]s?{_GAP}\d)(?P<all>(?P<place>{_PLACES})(?:{_COUNTRY})?"
    rf"(?:,?{_GAP}(?P<date>(?i:{_DATE})))?"
    rf"(?:,?{_GAP}?\((?P<agency>[^()\n\d]{{2,30}})\))?)"
    rf"(?:{_GAP}*[–—]|{_GAP}+-{{1,2}}|(?<=\))-)(?=\s)\s*"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    ("aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "sous", "sur")
)
#: How far a dateline may reach; the pattern is never tried on more.
LIMIT = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: its range in the text, where the text after its dash begins, what it states."""

    start: int
    end: int
    body: int
    place: str
    date: dates.Stated | None
    agency: str | None


def find(text: str, start: int, known: frozenset[str]) -> Dateline | None:
    """Return the dateline that begins at an offset of the text, or `None`."""
    found = _DATELINE.match(text, start, start + LIMIT)
    if found is None:
        return None
    date = dates.parse(found["date"]) if found["date"] else None
    agency = canonical(found["agency"]) if found["agency"] else None
    if date is None and not (agency and _is_agency(found["agency"], found["place"], known)):
        return None
    place = titled(found["place"])
    return Dateline(start, found.end("all"), found.end(), place, date, agency)


def _is_agency(written: str, place: str, known: frozenset[str]) -> bool:
    """Say if a name in parentheses is an agency although no date stands beside it."""
    parts = {canonical(part) for part in written.split("/")}
    return bool(parts & known) or (place.isupper() and written.isupper() and written.isalpha())


def titled(place: str) -> str:
    """Return the name of a place that is in capitals as it is written in a text.

    >>> titled("AIX-EN-PROVENCE"), titled("LA HAYE"), titled("Deir ez-Zor")
    ('Aix-en-Provence', 'La Haye', 'Deir ez-Zor')
    """
    towns = place.split(" et ")
    if len(towns) > 1:
        return " et ".join(map(titled, towns))
    if not place.isupper():
        return place

    def word(found: re.Match[str]) -> str:
        lower = found[0].lower()
        return lower if found.start() and lower in _SMALL else lower.capitalize()

    return _LETTERS.sub(word, place)
