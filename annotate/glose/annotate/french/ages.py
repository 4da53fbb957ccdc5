"""Ages: `âgé de 71 ans`, `une fillette de six ans`, `Anton Verel, 54 ans,`."""

from __future__ import annotations

import re

from glose.annotate.french.lexicon import GAP
from glose.annotate.french.numerals import NUMERAL, number

#: A count of years; whether it is an age is told by what stands around it.
YEARS = rf"({NUMERAL}){GAP}ans"

_PEOPLE = (
    "homme|femme|fille|garçon|fillette|garçonnet|enfant|bébé|adolescente?|jeune|vieillard|étudiante?|civile?"
    "|élève|lycéenne?|mère|père|personne|soldat|combattant|militante?|habitante?|retraitée?|maçon|paysanne?"
    "|médecin|avocate?|maire|veuve?|otage|[a-zà-ÿ]{2,}(?:iste|ienne?|ière|euse|trice)|(?:infirm|boulang|ferm|ouvr|polic|jardin|offic)ier"
    "|(?:pêch|chauff|ingéni|profess|instituteur|vend|serv)eur|instituteur|commerçante?|enseignante?|réfugiée?|déplacée?"
)
_BEFORE = re.compile(rf"(?:âgée?s?{GAP}de{GAP}|{GAP}(?:{_PEOPLE})s?{GAP}de{GAP})$", re.IGNORECASE)
_APPOSED = re.compile(rf"\w,{GAP}(?:{NUMERAL}{GAP}(?:et|ou){GAP})?$", re.IGNORECASE)
_CLOSED = re.compile(r"[,.;)]|$")


def is_age(text: str, start: int, end: int) -> bool:
    """Tell whether the count of years at `text[start:end]` is somebody's age.

    >>> is_age("âgé de 71 ans", 7, 13), is_age("pendant 71 ans", 8, 14)
    (True, False)
    """
    count = number(re.split(rf"{GAP}", text[start:end])[0])
    if count is None or not 0 < count < 120:
        return False
    before = text[max(0, start - 40) : start]
    apposed = _APPOSED.search(before) and _CLOSED.match(text, end)
    return bool(apposed or _BEFORE.search(before))
