"""French times with values in the manner of TIMEX3, resolved against the date of the document.

    >>> from glose.corpus.document import Date
    >>> [one.value.norm for one in times("tués dans la nuit de lundi à mardi", Date(2031, 3, 14))]
    ['time:2031-03-10TNI']

The conventions are those of docs/extractors.md: a bare day of the week is the last one, or the
next one with a verb in the future; a date is as precise as the text and the document's date allow.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import msgspec

from glose.annotate.expressions import Expression, Spans
from glose.annotate.french import clock, days, durations, periods
from glose.annotate.french.lexicon import GAP
from glose.annotate.french.names import dated_names
from glose.annotate.french.scene import Reading, Scene
from glose.corpus.document import Date, Value

#: Every reading of a time; of two that fit one span, the first stays.
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    *clock.READINGS,
    *durations.READINGS,
    *days.READINGS,
    *periods.READINGS,
)

#: Words before a date or a time of day that say on which side of it something lies.
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?:{GAP}(?:les?|la|l['’]))?{GAP}?$", re.IGNORECASE), mod)
    for words, mod in (
        (rf"d['’]ici(?:{GAP}(?:à|au))?|avant", "BEFORE"),
        ("après", "AFTER"),
        (rf"vers|aux{GAP}alentours{GAP}d[eu]|autour{GAP}d[eu]", "APPROX"),
    )
)
_POINTS = ("DATE", "TIME")
#: How many days before the document the day may lie that `la veille` counts from.
_RECENT = 8


class Candidate(NamedTuple):
    """A match with its span: that of its group `span`, if it has one."""

    start: int
    end: int
    match: re.Match[str]
    reading: Reading


def times(text: str, date: Date | None = None) -> list[Expression]:
    """Return the dates, times of day, lengths of time and recurrences of a text, in its order.

    `date` is that of the document, as precise as it is known; without one, what is relative to it
    keeps an X (`date:XXXX-WXX-5`). Of two that overlap the first stays, or the longer.
    """
    found: list[Expression] = []
    scene = Scene(text, date)
    reached = 0
    for candidate in _candidates(text):
        if candidate.start < reached:
            continue
        expression = _read(scene, candidate)
        if expression:
            found.append(expression)
            reached = expression.end
            scene = _after(scene, expression)
        elif candidate.reading is days.day:
            # A day that does not exist (`31 juin`): its month is no time by itself.
            reached = candidate.end
    return found


def value_of(
    span: str, context: str, date: Date | None = None, at: int | None = None
) -> Value | None:
    """Return what the words of a span stand for, or `None` where they are no time.

    `context` is the text around the span, from which tense and modifiers are read; `at` is where
    in it the span begins, by default its first occurrence. Of several times in the span the first
    counts.
    """
    start = context.find(span) if at is None else at
    if start < 0 or not context.startswith(span, start):
        context, start = span, 0
    end = start + len(span)
    inside = [one for one in times(context, date) if start <= one.start and one.end <= end]
    found = inside or times(span, date)
    return found[0].value if found else None


def _candidates(text: str) -> list[Candidate]:
    """Return every match outside of names, in the order of the text, the longest first."""
    names = Spans(dated_names(text))
    found = [
        Candidate(*match.span("span" if "span" in pattern.groupindex else 0), match, reading)
        for pattern, reading in READINGS
        for match in pattern.finditer(text)
    ]
    free = [one for one in found if not names.touch(one.start, one.start + 1)]
    return sorted(free, key=lambda one: (one.start, -one.end))


def _read(scene: Scene, candidate: Candidate) -> Expression | None:
    result = candidate.reading(scene, candidate.match)
    if result is None:
        return None
    kind, value = result
    side = _side(scene.text, candidate.start) if kind in _POINTS else None
    if side and value.mod is None:
        value = msgspec.structs.replace(value, mod=side)
    return Expression(candidate.start, candidate.end, kind, value)


def _side(text: str, start: int) -> str | None:
    before = text[max(0, start - 24) : start]
    return next((mod for pattern, mod in _BEFORE if pattern.search(before)), None)


def _after(scene: Scene, expression: Expression) -> Scene:
    """Return the scene after an expression: with the day that a later `la veille` means."""
    kind, _, value = expression.value.norm.partition(":")
    day = value.split("T")[0]
    if kind not in ("date", "time") or days.moved(day, 0) is None or _is_old(scene, day):
        return scene
    return replace(scene, named=day)


def _is_old(scene: Scene, day: str) -> bool:
    oldest = str(scene.today and days.moved(str(scene.today), -_RECENT))
    return scene.today is not None and day < oldest
