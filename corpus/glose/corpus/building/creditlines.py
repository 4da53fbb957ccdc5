"""The credit at the very end of a text: `(afp)`, `(Reuters)`, `AFP/Le Monde`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glose.corpus.building.agencies import NOT_CREDITS, canonical


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit: where the text before it ends, what it says, and whom it names."""

    end: int
    written: str
    agency: str | None
    source: str | None


#: The longest credit, with the white space around it.
LIMIT = 200

_WITH = r"(?:[Aa]vec|[Ww]ith|©|\([Cc]\)|[Ss]ources?[ \u00a0]*:)?[ \u00a0]*"
_BRACKETED = re.compile(rf"[(\[]{_WITH}(?P<names>[^()\[\]\n]{{2,60}})[)\]]\.?$")
_SLASHED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?…»”\"][ \n\u00a0]))"
    r"(?P<names>[A-ZÀ-Þ]{2,6}/(?:[A-ZÀ-Þ][\w'’.-]*|(?<=\w)[A-ZÀ-Þ])(?:[ \u00a0][\w'’.-]+){0,5})$"
)
_OWN_LINE = re.compile(rf"(?:^|(?<=\n)){_WITH}(?P<names>[^\n]{{2,60}})$")
_BETWEEN = re.compile(
    r"[ \u00a0]*/[ \u00a0]*|,?[ \u00a0]+et[ \u00a0]+|,[ \u00a0]+|[ \u00a0]+and[ \u00a0]+"
)
_ONE_WORD = re.compile(r"(?=\D)\w[\w.-]{1,14}(?:/\w[\w .'’-]{1,40})?")
#: What a sentence that is over ends with; on a line of its own a credit needs none.
_OVER = re.compile(r"(?:[.!?…][\"»”’'\s\u00a0]*|\n)$")


def find(text: str, known: frozenset[str]) -> Credit | None:
    """Return the credit at the end of a text, or `None`.

    A known agency is taken in parentheses, or alone on the last line. One that is not known needs
    a shape that nothing else has: one word in parentheses after a sentence that is over, or
    capitals, a slash and a name.
    """
    text = text.rstrip()
    start = max(0, len(text) - LIMIT)
    tail = text[start:]
    for pattern, needs in ((_BRACKETED, _ONE_WORD), (_SLASHED, _SLASHED), (_OWN_LINE, None)):
        found = pattern.search(tail)
        if found is None:
            continue
        names = _BETWEEN.split(found["names"].strip())
        agencies = [canonical(name) for name in names if canonical(name) in known]
        sure = bool(agencies) and (needs is not None or len(agencies) == len(names))
        if sure or (needs and _unknown(found, tail, needs)):
            return _credit(found, start, text, names, agencies)
    return None


def _unknown(found: re.Match[str], tail: str, needs: re.Pattern[str]) -> bool:
    """Say if names that are not known stand where only a credit can stand."""
    if needs is _SLASHED:
        return True
    names = found["names"].strip()
    over = _OVER.search(tail[: found.start()])
    return bool(over and _ONE_WORD.fullmatch(names)) and names.lower() not in NOT_CREDITS


def _credit(
    found: re.Match[str], start: int, text: str, names: list[str], agencies: list[str]
) -> Credit:
    end = len(text[: start + found.start()].rstrip())
    agency = "/".join(agencies) or canonical(names[0])
    others = [name for name in names if canonical(name) not in agency.split("/")]
    source = ", ".join(others) or None
    return Credit(end, found[0], agency, source)
