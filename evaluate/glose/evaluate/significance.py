"""Significance: whether one system is better than another on the same documents, or had luck.

Two systems are compared by the counts of each document side by side, so every test is paired. As
in the bootstrap only distinct pairs of rows matter (intervals.py); the law is that of documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glose.evaluate import notes
from glose.evaluate.alignment import parts
from glose.evaluate.intervals import Sampling, bounds, resampled
from glose.evaluate.joint import Array
from glose.evaluate.metric import Metric
from glose.evaluate.metrics import METRICS
from glose.evaluate.pairing import Pair, pairs
from glose.evaluate.plan import Options, Plan, chosen
from glose.evaluate.projection import View
from glose.evaluate.results import Comparison, Difference
from glose.evaluate.scoring import Progress, add_prints, names, refuse_nothing
from glose.evaluate.signature import Print
from glose.evaluate.sums import split
from glose.evaluate.units import Units

#: The numerators and denominators of every system on one document, one after the other; four for
#: each ratio of the metric.
Side: TypeAlias = tuple[float, ...]

_BATCH = 100


def compare(
    gold: Path,
    predicted: Sequence[Path],
    *,
    options: Options | None = None,
    progress: Progress = lambda _: None,
) -> Comparison:
    """Return how each two systems differ in each metric that all of them can be scored by.

    The p values of one metric are corrected for the number of pairs (Holm 1979). Raises
    `GloseError` for whatever cannot be scored.
    """
    options = options or Options()
    each = chosen(options, gold, predicted)
    shared = tuple(name for name in each[0] if name in set(each[0]).intersection(*each))
    plan = Plan((shared,) * len(predicted), depth=options.depth)
    paired = Paired([Print() for _ in range(len(predicted) + 1)], {n: Counter() for n in shared})
    for part in parts(gold, predicted, options.policy(gold)):
        for pair in pairs(part, plan.lists()):
            paired.add(pair, plan)
            progress(1)
    refuse_nothing(paired.documents, gold, options)
    systems = names(predicted)
    found: list[Difference] = []
    for name, rows in paired.rows.items():
        found += differences(METRICS[name], systems, rows, options.sampling)
    hashes = dict(zip(systems, map(str, paired.prints[1:]), strict=True))
    print_ = str(paired.prints[0])
    signature = options.signature(print_, paired.documents, shared)
    told = (
        *notes.unscored(options, gold, predicted, systems),
        *notes.few(paired.documents, options),
    )
    return Comparison(signature, print_, paired.documents, hashes, tuple(found), told)


@dataclass(slots=True)
class Paired:
    """For each metric the distinct rows of all systems side by side, with their documents."""

    prints: list[Print]
    rows: dict[str, Counter[Side]]
    documents: int = 0

    def add(self, pair: Pair, plan: Plan) -> None:
        """Add a gold document and the predictions of all systems."""
        self.documents += 1
        add_prints(self.prints, pair)
        gold, *guesses = (View(document, plan.cut) for document in (pair.gold, *pair.predicted))
        for statistic in plan.statistics(0).values():
            rows = [statistic.tally(gold, guess)[None] for guess in guesses]
            columns = [statistic.columns(*row) for row in rows]
            for name, counter in self.rows.items():
                if METRICS[name].statistic is statistic:
                    shares = METRICS[name].shares
                    numbers = (x for each in columns for share in shares(each) for x in share)
                    counter[tuple(map(float, numbers))] += 1


def differences(
    metric: Metric, systems: Sequence[str], rows: Mapping[Side, int], sampling: Sampling
) -> list[Difference]:
    """Return how each two systems differ in the micro F1 of a metric, in the order of systems."""
    found = []
    width = 4 * len(metric.ratios)
    for one, other in combinations(range(len(systems)), 2):
        both: Counter[Side] = Counter()
        for side, times in rows.items():
            both[_of(side, one, width) + _of(side, other, width)] += times
        found.append(_difference(metric, systems[one], systems[other], both, sampling))
    corrected = holm([difference.p for difference in found])
    return [replace(d, holm=p) for d, p in zip(found, corrected, strict=True)]


def _of(side: Side, system: int, width: int) -> Side:
    return side[width * system : width * (system + 1)]


def _difference(
    metric: Metric, a: str, b: str, rows: Mapping[Side, int], sampling: Sampling
) -> Difference:
    sides = np.array(sorted(rows), dtype=np.float64)
    times = np.array([rows[side] for side in sorted(rows)])
    total = np.einsum("k,kc->c", times, sides)
    f1_a, f1_b = (None if np.isnan(f) else float(f) for f in _f1(metric, total[None])[:, 0])
    wins, ties, losses = _record(metric, sides, times)
    difference = interval = p = None
    if f1_a is not None and f1_b is not None:
        difference = f1_b - f1_a
        if sampling.samples:
            p = randomised(metric, sides, times, sampling)
            units = Units.of(rows, int(times.sum()))
            if units.enough:
                drawn = _f1(metric, resampled(units, sampling))
                interval = bounds(drawn[1] - drawn[0], sampling.level)
    return Difference(
        metric.name, a, b, f1_a, f1_b, difference, interval, p, p, wins, ties, losses
    )


def _f1(metric: Metric, sides: Array) -> Array:
    """Return F1 of both systems, 2 x rows, from their numerators and denominators."""
    half = sides.shape[1] // 2
    return np.stack(
        [metric.figures(split(each)).f1 for each in (sides[:, :half], sides[:, half:])]
    )


def _record(metric: Metric, sides: Array, times: NDArray[np.int64]) -> tuple[int, int, int]:
    """Return in how many documents b is better, as good and worse.

    To give nothing where there is nothing is right: it counts as 1.
    """
    a, b = np.nan_to_num(_f1(metric, sides), nan=1.0)
    apart = np.where(np.isclose(a, b, rtol=0, atol=1e-12), 0, np.sign(b - a))
    wins, ties, losses = (int(times[apart == sign].sum()) for sign in (1, 0, -1))
    return wins, ties, losses


def randomised(
    metric: Metric, sides: Array, times: NDArray[np.int64], sampling: Sampling
) -> float:
    """Return the p value of approximate randomisation over documents, two-sided.

    In each sample every document's two results are swapped or not, with equal chance; p is the
    share of samples, the real one among them, whose difference is as great: (c + 1) / (n + 1)
    (Noreen 1989). Of n documents with equal results, a binomial number is swapped.
    """
    total = np.einsum("k,kc->c", times, sides)
    half = sides.shape[1] // 2
    apart = sides[:, half:] - sides[:, :half]
    moving = np.abs(apart).sum(axis=1) > 0
    real = _gap(metric, total[None])[0]
    generator = sampling.generator("randomisation")
    count = 0
    for start in range(0, sampling.samples, _BATCH):
        size = min(_BATCH, sampling.samples - start)
        swapped = generator.binomial(times[moving], 0.5, size=(size, int(moving.sum())))
        moved = np.einsum("sk,kc->sc", swapped, apart[moving])
        gaps = _gap(metric, total + np.concatenate([moved, -moved], axis=1))
        # Rounding must not make a difference that is as great look smaller.
        count += int((gaps >= real - 1e-12).sum())
    return (count + 1) / (sampling.samples + 1)


def _gap(metric: Metric, sides: Array) -> Array:
    a, b = np.nan_to_num(_f1(metric, sides))
    gap: Array = np.abs(b - a)
    return gap


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Return p values corrected for their number (Holm 1979); `None` stays and does not count.

    >>> holm([0.01, 0.04, None])
    [0.02, 0.04, None]
    """
    defined = sorted((p, number) for number, p in enumerate(values) if p is not None)
    corrected: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, number) in enumerate(defined):
        highest = max(highest, min(1.0, p * (len(defined) - rank)))
        corrected[number] = highest
    return corrected
