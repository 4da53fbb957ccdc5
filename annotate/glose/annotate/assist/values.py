"""What the words of a time or number stand for, best first: the values that the app offers.

The grammars of `glose.annotate.times` and `glose.annotate.numbers` read a window of the text and
not the whole of it, so a long document costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from glose.annotate.assist.widening import widened
from glose.annotate.french import days
from glose.annotate.french.lexicon import DAY, MONTH, WEEKDAYS, either
from glose.annotate.french.numerals import number, plain
from glose.annotate.numbers import numbers
from glose.annotate.times import times
from glose.corpus.document import Date, Document, Value
from glose.corpus.schema import Schema

#: How many characters on each side a reading may depend on: tense looks at most 600 far.
_AROUND = 1_000
#: How far back the day is sought that `la veille` counts from: some pages.
_BACK = 16_000
_COUNTED = re.compile(rf"(?<!\w){either(days.NEXT)}(?!\w)", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_WEEKDAY = re.compile(rf"{either(WEEKDAYS)}", re.IGNORECASE)
_AGE = re.compile(r"(.+)[ \u00a0\u202f]ans", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(rf"(?:{either(WEEKDAYS)}.)?{DAY}.{MONTH}|{MONTH}", re.IGNORECASE)


class _Window(NamedTuple):
    """A part of a text and where in it the span stands."""

    text: str
    start: int
    end: int


def suggested(
    document: Document, start: int, end: int, mention_type: str, schema: Schema
) -> list[Value]:
    """Return what the words of a span stand for, best first; none for words that are no value.

    Only kinds that the schema allows for the mention type; none for types that are things, which
    name no kinds and form entities. First the span read in its sentence, then what stands inside
    of it, then other readings of the same words: the next Friday beside the last. The grammars
    are French: of a document in another language only what is written in figures is read.
    """
    text = document.text or ""
    kinds = _kinds(mention_type, schema)
    if kinds == () or not 0 <= start < end <= len(text):
        return []
    if document.language not in (None, "fr") and not _FIGURE.search(text, start, end):
        return []
    found: dict[Value, None] = {}
    for value in _readings(text, start, end, document.meta.date):
        if kinds is None or value.norm.partition(":")[0] in kinds:
            found[value] = None
    return list(found)


def _kinds(mention_type: str, schema: Schema) -> tuple[str, ...] | None:
    """Return the kinds of value that a type of mention may have, `None` for any."""
    known = schema.mentions.get(mention_type)
    if known is None or known.values:
        return known.values if known else None
    return () if known.entity else None


def _readings(text: str, start: int, end: int, date: Date | None) -> Iterator[Value]:
    words = text[start:end]
    window = _window(text, start, end)
    if _COUNTED.search(words):
        window = _after_a_day(text, start, end, date)
    # What follows may join the span to a longer time, as in `mardi` of `mardi soir`.
    cut = _Window(window.text[: window.end], window.start, window.end)
    alone = _Window(words, 0, len(words))
    read = [value for part in (window, cut, alone) for value in _inside(part, date)]
    yield from _aged(words)
    yield from read
    for value in read:
        yield from _otherwise(words, value)


def _aged(words: str) -> Iterator[Value]:
    """Yield the age that so many years may be, also where nothing around them says so."""
    age = _AGE.fullmatch(words)
    count = number(age[1]) if age else None
    if count is not None:
        yield Value(f"age:{plain(count)}")


def _inside(window: _Window, date: Date | None) -> Iterator[Value]:
    """Yield the values of what stands in the span: what is the span first, then the longest."""
    found = (*times(window.text, date), *numbers(window.text))
    held = [one for one in found if window.start <= one.start and one.end <= window.end]
    for one in sorted(held, key=lambda one: (one.start - one.end, one.start)):
        yield one.value


def _window(text: str, start: int, end: int, before: int = _AROUND) -> _Window:
    """Return the text around a span, cut at white space so that no word is cut in two."""
    first, last = widened(text, start - before, end + _AROUND)
    return _Window(text[first:last], start - first, end - first)


def _after_a_day(text: str, start: int, end: int, date: Date | None) -> _Window:
    """Return a window that reaches back to a day named before the span, if one is near enough."""
    before = _AROUND
    while True:
        window = _window(text, start, end, before)
        if before >= min(start, _BACK) or _names_a_day(window, date):
            return window
        before = min(4 * before, _BACK)


def _names_a_day(window: _Window, date: Date | None) -> bool:
    """Tell whether a day that is not itself counted from another stands before the span."""
    return any(
        days.moved(one.value.norm.partition(":")[2].split("T")[0], 0)
        for one in times(window.text[: window.start], date)
        if one.type in ("DATE", "TIME") and not _COUNTED.search(window.text, one.start, one.end)
    )


def _otherwise(words: str, value: Value) -> Iterator[Value]:
    """Yield the other days that a bare weekday or a date without a year may be."""
    kind, _, day = value.norm.partition(":")
    if kind != "date":
        return
    if _WEEKDAY.fullmatch(words):
        for shift in (7, -7):
            moved = days.moved(day, shift) if day[5:6].isdigit() else None
            if moved:
                yield msgspec.structs.replace(value, norm=f"date:{moved}")
    elif _WITHOUT_YEAR.fullmatch(words) and day[:4].isdigit():
        for shift in (-1, 1):
            yield msgspec.structs.replace(value, norm=f"date:{int(day[:4]) + shift}{day[4:]}")
