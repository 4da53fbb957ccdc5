"""Lengths of time, ranges and recurrences: `trois jours`, `du 3 au 7 mars`, `chaque vendredi`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from re import Match

from glose.annotate.french.ages import is_age
from glose.annotate.french.days import moved, nearest_year, weekday
from glose.annotate.french.lexicon import (
    DAY,
    GAP,
    MONTH,
    MONTHS,
    PART,
    PARTS,
    SEASON,
    SEASONS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    compiled,
    either,
    unit,
)
from glose.annotate.french.numerals import COLLECTIVES, COUNT, NUMERAL, number, plain
from glose.annotate.french.scene import Reading, Scene
from glose.corpus.document import Value

_APPROX = re.compile(rf"(?<!\w)(?:quelque|environ|près{GAP}d[e'’]|presque){GAP}?$", re.IGNORECASE)
_IN = re.compile(rf"(?<!\w)(?:en|d['’]|de|pendant|durant|depuis|après|sous){GAP}?$", re.IGNORECASE)
_OF_CLOCK = re.compile(rf"(?<!\w)(?:à|vers){GAP}$", re.IGNORECASE)
#: How many days a week and a day have.
_DAYS = {"D": 1, "W": 7}
#: `un jour` and the like are lengths only after a preposition.
_LOOSE = ("jour", "nuit", "journée", "seconde", "année")


def length(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `trois jours`, `quarante-huit heures`, `deux ans et demi`, `dizaine de jours`."""
    count, word = match["count"].lower(), match["unit"].lower()
    before = scene.text[max(0, match.start() - 24) : match.start()]
    amount = _amount(count)
    if amount is None or is_age(scene.text, *match.span()) or _is_no_length(count, word, before):
        return None
    about = count in COLLECTIVES or _APPROX.search(before)
    value = f"duration:{_written(amount, word, bool(match['half']))}"
    return "DUR", Value(value, "APPROX" if about else None)


def _is_no_length(count: str, word: str, before: str) -> bool:
    """Tell a time of the clock (`à 14 heures`) and a loose `un jour` from a length of time."""
    clock = word.startswith("heure") and _OF_CLOCK.search(before)
    loose = count in ("un", "une") and word in _LOOSE and not _IN.search(before)
    return bool(clock or loose)


