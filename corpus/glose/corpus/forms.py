"""How single values of the record are written: dates, normalised values, strings in messages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import lru_cache

from glose.corpus.document import Date

_NUMBER = r"(?:>=|<=|>|<|~)?-?\d+(?:\.\d+)?(?:/\d+|\.\.-?\d+(?:\.\d+)?)?"

#: The kinds of normalised value and how each is written after its colon: numbers with `.` and an
#: optional comparison, `a/b` for fractions and `a..b` for ranges; the rest as in TIMEX3 or EDTF.
NORMS: Mapping[str, str] = {
    "date": r"\S+",
    "time": r"\S+",
    "duration": r"P\S+",
    "set": r"\S+",
    "number": _NUMBER,
    "money": _NUMBER,
    "percent": _NUMBER,
    "quantity": _NUMBER,
    "age": rf"{_NUMBER}|P\S+",
}

_PLAIN = re.compile(r"[\w.:-]+")
_TIME = re.compile(
    r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?"
)
_NORMS = {kind: re.compile(form) for kind, form in NORMS.items()}
_CALENDAR = re.compile(r"(?<![\dX])(\d{4})-(\d\d)(?:-(\d\d))?(?![\dX])")


def shown(text: str, limit: int = 60) -> str:
    """Return a string as a message shows it: quoted if it needs to be, and never long.

    >>> shown("m1"), shown("a b"), shown("x" * 80, limit=5)
    ('m1', "'a b'", "'xxxxx…' (80 characters)")
    """
    if len(text) > limit:
        return f"{text[:limit] + '…'!r} ({len(text)} characters)"
    return text if text.isalnum() or _PLAIN.fullmatch(text) else repr(text)


def date_faults(date: Date) -> Iterator[str]:
    """Yield what is wrong with a date: a gap in its precision, or a day that does not exist."""
    year, month, day = date.year, date.month, date.day
    if month is None:
        if day is not None:
            yield f"day {day} without a month; expected a month, or no day"
    elif not real(year, month, day):
        found = f"{year}-{month}" if day is None else f"{year}-{month}-{day}"
        yield f"{found} is not in the calendar; expected a real month and day"
    if date.time is not None and not _TIME.fullmatch(date.time):
        yield f"time {shown(date.time)}; expected HH:MM, with :SS and a zone if known"


def real(year: int, month: int, day: int | None) -> bool:
    """Whether a month, or a day of it, is in the (proleptic Gregorian) calendar."""
    if not 1 <= month <= 12:
        return False
    # A year outside 1 to 9999 is leap as the year of its 400-year cycle is.
    return day is None or 1 <= day <= monthrange(year % 400 + 400, month)[1]


@lru_cache(maxsize=4096)
def norm_fault(norm: str) -> str | None:
    """Return what is wrong with a normalised value such as `date:2018-03-13`, or `None`.

    >>> norm_fault("date:2018-03-13")
    >>> norm_fault("2018-03-13")
    'found 2018-03-13; expected kind:value, such as date:2018-03-13'
    """
    kind, colon, value = norm.partition(":")
    if not colon:
        return f"found {shown(norm)}; expected kind:value, such as date:2018-03-13"
    if kind not in _NORMS:
        return f"found the kind {shown(kind)}; expected one of {', '.join(NORMS)}"
    if not _NORMS[kind].fullmatch(value):
        return f"found {shown(norm)}; expected {_expected(kind)} after {kind}:"
    if kind in ("date", "time") and not all(map(_is_real, _CALENDAR.findall(value))):
        return f"{shown(norm)} is not in the calendar; expected a real month and day"
    return None


def _is_real(parts: tuple[str, str, str]) -> bool:
    year, month, day = parts
    return real(int(year), int(month), int(day) if day else None)


def _expected(kind: str) -> str:
    if NORMS[kind] == _NUMBER:
        return "a number such as 12, >=12 or 2.5"
    return "a value such as P1W" if kind == "duration" else "a value without white space"
