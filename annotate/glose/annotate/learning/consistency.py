"""One name, one type: the names of a document agreed among all the places where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from glose.annotate.learning.labels import Span


def agreed(text: str, names: Sequence[Span]) -> list[Span]:
    """Return the names with the type that each has most often; ties go to the first.

    >>> found = [Span("GPE", ((0, 3),)), Span("ORG", ((5, 8),)), Span("ORG", ((9, 12),))]
    >>> [name.label for name in agreed("FLL, FLL FLL", found)]
    ['ORG', 'ORG', 'ORG']
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[text[name.start : name.end]][name.label] += 1
    best = {words: counted.most_common(1)[0][0] for words, counted in votes.items()}
    return [Span(best[text[name.start : name.end]], name.pieces) for name in names]