def some(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `quelques heures` and `plusieurs jours`: TIMEX3 writes X for how many."""
    prefix, letter = unit(match["unit"])
    return "DUR", Value(f"duration:{prefix}X{letter}")


def half_hour(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `une demi-heure` and `une demi-journée`."""
    return "DUR", Value("duration:PT30M" if match["unit"].lower() == "heure" else "duration:PT12H")


def ago(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `il y a trois jours`, `dans deux semaines`, `deux jours plus tôt`: a point in time."""
    groups = match.groupdict()
    amount = _amount(match["count"].lower())
    if amount is None or amount != int(amount):
        return None
    back = bool(groups.get("ago")) or (groups.get("later") or "").lower() in (
        "plus tôt",
        "auparavant",
        "avant",
    )
    later = groups.get("later") is not None
    shift = -int(amount) if back else int(amount)
    return _moved_by(scene, shift, match["unit"].lower(), scene.named if later else None)


def between(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a range of days: `du 3 au 7 mars`, `du 28 février au 3 mars 2031`, `8 et 9 mars`."""
    last_month = MONTHS[match["month"].lower()]
    first_month = MONTHS[match["from_month"].lower()] if match["from_month"] else last_month
    first, last = (int(match[name].lower().removesuffix("er")) for name in ("from", "until"))
    year = match["year"] or nearest_year(scene, match, last_month, last)
    if year == "XXXX":
        return None
    since = int(year) - (first_month > last_month)
    try:
        days = dt.date(since, first_month, first), dt.date(int(year), last_month, last)
    except ValueError:
        return None
    return ("DATE", Value(f"date:{days[0]}/{days[1]}")) if days[0] < days[1] else None


def weekdays(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `de lundi à mercredi`, if the document's day is known."""
    last = weekday(scene, match, match["until"])
    span = (WEEKDAYS[match["until"].lower()] - WEEKDAYS[match["from"].lower()]) % 7
    if scene.today is None or not span:
        return None
    return "DATE", Value(f"date:{moved(last, -span)}/{last}")


def every(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `chaque vendredi`, `tous les jours`, `chaque été`."""
    word = match["what"].lower()
    single = word if word in ("mois", "printemps") else word.removesuffix("s")
    return "SET", Value(f"set:{_recurrence(single)}")


def every_so_often(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `tous les trois jours` and `deux fois par mois`: the period within which it recurs."""
    amount = _amount(match["count"].lower()) if match["count"] else Decimal(1)
    return (
        None
        if amount is None
        else ("SET", Value(f"set:{_written(amount, match['unit'].lower())}"))
    )


def _recurrence(word: str) -> str:
    fixed = {
        "jour": "XXXX-XX-XX",
        "semaine": "XXXX-WXX",
        "mois": "XXXX-XX",
        "année": "XXXX",
        "an": "XXXX",
        "heure": "XXXX-XX-XXTXX",
    }
    if word in fixed:
        return fixed[word]
    if word in WEEKDAYS:
        return f"XXXX-WXX-{WEEKDAYS[word]}"
    if word in MONTHS:
        return f"XXXX-{MONTHS[word]:02}"
    return f"XXXX-{SEASONS[word]}" if word in SEASONS else f"XXXX-XX-XXT{PARTS[word]}"


def _amount(count: str) -> Decimal | None:
    if count in ("un", "une"):
        return Decimal(1)
    return Decimal(COLLECTIVES[count]) if count in COLLECTIVES else number(count)


def _written(amount: Decimal, word: str, half: bool = False) -> str:
    prefix, letter = unit(word)
    return f"{prefix}{plain(amount + (Decimal('0.5') if half else 0))}{letter}"


def _moved_by(scene: Scene, shift: int, word: str, named: str | None) -> tuple[str, Value] | None:
    """Return the date that lies so many units from a day; weeks and less go to the day."""
    prefix, letter = unit(word)
    if prefix == "PT" or word.startswith("nuit"):
        return None
    if letter in _DAYS:
        found = _day(scene, shift * _DAYS[letter], named)
    elif letter == "Y" and scene.date is not None:
        found = _year(scene.date.year + shift)
    elif letter == "M" and scene.month is not None:
        found = _month(scene.month, shift)
    else:
        return None
    return "DATE", Value(f"date:{found or ('PAST_REF' if shift < 0 else 'FUTURE_REF')}")


def _day(scene: Scene, days: int, named: str | None) -> str | None:
    """Return the day that lies so many days after one that was named, else the document's."""
    start = named or (str(scene.today) if scene.today else None)
    return moved(start, days) if start else None


def _month(month: tuple[int, int], shift: int) -> str | None:
    """Return the month that lies so many after a year and month, `None` if values cannot."""
    years, number = divmod(month[0] * 12 + month[1] - 1 + shift, 12)
    year = _year(years)
    return year and f"{year}-{number + 1:02}"


def _year(number: int) -> str | None:
    """Return a year as values write it, `None` for one that they cannot."""
    return f"{number:04}" if dt.MINYEAR <= number <= dt.MAXYEAR else None


READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (
        compiled(
            rf"(?:du{GAP}|entre{GAP}le{GAP})?(?P<from>{DAY})(?:{GAP}(?P<from_month>{MONTH}))?{GAP}(?:au|et(?:{GAP}le)?){GAP}"
            rf"(?P<until>{DAY}){GAP}(?P<month>{MONTH})(?:{GAP}(?P<year>{YEAR}))?"
        ),
        between,
    ),
    (compiled(rf"de{GAP}(?P<from>{WEEKDAY}){GAP}à{GAP}(?P<until>{WEEKDAY})"), weekdays),
    (compiled(rf"(?P<ago>il{GAP}y{GAP}a){GAP}(?P<count>{COUNT}){GAP}(?P<unit>{UNIT})"), ago),
    (compiled(rf"dans{GAP}(?P<count>{COUNT}){GAP}(?P<unit>jours?|semaines?|mois|ans?)"), ago),
    (
        compiled(
            rf"(?P<count>{COUNT}){GAP}(?P<unit>{UNIT}){GAP}(?P<later>plus{GAP}tôt|plus{GAP}tard|auparavant)"
        ),
        ago,
    ),
    (
        compiled(
            rf"(?P<count>{either(COLLECTIVES)}){GAP}d(?:e{GAP}|['’])(?P<unit>{UNIT})(?P<half>)"
        ),
        length,
    ),
    (
        compiled(
            rf"(?P<count>{COUNT}){GAP}(?:(?:derni|premi)(?:ers|ères){GAP}|prochaine?s{GAP})?(?P<unit>{UNIT})"
            rf"(?:{GAP}(?P<half>et{GAP}demie?))?(?!{GAP}sur{GAP}\d)"
        ),
        length,
    ),
    (compiled(rf"(?:quelques|plusieurs){GAP}(?P<unit>{UNIT})"), some),
    (
        compiled(
            rf"(?:depuis|pendant|durant|après|dans|en){GAP}des{GAP}(?P<span>(?P<unit>{UNIT}))"
        ),
        some,
    ),
    (compiled(rf"une{GAP}demi-(?P<unit>heure|journée)"), half_hour),
    (
        compiled(
            rf"(?:chaque|tou(?:s|tes){GAP}les){GAP}"
            rf"(?P<what>(?:{WEEKDAY}|{PART}|{SEASON}|{either(MONTHS)}|jour|semaine|mois|année|an|heure)s?)"
        ),
        every,
    ),
    (
        compiled(rf"tou(?:s|tes){GAP}les{GAP}(?P<count>{NUMERAL}){GAP}(?P<unit>{UNIT})"),
        every_so_often,
    ),
    (
        compiled(
            rf"(?:{COUNT}|plusieurs){GAP}fois{GAP}par{GAP}(?P<unit>jour|semaine|mois|an|heure)(?P<count>)"
        ),
        every_so_often,
    ),
)
