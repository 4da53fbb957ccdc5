"""Times of day: `14 h 30`, `mardi soir`, `vendredi à l'aube`, `la nuit de lundi à mardi`."""

from __future__ import annotations

import datetime as dt
import re
from re import Match

from glose.annotate.french.days import ANY_DAY, moved, resolved, weekday
from glose.annotate.french.lexicon import (
    DAY,
    GAP,
    MAYBE,
    MONTH,
    MONTHS,
    PART,
    PARTS,
    WEEKDAY,
    YEAR,
    compiled,
)
from glose.annotate.french.numerals import NUMERAL, number
from glose.annotate.french.scene import Reading, Scene
from glose.corpus.document import Value

#: Before a clock time in whole hours: else `14 heures` is a length of time.
_AT = re.compile(
    rf"(?:(?<!\w)(?:à|vers|dès|depuis|avant|après|jusqu['’]à|aux{GAP}alentours{GAP}de){GAP}|\()$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?<!\w)vers(?!\w)", re.IGNORECASE)
_AFTERNOON = re.compile(r"après-midi|soir", re.IGNORECASE)


def on_day(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a day with a time: `samedi à 06 h 00`, `mardi soir`, `18 février au matin`."""
    day = resolved(scene, match)
    time = _time(match)
    about = "APPROX" if _ABOUT.search(match[0]) else None
    return None if day is None or time is None else ("TIME", Value(f"time:{day}T{time}", about))


def alone(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a time of the clock without its day: the day is that of the document."""
    whole_hours = not match["minutes"] and match["hword"].lower().startswith("heure")
    near = max(0, match.start() - 24)
    if whole_hours and not match["half"] and not _AT.search(scene.text, near, match.start()):
        return None
    time = _time(match)
    return None if time is None else ("TIME", Value(f"time:{_today(scene)}T{time}"))


def part(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a part of the document's day: `ce matin`, `dans la soirée`, `cette nuit`, `à midi`."""
    code = PARTS[match["part"].lower()]
    turn = match["turn"]
    last_night = code == "NI" and not (turn == "prochaine" or scene.ahead(match))
    day = _today(scene)
    return "TIME", Value(f"time:{moved(day, -1) or day if last_night else day}T{code}")


def night(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `nuit de lundi à mardi`, `nuit du 3 au 4 mars`: the night after the first day."""
    if match["weekday"]:
        first = weekday(scene, match, match["weekday"])
        return "TIME", Value(f"time:{first}TNI")
    later = f"{scene.year}-{MONTHS[match['month'].lower()]:02}-{int(match['until']):02}"
    if match["year"]:
        later = match["year"] + later[4:]
    before = moved(later, -1) if _is_day(later) else None
    return None if before is None else ("TIME", Value(f"time:{before}TNI"))


def _today(scene: Scene) -> str:
    if scene.today is not None:
        return str(scene.today)
    month = scene.month
    return f"{month[0]:04}-{month[1]:02}-XX" if month else f"{scene.year}-XX-XX"


def _time(match: Match[str]) -> str | None:
    """Return what stands after `T`: a part of the day, or hours and minutes; `None` if neither."""
    groups = match.groupdict()
    if groups.get("part"):
        return PARTS[groups["part"].lower()]
    hours = _hours(groups["hours"], groups["of_day"] or "")
    if hours is None:
        return None
    minutes = 30 if groups["half"] else int(groups["minutes"] or 0)
    return f"{hours:02}:{minutes:02}{'Z' if groups['zone'] else ''}"


def _hours(count: str, of_day: str) -> int | None:
    """Return the hour, `None` for one after 24; `du soir` makes it one of the second half."""
    hours = 1 if count.lower() in ("un", "une") else number(count)
    if hours is None or hours > 24:
        return None
    late = hours < 12 and _AFTERNOON.search(of_day)
    return int(hours) + (12 if late else 0)


def _is_day(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


_CLOCK = (
    rf"(?P<hours>\d{{1,2}}|{NUMERAL}|une?){MAYBE}(?P<hword>heures?|h\.?){MAYBE}(?P<minutes>[0-5]\d)?(?<!\.)(?!\w)"
    rf"(?:{GAP}(?P<half>et{GAP}demie))?(?P<of_day>{GAP}d(?:u{GAP}matin|e{GAP}l['’]après-midi|u{GAP}soir))?"
    rf"(?P<zone>{GAP}(?:GMT|UTC))?"
)
_JOIN = (
    rf"(?:,?{GAP}(?:(?:à|vers|dès|au|en|dans)(?:{GAP}(?:le{GAP}|la{GAP}|petit{GAP}|(?:début|fin){GAP}d(?:e{GAP}|['’]))"
    rf"|{GAP}l['’]|{GAP}))?)"
)
_WITHIN = (
    rf"(?:(?:dans|à|vers|avant|dès|depuis|en|au|pendant|durant){GAP}(?:la{GAP}|l['’]|petit{GAP})?)"
)

READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (compiled(rf"(?:{ANY_DAY}){_JOIN}(?:{_CLOCK})"), on_day),
    (compiled(rf"(?:{ANY_DAY}){_JOIN}(?P<part>{PART})"), on_day),
    (
        compiled(
            rf"nuit{GAP}(?:de{GAP}|du{GAP})(?:(?P<weekday>{WEEKDAY})(?:{GAP}(?:à|au){GAP}{WEEKDAY})?"
            rf"|{DAY}{GAP}(?:{MONTH}{GAP})?au{GAP}(?P<until>\d{{1,2}}){GAP}(?P<month>{MONTH})(?:{GAP}(?P<year>{YEAR}))?)"
        ),
        night,
    ),
    (compiled(_CLOCK), alone),
    (compiled(rf"{_WITHIN}(?P<span>(?P<part>{PART}))(?P<turn>)"), part),
    (compiled(rf"(?P<part>nuit){GAP}(?P<turn>dernière|prochaine)"), part),
    (compiled(rf"ce(?:t|tte)?{GAP}(?P<part>{PART})(?P<turn>)"), part),
)
