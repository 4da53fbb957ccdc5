"""Plausibility: how likely a model finds each marking that learnt from the rest of the gold.

A linear model of the words in and around a span, cross-validated by documents: what it says of a
span was learnt without the document of the span (the idea of confident learning, Northcutt et al.
2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np

from glose.corpus.document import Pair
from glose.evaluate.occurrences import words

#: So many spans are gone through in all while a model is trained, but at least three times each.
PATIENCE = 200_000

#: A span in its document: features of its words and those around it.
Features = Mapping[str, float]


def features(text: str, places: Sequence[Pair]) -> Iterator[Features]:
    """Yield what a model sees of each span of a text."""
    there = words(text)
    starts = [start for _, start, _ in there]
    for start, end in places:
        first = int(np.searchsorted(starts, start))
        last = int(np.searchsorted(starts, end))
        inside = [word for word, _, _ in there[first:last]] or [text[start:end]]
        found = {f"in={word.lower()}": 1.0 for word in inside}
        found[f"first={inside[0].lower()}"] = 1.0
        found[f"last={inside[-1].lower()}"] = 1.0
        found[f"shape={_shape(inside)}"] = 1.0
        found[f"size={min(len(inside), 6)}"] = 1.0
        for size in (2, 3, 4):
            found[f"end={inside[-1][-size:].lower()}"] = 1.0
        for step in (1, 2, 3):
            before = there[first - step][0].lower() if first >= step else "^"
            after = there[last + step - 1][0].lower() if last + step - 1 < len(there) else "$"
            found[f"{-step}={before}"] = found[f"+{step}={after}"] = 1.0
        yield found


def _shape(inside: Sequence[str]) -> str:
    return "".join("X" if w[0].isupper() else "d" if w[0].isdigit() else "x" for w in inside[:4])


def fold(document: str, folds: int) -> int:
    """Return the part of a corpus that a document is in, by its id: always the same."""
    return crc32(document.encode()) % folds


def chances(
    seen: Iterable[Features], labels: Sequence[str], parts: Sequence[int]
) -> list[Mapping[str, float]] | None:
    """Return how likely a model that was trained on the other parts finds each label of a span.

    What is seen of the spans is read once, and not held. `None` if there are not at least two
    parts and two labels in each rest.
    """
    from sklearn.feature_extraction import DictVectorizer

    numbers = np.asarray(parts)
    names = np.asarray(labels)
    if any(len(set(names[numbers != part])) < 2 for part in set(parts)) or len(set(parts)) < 2:
        return None
    matrix = DictVectorizer(dtype=np.float32).fit_transform(seen)
    found: list[Mapping[str, float]] = [{}] * len(labels)
    for part in sorted(set(parts)):
        rest, own = np.flatnonzero(numbers != part), np.flatnonzero(numbers == part)
        model = _model(len(rest)).fit(matrix[rest], names[rest])
        for number, row in zip(own, model.predict_proba(matrix[own]), strict=True):
            found[int(number)] = dict(zip(map(str, model.classes_), map(float, row), strict=True))
    return found


def _model(size: int) -> Any:  # noqa: ANN401  # scikit-learn has no types
    from sklearn.linear_model import SGDClassifier

    # A few passes over many spans are enough, a few dozen over few; the seed is fixed.
    passes = min(20, max(3, PATIENCE // size))
    return SGDClassifier(loss="log_loss", alpha=1e-4, max_iter=passes, tol=None, random_state=1)
