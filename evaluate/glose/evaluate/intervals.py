"""Intervals: the percentile bootstrap over documents, from the distinct rows of counts.

Documents with equal rows cannot be told apart, so drawing N documents with replacement is drawing
how often each distinct row comes up from a multinomial law: the same law, in milliseconds. A
document is drawn as a whole, since the sentences of one document are not independent (Efron 1979).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from glose.evaluate.figures import Figures
from glose.evaluate.joint import Array, Joint, Moments
from glose.evaluate.results import Bounds, Interval

#: How many rows of weights are drawn at a time, so that memory stays small.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many samples are drawn, the level of the interval, and the seed. 0 samples: none."""

    samples: int = 1000
    level: float = 0.95
    seed: int = 1

    def generator(self, name: str) -> np.random.Generator:
        """Return the random numbers for one purpose: the same for every figure.

        So equal rows give equal intervals, whatever the figure that they are of is called.
        """
        return np.random.default_rng([self.seed, crc32(name.encode())])


def enough(rows: Mapping[tuple[float, ...], int]) -> bool:
    """Tell whether at least two documents have items: of one there is nothing to resample."""
    return sum(times for row, times in rows.items() if any(row)) > 1


def resampled(rows: Mapping[tuple[float, ...], int], documents: int, sampling: Sampling) -> Array:
    """Return sums of resampled rows, samples x columns.

    `rows` are distinct, with how many documents have each; the rest of `documents` are zeros.
    """
    ordered = sorted(rows)
    values = np.array(ordered, dtype=np.float64)
    times = np.array([rows[row] for row in ordered], dtype=np.float64)
    chances = np.append(times, documents - times.sum()) / documents
    generator = sampling.generator("documents")
    sums = np.empty((sampling.samples, values.shape[1]))
    for start in range(0, sampling.samples, _BATCH):
        size = min(_BATCH, sampling.samples - start)
        weights = generator.multinomial(documents, chances, size=size)
        sums[start : start + size] = np.einsum("sk,kc->sc", weights[:, :-1], values)
    return sums


def resampled_types(joint: Joint, types: list[str], width: int, sampling: Sampling) -> Array:
    """Return sums of resampled rows of all types together, samples x types x columns.

    Beyond `joint.LIMIT` distinct rows they are drawn from the normal law of such a sum.
    """
    moments = joint.settled()
    if moments is not None:
        return _normal(moments, joint.documents, types, width, sampling)
    flat = {}
    for row, times in joint.rows.items():
        counts = dict(row)
        zeros = (0.0,) * width
        flat[tuple(x for name in types for x in counts.get(name, zeros))] = times
    sums = resampled(flat, joint.documents, sampling)
    return sums.reshape(sampling.samples, len(types), width)


def _normal(
    moments: Moments,
    documents: int,
    types: list[str],
    width: int,
    sampling: Sampling,
) -> Array:
    where = moments.places(types)
    total = moments.total[where]
    mean = total / documents
    spread = moments.products[np.ix_(where, where)] / documents - np.outer(mean, mean)
    # A covariance is symmetric with eigenvalues of at least 0, but for rounding.
    values, vectors = np.linalg.eigh(spread * documents)
    generator = sampling.generator("normal")
    noise = generator.standard_normal((sampling.samples, len(where))) * np.sqrt(values.clip(0))
    sums = np.maximum(total + noise @ vectors.T, 0.0)
    shaped: Array = sums.reshape(sampling.samples, len(types), width)
    return shaped


def bounds(values: Array, level: float) -> Bounds:
    """Return the percentiles that hold the middle `level` of the values that are defined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    tail = (1 - level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high)


def bounded(found: Figures, drawn: Figures, level: float, method: str) -> Interval:
    """Return the intervals of figures from samples of them; none of what is undefined."""
    limits = (
        None if np.isnan(value) else bounds(values, level)
        for value, values in zip(found, drawn, strict=True)
    )
    return Interval(level, method, *limits)
