"""Where sentences end: French rules on a regular expression.

A run of `.`, `!`, `?` or `…`, with the quotation marks and brackets that close after it, ends a
sentence if white space follows and nothing speaks against it: a small letter after it (but `à`,
which is often typed for `À`), an abbreviation or initial before it, a number that opens a list.
See docs/build.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glose.corpus.building.abbreviations import EITHER, OPEN, OPENERS
from glose.corpus.document import Pair

#: What may end a sentence, what closes after it, and the white space that must follow.
_STOP = re.compile(
    r"(?P<mark>[.!?…]+(?:[ \u00a0\u202f]?[!?]+)*)"
    r"(?P<close>(?:[ \u00a0\u202f]?»|[\"”’')\]\u203a])*(?:(?<=[»\"”)\]])\.)?)"
    r"(?P<gap>\s+)"
    r"|(?P<line>[ \t]*\n)(?=[ \t]*[-–—•*][ \t\u00a0])"
)
_WORD = re.compile(r"[^\s\"“”«»()\[\]'’]*$")
_NEXT = re.compile(r"(?P<open>[\s\"“«‘'’(\[—–-]*)(?P<word>[^\W\d_]*)(?P<rest>['’.]?)")
#: A quotation mark with blanks on both sides, as old typing has it.
_LOOSE = ('" ', '"\n')
_CLOSERS = "»)]”"
#: The longest word that is looked at before a full stop.
_BACK = 24


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Pair]:
    """Yield the sentences of a range of a text, without the white space around them."""
    end = len(text) if end is None else end
    opened = counted = start
    quotes = 0
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end or not _ends(text, opened, stop):
            continue
        last = after = stop.end()
        if text.startswith(_LOOSE, after):
            # `"` between blanks closes if an odd number of them stands before it.
            quotes += text.count('"', counted, after)
            counted = after
            last = after = after + quotes % 2
        yield from _trimmed(text, opened, last)
        opened = after
    yield from _trimmed(text, opened, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Pair]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, opened: int, stop: re.Match[str]) -> bool:
    """Say if a sentence that began at `opened` ends at a stop."""
    if stop["line"]:
        return True
    if text[stop.end()] in _CLOSERS:
        return False
    following = _NEXT.match(text, stop.end(), stop.end() + _BACK)
    word = following["word"] if following else ""
    if word[:1].islower() and not (word == "à" and stop["mark"] == "."):
        return False
    if stop["mark"] != "." or stop["close"]:
        return True
    before = _WORD.search(text[max(opened, stop.start() - _BACK) : stop.start()])
    return _over(before[0] if before else "", word, opened, stop)


def _over(before: str, word: str, opened: int, stop: re.Match[str]) -> bool:
    """Say if a single full stop after the word `before` ends the sentence."""
    opener = word.lower() in OPENERS and word != "à"
    plain = before.lower()
    if before.isdigit():
        # A number that opens a sentence counts items of a list; else it is a year or a sum.
        return stop.start() - len(before) > opened
    if plain in OPEN:
        return False
    if plain in EITHER or plain.removesuffix(".") in EITHER:
        return opener
    if _is_initials(before):
        return opener
    return True


def _is_initials(word: str) -> bool:
    """Say if a word is an initial or an acronym with full stops, without its last one.

    >>> _is_initials("J.-C"), _is_initials("O.N.U"), _is_initials("Damas")
    (True, True, False)
    """
    letters = word.replace("-", ".").split(".")
    return all(len(letter) <= 1 for letter in letters) and word[:1].isupper()
