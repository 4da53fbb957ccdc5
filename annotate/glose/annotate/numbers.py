"""French numbers in figures and in words, with what they stand for.

    >>> [one.value.norm for one in numbers("au moins 12 morts sur 2,5 millions")]
    ['number:>=12', 'number:2500000']

The span is the number without the words that modify it; a unit belongs to it only in sums,
percentages and ages. `un` and `une` are no numbers, nor are ordinals and parts of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from glose.annotate.expressions import Expression, Spans, longest
from glose.annotate.french.ages import YEARS, is_age
from glose.annotate.french.currencies import CURRENCY, code
from glose.annotate.french.lexicon import GAP, MAYBE, compiled, either
from glose.annotate.french.names import dated_names
from glose.annotate.french.numerals import COLLECTIVES, NUMERAL, number, plain
from glose.corpus.document import Value

_UNA = rf"(?:une?{GAP})?"
#: What may stand directly before a number, with the sign or the `mod` that it gives.
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w){pattern}$", re.IGNORECASE), sign)
    for pattern, sign in (
        (rf"(?:au{GAP}moins|au{GAP}minimum){GAP}{_UNA}(?:les?{GAP})?", ">="),
        (rf"(?:pas{GAP}moins|un{GAP}minimum){GAP}d(?:e{GAP}|['’]){_UNA}", ">="),
        (rf"(?:pas{GAP}plus|un{GAP}maximum){GAP}d(?:e{GAP}|['’]){_UNA}", "<="),
        (rf"(?:au{GAP}plus|au{GAP}maximum){GAP}{_UNA}", "<="),
        (rf"jusqu['’](?:à|aux){GAP}{_UNA}", "<="),
        (rf"plus{GAP}d(?:e{GAP}|['’]){_UNA}", ">"),
        (rf"moins{GAP}d(?:e{GAP}|['’]){_UNA}", "<"),
        (rf"(?:quelque|environ|presque|à{GAP}peu{GAP}près){GAP}{_UNA}", "APPROX"),
        (
            rf"(?:près|autour|aux{GAP}alentours|aux{GAP}environs){GAP}d(?:e{GAP}|es{GAP}|['’]){_UNA}",
            "APPROX",
        ),
    )
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"{GAP}(?:\w+{GAP})?{pattern}(?!\w)"), sign)
    for pattern, sign in (
        (rf"au{GAP}moins", ">="),
        (rf"au{GAP}(?:plus|maximum)", "<="),
        ("environ", "APPROX"),
    )
)

_NUMBER = compiled(NUMERAL)
_PERCENT = compiled(rf"({NUMERAL}){MAYBE}(?:%|pour{GAP}cent)")
_PERCENT_SIGN = re.compile(rf"(?<![\w.,-])({NUMERAL}){MAYBE}%", re.IGNORECASE)
_MONEY = compiled(rf"({NUMERAL}|une?){GAP}(?:de{GAP}|d['’])?({CURRENCY})")
_MONEY_SIGN = re.compile(
    rf"(?<![\w.,-])({NUMERAL}){MAYBE}(?:d[e'’]{MAYBE})?([€$£])", re.IGNORECASE
)
_COLLECTIVE = compiled(rf"(?P<base>{either(COLLECTIVES)})")
_COLLECTIVES = compiled(
    r"(?P<base>dizaine|douzaine|vingtaine|centaine|millier|million|milliard)s"
    rf"(?:{GAP}de{GAP}(?P<times>millier|million|milliard)s)?"
)
_COLLECTIVE_TIMES = compiled(
    rf"(?P<base>{either(COLLECTIVES)}){GAP}de{GAP}(?P<times>millier|million|milliard)s"
)
_AGES = compiled(rf"({NUMERAL})(?={GAP}(?:et|ou){GAP}{YEARS})")
_AGE = compiled(YEARS)

#: What a number after it is a part of: a name, not a count.
_LABELS = re.compile(
    rf"(?<!\w)(?:articles?|résolutions?|chapitre|alinéa|page|vol|numéros?|n°|no|route|nationale){GAP}?$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(rf"[\w,]{GAP}[A-ZÀ-Ý][\w-]*{GAP}$")
_NOUN_AFTER = re.compile(rf"{GAP}[a-zà-ÿ]")
_FRACTION = re.compile(rf"{GAP}(?:tiers|quarts?|cinquièmes?|dixièmes?)(?!\w)")
_NEW = re.compile(rf"(?:flambant|tout|remis{GAP}à|refait{GAP}à|quoi{GAP}de){GAP}$", re.IGNORECASE)
_SMALL_BEFORE = re.compile(rf"[a-zà-ÿ,]{GAP}$")
_BELOW_ZERO = re.compile(rf"sous{GAP}$", re.IGNORECASE)
_BASES = {**COLLECTIVES, "million": 10**6, "milliard": 10**9}

Reading = Callable[[str, "re.Match[str]"], Value | None]


def numbers(text: str) -> list[Expression]:
    """Return the numbers, percentages, sums and ages of a text, in its order.

    Parts of dates and times of day are found too; `glose.annotate.values` sets them aside.
    """
    names = Spans(dated_names(text))
    return longest(one for one in _found(text) if not names.touch(one.start, one.start + 1))


def value_of(text: str, context: str = "", at: int | None = None) -> Value | None:
    """Return what the number `text` stands for, or `None` where it is none.

    `context` is the text around it and `at` where in it the number begins (by default its first
    occurrence): words before the number, such as `au moins`, decide on its sign.
    """
    start = context.find(text) if at is None else at
    whole = context if start >= 0 and context.startswith(text, start) else text
    start = max(start, 0) if whole is context else 0
    for one in _found(whole):
        if (one.start, one.end) == (start, start + len(text)):
            return one.value
    return None


def _found(text: str) -> Iterator[Expression]:
    for pattern, reading in READINGS:
        for match in pattern.finditer(text):
            value = reading(text, match)
            if value is not None:
                yield Expression(match.start(), match.end(), "NUM", value)


def _age(text: str, match: re.Match[str]) -> Value | None:
    count = number(match[1])
    end = match.end() if match[0].endswith("ans") else match.end(2) + len(" ans")
    return (
        Value(f"age:{plain(count)}")
        if count is not None and is_age(text, match.start(), end)
        else None
    )


def _percentage(text: str, match: re.Match[str]) -> Value | None:
    return _signed("percent", number(match[1]), text, match)


def _sum(text: str, match: re.Match[str]) -> Value | None:
    amount = Decimal(1) if match[1].lower() in ("un", "une") else number(match[1])
    return _signed("money", amount, text, match, unit=code(match[2]))


def _about(text: str, match: re.Match[str]) -> Value | None:
    times = _BASES[match["times"].lower()] if "times" in match.groupdict() else 1
    base = COLLECTIVES[match["base"].lower()]
    return _signed("number", Decimal(base * times), text, match, mod="APPROX")


def _several(_text: str, match: re.Match[str]) -> Value | None:
    """Return the least that a plural such as `des centaines` can be: twice its base."""
    times = _BASES[match["times"].lower()] if match["times"] else 1
    return Value(f"number:>={2 * _BASES[match['base'].lower()] * times}", "APPROX")


def _count(text: str, match: re.Match[str]) -> Value | None:
    if _is_no_count(text, match):
        return None
    return _signed("number", number(match[0]), text, match)


def _is_no_count(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 40) : match.start()], match.end()
    if match[0][0].isdigit():
        return bool(
            _LABELS.search(before)
            or (_NAME_BEFORE.search(before) and not _NOUN_AFTER.match(text, after))
        )
    # `les Vingt-Sept` is a name; at the start of a sentence the capital says nothing.
    named = match[0][0].isupper() and _SMALL_BEFORE.search(before)
    new = match[0].lower() == "neuf" and _NEW.search(before)
    zero = match[0].lower() == "zéro" and _BELOW_ZERO.search(before)
    return bool(named or new or zero or _FRACTION.match(text, after))


def _signed(
    kind: str,
    amount: Decimal | None,
    text: str,
    match: re.Match[str],
    mod: str | None = None,
    unit: str | None = None,
) -> Value | None:
    """Return a value with the sign and `mod` that the words around the number give it."""
    if amount is None:
        return None
    sign = modifier(text, *match.span())
    if sign == "APPROX":
        sign, mod = "", "APPROX"
    return Value(f"{kind}:{sign}{plain(amount)}", mod, unit)


def modifier(text: str, start: int, end: int) -> str:
    """Return what the words around a number make of it: a sign, `APPROX` or nothing."""
    before = text[max(0, start - 40) : start]
    signs = [sign for pattern, sign in _BEFORE if pattern.search(before)]
    signs += [sign for pattern, sign in _AFTER if pattern.match(text, end)]
    return signs[0] if signs else ""


#: Every reading of a number, the more particular first: of two on one span the first stays.
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (_AGE, _age),
    (_PERCENT, _percentage),
    (_PERCENT_SIGN, _percentage),
    (_MONEY, _sum),
    (_MONEY_SIGN, _sum),
    (_AGES, _age),
    (_COLLECTIVE_TIMES, _about),
    (_COLLECTIVE, _about),
    (_COLLECTIVES, _several),
    (_NUMBER, _count),
)
