"""Stems of French words, cut by rule: `bombardé` and `bombardements` have the same."""

from __future__ import annotations

#: Endings, the longest first: the first that leaves four letters is cut off.
_ENDINGS = tuple(
    sorted(
        [
            "issements",
            "issement",
            "ements",
            "ement",
            "ations",
            "ation",
            "itions",
            "ition",
            "utions",
            "ution",
            "ions",
            "ion",
            "eraient",
            "erait",
            "eront",
            "erons",
            "era",
            "iraient",
            "irait",
            "iront",
            "ira",
            "aient",
            "ait",
            "ants",
            "antes",
            "ant",
            "ante",
            "eurs",
            "eur",
            "euses",
            "euse",
            "trices",
            "trice",
            "teurs",
            "teur",
            "istes",
            "iste",
            "ables",
            "able",
            "ées",
            "ée",
            "és",
            "é",
            "er",
            "ez",
            "ir",
            "is",
            "it",
            "ie",
            "ies",
            "i",
            "ues",
            "ue",
            "us",
            "u",
            "ent",
            "ons",
            "es",
            "e",
            "s",
            "x",
            "aux",
            "al",
            "ales",
            "ale",
        ],
        key=lambda ending: (-len(ending), ending),
    )
)


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
