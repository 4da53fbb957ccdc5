"""What TIMEX3 and TimeML say of times and events, as fields of the record."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from glose.corpus.document import Attribute, Date, Value
from glose.corpus.forms import date_faults, norm_fault

#: The kinds of normalised value by the type of a time.
KINDS = {"DATE": "date", "TIME": "time", "DURATION": "duration", "SET": "set"}
#: What the date of a document is called where something refers to it.
DCT = "DCT"
#: Which date of a document a time is, by `functionInDocument`.
BASES = {
    "CREATION_TIME": "created",
    "PUBLICATION_TIME": "published",
    "MODIFICATION_TIME": "modified",
    "RELEASE_TIME": "released",
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d)?))?)?)?")


class Timex(NamedTuple):
    """A time: its type (`TIMEX3.DATE`), its value if it has one of the form of the record."""

    type: str
    value: Value | None
    attrs: tuple[Attribute, ...]


def timex(found: Mapping[str, str], anchor: str | None) -> Timex:
    """Return what the attributes of a TIMEX3 say; `anchor` is the id in the record of its anchor.

    A value that is none of its type becomes an attribute, like all that has no field.
    """
    rest = {n: v for n, v in found.items() if n not in ("tid", "type", "m_id", "comment")}
    kind = found.get("type", "")
    norm = f"{KINDS.get(kind.upper(), 'date')}:{found.get('value', '')}"
    value = None
    if "value" in rest and not norm_fault(norm):
        value = Value(norm, rest.pop("mod", None), anchor=anchor)
        del rest["value"]
        if anchor is not None:
            rest.pop("anchorTimeID", None)
    return Timex(f"TIMEX3.{kind}" if kind else "TIMEX3", value, attributes(rest))


def attributes(
    found: Mapping[str, str], taken: Collection[str] = frozenset()
) -> tuple[Attribute, ...]:
    """Return names and values as attributes, but for the names that are taken."""
    return tuple(Attribute(name, value) for name, value in found.items() if name not in taken)


def dated(value: str) -> Date | None:
    """Return a value as a date, as precise as it is; `None` if it is none.

    >>> dated("2031-03")
    Date(year=2031, month=3, day=None, time=None, approx=False)
    """
    found = _DATE.match(value)
    if found is None:
        return None
    year, month, day, time = found.groups()
    date = Date(int(year), int(month) if month else None, int(day) if day else None, time)
    return None if any(date_faults(date)) else date
