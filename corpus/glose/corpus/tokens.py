"""Tokens of French text, by rules on Unicode: where words, numbers and signs begin and end."""

from __future__ import annotations

import re

from glose.corpus.document import Pair

# Marks that belong to the letter before them, in the scripts that dispatches quote; joiners,
# variation selectors, skin tones and soft hyphens with them. `\w` leaves all of these out.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
)
# White space, and what is as wide as nothing and joins nothing.
_BLANK = r"\s\u200b\u2060\ufeff"
_WORD = rf"\w[\w{_MARKS}]*"
_QUOTE = "['’ʼ]"
_HYPHEN = "[-‐‑]"
_PRONOUNS = "(?:je|tu|ils?|elles?|on|nous|vous|ce)"
_INVERTED = rf"{_HYPHEN}(?:t{_HYPHEN})?{_PRONOUNS}(?![\w{_MARKS}'’-])"
_SIGN = rf"[^{_BLANK}][{_MARKS}]*"
_JOINED = rf"[^{_BLANK}\w][{_MARKS}]*"
_SHORT = (
    "MM?|Mgr|Dr|Pr|Me|Sgt|Cdt|Col|Gal|St|Ste|[Aa]v|apr|[Jj]anv|[Ff]évr?|[Aa]vr|[Jj]uil|[Ss]ept"
    "|[Oo]ct|[Nn]ov|[Dd]éc|cf|env|hab|etc"
)
_WHOLE = (
    f"aujourd{_QUOTE}hui|quelqu{_QUOTE}une?s?|presqu{_QUOTE}îles?|prud{_QUOTE}hom{_WORD}"
    f"|c{_QUOTE}est-à-dire"
)
_CLITIC = "[LDJMTSNC]|(?:JUS|LORS|PUIS|Jus|Lors|Puis|Quoi|Pres)?[Qq][Uu]"
_VOWEL = "aeiouyhàâæéèêëîïôœùûAEIOUYHÀÂÆÉÈÊËÎÏÔŒÙÛ"

#: What a token is; the first that fits is taken.
_PATTERN = re.compile(
    "|".join(
        (
            # Most words, before everything that is dearer to try.
            r"[^\W\d_]++(?=[ ,\n])",
            # Addresses, without the punctuation after them.
            r"""https?://[^\s<>«»"]*[^\s<>«»".,;:!?)\]'’…]""",
            r"[\w.+-]*\w@\w[\w-]*(?:\.\w[\w-]*)+",
            r"[@#]\w+",
            # 200 000, 31.890, 2,5, 14:30, 14/03/2018.
            r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009.]\d{3})+(?:,\d+)?(?![\d\w])",
            r"\d+(?:[.,:/]\d+)+",
            # J.-C., O.N.U.; titles, months and the like with their full stop.
            rf"[^\W\d_]\.(?:{_HYPHEN}?[^\W\d_]\.)+",
            rf"(?:{_SHORT})\.(?!\w)",
            r"(?:n[o°]|art|pp?|vol)\.(?=\s*\d)|[Nn]°",
            # One word in spite of its apostrophe.
            rf"(?i:{_WHOLE})(?!\w)",
            # Elision: before anything in lower case, else before a vowel (not N'Djamena).
            rf"(?:[ldjmtsnc]|(?:jus|lors|puis|quoi|pres|quel)?qu){_QUOTE}(?=[\w«\"“‘])",
            rf"(?:{_CLITIC}){_QUOTE}(?=[{_VOWEL}\d«\"“‘])",
            # dit-il, a-t-il, but rendez-vous; then words with hyphens or apostrophes inside.
            rf"(?![Rr]endez-vous){_WORD}(?={_INVERTED})",
            _INVERTED,
            rf"{_WORD}(?:(?:{_QUOTE}|{_HYPHEN}){_WORD})*",
            r"\.{2,}|[\U0001f1e6-\U0001f1ff]{2}",
            # Any other sign, with what is joined to it (👩‍🌾).
            rf"{_SIGN}(?:(?<=\u200d){_JOINED})*",
        )
    )
)


def tokenize(text: str) -> list[Pair]:
    """Return the offsets of the tokens of a text, sorted; they hold every sign but white space.

    >>> text = "L'armée a-t-elle perdu 31.890 hommes ?"
    >>> [text[start:end] for start, end in tokenize(text)]
    ["L'", 'armée', 'a', '-t-elle', 'perdu', '31.890', 'hommes', '?']
    """
    return [found.span() for found in _PATTERN.finditer(text)]
