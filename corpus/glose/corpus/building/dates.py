"""Dates of headers and datelines, French or English, as precise as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from glose.corpus.document import Date

#: Names and abbreviations of months, French and English, without their full stop.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "février fevrier févr fevr fév fev february feb",
            "mars march mar", "avril avr april apr", "mai may", "juin june jun",
            "juillet juil july jul", "août aout august aug", "septembre sept sep september",
            "octobre oct october", "novembre nov november", "décembre decembre déc dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
#: A date in words, with or without its year: `mercredi 14 mars 2018`, `14 mars`, `March 14, 2018`.
WORDS = (
    rf"(?:(?:le\s+)?(?:{_DAYS}),?\s+)?(?:le\s+)?{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?(?!\w)",
    rf"(?:(?:{_DAYS}),?\s+)?{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?(?!\w)",
)
_CLOCK = (
    r"(?:T|,?\s+(?:à|at)?\s*)?(?P<hour>\d{1,2})\s*[h:]\s*(?P<minute>\d\d)?(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|GMT|UTC|[+-]\d\d:?\d\d)?"
)
_SHAPES = tuple(
    re.compile(rf"{shape}(?:{_CLOCK})?", re.IGNORECASE)
    for shape in (
        rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)",
        rf"(?P<day>\d\d?)[-/.](?P<month>\d\d?)[-/.]{_YEAR}",
        *WORDS,
        rf"{_YEAR}[-/](?P<month>\d\d?)",
        rf"(?P<month>\d\d?)/{_YEAR}",
        rf"{_MONTH}\s+{_YEAR}",
        _YEAR,
    )
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as a document states it; `year` is `None` where it says `14 mars` alone."""

    year: int | None
    month: int | None = None
    day: int | None = None
    time: str | None = None

    def known(self) -> Date | None:
        """Return it as the record holds it, or `None` without a year."""
        if self.year is None:
            return None
        return Date(self.year, self.month, self.day, self.time)


def parse(written: str) -> Stated | None:
    """Return the date that a string is, or `None` where it is no date of the calendar.

    Figures are read day first (`14/03/2018`), or year first.

    >>> parse("mercredi 14 mars 2018")
    Stated(year=2018, month=3, day=14, time=None)
    """
    return next(_readings(" ".join(written.split())), None)


def _readings(written: str) -> Iterator[Stated]:
    for shape in _SHAPES:
        found = shape.fullmatch(written)
        if found is None:
            continue
        stated = _stated(found.groupdict())
        if stated is not None:
            yield stated


def _stated(parts: dict[str, str | None]) -> Stated | None:
    """Return the date of the parts of a match, or `None` where there is no such day."""
    name = parts.get("name")
    year, month, day = (_number(parts.get(key)) for key in ("year", "month", "day"))
    month = MONTHS[name.lower()] if name else month
    try:
        # Without a year any leap year will do.
        date(
            2000 if year is None else year,
            1 if month is None else month,
            1 if day is None else day,
        )
        clock = _time(parts) if day else None
    except ValueError:
        return None
    return Stated(year, month, day, clock)


def _number(figures: str | None) -> int | None:
    return None if figures is None else int(figures)


def _time(parts: dict[str, str | None]) -> str | None:
    """Return `HH:MM`, with seconds and zone where given; raise ValueError if impossible."""
    if not parts.get("hour"):
        return None
    hour, minute, second = (int(parts[key] or 0) for key in ("hour", "minute", "second"))
    clock = time(hour, minute, second).isoformat("seconds" if parts["second"] else "minutes")
    zone = re.sub("GMT|UTC", "Z", (parts["zone"] or "").upper())
    return clock + re.sub(r"([+-]\d\d)(\d\d)", r"\1:\2", zone)


def refined(date: Date | None, stated: Stated | None) -> Date | None:
    """Return a document's date made as precise as its dateline, where the two agree.

    >>> refined(Date(2018, 3), Stated(None, 3, 14)).day
    14
    """
    if date is None:
        return stated.known() if stated else None
    if stated is None or date.day is not None:
        return date
    agree = stated.year in {None, date.year} and date.month in {None, stated.month}
    return Date(date.year, stated.month, stated.day, stated.time) if agree else date
