"""Stock phrases: what documents that are otherwise unlike have in common, which tells no story.

A footer, a rubric, a sentence of background that each dispatch repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from glose.corpus.duplicates import candidates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glose.corpus.duplicates.candidates import Numbers
    from glose.corpus.duplicates.shingles import Shingles

#: In so many families of documents a shingle may be; in more it is of a stock phrase.
MOST = 10


def without(documents: Sequence[Shingles], families: Numbers) -> list[Shingles]:
    """Return the shingles of documents without those of stock phrases.

    `families` has a number for each document; documents of the same number are alike, and count
    once.
    """
    import numpy as np

    stock = np.concatenate([_stock(*part, families) for part in candidates.parts(documents)])
    if not len(stock):
        return list(documents)
    return [found[~_among(found, stock)] for found in documents]


def _stock(marks: Shingles, owners: Numbers, families: Numbers) -> Shingles:
    """Return the marks that owners of too many families have, sorted."""
    import numpy as np

    each, counts = np.unique(marks, return_counts=True)
    frequent = each[counts > MOST]
    if not len(frequent):
        return frequent
    chosen = _among(marks, frequent)
    marks, of = marks[chosen], families[owners[chosen]]
    order = np.lexsort((of, marks))
    marks, of = marks[order], of[order]
    new = np.ones(len(marks), dtype=bool)
    new[1:] = (marks[1:] != marks[:-1]) | (of[1:] != of[:-1])
    each, counts = np.unique(marks[new], return_counts=True)
    return each[counts > MOST]


def _among(marks: Shingles, some: Shingles) -> NDArray[np.bool_]:
    """Return which marks are among some that are sorted."""
    import numpy as np

    at = np.minimum(np.searchsorted(some, marks), len(some) - 1)
    return np.equal(some[at], marks)
