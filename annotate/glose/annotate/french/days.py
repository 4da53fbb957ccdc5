"""Days: `vendredi`, `le 18 février`, `14 mars 2031`, `hier`, `la veille`, `14/03/2031`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from re import Match

from glose.annotate.french.lexicon import (
    DAY,
    GAP,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    compiled,
)
from glose.annotate.french.scene import Reading, Scene, until
from glose.annotate.french.tense import FUTURE, PAST
from glose.corpus.document import Date, Value

#: Days counted from the document's date.
NEAR: Mapping[str, int] = {
    "avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "après-demain": 2,
}  # fmt: skip
#: Days counted from the day that was named last.
NEXT: Mapping[str, int] = {
    "avant-veille": -2, "veille": -1, "même jour": 0, "jour même": 0, "lendemain": 1,
    "surlendemain": 2,
}  # fmt: skip

_COUNTED = (
    rf"(?P<weekday>{WEEKDAY})(?:{GAP}(?P<turn>dernier|prochain|suivant))?"
    rf"(?!{GAP}(?:{DAY}){GAP}{MONTH})"
)
_CALENDAR = rf"(?:{WEEKDAY}{GAP})?(?P<day>{DAY}){GAP}(?P<month>{MONTH})(?:{GAP}(?P<year>{YEAR}))?"
_DIGITS = r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<slashed>\d\d?[/.]\d\d?[/.]\d{4})"
_NEAR = r"(?P<near>avant-hier|hier|aujourd['’]hui|après-demain|demain)"
_NEXT = (
    rf"(?P<next>avant-veille|veille(?!{GAP}d[eu]\b)|même{GAP}jour|jour{GAP}même"
    r"|surlendemain|lendemain)"
)

#: Any day. Its groups tell which kind it is; `resolved` reads them.
ANY_DAY = rf"(?:{_CALENDAR}|{_COUNTED}|{_DIGITS}|{_NEAR}|{_NEXT})"


def day(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a day by itself."""
    found = resolved(scene, match)
    return None if found is None else ("DATE", Value(f"date:{found}"))


def resolved(scene: Scene, match: Match[str]) -> str | None:
    """Return the day that a match of `ANY_DAY` stands for, as in values; `None` for none."""
    found = match.groupdict()
    if found["day"]:
        return _calendar(scene, match)
    if found["weekday"]:
        return weekday(scene, match, found["weekday"], found["turn"])
    if found["near"]:
        return _shifted(scene, None, NEAR[found["near"].lower().replace("’", "'")])
    if found["next"]:
        return _shifted(scene, scene.named, NEXT[re.sub(GAP, " ", found["next"].lower())])
    return _digits(found["iso"], found["slashed"])


def weekday(scene: Scene, match: Match[str], name: str, turn: str | None = None) -> str:
    """Return a day of the week: the last one, today included, or the next one if it is to come."""
    number = WEEKDAYS[name.lower()]
    today = scene.today
    if today is None:
        return f"{scene.year}-WXX-{number}"
    back = (today.isoweekday() - number) % 7
    if turn == "dernier":
        shift = -(back or 7)
    elif turn in ("prochain", "suivant") or (turn is None and scene.ahead(match)):
        shift = 7 - back
    else:
        shift = -back
    return moved(str(today), shift) or f"{scene.year}-WXX-{number}"


def moved(day: str, days: int) -> str | None:
    """Return the day that lies so many days after a day of a value.

    `None` if the value has no day, or if the new one lies outside of the years 1 to 9999.

    >>> moved("2031-03-14", -1), moved("2031-WXX-7", 1), moved("2031-03", 1)
    ('2031-03-13', '2031-WXX-1', None)
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        try:
            return str(dt.date.fromisoformat(day) + dt.timedelta(days=days))
        except OverflowError:
            return None
    if re.fullmatch(r".{4}-WXX-[1-7]", day):
        return f"{day[:-1]}{(int(day[-1]) - 1 + days) % 7 + 1}"
    return None


def _shifted(scene: Scene, named: str | None, days: int) -> str:
    """Return a day counted from one that was named, else from the document's."""
    day = moved(named, days) if named else None
    if day is None and scene.today is not None:
        day = moved(str(scene.today), days)
    return day or ("PAST_REF" if days < 0 else "FUTURE_REF" if days else "PRESENT_REF")


def _calendar(scene: Scene, match: Match[str]) -> str | None:
    day, month = int(match["day"].lower().removesuffix("er")), MONTHS[match["month"].lower()]
    year = match["year"]
    if year is None:
        year = nearest_year(scene, match, month, day)
    written = f"{year}-{month:02}-{day:02}"
    return written if _exists(written) else None


def nearest_year(scene: Scene, match: Match[str], month: int, day: int | None = None) -> str:
    """Return the year that puts a month or day nearest to the document, as the tense allows."""
    date = scene.date
    if date is None:
        return "XXXX"
    tense = FUTURE if until(scene.text, match.start()) else scene.tense(match)
    gap = _gap(date, month, day)
    gaps = {shift: gap + 372 * shift for shift in (-1, 0, 1)}
    allowed = [shift for shift, gap in gaps.items() if _allows(tense, gap)]
    return f"{date.year + min(allowed, key=lambda shift: abs(gaps[shift])):04}"


def _gap(date: Date, month: int, day: int | None) -> int:
    """Return how many days, of months that have 31, a month or day lies after a date's."""
    if date.day is None and month == date.month:
        return 0
    here = (date.month or 7) * 31 + ((date.day or 15) if day else 15)
    return month * 31 + (day or 15) - here


def _allows(tense: str | None, gap: int) -> bool:
    """Tell whether a tense speaks of what lies so far before (less than 0) or after today."""
    return {PAST: gap <= 0, FUTURE: gap >= 0}.get(tense or "", True)


def _digits(iso: str | None, slashed: str | None) -> str | None:
    if slashed:
        day, month, year = (int(part) for part in re.split(r"[/.]", slashed))
        iso = f"{year:04}-{month:02}-{day:02}"
    return iso if iso and _exists(iso) else None


def _exists(day: str) -> bool:
    try:
        dt.date.fromisoformat(day.replace("XXXX", "2028"))
    except ValueError:
        return False
    return True


READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = ((compiled(ANY_DAY), day),)
