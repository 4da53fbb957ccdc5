"""Documents in an order in which each is as unlike those before it as can be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

#: What a text is counted by: words, also those of one letter, so that nearly every text has some.
_WORD = r"\w+"


def farthest(
    texts: Sequence[str], covered: Collection[int] = ()
) -> Iterator[tuple[int, float | None]]:
    """Yield the numbers of texts, each the farthest from those before it, and how far that is.

    The distance is 1 - the cosine of TF-IDF vectors to the nearest text before, or to the nearest
    that is `covered`, which are not yielded. Without such the first is the text nearest to the
    mean, with no distance. Of texts as far the first is taken. This is the greedy solution of the
    k-center problem (Gonzalez 1985; as core-set selection, Sener and Savarese 2018): however many
    documents one annotates, none of the others is farther from them than twice the best possible.
    """
    vectors = _vectors(texts)
    left = np.ones(len(texts), dtype=bool)
    distance = np.full(len(texts), np.inf)
    for number in sorted(covered):
        left[number] = False
        distance = np.minimum(distance, _distances(vectors, number))
    while left.any():
        begun = np.isfinite(distance).all()
        number = _next(distance, left) if begun else _central(vectors)
        yield number, float(distance[number]) if begun else None
        left[number] = False
        distance = np.minimum(distance, _distances(vectors, number))


def _next(distance: Any, left: Any) -> int:  # noqa: ANN401  # arrays
    return int(np.argmax(np.where(left, distance, -1.0)))


def _central(vectors: Any) -> int:  # noqa: ANN401  # a sparse matrix
    mean = np.asarray(vectors.mean(axis=0)).ravel()
    return int(np.argmax(np.round(vectors @ mean, 12)))


def _distances(vectors: Any, number: int) -> Any:  # noqa: ANN401  # a sparse matrix, an array
    one = np.asarray(vectors[[number]].todense()).ravel()
    # Rounded, so that what is as far on one machine is as far on another.
    return np.round(np.clip(1.0 - vectors @ one, 0.0, 1.0), 9)


def _vectors(texts: Sequence[str]) -> Any:  # noqa: ANN401  # a sparse matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(token_pattern=_WORD, sublinear_tf=True, dtype=np.float64)
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:
        # No text has a word: all are alike.
        from scipy.sparse import csr_matrix

        return csr_matrix((len(texts), 1))
