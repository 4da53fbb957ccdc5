"""How unsure taggers are of a document, so that a person can look at such documents first."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, fsum

from glose.annotate.learning.stack import Tagged

#: What the measure is called in `extra`.
NAME = "uncertainty"


def uncertainty(found: Iterable[Tagged]) -> str:
    """Return 1 less the mean probability of a label, between 0 and 1, with four decimals.

    The mean is geometric, over all words and layers, of the labels that were chosen: the maximum
    normalised log-probability of Shen and others (2018), "Deep Active Learning for Named Entity
    Recognition", without which long documents would always come first. A document without words
    holds nothing to be unsure of.

    >>> uncertainty([Tagged({}, 10, (0.0, -2.0))])
    '0.0952'
    """
    rows = list(found)
    labels = sum(row.words * len(row.likelihoods) for row in rows)
    total = fsum(likelihood for row in rows for likelihood in row.likelihoods)
    return f"{1 - exp(total / labels):.4f}" if labels else "0.0000"
