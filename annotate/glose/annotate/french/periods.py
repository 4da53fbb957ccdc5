"""Weeks, months, seasons, years and longer: `fin août 2030`, `la semaine dernière`, `en 2014`."""

from __future__ import annotations

import datetime as dt
import re
from re import Match

from glose.annotate.french.days import moved, nearest_year
from glose.annotate.french.lexicon import (
    GAP,
    MONTHS,
    SEASON,
    SEASON_MONTHS,
    SEASONS,
    STAGE,
    STAGES,
    TURN,
    YEAR,
    compiled,
    either,
)
from glose.annotate.french.scene import Reading, Scene
from glose.corpus.document import Value

_TURNS = {
    "dernier": -1, "dernière": -1, "passé": -1, "passée": -1, "précédent": -1, "précédente": -1,
    "prochain": 1, "prochaine": 1, "suivant": 1, "suivante": 1,
}  # fmt: skip

#: About which day of a month a stage means: `fin mai` in mid-May is not yet over.
_STAGE_DAYS = {"START": 5, "MID": 15, "END": 25}

#: Before a year that stands alone. `1998` anywhere else may be a number.
_YEAR_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:en|depuis|dès|année|années|an|fin|début|été|hiver|automne|printemps|jusqu['’]en|courant|avant|après|et|à"
    rf"|vers|ou|de|d['’]ici(?:{GAP}à)?|entre|trimestre|semestre|élections?|guerre|accords?|traité|constitution){GAP}(?:l['’])?|[(,]{GAP}?|mi-|\n|^)$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    rf"{GAP}(?:[a-zà-ÿ]+[sx](?!\w)|%|€|\$|d['’]|de{GAP}|dollars|euros)|{GAP}?%"
)
_YEAR_SURE = re.compile(rf"(?:en|depuis|année|début|fin|mi-|an){GAP}?$", re.IGNORECASE)


def stage(word: str | None) -> str | None:
    """Return the `mod` of a word such as `fin`; `None` for none.

    >>> stage("mi-"), stage("Début de")
    ('MID', 'START')
    """
    return STAGES[re.split(r"\W", word.lower())[0]] if word else None


def month(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a month: `mars`, `fin août 2030`, `mi-mars`; a capital makes it a name (`M. Août`)."""
    name = match["name"]
    if name[0].isupper() and not name.isupper():
        return None
    number = MONTHS[name.lower()]
    where = stage(match["stage"])
    year = match["year"] or nearest_year(scene, match, number, _STAGE_DAYS.get(where or ""))
    return "DATE", Value(f"date:{year}-{number:02}", where)


def year(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a year of four figures, where the words around it do not make it a number."""
    before = scene.text[max(0, match.start() - 24) : match.start()]
    sure = match["stage"] or _YEAR_SURE.search(before)
    if not sure and (
        not _YEAR_BEFORE.search(before) or _COUNTED_AFTER.match(scene.text, match.end())
    ):
        return None
    return "DATE", Value(f"date:{match['year']}", stage(match["stage"]))


def season(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read a season: `printemps 2030`, `l'hiver dernier`, `cet été`."""
    code = SEASONS[match["name"].lower()]
    if match["year"]:
        return "DATE", Value(f"date:{match['year']}-{code}", stage(match["stage"]))
    if scene.date is None:
        return "DATE", Value(f"date:XXXX-{code}", stage(match["stage"]))
    middle = SEASON_MONTHS[code]
    if match["turn"]:
        here = scene.date.month or 7
        turn = _TURNS[match["turn"].lower()]
        shift = (
            -1 if turn < 0 and middle >= here - 1 else 1 if turn > 0 and middle <= here + 1 else 0
        )
        return "DATE", Value(f"date:{scene.date.year + shift}-{code}", stage(match["stage"]))
    return "DATE", Value(
        f"date:{nearest_year(scene, match, middle)}-{code}", stage(match["stage"])
    )


def relative(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `semaine dernière`, `mois prochain`, `an dernier`, `cette année`, `fin de l'année`."""
    turn = match["turn"]
    shift = _TURNS[turn.lower()] if turn else 0
    value = _period(scene, match["unit"].lower(), shift)
    return "DATE", Value(f"date:{value}", stage(match["stage"]))


def part_of_year(scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `premier trimestre 2030`, `second semestre`."""
    order = {
        "premier": 1,
        "1er": 1,
        "deuxième": 2,
        "second": 2,
        "troisième": 3,
        "quatrième": 4,
        "dernier": 4,
    }
    letter = "Q" if match["unit"].lower() == "trimestre" else "H"
    number = order[match["order"].lower()]
    number = min(number, 2) if letter == "H" else number
    return "DATE", Value(f"date:{match['year'] or scene.year}-{letter}{number}")


def century(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `XIXe siècle` or `19e siècle` as TIMEX3 does: `date:18`."""
    number = _roman(match["number"]) if match["number"].isalpha() else int(match["number"])
    return "DATE", Value(f"date:{number - 1:02}", stage(match["stage"]))


def decade(_scene: Scene, match: Match[str]) -> tuple[str, Value] | None:
    """Read `années 1990` or `années 90` as TIMEX3 does: `date:199`."""
    figures = match["decade"]
    return "DATE", Value(
        f"date:{figures[:3] if len(figures) == 4 else '19' + figures[0]}", stage(match["stage"])
    )


def _period(scene: Scene, unit: str, shift: int) -> str:
    if scene.date is None:
        return "PAST_REF" if shift < 0 else "FUTURE_REF" if shift else "PRESENT_REF"
    if unit in ("an", "année"):
        return f"{scene.date.year + shift:04}"
    if unit == "mois":
        return _month(scene, shift)
    return _week(scene, shift, "-WE" if unit.startswith("week") else "")


def _month(scene: Scene, shift: int) -> str:
    if scene.month is None:
        return f"{scene.year}-XX"
    months = scene.month[0] * 12 + scene.month[1] - 1 + shift
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _week(scene: Scene, shift: int, suffix: str) -> str:
    if scene.today is None:
        return f"{scene.year}-WXX{suffix}"
    day = moved(str(scene.today), 7 * shift)
    if day is None:
        return "PAST_REF" if shift < 0 else "FUTURE_REF"
    year, week, _ = dt.date.fromisoformat(day).isocalendar()
    return f"{year:04}-W{week:02}{suffix}"


def _roman(figures: str) -> int:
    values = [
        {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[one]
        for one in figures.upper()
    ]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


_BARE_MONTH = either(name for name in MONTHS if not name.endswith("."))
_ORDER = "(?P<order>premier|1er|deuxième|second|troisième|quatrième|dernier)"

READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (compiled(rf"{STAGE}?(?P<name>{_BARE_MONTH})(?:{GAP}(?P<year>{YEAR}))?"), month),
    (compiled(rf"{STAGE}?(?P<year>{YEAR})"), year),
    (
        compiled(rf"{STAGE}?(?P<name>{SEASON})(?:(?:{GAP}de)?{GAP}(?P<year>{YEAR})|{GAP}{TURN})"),
        season,
    ),
    # `été` is a participle as well: alone, a season needs its article.
    (
        compiled(
            rf"(?:{STAGE}|(?:le|au|du|ce|cet|dès|chaque){GAP}|(?:à{GAP})?l['’])(?P<span>(?P<name>{SEASON}))"
            rf"(?P<year>)(?P<turn>)(?!{GAP}arabe)"
        ),
        season,
    ),
    (compiled(rf"{STAGE}?(?P<unit>semaine|mois|an|année|week-end){GAP}{TURN}"), relative),
    (
        compiled(
            rf"(?:(?P<stage>fin|début|milieu){GAP}(?:de{GAP}(?:la{GAP}|l['’])?|du{GAP}|d['’])|cet(?:te)?{GAP}|ce{GAP})"
            r"(?P<unit>semaine|mois|année|week-end)(?:-ci)?(?P<turn>)"
        ),
        relative,
    ),
    (
        compiled(
            rf"{_ORDER}{GAP}(?P<unit>trimestre|semestre)(?:{GAP}(?:de{GAP})?(?P<year>{YEAR}))?"
        ),
        part_of_year,
    ),
    (compiled(rf"{STAGE}?(?P<number>[IVX]+|\d{{1,2}})(?:e|ème|er){GAP}siècle"), century),
    (compiled(rf"{STAGE}?années{GAP}(?P<decade>\d\d(?:\d\d)?)"), decade),
)
