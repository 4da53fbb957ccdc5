"""Linear classifiers: trained by scikit-learn, kept as JSON, applied without either of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp

import msgspec

#: How often a feature must occur to be learnt from: what occurs once teaches little.
_SEEN = 2
#: Weights smaller than this change nothing and are left out of the file.
_SMALL = 1e-4


class Linear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes, their intercepts, and the weights of each feature in the order of the classes."""

    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def chances(self, features: Sequence[str]) -> dict[str, float]:
        """Return the probability of each class; features never seen count for nothing."""
        totals = list(self.intercepts)
        for feature in features:
            for number, weight in enumerate(self.weights.get(feature, ())):
                totals[number] += weight
        highest = max(totals)
        raised = [exp(total - highest) for total in totals]
        whole = sum(raised)
        return {name: one / whole for name, one in zip(self.classes, raised, strict=True)}

    def best(self, features: Sequence[str]) -> str:
        """Return the likeliest class."""
        chances = self.chances(features)
        return max(self.classes, key=lambda name: chances[name])


def train(examples: Sequence[tuple[Sequence[str], str]], strength: float = 1.0) -> Linear:
    """Return a classifier (multinomial logistic regression) trained on features and classes.

    `strength` is scikit-learn's C. With one class only, or no example, that class is always given.
    """
    classes = sorted({name for _, name in examples})
    if len(classes) < 2:
        return Linear(tuple(classes) or ("",), (0.0,), {})
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for features, _ in examples for feature in set(features))
    vectors = DictVectorizer()
    rows = vectors.fit_transform(
        [{one: 1.0 for one in features if counts[one] >= _SEEN} for features, _ in examples]
    )
    model = LogisticRegression(C=strength, max_iter=300)
    model.fit(rows, [name for _, name in examples])
    return _kept(classes, vectors.feature_names_, model.coef_, model.intercept_)


def _kept(
    classes: list[str], names: list[str], coefficients: object, intercepts: object
) -> Linear:
    """Return the weights of a model; two classes have one row, which is that of the second."""
    import numpy as np

    table = np.asarray(coefficients)
    base = np.asarray(intercepts)
    if len(classes) == 2:
        table, base = (
            np.vstack([np.zeros_like(table), table]),
            np.concatenate([np.zeros_like(base), base]),
        )
    weights = {
        name: tuple(round(float(one), 5) for one in column)
        for name, column in zip(names, table.T, strict=True)
        if np.abs(column).max() > _SMALL
    }
    return Linear(tuple(classes), tuple(round(float(one), 5) for one in base), weights)
