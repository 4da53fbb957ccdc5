"""Laws of probability: the quantiles that intervals, tests and power need; no SciPy for two."""

from __future__ import annotations

from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

NORMAL = NormalDist()

#: From so many degrees of freedom on Student's law is taken by its expansion around the normal.
_MANY = 200


def quantile(probability: float) -> float:
    """Return the quantile of the standard normal law.

    >>> round(quantile(0.975), 4)
    1.96
    """
    return NORMAL.inv_cdf(probability)


def student(probability: float, degrees: int) -> float:
    """Return the quantile of Student's t, for a probability between a half and 1.

    Up to 200 degrees of freedom from the closed form of its distribution (Abramowitz and Stegun
    1964, 26.7.3 and 26.7.4), beyond by the expansion of 26.7.5; right to some millionths.

    >>> [round(student(0.975, degrees), 3) for degrees in (1, 2, 9, 1000)]
    [12.706, 4.303, 2.262, 1.962]
    """
    if degrees > _MANY:
        return _expanded(quantile(probability), degrees)
    low, high = 0.0, 2.0
    while _between(high, degrees) < 2 * probability - 1:
        low, high = high, 2 * high
    for _ in range(80):
        middle = (low + high) / 2
        below = _between(middle, degrees) < 2 * probability - 1
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2


def _between(t: float, degrees: int) -> float:
    """Return the probability of a value between -t and t."""
    angle = atan(t / sqrt(degrees))
    term, total = (cos(angle), 0.0) if degrees % 2 else (1.0, 0.0)
    for step in range(2 + degrees % 2, degrees + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (step - 1) / step
    if degrees % 2:
        return 2 / pi * (angle + sin(angle) * total)
    return sin(angle) * total


def _expanded(z: float, degrees: int) -> float:
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / degrees + second / degrees**2
