"""Words that are divided at the end of a line: which hyphens stay.

The document is asked first: a word that it writes elsewhere in one of the two ways is written so
here. Else the rules of French spelling speak: a capital after the hyphen, a pronoun or particle
(`dit-il`, `celui-ci`) and the first parts of compounds that are always hyphenated keep it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: Hyphens that may end a line: the one of the keyboard, U+2010, and U+00AD, which is always one
#: of division. U+2011 never divides.
HYPHENS = "-\u2010"

#: What a hyphen ties to the word before it, and how that word ends. Without the ending it may be
#: the end of any word: `dit-il` but `pé-ril`, `as-tu` but `ver-tu`.
_ENCLITICS = {
    "je": "", "t": "", "même": "", "mêmes": "", "nous": "", "vous": "", "moi": "", "toi": "",
    "lui": "", "on": "[td]", "il": "[td]", "ils": "[td]", "elle": "[td]", "elles": "[td]",
    "tu": "[sx]", "y": "[szt]", "en": "[sz]", "là": "[^i]", "ce": "est|sont|était|serait",
    "sept": "dix", "huit": "dix", "neuf": "dix",
}  # fmt: skip
#: First parts of words that are always written with a hyphen.
_FIRST = frozenset(
    ("vice", "demi", "semi", "quasi", "porte", "sous", "chef", "avant", "après", "arrière", "sans",
     "grand", "grands", "haut", "nord", "sud", "est", "ouest", "centre", "rendez", "peut", "là",
     "quelques", "saint", "sainte", "jean", "celui", "celle", "ceux", "celles", "franco", "anglo",
     "germano", "russo", "sino", "israélo", "libano", "syro", "américano", "afro", "vingt",
     "trente", "quarante", "cinquante", "soixante", "quatre", "social", "plate", "tête", "self")
)  # fmt: skip
#: First parts that are so written before what is a word by itself: `ex-ministre`, not `ex-pert`.
_BEFORE_WORDS = frozenset(("ex", "mi", "ci", "bas", "contre", "entre", "pro", "non", "co", "main"))
#: What follows a nation without a hyphen: `francophone`.
_GREEK = ("phon", "phil", "phob")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011'’][^\W_]+)*")
_BEFORE = re.compile(r"([^\W_][\w\-\u2010\u2011'’]*)[-\u2010]$")
_AFTER = re.compile(r"[\w\-\u2010\u2011'’]*\w")


class Divisions:
    """What a document shows of how its words are written."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            found = _WORD.findall(_plain(line))
            # The last word of a line may be half a word, and so may the first of the next one.
            self._words.update(word for word in found[1:-1] or found)

    def joined(self, before: str, after: str) -> str:
        """Return two lines as one, the first of which ends with a hyphen.

        >>> Divisions([]).joined("le droit inter-", "national")
        'le droit international'
        >>> Divisions([]).joined("les États-", "Unis")
        'les États-Unis'
        """
        left, right = _BEFORE.search(before), _AFTER.match(after)
        if left is None or right is None:
            return f"{before}{'' if left else ' '}{after}"
        keep = self._keeps(left[1], right[0])
        return (before if keep else before[:-1]) + after

    def _keeps(self, left: str, right: str) -> bool:
        first = re.split("['’]", left)[-1]
        whole = self._words[_plain(first + right)]
        tied = self._words[_plain(f"{first}-{right}")]
        if whole or tied:
            return tied > whole
        last = first.rsplit("-", 1)[-1].casefold()
        alone = last in _BEFORE_WORDS and self._words[_plain(right)] > 0
        return alone or _is_compound(first, right)


def _is_compound(left: str, right: str) -> bool:
    """Whether two parts of a word are spelled with a hyphen between them."""
    last = left.rsplit("-", 1)[-1]
    if not (last.isalpha() and right[0].isalpha()) or len(last) == 1:
        return True
    if right[0].isupper():
        return not (last.isupper() and right.isupper() and len(last) > 2)
    if last.lower() in _FIRST:
        return not right.lower().startswith(_GREEK)
    ending = _ENCLITICS.get(re.split("[-'’]", right)[0].lower())
    return ending is not None and re.search(f"(?:{ending})$", last.lower()) is not None


def _plain(text: str) -> str:
    return text.casefold().replace("\u2010", "-").replace("\u2011", "-").replace("’", "'")
