"""Dates of machine-made documents, in the form that glose.corpus.building.dates reads."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

_COMPACT = re.compile(
    r"(?P<date>\d{8})(?:T?(?P<clock>\d{4}(?:\d\d)?)(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_MAIL = re.compile(r"(?:[A-Za-z]{2,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d\d?:\d\d")
_FRACTION = re.compile(r"(:\d\d)[.,]\d+")


def iso(written: str) -> str:
    """Return a date of XML, mail or feeds in ISO 8601; any other as it is written.

    >>> iso("20180314T090500Z"), iso("Wed, 14 Mar 2018 09:05:00 +0100")
    ('2018-03-14T09:05:00Z', '2018-03-14T09:05:00+01:00')
    """
    written = " ".join(written.split())
    found = _COMPACT.fullmatch(written)
    if found:
        return _spread(found["date"], found["clock"], found["zone"] or "")
    if _MAIL.match(written):
        return _mailed(written)
    return _FRACTION.sub(r"\1", written)


def _spread(date: str, clock: str | None, zone: str) -> str:
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    if clock is None:
        return day
    return f"{day}T{':'.join(clock[at : at + 2] for at in range(0, len(clock), 2))}{zone}"


def _mailed(written: str) -> str:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError, IndexError, TypeError):
        return written
    text = moment.isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")
