"""What a time is resolved against: the date of the document, the tense, and the day last named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from re import Match

from glose.annotate.french.tense import FUTURE, tense
from glose.corpus.document import Date, Value


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a time stands: its text, the document's date, and the day that was named before it.

    `named` is written as in values: `2031-03-13`, or `2031-WXX-4` where the date has no day.
    """

    text: str
    date: Date | None
    named: str | None = None

    @property
    def today(self) -> dt.date | None:
        """The day of the document, if its date is precise enough."""
        if self.date is None or self.date.month is None or self.date.day is None:
            return None
        return dt.date(self.date.year, self.date.month, self.date.day)

    @property
    def year(self) -> str:
        """The year of the document, or `XXXX`."""
        return f"{self.date.year:04}" if self.date else "XXXX"

    @property
    def month(self) -> tuple[int, int] | None:
        """The year and month of the document."""
        if self.date is None or self.date.month is None:
            return None
        return self.date.year, self.date.month

    def tense(self, match: Match[str]) -> str | None:
        """Return the tense that the words around a match speak for."""
        return tense(self.text, match.start(), match.end())

    def ahead(self, match: Match[str]) -> bool:
        """Tell whether what happens at the match lies in the future."""
        return self.tense(match) == FUTURE or until(self.text, match.start())


def until(text: str, start: int) -> bool:
    """Tell whether `d'ici` or the like stands before an offset: what follows is still to come."""
    before = text[max(0, start - 24) : start].lower().replace("’", "'").replace("\u00a0", " ")
    return before.rstrip().endswith(
        (
            "d'ici",
            "d'ici à",
            "d'ici au",
            "d'ici le",
            "d'ici la",
            "d'ici à la",
            "d'ici l'",
            "d'ici à l'",
            "jusqu'à",
            "jusqu'au",
        )
    )


#: What a match stands for: the mention type and its value, or `None` if it is no time at all.
Reading = Callable[[Scene, "Match[str]"], tuple[str, Value] | None]
