"""Stems of French words, cut by rule: `bombardé` and `bombardements` have the same."""

from __future__ import annotations

#: Endings, the longest first: the first that leaves four letters is cut off.
_ENDINGS = (
    "issements", "issement", "eraient", "iraient", "itions", "utions", "ements", "ations", "eront",
    "erons", "erait", "irait", "iront", "aient", "trices", "ition", "ution", "ement", "ation",
    "euses", "teurs", "trice", "istes", "antes", "ions", "ants", "eurs", "euse", "teur", "iste",
    "ante", "ables", "able", "ent", "ons", "era", "ira", "ait", "ant", "eur", "ées", "ies", "aux",
    "ales", "ion", "ale", "al", "ée", "és", "er", "ez", "ir", "is", "it", "ie", "es", "é", "e",
    "i", "s", "x",
)  # fmt: skip


def stem(word: str) -> str:
    """Return a word in lower case without its ending.

    >>> stem("bombardements") == stem("Bombardé")
    True
    """
    lowered = word.lower()
    for ending in _ENDINGS:
        if lowered.endswith(ending) and len(lowered) - len(ending) >= 4:
            return lowered[: -len(ending)]
    return lowered
